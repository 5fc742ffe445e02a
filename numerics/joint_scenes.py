"""Random linear regressions of y on x, whose joint law is not Gaussian, and what training on them measures.

A scene returns the arrays of all letters by name, and a measured matrix. Vectors are columns; x and y have their
equally likely values along a first axis.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import Loss, gradient, pack, value
from numerics.measured import Measured
from numerics.scenes import ETA, ROUNDOFF, Letters, Scene, slope

VALUES = 48


def regression(seed: int, *, centred: bool = False) -> Letters:
    """Return x in d and y in e dimensions with a nonlinear dependence, their moments, and a map W, b between them."""
    rng = np.random.default_rng(seed)
    d, e = (int(n) for n in rng.permutation([2, 3]))
    raw = np.column_stack([rng.laplace(size=VALUES), rng.uniform(size=(VALUES, 2)), rng.choice([-1.0, 2.0], size=VALUES)])
    x = raw @ rng.normal(size=(4, d)) + rng.normal(size=d)
    y = np.tanh(x @ rng.normal(size=(d, e))) + (raw**2) @ rng.normal(size=(4, e)) / 3
    if centred:
        x = x - x.mean(0)
    joint = np.cov(np.column_stack([x, y]).T, bias=True)
    return {
        "d": float(d),
        "e": float(e),
        "x": x[:, :, None],
        "y": y[:, :, None],
        "mu_x": x.mean(0)[:, None],
        "mu_y": y.mean(0)[:, None],
        "Sigma_xx": joint[:d, :d],
        "Sigma_yx": joint[d:, :d],
        "Sigma_yy": joint[d:, d:],
        "W": rng.normal(size=(e, d)),
        "b": rng.normal(size=(e, 1)),
        "eta": ETA,
        "tau": float(rng.uniform(0.1, 0.5)),
    }


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
    return _measured(regression(seed), lambda loss, Theta: probe(loss, Theta.shape).minimiser().array)


def speed_of_W(seed: int) -> Scene:
    """Measure dW/dtau at tau = 0 of the gradient flow with learning rate eta."""
    return _measured(regression(seed), lambda loss, Theta: slope(loss, Theta)[:, :-1])


def speed_of_b(seed: int) -> Scene:
    """Measure db/dtau at tau = 0 of the gradient flow with learning rate eta."""
    return _measured(regression(seed), lambda loss, Theta: slope(loss, Theta)[:, -1:])


def trained_W(seed: int) -> Scene:
    """Measure W after gradient flow for the time tau, for centred inputs."""
    return _measured(regression(seed, centred=True), _trained_for(regression(seed)["tau"]))


def second_moments(seed: int) -> Scene:
    """Measure E[y x^T] and, under it, E[x x^T]."""
    letters = regression(seed)
    x, y = letters["x"], letters["y"]
    found = [np.mean(v @ x.swapaxes(1, 2), axis=0) for v in (y, x)]
    return letters, Measured(value=np.concatenate(found), error=ROUNDOFF * (1 + max(np.abs(m).max() for m in found)))


def _trained_for(tau: float) -> Callable[[Loss, np.ndarray], np.ndarray]:
    def train(loss: Loss, Theta: np.ndarray) -> np.ndarray:
        return affine_flow(probe(loss, Theta.shape), Theta, eta=ETA, tau=tau).array[:, :-1]

    return train


def _measured(letters: Letters, read: Callable[[Loss, np.ndarray], np.ndarray]) -> Scene:
    """Measure on the mean over all values; the error is an allowance for rounding."""
    x, y = (torch.tensor(letters[name][:, :, 0]) for name in "xy")

    def loss(Theta: Tensor) -> Tensor:
        return (x @ Theta[:, :-1].T + Theta[:, -1] - y).square().sum(-1).mean()

    found = read(loss, pack(letters["W"], letters["b"][:, 0]))
    return letters, Measured(value=found, error=100 * ROUNDOFF * (1 + float(np.max(np.abs(found)))))
