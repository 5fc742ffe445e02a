"""Random denoising problems, nothing diagonal or centred, and what training on them measures.

A scene returns the arrays of all letters by name, and a measured matrix. Vectors are columns; the random letters
x0 and z have their equally likely values along a first axis.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import Loss, gradient, pack, value
from numerics.laws import samples
from numerics.loss import SampleLoss, denoising_loss
from numerics.measured import Measured, from_two
from numerics.objective import Objective, edm_x

Letters = dict[str, np.ndarray | float]
Scene = tuple[Letters, Measured]
ROUNDOFF = 1e-13
ETA = 0.3


def problem(seed: int) -> Letters:
    """Return a denoiser W, b in 2 to 4 dimensions, data of mean mu and covariance Sigma (singular for every third seed)."""
    rng = np.random.default_rng(seed)
    d = int(rng.integers(2, 5))
    root = rng.normal(size=(d, d - (seed % 3 == 2)))
    letters: Letters = {
        "d": float(d),
        "W": rng.normal(size=(d, d)),
        "b": rng.normal(size=(d, 1)),
        "mu": rng.normal(size=(d, 1)),
        "Sigma": root @ root.T / d,
        "sigma": float(rng.uniform(0.3, 1.5)),
        "eta": ETA,
        "tau": float(rng.uniform(0.1, 0.8)),
        "x": rng.normal(size=(d, 1)),
    }
    lams, U = np.linalg.eigh(letters["Sigma"])
    letters |= {"lam": float(lams[-1]), "u": U[:, -1:]}
    x0, z = samples(letters["Sigma"], letters["mu"][:, 0], law="samples", seed=seed)
    return letters | {"x0": x0[:, :, None], "z": z[:, :, None]}


def loss_value(seed: int) -> Scene:
    """Measure E||W(x0 + sigma z) + b - x0||^2."""
    return _measured(problem(seed), lambda loss, Theta: value(loss, Theta))


def gradients(seed: int) -> Scene:
    """Measure the gradients of the loss in W and b, side by side."""
    return _measured(problem(seed), gradient)


def minimiser(seed: int) -> Scene:
    """Measure the minimiser of the loss, W and b side by side."""
    return _measured(problem(seed), _minimiser)


def least_loss(seed: int) -> Scene:
    """Measure the least value of the loss."""
    return _measured(problem(seed), lambda loss, Theta: value(loss, _minimiser(loss, Theta)))


def least_loss_turned(seed: int) -> Scene:
    """Measure the least value of the loss for data turned by an orthogonal matrix U about the origin."""
    letters = problem(seed)
    U = np.linalg.qr(np.random.default_rng([seed, 5]).normal(size=letters["W"].shape))[0]
    turned = letters | {"Sigma": U @ letters["Sigma"] @ U.T, "mu": U @ letters["mu"]}
    return letters | {"U": U}, _measured(turned, lambda loss, Theta: value(loss, _minimiser(loss, Theta)))[1]


def denoised(seed: int) -> Scene:
    """Measure what the minimiser of the loss makes of x."""
    letters = problem(seed)
    found = _measured(letters, _minimiser)[1]
    W, b = found.array[:, :-1], found.array[:, -1:]
    return letters, Measured(value=W @ letters["x"] + b, error=found.worst * (1 + np.abs(letters["x"]).sum()))


def denoised_mode(seed: int) -> Scene:
    """Measure the distance from the mean along u, an eigenvector, that the minimiser of the loss gives to x."""
    letters, found = denoised(seed)
    u = letters["u"]
    return letters, Measured(value=u.T @ (found.array - letters["mu"]), error=found.worst * np.abs(u).sum())


def speed(seed: int) -> Scene:
    """Measure dW/dtau and db/dtau at tau = 0 of the gradient flow with learning rate eta, side by side."""
    return _measured(problem(seed), slope)


def loss_speed(seed: int) -> Scene:
    """Measure dloss/dtau at tau = 0 of the gradient flow with learning rate eta."""
    return _measured(problem(seed), lambda loss, Theta: _derivative(lambda theta: value(loss, theta), loss, Theta))


def variant(seed: int) -> Scene:
    """Measure the gradients of E||W X + b - Y||^2 for X = a_X x0 + s_X z and Y = a_Y x0 + s_Y z, side by side."""
    rng = np.random.default_rng([seed, 1])
    scales = {name: float(rng.uniform(-1.5, 1.5)) for name in ("a_X", "s_X", "a_Y", "s_Y")}
    kind = Objective(a=scales["a_X"], s=scales["s_X"], p=scales["a_Y"], q=scales["s_Y"])
    return _measured(problem(seed) | scales, gradient, kind)


def noised_covariance(seed: int) -> Scene:
    """Measure the covariance of x0 + sigma z."""
    letters = problem(seed)
    x = letters["x0"] + letters["sigma"] * letters["z"]
    found = np.cov(x[:, :, 0].T, bias=True)
    return letters, Measured(value=found, error=_rounding(found))


def noised_moments(seed: int) -> Scene:
    """Measure the covariance of x0 + sigma z, and that of x0 with it, side by side."""
    letters, inputs = noised_covariance(seed)
    _, cross = cross_moment(seed)
    both = np.hstack([inputs.array, cross.array - letters["mu"] @ letters["mu"].T])
    return letters, Measured(value=both, error=2 * (inputs.worst + cross.worst))


def cross_moment(seed: int) -> Scene:
    """Measure E[x0 x^T] for x = x0 + sigma z."""
    letters = problem(seed)
    found = np.mean(letters["x0"] @ (letters["x0"] + letters["sigma"] * letters["z"]).swapaxes(1, 2), axis=0)
    return letters, Measured(value=found, error=_rounding(found))


def coloured(seed: int) -> Scene:
    """Measure the loss when the noise has the covariance C."""
    letters = problem(seed)
    root = np.random.default_rng([seed, 2]).normal(size=letters["W"].shape)
    z = letters["z"][:, :, 0] @ root.T
    loss = SampleLoss(letters["x0"][:, :, 0], z, edm_x(letters["sigma"]))
    found = value(loss, pack(letters["W"], letters["b"][:, 0]))
    letters |= {"C": root @ root.T, "z": z[:, :, None]}
    return letters, Measured(value=found, error=_rounding(found))


def two_levels(seed: int) -> Scene:
    """Measure the gradients in W1 and b1 of the loss of two noise levels with weights w(sigma_1) and w(sigma_2)."""
    letters, other = problem(seed), problem(seed)
    rng = np.random.default_rng([seed, 3])
    weights = rng.uniform(0.5, 2.0, size=2)
    letters |= {"sigma1": letters["sigma"], "sigma2": float(rng.uniform(0.3, 1.5))}
    letters |= {"w_sigma1": weights[0], "w_sigma2": weights[1]}
    letters |= {"W1": letters["W"], "b1": letters["b"], "W2": -other["W"], "b2": other["b"] + 1.0}
    levels = np.array([letters["sigma1"], letters["sigma2"]])
    Theta = np.stack([pack(letters[f"W{k}"], letters[f"b{k}"][:, 0]) for k in (1, 2)])
    coefficients = torch.tensor(weights)

    def read(law: str) -> np.ndarray:
        loss = denoising_loss(letters["Sigma"], letters["mu"][:, 0], edm_x(levels), law=law, seed=seed)
        return gradient(lambda leaf: coefficients @ loss(leaf), Theta)[0]

    return letters, _twice(read)


def slope(loss: Loss, Theta: np.ndarray) -> np.ndarray:
    """Return dTheta/dtau of the gradient flow at tau = 0."""
    return _derivative(lambda theta: theta, loss, Theta)


def _derivative(read: Callable[[np.ndarray], np.ndarray], loss: Loss, Theta: np.ndarray) -> np.ndarray:
    """Return the time derivative of read(Theta) at tau = 0, by extrapolated differences along the flow itself."""
    h = 1e-3
    G = probe(loss, Theta.shape)
    moved = {k: read(affine_flow(G, Theta, eta=ETA, tau=k * h).array) for k in (-4, -2, -1, 1, 2, 4)}
    wide, middle, narrow = ((moved[k] - moved[-k]) / (2 * k * h) for k in (4, 2, 1))
    return (64 * narrow - 20 * middle + wide) / 45


def _minimiser(loss: Loss, Theta: np.ndarray) -> np.ndarray:
    return probe(loss, Theta.shape).minimiser().array


def _measured(letters: Letters, read: Callable[[Loss, np.ndarray], np.ndarray], kind: Objective | None = None) -> Scene:
    """Measure on the exact expectation and on samples of a law that is not Gaussian; their gap is part of the error."""
    Theta = pack(letters["W"], letters["b"][:, 0])
    objective = kind or edm_x(letters["sigma"])

    def at(law: str) -> np.ndarray:
        return read(denoising_loss(letters["Sigma"], letters["mu"][:, 0], objective, law=law, seed=0), Theta)

    return letters, _twice(at)


def _twice(read: Callable[[str], np.ndarray]) -> Measured:
    exact, sampled = np.asarray(read("moments")), np.asarray(read("samples"))
    slack = _rounding(exact)
    return from_two(Measured(value=sampled, error=slack), Measured(value=exact, error=slack), safety=2.0)


def _rounding(found: np.ndarray | Tensor) -> float:
    return ROUNDOFF * (1.0 + float(np.max(np.abs(np.asarray(found)))))
