"""Samplers as they are run: Euler and Heun steps of the probability flow on a grid of noise levels."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from jaxtyping import Float

from numerics.affine_flow import probe
from numerics.loss import denoising_loss
from numerics.measured import Measured
from numerics.objective import edm_x
from numerics.planted import Planted, plant

Weights = Callable[[float], np.ndarray]
"""Maps a noise level to the weights W of its denoiser; the bias is 0."""

ROUNDING = 1e-12


def euler(weights: Weights, x: Float[np.ndarray, "d n"], grid: Float[np.ndarray, " m"]) -> Float[np.ndarray, "d n"]:
    """Return x after one Euler step of dx/dsigma = (x - D(x))/sigma for each interval of the grid."""
    for sigma, after in pairwise(grid):
        x = x + (after - sigma) * _velocity(weights, x, sigma)
    return x


def heun(weights: Weights, x: Float[np.ndarray, "d n"], grid: Float[np.ndarray, " m"]) -> Float[np.ndarray, "d n"]:
    """Return the same by Heun's method; the last step to noise 0, where the velocity of the best denoiser is 0, too."""
    for sigma, after in pairwise(grid):
        first = _velocity(weights, x, sigma)
        second = _velocity(weights, x + (after - sigma) * first, after) if after > 0 else 0 * x
        x = x + (after - sigma) / 2 * (first + second)
    return x


def euler_factor(*, psi: float, sigma1: float, sigma_next: float, seed: int = 0) -> Measured:
    """Return what one Euler step makes of the coordinate along u, for weights with u.W u = psi."""
    problem = plant(lam=1.0, Q=psi, seed=seed)
    return _along(problem, euler(_fixed(problem), problem.u[:, None], np.array([sigma1, sigma_next])))


def heun_factor(*, Q1: float, Q2: float, sigma1: float, sigma_next: float, seed: int = 0) -> Measured:
    """Return what one Heun step makes of it, for the weights Q1 at the first level and Q2 at the second."""
    first, second = (_fixed(plant(lam=1.0, Q=Q, seed=seed)) for Q in (Q1, Q2))
    problem = plant(lam=1.0, Q=Q1, seed=seed)
    x = heun(lambda s: (first if s == sigma1 else second)(s), problem.u[:, None], np.array([sigma1, sigma_next]))
    return _along(problem, x)


def best_euler_factor(*, lam: float, sigma1: float, sigma_next: float, seed: int = 0) -> Measured:
    """Return what one Euler step makes of it with the denoisers that minimise the loss."""
    problem = plant(lam=lam, Q=0.0, seed=seed)
    return _along(problem, euler(best(problem, seed), problem.u[:, None], np.array([sigma1, sigma_next])))


def best_heun_factor(*, lam: float, sigma1: float, sigma_next: float, seed: int = 0) -> Measured:
    """Return what one Heun step makes of it with the same denoisers."""
    problem = plant(lam=lam, Q=0.0, seed=seed)
    return _along(problem, heun(best(problem, seed), problem.u[:, None], np.array([sigma1, sigma_next])))


def best(problem: Planted, seed: int) -> Weights:
    """Return the weights at which the gradient of the loss vanishes, from samples that are not Gaussian."""

    def weights(sigma: float) -> np.ndarray:
        loss = denoising_loss(problem.Sigma, problem.mu, edm_x(sigma), law="samples", seed=seed)
        return np.asarray(probe(loss, problem.Theta0.shape).minimiser().array[:, :-1])

    return weights


def _fixed(problem: Planted) -> Weights:
    return lambda sigma: problem.Theta0[:, :-1]  # noqa: ARG005 - the same at every level


def _velocity(weights: Weights, x: np.ndarray, sigma: float) -> np.ndarray:
    return (x - weights(sigma) @ x) / sigma


def _along(problem: Planted, x: np.ndarray) -> Measured:
    value = float(problem.u @ x[:, 0])
    return Measured(value=value, error=ROUNDING * (1 + abs(value)))
