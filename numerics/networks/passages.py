"""When a measured variance first passes a mean of its initial and its target value, and which modes are fit to tell."""

import numpy as np
from jaxtyping import Float

MEANS = {
    "geometric": lambda first, last: np.sqrt(first * last),
    "harmonic": lambda first, last: 2 / (1 / first + 1 / last),
}
GRAY = (0.5, 2.0)
"""Modes whose initial variance lies within these multiples of the target are left out (Fig. 3)."""


def passages(
    steps: Float[np.ndarray, " t"],
    variances: Float[np.ndarray, "t k"],
    targets: Float[np.ndarray, " k"],
    criterion: str,
) -> Float[np.ndarray, " k"]:
    """Return the step at which each mode first reaches its level, ln variance linear in between; NaN if it never does.

    Args:
        steps: at which the variances were measured, ascending.
        variances: > 0, of each mode at each step; the first row is the initial value.
        targets: the variance of the data along each mode, > 0.
        criterion: a name in `MEANS`.
    """
    first = variances[0]
    sign = np.where(targets > first, 1.0, -1.0)
    gap = sign * (np.log(variances) - np.log(MEANS[criterion](first, targets)))
    reached = gap >= 0
    after = reached.argmax(0)
    k = np.arange(len(targets))
    known = reached.any(0) & (after > 0)
    before = np.maximum(after - 1, 0)
    low, high = gap[before, k], gap[after, k]
    share = np.where(known, -low / np.where(high > low, high - low, 1.0), np.nan)
    return steps[before] + share * (steps[after] - steps[before])


def branches(
    initial: Float[np.ndarray, " k"], targets: Float[np.ndarray, " k"]
) -> tuple[Float[np.ndarray, " k"], Float[np.ndarray, " k"]]:
    """Return which modes rise and which fall, those of the gray zone in neither."""
    ratio = initial / targets
    return ratio < GRAY[0], ratio > GRAY[1]


def directness(variances: Float[np.ndarray, "t k"]) -> Float[np.ndarray, " k"]:
    """Return net over total change of ln variance: 1 if it is monotone, less if it turns back."""
    steps = np.diff(np.log(variances), axis=0)
    return np.abs(steps.sum(0)) / np.maximum(np.abs(steps).sum(0), 1e-300)


def delayed(steps: Float[np.ndarray, " t"], variances: Float[np.ndarray, "t k"]) -> Float[np.ndarray, " k"]:
    """Return 1 for each mode that is fastest after the first interval, as a sigmoid is, and 0 for the others."""
    speed = np.abs(np.diff(variances, axis=0)) / np.diff(steps)[:, None]
    return (speed.argmax(0) > 0).astype(float)
