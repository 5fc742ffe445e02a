"""The one-layer law at the noise levels of the paper's figures, as functions of arrays."""

from functools import cache

import numpy as np

from theory import one_layer
from verify.bridge import evaluate
from verify.predict import Setting, emergence_times, fitted_exponent, log_variances

LAMS = (10.0, 3.0, 1.0, 0.3, 0.1, 0.03, 0.01, 0.001)
GRID = np.geomspace(1e-3, 10, 33)  # variances at which emergence times are drawn
CRITERIA = ("geometric", "harmonic")


def weights(lam: float, clock: np.ndarray, *, Q: float, sigma: float) -> np.ndarray:
    """Return the weight of a mode over clock = 2 eta tau at noise level `sigma`."""
    at: dict[str, float | np.ndarray] = {"lam": lam, "Q": Q, "sigma": sigma, "eta": 0.5, "tau": clock}
    return evaluate(one_layer.weight(one_layer.sigma), at)


def variances(lam: float | np.ndarray, clock: np.ndarray, Q: float) -> np.ndarray:
    """Return the generated variance of a mode over clock = 2 eta tau."""
    return np.exp(log_variances(np.asarray(lam), clock, Setting(Q=Q)))


@cache
def grid_emergence(Q: float, criterion: str) -> np.ndarray:
    """Return the emergence times of the modes `GRID`, computed once."""
    return emergence(GRID, Q, criterion)


def emergence(lams: np.ndarray, Q: float, criterion: str) -> np.ndarray:
    """Return the first 2 eta tau at which each mode passes its level; NaN where there is none."""
    return emergence_times(lams, Setting(Q=Q, criterion=criterion))


def is_rising(lams: np.ndarray, Q: float) -> np.ndarray:
    """Return for each mode whether its last level is above its first."""
    at: dict[str, float | np.ndarray] = {"lam": lams, "Q": Q, "sigma0": Setting().sigma0, "sigmaT": Setting().sigmaT}
    return evaluate(one_layer.final_variance(), at) > evaluate(one_layer.initial_variance(), at)


def power_law(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Return a, b of the least-squares fit y = a x^b on logarithms; NaN with fewer than three points."""
    known = np.isfinite(y) & (x > 0)
    return fitted_exponent(x, y) if known.sum() > 2 else (float("nan"), float("nan"))
