"""Noisy copies of one training set: the noise of different steps is fresh, accumulated, or one shared draw."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

READINGS = ("fresh", "accumulated", "shared")


def levels(constant: float, T: int) -> Float[np.ndarray, " steps"]:
    """Return the accumulated noise levels of t = 0..T for steps σ_t = constant · t; the first is zero.

    Source: σ̄_t = sqrt(Σ_{s ≤ t} σ_s²), after eq 8.
    """
    return constant * np.sqrt(np.cumsum(np.arange(T + 1.0) ** 2))


def noisy(
    X0: Float[np.ndarray, "d n"],
    sigma_bars: Float[np.ndarray, " steps"],
    *,
    reading: str,
    rng: np.random.Generator,
) -> Iterator[Float[np.ndarray, "d n"]]:
    """Yield X_t = X_0 + E_t for each noise level, E_t with independent entries N(0, σ̄_t²).

    Args:
        X0: clean data as columns.
        sigma_bars: accumulated noise levels, in data units; not falling where noise accumulates.
        reading: "fresh" for independent E_t, "accumulated" for E_t = E_{t-1} + an independent increment, "shared"
            for E_t = σ̄_t Z with one Z.
        rng: source of the normal numbers.

    Raises:
        ValueError: the reading has another name, or accumulated noise falls.
    """
    if reading not in READINGS:
        raise ValueError(f"reading: expected one of {', '.join(READINGS)}; got {reading!r}")
    if reading == "accumulated":
        yield from _accumulated(X0, sigma_bars, rng)
        return
    Z = rng.normal(size=X0.shape)
    for k, sigma_bar in enumerate(sigma_bars):
        if reading == "fresh" and k:
            Z = rng.normal(size=X0.shape)
        yield X0 + sigma_bar * Z


def _accumulated(X0: np.ndarray, sigma_bars: np.ndarray, rng: np.random.Generator) -> Iterator[np.ndarray]:
    steps = np.diff(np.asarray(sigma_bars) ** 2, prepend=0.0)
    if not (steps >= 0).all():
        raise ValueError("sigma_bars: expected levels that do not fall, since noise accumulates")
    X = X0
    for step in np.sqrt(steps):
        X = X + step * rng.normal(size=X0.shape)
        yield X
