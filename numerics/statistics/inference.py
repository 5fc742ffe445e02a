"""The tests of the statistics lane, on numbers alone: what is rejected, what is equivalent, what is too weak to say."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from scipy import stats

LEVEL, POWER, EQUIVALENCE = 0.01, 0.95, 0.05
SURE = LEVEL**2  # the level at which a rejection needs no confirmation by fresh draws


def critical(count: int, level: float = LEVEL, *, sides: int = 2) -> float:
    """Return the |z| that `count` true hypotheses exceed somewhere with probability at most `level` (Bonferroni)."""
    return float(stats.norm.isf(level / (sides * count)))


def reach(power: float = POWER) -> float:
    """Return by how many standard errors a true z must exceed the critical one to be rejected with that power."""
    return float(stats.norm.isf(1 - power))


def chi_squared(z: Float[np.ndarray, " k"]) -> float:
    """Return the probability of a sum of squares as large as this one, of independent standard normal z."""
    return float(stats.chi2.sf(np.sum(np.square(z)), np.size(z)))


def holm(p: Float[np.ndarray, " k"], level: float = LEVEL) -> np.ndarray:
    """Return which hypotheses are rejected, with family-wise error at most `level` (Holm's step-down)."""
    order = np.argsort(p)
    passed = np.asarray(p)[order] <= level / np.arange(len(order), 0, -1)
    rejected = np.zeros(len(order), dtype=bool)
    rejected[order] = np.cumprod(passed).astype(bool)
    return rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Extrapolated:
    """The value at x = 0 of a curve fitted to means, its standard error, and the probability of a worse fit."""

    value: float
    error: float
    fit: float


def at_zero(
    x: Float[np.ndarray, " k"], mean: Float[np.ndarray, " k"], error: Float[np.ndarray, " k"], degree: int = 1
) -> Extrapolated:
    """Return where the polynomial of this degree in x, fitted with weights 1/error^2, meets x = 0.

    Raises:
        ValueError: there are not more points than coefficients plus one: nothing would test the fit.
    """
    if len(x) < degree + 2:
        raise ValueError(f"points: expected at least {degree + 2} for degree {degree}, got {len(x)}")
    design = np.vander(np.asarray(x) / np.max(np.abs(x)), degree + 1, increasing=True) / np.asarray(error)[:, None]
    q, r = np.linalg.qr(design)
    inverse = np.linalg.inv(r)
    coefficients = inverse @ (q.T @ (mean / error))
    misfit = np.sum((mean / error - design @ coefficients) ** 2)
    fit = float(stats.chi2.sf(misfit, len(x) - degree - 1))
    return Extrapolated(value=float(coefficients[0]), error=float(np.linalg.norm(inverse[0])), fit=fit)
