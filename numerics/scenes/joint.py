"""Random linear regressions of y on x, whose joint law is not Gaussian, and what training on them measures.

A scene returns the arrays of all letters by name, and a measured matrix. Vectors are columns; x and y have their
equally likely values along a first axis.
"""

import numpy as np

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import Loss, gradient, value
from numerics.lazy import Tensor, torch
from numerics.measured import Measured
from numerics.problems import ETA, Letters, Read, Scene, Theta_of, letters_of, minimiser_of, rounding, slope

VALUES = 48


def regression(seed: int, *, centred: bool = False) -> Letters:
    """Return x in d and y in e dimensions with a nonlinear dependence, their moments, and a map W, b between them."""
    rng = np.random.default_rng(seed)
    d, e = (int(n) for n in rng.permutation([2, 3]))
    raw = np.column_stack(
        [rng.laplace(size=VALUES), rng.uniform(size=(VALUES, 2)), rng.choice([-1.0, 2.0], size=VALUES)]
    )
    x = raw @ rng.normal(size=(4, d)) + rng.normal(size=d)
    y = np.tanh(x @ rng.normal(size=(d, e))) + (raw**2) @ rng.normal(size=(4, e)) / 3
    if centred:
        x = x - x.mean(0)
    joint = np.cov(np.column_stack([x, y]).T, bias=True)
    W, b = rng.normal(size=(e, d)), rng.normal(size=(e, 1))
    moments = {"Sigma_xx": joint[:d, :d], "Sigma_yx": joint[d:, :d], "Sigma_yy": joint[d:, d:]}
    means = {"mu_x": x.mean(0)[:, None], "mu_y": y.mean(0)[:, None]}
    scalars = letters_of(d=d, e=e, eta=ETA, tau=rng.uniform(0.1, 0.5))
    return scalars | moments | means | {"x": x[:, :, None], "y": y[:, :, None], "W": W, "W_0": W, "b": b}


def loss_value(seed: int) -> Scene:
    """Measure E||W x + b - y||^2."""
    return _measured(regression(seed), value)


def gradients(seed: int) -> Scene:
    """Measure the gradients of the loss in W and b, side by side."""
    return _measured(regression(seed), gradient)


def gradient_in_W(seed: int) -> Scene:
    """Measure the gradient of the loss in W."""
    return _measured(regression(seed), lambda loss, Theta: gradient(loss, Theta)[:, :-1])


def minimiser(seed: int) -> Scene:
    """Measure the minimiser of the loss, W and b side by side."""
    return _measured(regression(seed), minimiser_of)


def speed_of_W(seed: int) -> Scene:
    """Measure dW/dtau at tau = 0 of the gradient flow with learning rate eta."""
    return _measured(regression(seed), lambda loss, Theta: slope(loss, Theta)[:, :-1])


def speed_of_b(seed: int) -> Scene:
    """Measure db/dtau at tau = 0 of the gradient flow with learning rate eta."""
    return _measured(regression(seed), lambda loss, Theta: slope(loss, Theta)[:, -1:])


def trained_W(seed: int) -> Scene:
    """Measure W after gradient flow for the time tau, for centred inputs."""
    return _measured(regression(seed, centred=True), _trained_for(float(regression(seed)["tau"])))


def mixed_moment(seed: int) -> Scene:
    """Measure E[y x^T]."""
    letters = regression(seed)
    found = np.mean(letters["y"] @ letters["x"].swapaxes(1, 2), axis=0)
    return letters, Measured(value=found, error=rounding(found))


def split_loss(seed: int) -> Scene:
    """Measure the loss for an x of singular covariance, with y = W_0 x + r and the moments of r."""
    letters = regression(seed)
    x = letters["x"] * np.eye(letters["x"].shape[1], 1) + letters["mu_x"]
    joint = np.cov(np.column_stack([x[:, :, 0], letters["y"][:, :, 0]]).T, bias=True)
    d = x.shape[1]
    W0 = joint[d:, :d] @ np.linalg.pinv(joint[:d, :d], rcond=1e-10)
    r = letters["y"] - W0 @ x
    letters |= {"x": x, "r": r, "W_0": W0, "mu_x": x.mean(0), "mu_r": r.mean(0), "Sigma_xx": joint[:d, :d]}
    return _measured(letters | {"Sigma_rr": np.cov(r[:, :, 0].T, bias=True)}, value)


def mixed_covariance(seed: int) -> Scene:
    """Measure Cov(A x + B y, C x + D y) for independent x and y: every value of one meets every one of the other."""
    letters = regression(seed)
    rng = np.random.default_rng([seed, 1])
    x, y = (letters[name][:8, :, 0] for name in "xy")
    sizes = {"A": x.shape[1], "B": y.shape[1], "C": x.shape[1], "D": y.shape[1]}
    maps = {name: rng.normal(size=(x.shape[1], size)) for name, size in sizes.items()}
    pairs = [(maps["A"] @ v + maps["B"] @ w, maps["C"] @ v + maps["D"] @ w) for v in x for w in y]
    left, right = (np.array(side) for side in zip(*pairs, strict=True))
    found = (left - left.mean(0)).T @ (right - right.mean(0)) / len(pairs)
    letters |= maps | {"Sigma_x": np.cov(x.T, bias=True), "Sigma_y": np.cov(y.T, bias=True)}
    return letters, Measured(value=found, error=10 * rounding(found))


def _trained_for(tau: float) -> Read:
    def train(loss: Loss, Theta: np.ndarray) -> np.ndarray:
        return affine_flow(probe(loss, Theta.shape), Theta, eta=ETA, tau=tau).array[:, :-1]

    return train


def _measured(letters: Letters, read: Read) -> Scene:
    """Measure on the mean over all values; the error is an allowance for rounding."""
    x, y = (torch.tensor(letters[name][:, :, 0]) for name in "xy")

    def loss(Theta: Tensor) -> Tensor:
        return (x @ Theta[:, :-1].T + Theta[:, -1] - y).square().sum(-1).mean()

    found = read(loss, Theta_of(letters))
    return letters, Measured(value=found, error=100 * rounding(found))
