"""One mode of a linear velocity field under flow matching, measured inside a random problem that is not diagonal.

Everywhere `law` is "moments" or a law of samples (see `numerics.laws`), and `seed` chooses the rest of the problem.
"""

from functools import partial

import numpy as np
from jaxtyping import Float

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import gradient
from numerics.flow_matching.velocity_flow import Velocities, transport
from numerics.loss import DenoisingLoss, denoising_loss
from numerics.measured import Measured
from numerics.objective import flow_matching
from numerics.one_layer.weight import along
from numerics.planted import Planted, plant

END = 1.0


def velocity_loss(problem: Planted, t: float | np.ndarray, law: str, seed: int) -> DenoisingLoss:
    """Return E||W x_t + b - (x0 - z)||^2 at the times t."""
    return denoising_loss(problem.Sigma, problem.mu, flow_matching(t), law=law, seed=seed)


def weight(*, lam: float, t: float, Q: float, eta: float, tau: float, seed: int = 0, law: str = "moments") -> Measured:
    """Return u.W u after gradient flow for the time tau, from Q."""
    problem = plant(lam=lam, Q=Q, scale=lam, seed=seed)
    loss = velocity_loss(problem, t, law, seed)
    Theta = affine_flow(probe(loss, problem.Theta0.shape), problem.Theta0, eta=eta, tau=tau)
    return Theta.map(partial(along, problem.u))


def rate_ratio(*, lam1: float, lam2: float, t: float, seed: int = 0) -> Measured:
    """Return the ratio of the speeds at which the weights of two modes approach their optima, one a loss each."""
    first, second = (_speed(lam, t, seed) for lam in (lam1, lam2))
    return Measured(value=first / second, error=1e-9 * abs(first / second))


def variance(*, lam: float, Q: float, eta: float, tau: float, seed: int = 0, law: str = "moments") -> Measured:
    """Return the variance along u at t = 1 of samples that start as N(0, I), weights trained for tau from Q."""
    problem = plant(lam=lam, Q=Q, scale=lam, seed=seed)
    found = transport(trained(problem, eta=eta, tau=tau, law=law, seed=seed), len(problem.u), end=END)
    return found.covariance.map(lambda C: float(problem.u @ C @ problem.u))


def log_variance(*, lam: float, Q: float, eta: float, tau: float, seed: int = 0) -> Measured:
    """Return ln of the same."""
    found = variance(lam=lam, Q=Q, eta=eta, tau=tau, seed=seed)
    return Measured(value=np.log(found.value), error=2 * found.worst / float(found.value))


def best_transport(*, lam: float, t: float, x: float, mu: float = 0.0, seed: int = 0) -> Measured:
    """Return u.x(t) of the sample that starts at x u, for the velocities that minimise the loss, mean mu along u."""
    problem = plant(lam=lam, Q=0.0, mu=mu, scale=lam, seed=seed)
    found = transport(best(problem, seed), len(problem.u), end=t)
    value = float(problem.u @ (found.F.array @ problem.u) * x + problem.u @ found.m.array[:, 0])
    return Measured(value=value, error=found.F.worst * (1 + abs(x)) * len(problem.u))


def trained(problem: Planted, *, eta: float, tau: float, law: str, seed: int) -> Velocities:
    """Return t -> Theta after gradient flow for the time tau."""

    def velocities(t: Float[np.ndarray, " m"]) -> Measured:
        start = np.tile(problem.Theta0 * [*np.ones(len(problem.u)), 0.0], (len(t), 1, 1))
        return affine_flow(probe(velocity_loss(problem, t, law, seed), start.shape), start, eta=eta, tau=tau)

    return velocities


def best(problem: Planted, seed: int, law: str = "moments") -> Velocities:
    """Return t -> the Theta at which the gradient of the loss vanishes."""
    d = len(problem.u)
    return lambda t: probe(velocity_loss(problem, t, law, seed), (len(t), d, d + 1)).minimiser()


def _speed(lam: float, t: float, seed: int) -> float:
    """Return the gradient along u, over the distance from the optimum, of one weight."""
    problem = plant(lam=lam, Q=0.3, scale=lam, seed=seed)
    loss = velocity_loss(problem, t, "moments", seed)
    best_weight = along(problem.u, probe(loss, problem.Theta0.shape).minimiser().array)
    slope = along(problem.u, gradient(loss, problem.Theta0))
    return slope / (along(problem.u, problem.Theta0) - best_weight)
