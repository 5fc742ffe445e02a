"""The divergence of two random Gaussians, as the mean of the logarithm of the ratio of their densities.

Scenes as in `numerics.problems`. The logarithms are polynomials of degree 2, for which the quadrature is exact.
"""

import numpy as np
from scipy.stats import multivariate_normal

from numerics.divergence import mode_divergence
from numerics.measured import Measured
from numerics.problems import Letters, Scene, letters_of

NODES = 6
ROUNDOFF = 1e-12


def two_gaussians(seed: int) -> Scene:
    """Measure KL(N(mu_1, Sigma_1) | N(mu_2, Sigma_2)) for random means and covariances in 2 or 3 dimensions."""
    rng = np.random.default_rng([seed, 8])
    d = int(rng.integers(2, 4))
    one, two = (_law(rng, np.linalg.qr(rng.normal(size=(d, d))).Q) for _ in range(2))
    return _scene(one, two)


def shared_eigenbasis(seed: int) -> Scene:
    """Measure the same for covariances U Lam_1 U^T and U Lam_2 U^T."""
    rng = np.random.default_rng([seed, 9])
    d = int(rng.integers(2, 4))
    U = np.linalg.qr(rng.normal(size=(d, d))).Q
    one, two = _law(rng, U), _law(rng, U)
    letters, found = _scene(one, two)
    return letters | {"U": U, "Lam_1": U.T @ one[1] @ U, "Lam_2": U.T @ two[1] @ U}, found


def mode(*, lam: float, lam_gen: float, mu: float = 0.0, mu_gen: float = 0.0, seed: int = 0) -> Measured:
    """Return KL(N(mu_gen, lam_gen) | N(mu, lam)) by a sum over a fine grid."""
    del seed
    return mode_divergence(lam=lam, lam_gen=lam_gen, mu=mu, mu_gen=mu_gen)


def ratio(*, r: float, seed: int = 0) -> Measured:
    """Return KL(N(0, r lam) | N(0, lam)) at a random lam, in the same way."""
    lam = float(np.random.default_rng(seed).uniform(0.3, 3.0))
    return mode_divergence(lam=lam, lam_gen=r * lam)


def _law(rng: np.random.Generator, U: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a random mean and a covariance with the eigenvectors U."""
    return rng.normal(size=len(U)), (U * rng.uniform(0.3, 2.5, size=len(U))) @ U.T


def _scene(one: tuple[np.ndarray, np.ndarray], two: tuple[np.ndarray, np.ndarray]) -> Scene:
    laws = [multivariate_normal(mean, Sigma) for mean, Sigma in (one, two)]
    points, weights = _nodes(*one)
    found = weights @ (laws[0].logpdf(points) - laws[1].logpdf(points))
    letters: Letters = letters_of(d=len(one[0]))
    for k, (mean, Sigma) in enumerate((one, two), start=1):
        letters |= {f"mu_{k}": mean[:, None], f"Sigma_{k}": Sigma, f"lndet{k}": np.asarray(np.linalg.slogdet(Sigma)[1])}
    return letters, Measured(value=np.asarray(found), error=ROUNDOFF * (1 + abs(float(found))))


def _nodes(mean: np.ndarray, Sigma: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return points and weights of a Gauss-Hermite rule for N(mean, Sigma)."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    grid = np.stack(np.meshgrid(*[nodes] * len(mean), indexing="ij"), axis=-1).reshape(-1, len(mean))
    products = np.stack(np.meshgrid(*[weights] * len(mean), indexing="ij"), axis=-1).reshape(-1, len(mean)).prod(1)
    return mean + grid @ np.linalg.cholesky(Sigma).T, products / products.sum()
