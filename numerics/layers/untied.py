"""Two separate layers, W = W_2 W_1, started aligned with the data."""

import numpy as np

from numerics.layers.factored import chain, product_flow
from numerics.layers.symmetric import along
from numerics.loss import denoising_loss
from numerics.measured import Measured
from numerics.objective import edm_x
from numerics.planted import plant


def opposite_weight(
    *, v0: float, lam: float, sigma: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return the same from p0 = -q0, where the product is -v0."""
    p0 = v0**0.5
    return untied_weight(p0=p0, q0=-p0, lam=lam, sigma=sigma, eta=eta, tau=tau, seed=seed, law=law)


def untied_weight(
    *, p0: float, q0: float, lam: float, sigma: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return u·W_2 W_1 u after gradient flow of both layers, from q0 in the first and p0 in the second."""
    problem = plant(lam=lam, Q=0.0, scale=lam or sigma**2, seed=seed)
    rng = np.random.default_rng([seed, 8])
    d = len(problem.u)
    R, (p, q) = np.linalg.qr(rng.normal(size=(d, d))).Q, rng.uniform(-1.0, 1.0, size=(2, d))
    p[problem.mode], q[problem.mode] = p0, q0
    layers = np.stack([(R * q) @ problem.U.T, (problem.U * p) @ R.T])
    loss = denoising_loss(problem.Sigma, problem.mu, edm_x(sigma), law=law, seed=seed)
    return along(problem, product_flow(loss, chain, layers, eta=eta, tau=tau))
