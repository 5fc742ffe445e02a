"""Random families of denoisers, trained on their own losses, and the affine map their probability flow makes.

A scene returns the arrays of the letters by name, and a measured matrix. Vectors are columns.
"""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from numerics.autograd import gradient, pack
from numerics.denoisers import edm_losses, trained
from numerics.linear_ode import gauss_integral, gauss_points, propagate
from numerics.loss import denoising_loss
from numerics.measured import Measured, from_two
from numerics.objective import edm_x
from numerics.planted import plant
from numerics.probability_flow import Denoisers, Generated, generate

Letters = dict[str, np.ndarray | float]
Scene = tuple[Letters, Measured]
PANELS = 24


def commuting(seed: int) -> Scene:
    """Measure the transition matrix A for weights that commute, not symmetric; L is the integral of (W_s - I)/s."""
    aligned, levels = _family(seed, aligned=True)
    denoisers = _sheared(aligned, seed)
    A, _ = _flow(denoisers, levels)
    return {"L": _exponent(denoisers, levels), "d": float(len(A.array))}, A


def offset(seed: int) -> Scene:
    """Measure the generated mean for weights that do not commute; A and J = int A(s)^-1 b_s/s ds are the letters."""
    denoisers, levels = _family(seed, aligned=False)
    A, J = _flow(denoisers, levels)
    generated = _generated(denoisers, levels, len(A.array))
    slack = A.worst * np.abs(J.array).sum() + J.worst * np.abs(A.array).sum()
    mean = Measured(value=generated.mean.array[:, None], error=generated.mean.worst + slack)
    return {"A": A.array, "J": J.array, "d": float(len(A.array))}, mean


def covariance(seed: int) -> Scene:
    """Measure the generated covariance for weights that do not commute; the transition matrix A is a letter."""
    denoisers, levels = _family(seed, aligned=False)
    A, _ = _flow(denoisers, levels)
    found = _generated(denoisers, levels, len(A.array)).covariance
    slack = 4 * levels[1] ** 2 * A.worst * np.abs(A.array).sum()
    return {"A": A.array, "sigmaT": levels[1], "d": float(len(A.array))}, Measured(
        value=found.array, error=found.worst + slack
    )


def aligned_gradient(seed: int) -> Scene:
    """Measure U^T (gradient of the loss in W) U at an aligned W = U D U^T, for centred data."""
    return _aligned(seed, mean=0.0)


def aligned_gradient_with_mean(seed: int) -> Scene:
    """Measure the same for data of mean mu."""
    return _aligned(seed, mean=1.0)


def misalignment(seed: int) -> Scene:
    """Measure by how much that fails to commute with the diagonal matrix Lam of the variances, for data of mean mu."""
    letters, found = aligned_gradient_with_mean(seed)
    G, Lam = found.array, np.asarray(letters["Lam"])
    return letters, Measured(value=G @ Lam - Lam @ G, error=4 * found.worst * float(np.abs(Lam).sum()))


def _aligned(seed: int, mean: float) -> Scene:
    rng = np.random.default_rng([seed, 4])
    problem, sigma = plant(lam=0.7, Q=0.3, seed=seed), float(rng.uniform(0.3, 1.5))
    d, U = len(problem.u), problem.U
    mu, b, weights = mean * rng.normal(size=d), rng.normal(size=d), rng.uniform(-0.5, 1.5, size=d)
    W = (U * weights) @ U.T

    def read(law: str) -> np.ndarray:
        loss = denoising_loss(problem.Sigma, mu, edm_x(sigma), law=law, seed=seed)
        return U.T @ gradient(loss, pack(W, b))[:, :d] @ U

    letters = {"U": U, "D": np.diag(weights), "Lam": U.T @ problem.Sigma @ U, "sigma": sigma, "d": float(d)}
    letters |= {"mu": mu[:, None], "b": b[:, None]}
    exact, sampled = (Measured(value=read(law), error=1e-12) for law in ("moments", "samples"))
    return letters, from_two(sampled, exact, safety=2.0)


def _family(seed: int, *, aligned: bool) -> tuple[Denoisers, tuple[float, float]]:
    """Return denoisers trained from one start, aligned with the data or random, and the last and first noise level."""
    rng = np.random.default_rng([seed, 5])
    problem = plant(lam=0.5, Q=0.3, seed=seed)
    d = len(problem.u)
    mu = np.zeros(d) if aligned else rng.normal(size=d)
    start = problem.Theta0 if aligned else 0.5 * rng.normal(size=problem.Theta0.shape)
    losses = edm_losses(problem.Sigma, mu, seed=seed)
    levels = float(rng.uniform(0.05, 0.2)), float(rng.uniform(2.0, 4.0))
    return trained(losses, start, eta=0.5, tau=float(rng.uniform(0.2, 1.0))), levels


def _sheared(denoisers: Denoisers, seed: int) -> Denoisers:
    """Return denoisers whose weights are G W_s G^-1, with one random G for all noise levels, and whose bias is 0."""

    def sheared(sigma: Float[np.ndarray, " m"]) -> Measured:
        Theta = denoisers(sigma)
        d = Theta.array.shape[-2]
        G = np.eye(d) + np.random.default_rng([seed, 6]).uniform(-0.4, 0.4, size=(d, d))
        W = G @ Theta.array[:, :, :d] @ np.linalg.inv(G)
        return Measured(value=pack(W, np.zeros(W.shape[:-1])), error=Theta.error * np.linalg.cond(G))

    return sheared


def _flow(denoisers: Denoisers, levels: tuple[float, float]) -> tuple[Measured, Measured]:
    """Return A and J, with the gap to half as many panels and the errors of the denoisers as their error."""
    coarse, fine = (_solved(denoisers, levels, panels) for panels in (PANELS // 2, PANELS))
    A, J = (from_two(*(Measured(value=v, error=1e-10) for v in pair)) for pair in zip(coarse, fine, strict=True))
    return A, J


def _solved(
    denoisers: Denoisers, levels: tuple[float, float], panels: int
) -> tuple[Float[np.ndarray, "d d"], Float[np.ndarray, "d 1"]]:
    """Return A and J from dA/dln s = -(W - I) A, dB/dln s = B (W - I) for B = A^-1, and dJ/dln s = -B b."""
    start, end = np.log(levels[1]), np.log(levels[0])
    s = gauss_points(start, end, panels)
    Theta = denoisers(np.exp(s).ravel()).array
    d = Theta.shape[-2]
    slope = Theta[:, :, :d] - np.eye(d)
    K = np.zeros((len(Theta), d + 1, d + 1))
    K[:, :d, :d], K[:, d, :d] = slope.swapaxes(-1, -2), -Theta[:, :, d]
    A = propagate(-slope.reshape(*s.shape, d, d), np.eye(d), end - start)
    BJ = propagate(K.reshape(*s.shape, d + 1, d + 1), np.eye(d + 1, d), end - start)
    return A, BJ[d:].T


def _exponent(denoisers: Denoisers, levels: tuple[float, float]) -> Float[np.ndarray, "d d"]:
    """Return the integral of (W_s - I)/s from levels[0] to levels[1]."""
    start, end = np.log(levels[0]), np.log(levels[1])
    s = gauss_points(start, end, PANELS)
    W = denoisers(np.exp(s).ravel()).array[:, :, :-1]
    return _entrywise(lambda entry: gauss_integral(entry.reshape(s.shape), end - start), W - np.eye(W.shape[-1]))


def _entrywise(integral: Callable[[np.ndarray], float], matrices: Float[np.ndarray, "m d d"]) -> np.ndarray:
    d = matrices.shape[-1]
    return np.array([[integral(matrices[:, i, j]) for j in range(d)] for i in range(d)])


def _generated(denoisers: Denoisers, levels: tuple[float, float], d: int) -> Generated:
    return generate(denoisers, sigma0=levels[0], sigmaT=levels[1], directions=np.eye(d))
