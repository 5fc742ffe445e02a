"""What the closed forms predict for a spectrum: the variance of every mode over training, and when it emerges."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from theory.one_layer import log_level, log_variance_entire
from verify.bridge import evaluate

CLOCK = np.geomspace(1e-7, 1e7, 561)  # 2 eta tau, 40 points a decade
HALVINGS = 60
ROUNDING = 1e-12  # of ln variance in double precision
Array = np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The sampler's noise levels, the initial weight of every mode, and the mean that counts as emerged."""

    Q: float = 0.0
    sigma0: float = 0.002
    sigmaT: float = 80.0
    criterion: str = "geometric"


def log_variances(lams: Array, clock: Array, setting: Setting) -> Array:
    """Return ln of the generated variance; `lams` and `clock` (2 eta tau) broadcast against each other."""
    levels = {"Q": setting.Q, "sigma0": setting.sigma0, "sigmaT": setting.sigmaT}
    return evaluate(log_variance_entire(), {"lam": lams, "tau": clock, "eta": 0.5, **levels})


def emergence_times(lams: Array, setting: Setting) -> Array:
    """Return 2 eta tau at the first passage of each mode through its mean level; NaN where it never passes."""
    levels = {"Q": setting.Q, "sigma0": setting.sigma0, "sigmaT": setting.sigmaT}
    level = evaluate(log_level(setting.criterion), {"lam": lams, **levels})
    return first_passages(lambda clock: log_variances(lams[:, None], clock, setting) - level[:, None])


def first_passages(gap: Callable[[Array], Array]) -> Array:
    """Return for each row the first time at which `gap`, a function of a row of times, changes its sign.

    The times are searched on `CLOCK` and then halved to double precision; NaN where there is no change.
    """
    signs, start = np.sign(gap(CLOCK[None, :])), gap(np.zeros((1, 1)))
    turned = (signs != np.sign(start)) & (np.abs(start) > ROUNDING)  # who starts on the level never passes it
    first = np.argmax(turned, axis=1)
    low, high = np.where(first > 0, CLOCK[first - 1], 0.0), CLOCK[first]
    after = signs[np.arange(len(signs)), first]
    for _ in range(HALVINGS):
        middle = np.where(low > 0, np.sqrt(low * high), high / 2)
        beyond = np.sign(gap(middle[:, None])[:, 0]) == after
        low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
    return np.where(turned.any(axis=1), high, np.nan)


def fitted_exponent(lams: Array, times: Array) -> tuple[float, float]:
    """Return a and b of the least-squares line ln(time) = ln a + b ln(lam) over the modes that emerge."""
    emerged = np.isfinite(times) & (lams > 0)
    slope, intercept = np.polyfit(np.log(lams[emerged]), np.log(times[emerged]), 1)
    return float(np.exp(intercept)), float(slope)
