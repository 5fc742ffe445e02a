"""What momentum makes of the weight of one mode: the iteration itself, on autograd gradients."""

import numpy as np
from jaxtyping import Float

from numerics.affine_flow import probe
from numerics.autograd import Loss, gradient
from numerics.gradient_flow import EPS
from numerics.measured import Measured
from numerics.one_layer.weight import along, planted_loss

NOISE_SHARE = 0.3  # of the curvature; the rest is variance of the data
AWAY = 1.7  # weight of the mode at the start


def heavy_ball(loss: Loss, theta0: Float[np.ndarray, "*shape"], *, eta: float, beta: float, steps: int) -> Measured:
    """Return theta after `steps` of theta <- theta - eta dloss/dtheta + beta (theta - previous theta), from rest."""
    before = theta = theta0
    size = float(np.abs(theta0).max(initial=0.0))
    for _ in range(steps):
        before, theta = theta, theta - eta * gradient(loss, theta) + beta * (theta - before)
        size = max(size, float(np.abs(theta).max()))
    return Measured(value=theta, error=32 * EPS * theta0.size * (steps + 1) ** 2 * size)


def factor(*, c: float, beta: float, eta: float, n: int, seed: int = 0, law: str = "moments") -> Measured:
    """Return what n steps make of a deviation from the optimum, on a mode of curvature c."""
    sigma = float(np.sqrt(NOISE_SHARE * c))
    problem, loss = planted_loss(lam=(1 - NOISE_SHARE) * c, sigma=sigma, Q=AWAY, seed=seed, law=law)
    best = along(problem.u, probe(loss, problem.Theta0.shape).minimiser().array)
    found = heavy_ball(loss, problem.Theta0, eta=eta, beta=beta, steps=int(n))
    return found.map(lambda Theta: (along(problem.u, Theta) - best) / (AWAY - best), gain=1 / abs(AWAY - best))
