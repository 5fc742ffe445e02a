"""What the weights and the bias of one mode become in training."""

from functools import partial

import numpy as np
from jaxtyping import Float

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import Loss
from numerics.gradient_flow import gradient_descent
from numerics.loss import DenoisingLoss, denoising_loss
from numerics.measured import Measured
from numerics.objective import edm_x
from numerics.planted import Planted, plant


def weight(
    *,
    lam: float,
    sigma: float,
    Q: float,
    eta: float,
    tau: float,
    mu: float = 0.0,
    b0: float = 0.0,
    seed: int = 0,
    law: str = "moments",
) -> Measured:
    """Return u·W u after gradient flow for the time tau, from Q; mu and b0 are mean and initial bias along u."""
    problem, loss = planted_loss(lam=lam, sigma=sigma, Q=Q, mu=mu, b0=b0, seed=seed, law=law)
    return flow(loss, problem.Theta0, eta, tau).map(partial(along, problem.u))


def bias(
    *,
    b0: float,
    eta: float,
    tau: float,
    lam: float = 1.0,
    sigma: float = 0.5,
    Q: float = 0.3,
    mu: float = 0.0,
    seed: int = 0,
    law: str = "moments",
) -> Measured:
    """Return u·b after gradient flow for the time tau, from b0."""
    problem, loss = planted_loss(lam=lam, sigma=sigma, Q=Q, mu=mu, b0=b0, seed=seed, law=law)
    return flow(loss, problem.Theta0, eta, tau).map(lambda Theta: problem.u @ Theta[:, -1])


def weight_off_axis(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return v·W u after gradient flow from v·W(0)u = Q, v orthogonal to u, W(0) otherwise random, not symmetric."""
    problem, loss = planted_loss(lam=lam, sigma=sigma, Q=0.0, seed=seed, law=law)
    v, Theta0 = _tilt(problem, Q, seed)
    return flow(loss, Theta0, eta, tau).map(lambda Theta: v @ Theta[:, :-1] @ problem.u)


def gd_weight(
    *, lam: float, sigma: float, Q: float, eta: float, n: int, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return u·W u after n steps of gradient descent, from Q."""
    problem, loss = planted_loss(lam=lam, sigma=sigma, Q=Q, seed=seed, law=law)
    return gradient_descent(loss, problem.Theta0, eta=eta, steps=int(n)).map(partial(along, problem.u))


def planted_loss(
    *, lam: float, sigma: float, Q: float, mu: float = 0.0, b0: float = 0.0, seed: int, law: str
) -> tuple[Planted, DenoisingLoss]:
    """Return a problem with the mode (lam, mu, Q, b0) in it, and its loss at the noise level sigma."""
    problem = plant(lam=lam, Q=Q, mu=mu, b0=b0, seed=seed, scale=lam or sigma**2)
    return problem, denoising_loss(problem.Sigma, problem.mu, edm_x(sigma), law=law, seed=seed)


def flow(loss: Loss, Theta0: Float[np.ndarray, "d d1"], eta: float, tau: float) -> Measured:
    """Return Theta after gradient flow for the time tau."""
    return affine_flow(probe(loss, Theta0.shape), Theta0, eta=eta, tau=tau)


def along(u: Float[np.ndarray, " d"], Theta: Float[np.ndarray, "d d1"]) -> float:
    """Return u·W u."""
    return float(u @ Theta[:, :-1] @ u)


def _tilt(problem: Planted, Q: float, seed: int) -> tuple[Float[np.ndarray, " d"], Float[np.ndarray, "d d1"]]:
    """Return a random v orthogonal to u, and a random Theta with v·W u = Q."""
    rng = np.random.default_rng(seed + 1)
    v = rng.normal(size=len(problem.u))
    v -= problem.u * (v @ problem.u)
    v /= np.linalg.norm(v)
    Theta = rng.normal(size=problem.Theta0.shape)
    Theta[:, :-1] += (Q - v @ Theta[:, :-1] @ problem.u) * np.outer(v, problem.u)
    return v, Theta
