"""Denoisers learned from random samples of one component on a white background, simulated at finite size.

The component is the first coordinate; the laws of everything drawn do not change under rotations.
"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

from numerics.noisy_components.spiked import chunks, leading
from numerics.statistics.samples import Sampled, streamed

BISECTIONS = 40
NODES = 48  # of the sampler's integral over ln s, whose integrand is smooth
Matrices = Float[np.ndarray, "c d n"]


def pair_gain(*, d: int, gamma: float, lam2: float, s: float, a: float, trials: int, seed: int) -> Sampled:
    """Return the mean of u^T W u: gradient flow for the time a on one noise draw for each of n = d/gamma samples."""

    def read(G: Matrices) -> np.ndarray:
        Y = np.sqrt(s / G.shape[-1]) * G
        Y[:, 0, 0] += np.sqrt(lam2)
        transposed = np.swapaxes(Y, -1, -2)
        wide = Y.shape[-2] <= Y.shape[-1]
        x, Q = np.linalg.eigh(Y @ transposed if wide else transposed @ Y)
        learned = -np.expm1(-a * x) / x
        left, right = (Y[:, :, 0], Q[:, 0]) if wide else (Y[:, 0], Q[:, 0])
        return np.sqrt(lam2) * np.sum(_dotted(left, Q) * learned * right, axis=-1)

    return streamed(map(read, _normal(d, gamma, trials, seed)))


def averaged_gain(*, d: int, gamma: float, alpha_pop: float, b: float, s: float, trials: int, seed: int) -> Sampled:
    """Return the mean of u^T S (S + s)^-1 u, S the sample covariance: the best W, noise averaged out."""

    def read(G: Matrices) -> np.ndarray:
        S = _covariance(G, alpha_pop, b)
        unit = np.eye(d)[:, :1]
        return 1 - s * np.linalg.solve(S + s * np.eye(d), np.broadcast_to(unit, (len(S), d, 1)))[:, 0, 0]

    return streamed(map(read, _normal(d, gamma, trials, seed)))


def outlier(*, d: int, gamma: float, ell_b: float, b: float, trials: int, seed: int) -> Sampled:
    """Return the mean of the largest eigenvalue of the sample covariance."""
    return streamed(_outliers(G, ell_b, b)[0] for G in _normal(d, gamma, trials, seed))


def outlier_overlap(*, d: int, gamma: float, ell_b: float, b: float, trials: int, seed: int) -> Sampled:
    """Return the mean squared overlap of its eigenvector with u."""
    return streamed(_outliers(G, ell_b, b)[1] for G in _normal(d, gamma, trials, seed))


def earlier(*, d: int, gamma: float, ell_b: float, trials: int, seed: int) -> Sampled:
    """Return the mean ratio of the emergence times of the largest eigenvalue and of its population value, b = 1.

    The noise levels are far away: s_0 = 1e-14, S = 1e6. What the sample variance along u, whose mean is known, explains
    is taken off.
    """
    alpha = 1 + ell_b
    population = _emergence(np.array([alpha]))[0]

    def read(G: Matrices) -> np.ndarray:
        excess = alpha * (np.mean(G[:, 0] ** 2, axis=-1) - 1)
        values, _ = _outliers(G, ell_b, 1.0)
        return _emergence(values) / population + excess / alpha

    return streamed(map(read, _normal(d, gamma, trials, seed)))


def direction_variance(
    *, d: int, gamma: float, ell_b: float, a: float, sigma0: float, sigmaT: float, trials: int, seed: int
) -> Sampled:
    """Return the mean of u^T phi(S) u, the variance generated along u after the training time a, b = 1.

    What the sample variance along u, whose mean is known, explains of it is taken off.
    """
    alpha = 1 + ell_b

    def phi(x: np.ndarray) -> np.ndarray:
        return np.exp(_log_variance(x, a, sigma0**2, sigmaT**2))

    slope = float(np.diff(phi(alpha * np.array([0.9, 1.1])))[0]) / (0.2 * alpha)

    def read(G: Matrices) -> np.ndarray:
        excess = alpha * (np.mean(G[:, 0] ** 2, axis=-1) - 1)
        x, Q = np.linalg.eigh(_covariance(G, alpha, 1.0))
        return np.sum(Q[:, 0] ** 2 * phi(np.maximum(x, 0.0)), axis=-1) - slope * excess

    return streamed(map(read, _normal(d, gamma, trials, seed)))


def replica_gap(
    *, d: float, n_data: float, draws: float, lam2_0: float, lam2_1: float, s: float, trials: int, seed: int
) -> Sampled:
    """Return the mean difference of |<u_0^t, u_0>|^2: n samples with m draws each less n m samples with one."""
    n, m, lams = int(n_data), int(draws), np.sqrt([lam2_0, lam2_1])
    rng = np.random.default_rng([seed, 12])
    shared = np.linalg.qr(rng.standard_normal((n, 2))).Q
    frames = np.tile(shared, (m, 1)) / np.sqrt(m), np.linalg.qr(rng.standard_normal((n * m, 2))).Q
    clean = [np.sqrt(n * m) * np.eye(int(d), 2) * lams @ frame.T for frame in frames]

    def gaps() -> Iterator[np.ndarray]:
        for size in chunks(trials, 2 * int(d) * n * m):
            noise = np.sqrt(s) * rng.standard_normal((2, size, int(d), n * m))
            few, many = (leading(X0 + E, 2)[:, 0, 0] ** 2 for X0, E in zip(clean, noise, strict=True))
            yield few - many

    return streamed(gaps())


def _normal(d: int, gamma: float, trials: int, seed: int) -> Iterator[Matrices]:
    rng, n = np.random.default_rng([seed, 11]), round(d / gamma)
    for size in chunks(trials, d * n):
        yield rng.standard_normal((size, d, n))


def _dotted(vectors: np.ndarray, Q: np.ndarray) -> np.ndarray:
    """Return the scalar product of each vector with the columns of its matrix."""
    return (vectors[:, None] @ Q)[:, 0]


def _covariance(G: Matrices, top: float, b: float) -> np.ndarray:
    X = np.sqrt(b) * G
    X[:, 0] *= np.sqrt(top / b)
    return X @ np.swapaxes(X, -1, -2) / G.shape[-1]


def _outliers(G: Matrices, ell: float, b: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the largest eigenvalues of sample covariances, and the squared first entries of their eigenvectors."""
    X = np.sqrt(b) * G
    X[:, 0] *= np.sqrt(1 + ell)
    u = leading(X, 1)
    return np.sum((np.swapaxes(X, -1, -2) @ u) ** 2, axis=(-2, -1)) / G.shape[-1], u[:, 0, 0] ** 2


def _log_variance(x: np.ndarray, a: float | np.ndarray, last: float, first: float) -> np.ndarray:
    """Return ln of the variance of the flow from s = `first` to `last`, d ln(variance)/d ln s = 1 - W_x(s)."""
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    span = np.log(first / last)
    s = last * np.exp(span * (nodes + 1) / 2)
    rate = x[..., None] + s
    trained = x[..., None] / rate * -np.expm1(-np.expand_dims(a, -1) * rate)
    return np.log(first) - span / 2 * np.sum(weights * (1 - trained), axis=-1)


def _emergence(x: Float[np.ndarray, " c"], last: float = 1e-14, first: float = 1e6) -> Float[np.ndarray, " c"]:
    """Return the training times at which the variance is the geometric mean of its levels at 0 and infinity."""
    level = (np.log(last) + np.log(first * (x + last) / (x + first))) / 2
    low, high = -4 - np.log(x), 2 - np.log(x)  # ln a; the variance rises with a
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        above = _log_variance(x, np.exp(middle), last, first) > level
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.exp((low + high) / 2)
