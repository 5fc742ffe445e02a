"""Denoisers fitted by least squares to Gaussian samples, by simulation: one, and products of independent ones."""

from collections.abc import Callable, Iterator

import numpy as np
from jaxtyping import Float

from numerics.noisy_components.spiked import chunks
from numerics.statistics.samples import Sampled, streamed

Fits = Float[np.ndarray, "c d d"]


def first_moment(
    *, lam2_0: float, lam2_1: float, s_a: float, s_b: float, n_data: float, trials: int, seed: int
) -> Sampled:
    """Return the mean of u_0^T W_a W_b u_0 for two denoisers of the noise variances s_a and s_b, in the plane."""
    lams = (lam2_0, lam2_1)
    return streamed(_along(fits, np.eye(2)) for fits in _products(lams, (s_a, s_b), int(n_data), trials, seed))


def second_moment(*, lam2_0: float, lam2_1: float, s: float, n_data: float, trials: int, seed: int) -> Sampled:
    """Return the mean of |W_2^T W_1^T u_0|^2 for two denoisers of the noise variance s, in the plane."""
    lams = (lam2_0, lam2_1)
    return streamed(
        _along(fits, np.swapaxes(fits, -1, -2)) for fits in _products(lams, (s, s), int(n_data), trials, seed)
    )


def white_moment(*, lam2: float, s: float, d: float, n_data: float, step: float, trials: int, seed: int) -> Sampled:
    """Return the mean of |W_t^T ... W_1^T u|^2, t = `step`, for data of the variance lam2 in all d directions."""
    products = _products((lam2,) * int(d), (s,) * int(step), int(n_data), trials, seed)
    return streamed(_along(fits, np.swapaxes(fits, -1, -2)) for fits in products)


def inverse(*, lam2_0: float, lam2_1: float, s: float, n_data: float, trials: int, seed: int) -> Sampled:
    """Return the mean of u_0^T (X X^T)^-1 u_0, in the plane."""

    def read(X0: np.ndarray, X: np.ndarray) -> np.ndarray:
        del X0
        return np.linalg.inv(X @ np.swapaxes(X, -1, -2))[:, 0, 0]

    return streamed(_batches((lam2_0, lam2_1), s, int(n_data), trials, np.random.default_rng(seed), read))


def fitted(X0: Float[np.ndarray, "c d n"], X: Float[np.ndarray, "c d n"]) -> Fits:
    """Return the W of least |X_0 - W X|^2."""
    transposed = np.swapaxes(X, -1, -2)
    return np.swapaxes(np.linalg.solve(X @ transposed, X @ np.swapaxes(X0, -1, -2)), -1, -2)


def _along(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return (left @ right)[:, 0, 0]


def _products(lams: tuple[float, ...], levels: tuple[float, ...], n: int, trials: int, seed: int) -> Iterator[Fits]:
    """Yield products of independent denoisers, in the eigenbasis of the data."""
    streams = [
        _batches(lams, s, n, trials, np.random.default_rng([seed, place]), fitted) for place, s in enumerate(levels)
    ]
    for factors in zip(*streams, strict=True):
        product = factors[0]
        for factor in factors[1:]:
            product = product @ factor
        yield product


def _batches(
    lams: tuple[float, ...],
    s: float,
    n: int,
    trials: int,
    rng: np.random.Generator,
    read: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> Iterator[np.ndarray]:
    d = len(lams)
    for size in chunks(trials, d * n):
        X0 = np.sqrt(lams)[:, None] * rng.standard_normal((size, d, n))
        yield read(X0, X0 + np.sqrt(s) * rng.standard_normal((size, d, n)))
