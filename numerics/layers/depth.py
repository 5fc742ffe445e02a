"""Many layers, started aligned with the data: one layer used many times, equal separate layers, residual layers."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from numerics.layers.factored import Product, chain, product_flow, product_speed, residual, tied
from numerics.layers.symmetric import along
from numerics.loss import denoising_loss
from numerics.measured import Measured
from numerics.objective import edm_x
from numerics.planted import Planted, plant

DEPTHS = (64, 128, 256, 512)
RTOL = 1e-11  # an error of a layer is multiplied by the depth


def tied_weight(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, L: int, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return u·S^L u after gradient flow of S, from Q > 0."""
    problem = plant(lam=lam, Q=Q, scale=lam or sigma**2, seed=seed)
    return _trained(problem, tied(L), _root(problem, Q, L, seed), sigma, eta, tau, seed, law)


def infinite_weight(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return the limit of `tied_weight` for L to infinity at the learning rate eta/L², extrapolated in 1/L."""
    point = {"lam": lam, "sigma": sigma, "Q": Q, "tau": tau, "seed": seed, "law": law}
    return _extrapolated([tied_weight(**point, eta=eta / depth**2, L=depth) for depth in DEPTHS])  # type: ignore[arg-type]


def _root(problem: Planted, Q: float, depth: int, seed: int) -> Float[np.ndarray, "d d"]:
    """Return the positive root, of order `depth`, of a W aligned with the data, with weight Q along u."""
    sizes = np.random.default_rng([seed, 9]).uniform(0.2, 1.0, size=len(problem.u))
    sizes[problem.mode] = Q
    return (problem.U * sizes ** (1 / depth)) @ problem.U.T


def _trained(
    problem: Planted, product: Product, start: np.ndarray, sigma: float, eta: float, tau: float, seed: int, law: str
) -> Measured:
    loss = denoising_loss(problem.Sigma, problem.mu, edm_x(sigma), law=law, seed=seed)
    return along(problem, product_flow(loss, product, start, eta=eta, tau=tau, rtol=RTOL))


def tied_speed(
    *, s_layer: float, lam: float, sigma: float, eta: float, L: int, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return d(u·S^L u)/dtau in the gradient flow of S, at a layer of weight s_layer along u."""
    return _speed(tied(int(L)), lambda S: S, s_layer, lam, sigma, eta, seed, law)


def residual_speed(
    *, s_layer: float, lam: float, sigma: float, eta: float, L: int, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return d(u·(I + S)^L u)/dtau in the gradient flow of S, at a layer of weight s_layer along u."""
    return _speed(residual(int(L)), lambda S: S, s_layer, lam, sigma, eta, seed, law)


def equal_speed(
    *, s_layer: float, lam: float, sigma: float, eta: float, L: int, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return d(u·W_L ... W_1 u)/dtau in the gradient flow of L separate layers, all of weight s_layer along u."""
    return _speed(chain, lambda S: np.stack([S] * int(L)), s_layer, lam, sigma, eta, seed, law)


def infinite_speed(*, v: float, lam: float, sigma: float, eta: float, seed: int = 0, law: str = "moments") -> Measured:
    """Return the limit of `tied_speed` at the weight v for L to infinity at the learning rate eta/L²."""
    point = {"lam": lam, "sigma": sigma, "seed": seed, "law": law}
    runs = [tied_speed(s_layer=v ** (1 / depth), eta=eta / depth**2, L=depth, **point) for depth in DEPTHS]  # type: ignore[arg-type]
    return _extrapolated(runs)


def _extrapolated(runs: list[Measured]) -> Measured:
    """Return the limit of measurements at depths that double, by elimination of one power of 1/L after another."""
    rows = [np.array([float(run.array) for run in runs])]
    for order in range(1, len(runs)):
        rows.append((2**order * rows[-1][1:] - rows[-1][:-1]) / (2**order - 1))
    doubt = 10 * max(run.worst for run in runs)
    return Measured(value=rows[-1][-1], error=abs(rows[-1][-1] - rows[-2][-1]) + doubt)


def _speed(
    product: Product,
    layers_of: Callable[[np.ndarray], np.ndarray],
    s_layer: float,
    lam: float,
    sigma: float,
    eta: float,
    seed: int,
    law: str,
) -> Measured:
    problem = plant(lam=lam, Q=0.0, scale=lam or sigma**2, seed=seed)
    sizes = np.random.default_rng([seed, 9]).uniform(0.2, 1.0, size=len(problem.u))
    sizes[problem.mode] = s_layer
    loss = denoising_loss(problem.Sigma, problem.mu, edm_x(sigma), law=law, seed=seed)
    moving = product_speed(loss, product, layers_of((problem.U * sizes) @ problem.U.T), eta=eta)
    return along(problem, moving)
