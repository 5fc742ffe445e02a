"""What a sample of classes and seeds says: bootstrap intervals, rank correlations, inversions."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from scipy.stats import rankdata, t

RESAMPLED, PERMUTED = 2000, 999
LEVEL = 0.01
"""Family-wise error of the worst inversion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A mean with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


def interval(values: Float[np.ndarray, "groups repeats"], *, seed: int = 0) -> Interval:
    """Return the mean over groups and repeats; groups (classes) and repeats (seeds) are resampled.

    Raises:
        ValueError: a value is not finite, or there are fewer than two values.
    """
    values = np.atleast_2d(np.asarray(values, dtype=float))
    if not np.isfinite(values).all() or values.size < 2:
        raise ValueError(f"values: expected at least two finite numbers, got shape {values.shape}")
    rng = np.random.default_rng(seed)
    groups, repeats = values.shape
    rows = rng.integers(groups, size=(RESAMPLED, groups, 1))
    columns = rng.integers(repeats, size=(RESAMPLED, groups, repeats))
    means = values[rows, columns].mean(axis=(1, 2))
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(mean=float(values.mean()), low=float(low), high=float(high))


def spearman(x: Float[np.ndarray, " k"], y: Float[np.ndarray, " k"]) -> float:
    """Return the rank correlation, ties sharing their mean rank; 0 where one of the two is constant."""
    a, b = rankdata(x) - (len(x) + 1) / 2, rankdata(y) - (len(y) + 1) / 2
    size = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / size) if size else 0.0


def permutation_p(x: Float[np.ndarray, " k"], y: Float[np.ndarray, " k"], *, seed: int = 0) -> float:
    """Return the one-sided p-value of a rank correlation at least as far from zero, on its side."""
    rng = np.random.default_rng(seed)
    own = spearman(x, y)
    others = np.array([spearman(x, rng.permutation(y)) for _ in range(PERMUTED)])
    return float((1 + np.count_nonzero(others * np.sign(own) >= abs(own))) / (1 + PERMUTED))


def inversions(falling: Float[np.ndarray, " k"]) -> float:
    """Return the share of pairs that do not fall strictly: 0 for a falling sequence, 1 for a rising one."""
    values = np.asarray(falling, dtype=float)
    pairs = np.triu(values[:, None] <= values[None, :], 1)
    return float(pairs.sum() / (len(values) * (len(values) - 1) / 2))


def worst_inversion(samples: Float[np.ndarray, "groups repeats k"], *, grain: float = 0.0) -> Interval:
    """Return the most certain inversion of means that are said to rise with their index, within a group.

    For every group and every pair i < j this is the mean of x_i - x_j with its paired t interval; all intervals hold
    together with error `LEVEL` (Bonferroni). The pair with the largest lower end is returned: a positive lower end
    shows that the means do not rise. Standard deviations count as no smaller than `grain`, the step of whole numbers.

    Raises:
        ValueError: there are fewer than three repeats.
    """
    groups, repeats, k = samples.shape
    if repeats < 3:
        raise ValueError(f"samples: expected at least three repeats, got {repeats}")
    i, j = np.triu_indices(k, 1)
    gaps = samples[..., i] - samples[..., j]
    size = t.ppf(1 - LEVEL / (2 * groups * len(i)), repeats - 1)
    mean, half = gaps.mean(1), size * np.maximum(gaps.std(1, ddof=1), grain) / np.sqrt(repeats)
    worst = np.unravel_index(np.argmax(mean - half), mean.shape)
    return Interval(mean=float(mean[worst]), low=float((mean - half)[worst]), high=float((mean + half)[worst]))
