"""From which side weight and bias of a mode arrive at their optimum, when a mean couples them."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from numerics.affine_flow import probe
from numerics.measured import Measured
from numerics.one_layer.weight import planted_loss
from numerics.planted import Planted

Column = Callable[[Planted], Float[np.ndarray, " d1"]]
"""The column of [W b] along u that is read."""


def slow_weight(*, lam: float, sigma: float, mu: float, seed: int = 0, law: str = "moments") -> Measured:
    """Return the coefficient of the slowest exponential in u·W u, from u·W u = u·b = 0; mu is the mean along u."""
    return _slowest(lambda problem: np.append(problem.u, 0.0), lam, sigma, mu, seed, law)


def slow_bias(*, lam: float, sigma: float, mu: float, seed: int = 0, law: str = "moments") -> Measured:
    """Return the coefficient of the slowest exponential in u·b, from u·W u = u·b = 0; mu is the mean along u."""
    return _slowest(lambda problem: np.append(0.0 * problem.u, 1.0), lam, sigma, mu, seed, law)


def coupling_minor(*, lam: float, sigma: float, mu: float, seed: int = 0, law: str = "moments") -> Measured:
    """Return the determinant, in (u·W u, u·b), of half the curvature of the loss at mean mu minus that at mean 0."""
    probed = []
    for mean in (mu, 0.0):
        problem, loss = planted_loss(lam=lam, sigma=sigma, Q=0.0, mu=mean, seed=seed, law=law)
        plane = np.eye(len(problem.u) + 1)[:, -2:].copy()
        plane[:, 0] = np.append(problem.u, 0.0)
        probed.append((plane.T @ probe(loss, problem.Theta0.shape).A @ plane / 2, probe(loss, problem.Theta0.shape)))
    change = probed[0][0] - probed[1][0]
    doubt = sum(float(G.doubt(np.eye(*G.G0.shape))) for _, G in probed)
    return Measured(value=np.linalg.det(change), error=4 * doubt * (np.abs(change).max() + doubt))


def fast_rate(*, lam: float, sigma: float, mu: float, seed: int = 0, law: str = "moments") -> Measured:
    """Return the larger eigenvalue of half the curvature of the loss in (u·W u, u·b), with mean mu along u."""
    return _rate(-1, lam, sigma, mu, seed, law)


def slow_rate(*, lam: float, sigma: float, mu: float, seed: int = 0, law: str = "moments") -> Measured:
    """Return the smaller one."""
    return _rate(0, lam, sigma, mu, seed, law)


def _rate(which: int, lam: float, sigma: float, mu: float, seed: int, law: str) -> Measured:
    problem, loss = planted_loss(lam=lam, sigma=sigma, Q=0.0, mu=mu, seed=seed, law=law)
    G, plane = probe(loss, problem.Theta0.shape), np.eye(len(problem.u) + 1)[:, -2:].copy()
    plane[:, 0] = np.append(problem.u, 0.0)
    rates = np.linalg.eigvalsh(plane.T @ G.A @ plane / 2)
    return Measured(value=rates[which], error=2 * float(G.doubt(np.eye(*G.G0.shape))))


def _slowest(column: Column, lam: float, sigma: float, mu: float, seed: int, law: str) -> Measured:
    problem, loss = planted_loss(lam=lam, sigma=sigma, Q=0.0, mu=mu, seed=seed, law=law)
    G = probe(loss, problem.Theta0.shape)
    best = G.minimiser()
    read = column(problem)
    rates, modes = np.linalg.eigh(G.A)
    shares = (problem.u @ (problem.Theta0 - best.array) @ modes) * (read @ modes)
    coupled = np.hypot(np.append(problem.u, 0.0) @ modes, modes[-1]) > 1e-6
    slowest = int(np.argmin(np.where(coupled, rates, np.inf)))
    gap = np.abs(np.delete(rates, slowest) - rates[slowest]).min()
    doubt = G.doubt(problem.Theta0, best.array) / gap
    return Measured(value=shares[slowest], error=4 * np.sqrt(len(rates)) * (doubt + best.worst))
