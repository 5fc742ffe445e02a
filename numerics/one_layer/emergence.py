"""When the generated variance of a mode passes a mean of its first and its last level, read off measured variances."""

from typing import Any

import numpy as np
from scipy.optimize import brentq

from numerics.measured import Measured
from numerics.one_layer.optimal import optimal_variance
from numerics.one_layer.variance import log_variance, log_variance_rate

MEANS = {
    "geometric": lambda first, last: np.sqrt(first * last),
    "harmonic": lambda first, last: 2 / (1 / first + 1 / last),
    "arithmetic": lambda first, last: (first + last) / 2,
}


def emergence_time(
    *, lam: float, Q: float, sigma0: float, sigmaT: float, before: float, after: float, criterion: str, seed: int = 0
) -> Measured:
    """Return the training time, at learning rate 1, between `before` and `after` at which the variance is the mean.

    Args:
        lam: variance of the mode.
        Q: initial weight of the mode.
        sigma0: last noise level.
        sigmaT: first noise level.
        before: a time at which the mean is not reached yet.
        after: a time at which it has been passed.
        criterion: a name in `MEANS`.
        seed: of the problem the mode is planted in.

    Raises:
        ValueError: the mean is not passed between the two times.

    """
    point: dict[str, Any] = {"lam": lam, "Q": Q, "eta": 1.0, "sigma0": sigma0, "sigmaT": sigmaT}

    def curve(tau: float) -> Measured:
        return log_variance(**point, tau=tau, seed=seed)

    first = curve(0.0)
    last = optimal_variance(lam=lam, sigma0=sigma0, sigmaT=sigmaT, seed=seed)
    level = float(np.log(MEANS[criterion](np.exp(first.value), last.value)))
    time = brentq(lambda tau: curve(tau).value - level, before, after, xtol=1e-9 * after)
    doubt = first.worst + last.worst / float(last.value) + curve(time).worst
    speed = abs(float(log_variance_rate(**point, tau=time, seed=seed).value))
    return Measured(value=time, error=2 * doubt / speed + 2e-9 * after)
