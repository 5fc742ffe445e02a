"""Samplers run with the weights that training left at every noise level: the covariance of what they generate."""

import numpy as np
from jaxtyping import Float

from numerics.measured import Measured
from numerics.networks.linear import LINEAR
from numerics.networks.linear.descent import EPS, descent
from numerics.networks.linear.loss import exact_loss
from numerics.objective import edm_x
from numerics.planted import Planted, plant
from numerics.stepper import euler, heun

METHODS = {"euler": euler, "heun": heun}


def generated_covariance(
    W: Float[np.ndarray, "m d d"], sigma: Float[np.ndarray, " m"], *, method: str
) -> Float[np.ndarray, "d d"]:
    """Return the covariance of samples that start as N(0, sigma_1^2 I) and step down sigma_1 > ... > sigma_m > 0.

    The weights W belong to the levels in this order, the denoisers have no bias. `method` is "euler" or "heun"; the
    step from sigma_m to 0 is Euler's in both, as EDM's sampler takes it.
    """
    at = dict(zip(sigma.tolist(), W, strict=True))
    F = METHODS[method](lambda level: at[float(level)], sigma[0] * np.eye(W.shape[-1]), sigma)
    F = euler(lambda level: at[float(level)], F, np.array([sigma[-1], 0.0]))
    return F @ F.T


def euler_variance(
    *, lam: float, Q: float, eta: float, n: int, sigma0: float, s: float, sigmaT: float, seed: int = 0
) -> Measured:
    """Return the variance generated along a mode by Euler steps from sigmaT over s and sigma0 to 0.

    The network, one layer, was trained for n steps at the three levels, in one tensor, from the weight Q of the mode.
    """
    return _variance("euler", np.array([sigmaT, s, sigma0]), lam=lam, Q=Q, eta=eta, steps=n, seed=seed)


def heun_variance(
    *, lam: float, Q: float, eta: float, n: int, sigma0: float, s: float, sigmaT: float, seed: int = 0
) -> Measured:
    """Return the same for Heun steps, the last one to 0 Euler's."""
    return _variance("heun", np.array([sigmaT, s, sigma0]), lam=lam, Q=Q, eta=eta, steps=n, seed=seed)


def _variance(
    method: str, sigma: Float[np.ndarray, " m"], *, lam: float, Q: float, eta: float, steps: int, seed: int
) -> Measured:
    """Return the generated variance; its error is the effect of moving all weights by theirs, fourfold."""
    problem, network = plant(lam=lam, Q=Q, seed=seed), LINEAR["one_layer"](1, sigma)
    loss = exact_loss(network, problem.Sigma, problem.mu, edm_x(sigma))
    start = {"W": np.stack([problem.Theta0[:, :-1]] * len(sigma))}
    W = descent(loss, start, eta=eta, steps=steps)["W"].at(steps)
    signs = np.random.default_rng(0).choice([-1.0, 1.0], size=(3, *W.array.shape))
    value, *moved = (_along(problem, W.array + step, sigma, method) for step in (0.0, *(signs * W.error)))
    size = float(sigma[0] ** 2 * len(problem.u))
    return Measured(value=value, error=4 * max(abs(m - value) for m in moved) + 8 * EPS * size)


def _along(problem: Planted, W: np.ndarray, sigma: np.ndarray, method: str) -> float:
    return float(problem.u @ generated_covariance(W, sigma, method=method) @ problem.u)
