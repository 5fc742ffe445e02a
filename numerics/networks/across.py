"""One result out of several trainings that differ in their random numbers only."""

from collections.abc import Mapping, Sequence
from math import hypot, sqrt

import numpy as np

from numerics.experiments.result import estimate

TAIL = 0.975


def across(results: Sequence[Mapping]) -> dict:
    """Return the first result, in which every estimate is the mean over all, its interval widened by their scatter.

    The modes are the same in all trainings, so that more trainings do not narrow what the choice of modes leaves open:
    the mean distance to an end of the intervals, and Student's 95 % interval for the mean of the trainings, are added
    as independent errors are. An estimate that a training could not make is none.
    """
    return _together(results)  # type: ignore[return-value]


def _together(parts: Sequence[object]) -> object:
    first = parts[0]
    if not isinstance(first, Mapping):
        return first
    if not all(isinstance(part, Mapping) for part in parts):
        return None
    if "low" in first:
        return _mean(parts)  # type: ignore[arg-type]
    return {name: _together([part[name] for part in parts]) for name in first}  # type: ignore[index]


def _mean(parts: Sequence[Mapping[str, float]]) -> dict[str, float]:
    values = np.array([part["value"] for part in parts])
    value, apart = float(values.mean()), _student(values)
    low, high = (float(np.mean([abs(part["value"] - part[end]) for part in parts])) for end in ("low", "high"))
    return estimate(value, value - hypot(low, apart), value + hypot(high, apart))


def _student(values: np.ndarray) -> float:
    """Return half the width of Student's 95 % interval for the mean; 0 for one value, whose scatter nobody knows."""
    from scipy.stats import t

    n = len(values)
    return float(t.ppf(TAIL, n - 1) * values.std(ddof=1) / sqrt(n)) if n > 1 else 0.0
