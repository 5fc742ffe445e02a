"""Many layers, started aligned with the data: one layer used many times, equal separate layers, residual layers."""

import numpy as np
from jaxtyping import Float

from numerics.factored import Product, chain, product_flow, residual, tied
from numerics.layers.symmetric import along
from numerics.loss import denoising_loss
from numerics.measured import Measured
from numerics.objective import edm_x
from numerics.planted import Planted, plant

DEPTHS = (64, 128, 256, 512)


def tied_weight(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, L: int, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return u·S^L u after gradient flow of S, from Q > 0."""
    problem = plant(lam=lam, Q=Q, scale=lam or sigma**2, seed=seed)
    return _trained(problem, tied(L), _root(problem, Q, L, seed), sigma, eta, tau, seed, law)


def residual_layers_weight(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, L: int, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return u·(I + S)^L u after gradient flow of S, from Q > 0."""
    problem = plant(lam=lam, Q=Q, scale=lam or sigma**2, seed=seed)
    start = _root(problem, Q, L, seed) - np.eye(len(problem.u))
    return _trained(problem, residual(L), start, sigma, eta, tau, seed, law)


def equal_weight(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, L: int, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return u·W_L ... W_1 u after gradient flow of L separate layers that start equal, from Q > 0."""
    problem = plant(lam=lam, Q=Q, scale=lam or sigma**2, seed=seed)
    layers = np.stack([_root(problem, Q, L, seed)] * L)
    return _trained(problem, chain, layers, sigma, eta, tau, seed, law)


def infinite_weight(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return the limit of `tied_weight` for L to infinity at the learning rate eta/L², extrapolated in 1/L."""
    point = {"lam": lam, "sigma": sigma, "Q": Q, "tau": tau, "seed": seed, "law": law}
    runs = [tied_weight(**point, eta=eta / depth**2, L=depth) for depth in DEPTHS]  # type: ignore[arg-type]
    rows = [np.array([float(run.array) for run in runs])]
    for order in range(1, len(DEPTHS)):
        rows.append((2**order * rows[-1][1:] - rows[-1][:-1]) / (2**order - 1))
    return Measured(value=rows[-1][-1], error=abs(rows[-1][-1] - rows[-2][-1]) + 10 * max(run.worst for run in runs))


def _root(problem: Planted, Q: float, depth: int, seed: int) -> Float[np.ndarray, "d d"]:
    """Return the positive root, of order `depth`, of a W aligned with the data, with weight Q along u."""
    sizes = np.random.default_rng([seed, 9]).uniform(0.2, 1.0, size=len(problem.u))
    sizes[problem.mode] = Q
    return (problem.U * sizes ** (1 / depth)) @ problem.U.T


def _trained(
    problem: Planted, product: Product, start: np.ndarray, sigma: float, eta: float, tau: float, seed: int, law: str
) -> Measured:
    loss = denoising_loss(problem.Sigma, problem.mu, edm_x(sigma), law=law, seed=seed)
    return along(problem, product_flow(loss, product, start, eta=eta, tau=tau))
