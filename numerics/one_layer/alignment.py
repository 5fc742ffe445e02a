"""Whether the weights keep the eigenvectors of the data in training, and so commute across noise levels."""

import numpy as np
from jaxtyping import Float

from numerics.loss import denoising_loss
from numerics.measured import Measured
from numerics.objective import edm_x
from numerics.one_layer.weight import flow
from numerics.planted import Planted, plant


def leakage(
    *,
    sigma: float,
    eta: float,
    tau: float,
    lam: float = 1.0,
    Q: float = 0.3,
    mu: float = 0.0,
    b0: float = 0.0,
    aligned: bool = True,
    seed: int = 0,
    law: str = "moments",
) -> Measured:
    """Return the largest |u_j·W u_k|, j != k, after training at noise level sigma, from an aligned or a random W."""
    problem = plant(lam=lam, Q=Q, mu=mu, b0=b0, seed=seed)
    Theta = _trained(problem, sigma, eta, tau, aligned=aligned, seed=seed, law=law)
    return Theta.map(lambda Theta: _largest_off_diagonal(problem.U.T @ Theta[:, :-1] @ problem.U))


def commutator(
    *,
    sigma1: float,
    sigma2: float,
    eta: float,
    tau: float,
    lam: float = 1.0,
    Q: float = 0.3,
    mu: float = 0.0,
    b0: float = 0.0,
    aligned: bool = True,
    seed: int = 0,
    law: str = "moments",
) -> Measured:
    """Return the 2-norm of W1 W2 - W2 W1, for weights trained from one start at the noise levels sigma1 and sigma2."""
    problem = plant(lam=lam, Q=Q, mu=mu, b0=b0, seed=seed)
    one, two = (_trained(problem, sigma, eta, tau, aligned=aligned, seed=seed, law=law) for sigma in (sigma1, sigma2))
    W1, W2 = one.array[:, :-1], two.array[:, :-1]
    sizes = np.linalg.norm(W1, 2), np.linalg.norm(W2, 2)
    gap = np.linalg.norm(W1 @ W2 - W2 @ W1, 2)
    error = 2 * (sizes[0] * two.worst + sizes[1] * one.worst + one.worst * two.worst) + 1e-15 * sizes[0] * sizes[1]
    return Measured(value=float(gap), error=float(error))


def _trained(problem: Planted, sigma: float, eta: float, tau: float, *, aligned: bool, seed: int, law: str) -> Measured:
    """Return Theta after training; a start that is not aligned is a random matrix, not symmetric."""
    shape = problem.Theta0.shape
    Theta0 = problem.Theta0 if aligned else np.random.default_rng(seed + 1).normal(size=shape)
    loss = denoising_loss(problem.Sigma, problem.mu, edm_x(sigma), law=law, seed=seed)
    return flow(loss, Theta0, eta, tau)


def _largest_off_diagonal(matrix: Float[np.ndarray, "d d"]) -> float:
    return float(np.abs(matrix - np.diag(np.diag(matrix))).max())
