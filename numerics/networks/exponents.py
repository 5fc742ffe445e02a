"""Power laws through measured points, with intervals by resampling the points."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from numerics.experiments.result import estimate

RESAMPLES = 1000
FEWEST = 6
ENDS = (2.5, 97.5)
Statistic = Callable[..., Float[np.ndarray, " b"]]


def bootstrap(
    statistic: Statistic, *columns: Float[np.ndarray, " k"], rng: np.random.Generator
) -> dict[str, float] | None:
    """Return a statistic of rows with its 95 % interval over resampled rows; nothing for fewer than 6 rows.

    Args:
        statistic: takes columns (b, k), returns one number for each of the b samples.
        columns: one value for each row; rows with a missing value are left out.
        rng: draws the samples.
    """
    known = np.all([np.isfinite(column) for column in columns], axis=0)
    rows = np.stack([column[known] for column in columns])
    if rows.shape[1] < FEWEST:
        return None
    chosen = rng.integers(rows.shape[1], size=(RESAMPLES, rows.shape[1]))
    value = float(statistic(*rows[:, None, :])[0])
    found = statistic(*rows[:, chosen])
    low, high = np.percentile(found[np.isfinite(found)], ENDS)
    return estimate(value, min(low, value), max(high, value))


def slope(x: Float[np.ndarray, "b k"], y: Float[np.ndarray, "b k"]) -> Float[np.ndarray, " b"]:
    """Return the least-squares slope of y on x."""
    x, y = x - x.mean(1, keepdims=True), y - y.mean(1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (x * y).sum(1) / (x * x).sum(1)


def spread(x: Float[np.ndarray, "b k"]) -> Float[np.ndarray, " b"]:
    """Return the standard deviation."""
    return x.std(1)


def median(x: Float[np.ndarray, "b k"]) -> Float[np.ndarray, " b"]:
    """Return the median."""
    return np.median(x, axis=1)


def mean(x: Float[np.ndarray, "b k"]) -> Float[np.ndarray, " b"]:
    """Return the mean."""
    return x.mean(1)


def rank_order(x: Float[np.ndarray, "b k"], y: Float[np.ndarray, "b k"]) -> Float[np.ndarray, " b"]:
    """Return the rank correlation of x and y."""
    return slope(_ranks(x), _ranks(y))


def power_law(lams: Float[np.ndarray, " k"], times: Float[np.ndarray, " k"], rng: np.random.Generator) -> dict:
    """Return exponent of times against variances, order, R^2 and number of modes; exponents are null if unknown."""
    positive = np.where((times > 0) & (lams > 0), times, np.nan)
    x, y = np.log(lams), np.log(positive)
    known = np.isfinite(y)
    with np.errstate(invalid="ignore"):
        r2 = float(np.corrcoef(x[known], y[known])[0, 1] ** 2) if known.sum() >= FEWEST else None
    return {
        "exponent": bootstrap(slope, x, y, rng=rng),
        "order": bootstrap(rank_order, x, y, rng=rng),
        "r2": r2,
        "modes": int(known.sum()),
        "spread": bootstrap(spread, y, rng=rng),
        "median": bootstrap(median, positive, rng=rng),
    }


def _ranks(x: Float[np.ndarray, "b k"]) -> Float[np.ndarray, "b k"]:
    return x.argsort(1).argsort(1).astype(float)
