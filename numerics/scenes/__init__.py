"""What training on random denoising problems measures: loss, gradients, optimum, and the speed of the flow.

Each module beside it asks more of such problems, on one subject.
"""

from functools import partial

import numpy as np

from numerics.autograd import Loss, gradient, value
from numerics.measured import Measured
from numerics.problems import Scene, derivative, extrapolated, measured, minimiser_of, problem, rounding, slope


def loss_value(seed: int) -> Scene:
    """Measure E||W(x0 + sigma z) + b - x0||^2."""
    return measured(problem(seed), value)


def sample_loss(seed: int) -> Scene:
    """Measure |W(x0 + sigma z) + b - x0|^2 for one x0 and one z."""
    letters = problem(seed)
    one = letters | {name: letters[name][0] for name in ("x0", "z")}
    residual = one["W"] @ (one["x0"] + one["sigma"] * one["z"]) + one["b"] - one["x0"]
    found = np.asarray(np.square(residual).sum())
    return one, Measured(value=found, error=rounding(found))


def gradients(seed: int) -> Scene:
    """Measure the gradients of the loss in W and b, side by side."""
    return measured(problem(seed), gradient)


def minimiser(seed: int) -> Scene:
    """Measure the minimiser of the loss, W and b side by side."""
    return measured(problem(seed), minimiser_of)


def least_loss(seed: int) -> Scene:
    """Measure the least value of the loss."""
    return measured(problem(seed), _least)


def least_loss_turned(seed: int) -> Scene:
    """Measure the least value of the loss for data turned by an orthogonal matrix U about the origin."""
    letters = problem(seed)
    U = np.linalg.qr(np.random.default_rng([seed, 5]).normal(size=letters["W"].shape)).Q
    turned = letters | {"Sigma": U @ letters["Sigma"] @ U.T, "mu": U @ letters["mu"]}
    return letters | {"U": U}, measured(turned, _least)[1]


def denoised(seed: int) -> Scene:
    """Measure what the minimiser of the loss makes of x."""
    letters, found = minimiser(seed)
    W, b = found.array[:, :-1], found.array[:, -1:]
    return letters, Measured(value=W @ letters["x"] + b, error=found.worst * (1 + np.abs(letters["x"]).sum()))


def denoised_mode(seed: int) -> Scene:
    """Measure the distance from the mean along u, an eigenvector, that the minimiser of the loss gives to x."""
    letters, found = denoised(seed)
    u = letters["u"]
    return letters, Measured(value=u.T @ (found.array - letters["mu"]), error=found.worst * np.abs(u).sum())


def gain_slope(seed: int) -> Scene:
    """Measure the derivative in sigma of the trace of the W that minimises the loss."""
    letters = problem(seed)

    def gains(step: float) -> np.ndarray:
        found = measured(letters | {"sigma": letters["sigma"] + step}, minimiser_of)[1]
        return np.trace(found.array[:, :-1])

    return letters, Measured(value=extrapolated(gains), error=1e-9)


def speed(seed: int) -> Scene:
    """Measure dW/dtau and db/dtau at tau = 0 of the gradient flow with learning rate eta, side by side."""
    return measured(problem(seed), slope)


def loss_speed(seed: int) -> Scene:
    """Measure dloss/dtau at tau = 0 of the gradient flow with learning rate eta."""
    return measured(problem(seed), lambda loss, Theta: derivative(partial(value, loss), loss, Theta))


def _least(loss: Loss, Theta: np.ndarray) -> np.ndarray:
    return value(loss, minimiser_of(loss, Theta))
