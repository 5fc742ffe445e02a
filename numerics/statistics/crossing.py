"""Where a simulated mean reaches a level, with the standard error that the draws leave."""

from collections.abc import Callable

import numpy as np

from numerics.statistics.samples import Sampled

MeanAt = Callable[[float, int, int], Sampled]  # of a parameter, the number of trials and a seed
PILOT, HALVINGS = 200, 6
STEP = 0.05  # half the distance, in the logarithm, of the two means that the crossing lies between


def crossing(
    mean_at: MeanAt, level: float, bracket: tuple[float, float], *, trials: int, seed: int, unit: float = 0.0
) -> Sampled:
    """Return the parameter at which the mean is `level`, given that the mean is monotone in the bracket.

    Few draws find the neighbourhood; two means there, of `trials` draws each, are interpolated on logarithms. The
    curve's bend adds an error of the order of STEP^2. A parameter with a `unit` is asked for at multiples of it only.

    Raises:
        ArithmeticError: the two means do not differ, or the mean does not cross the level in the bracket.
    """
    centre = _bisected(mean_at, level, bracket, seed)
    near = centre * np.exp([-STEP, STEP])
    places = np.round(near / unit) * unit if unit else near
    means = [mean_at(float(x), trials, seed + 1 + k) for k, x in enumerate(places)]
    logs, errors = np.log([float(m.mean) for m in means]), np.array([float(m.error / m.mean) for m in means])
    slope = (logs[1] - logs[0]) / np.log(places[1] / places[0])
    if not abs(slope) > 0:
        raise ArithmeticError(f"crossing: the mean does not vary near {centre:.3g}")
    share = (np.log(level) - logs[0]) / (logs[1] - logs[0])
    root = float(places[0] * (places[1] / places[0]) ** share)
    error = root * float(np.hypot((1 - share) * errors[0], share * errors[1])) / abs(slope)
    return Sampled(mean=root, error=error, count=2 * trials)


def _bisected(mean_at: MeanAt, level: float, bracket: tuple[float, float], seed: int) -> float:
    low, high = np.log(bracket)
    first, last = (float(mean_at(end, PILOT, seed).mean) for end in bracket)
    if not min(first, last) < level < max(first, last):
        raise ArithmeticError(f"crossing: the level {level:g} is not reached between {bracket[0]:g} and {bracket[1]:g}")
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        above = float(mean_at(float(np.exp(middle)), PILOT, seed).mean) > level
        low, high = (low, middle) if above == (last > first) else (middle, high)
    return float(np.exp((low + high) / 2))
