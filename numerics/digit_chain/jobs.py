"""An experiment on digits is a list of jobs, one for each variation, class and seed; a kill loses at most one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from numerics.digit_chain import digits, ranks
from numerics.digit_chain.digits import Digit
from numerics.digit_chain.variations import VARIATIONS, Variation
from numerics.experiments.experiment import BadSetting, Settings
from numerics.experiments.result import estimate
from numerics.experiments.run import Run

NOTHING = 1e-9  # smaller numbers of a stored curve are rounding


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Job:
    """One class under one variation; `rng` is its own source of random numbers."""

    name: str
    variation: Variation
    digit: Digit
    label: int
    rng: np.random.Generator


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """What was computed: each field has the axes variation, class, seed, then its own."""

    variations: tuple[str, ...]
    fields: Mapping[str, np.ndarray]

    def of(self, variation: str, field: str) -> np.ndarray:
        """Return one field under one variation, with the axes class, seed and its own."""
        return self.fields[field][self.variations.index(variation)]

    def mean(self, variation: str, field: str) -> np.ndarray:
        """Return one field averaged over classes and seeds."""
        return self.of(variation, field).mean((0, 1))


def compute(settings: Settings, run: Run, work: Callable[[Job], Mapping[str, np.ndarray | float]]) -> Found:
    """Return what `work` returns for every variation, class and seed.

    Args:
        settings: `data`, `variations` (names), `classes` (digits) and `seeds` (how many).
        run: where it runs.
        work: returns the same fields, of the same shapes, for every job.

    Raises:
        BadSetting: there are no such data, variations or classes.
    """
    names, chosen, seeds = _asked(settings)
    source = str(settings["data"])
    loaded = {name: _digits(VARIATIONS[name].prepared(source), chosen) for name in names}
    run.uses(source, np.array([part.train.sum(1) + part.test.sum(1) for part in loaded[names[0]]]))
    keys = list(product(range(len(names)), range(len(chosen)), range(seeds)))
    state = run.restored() or {}
    for k, (v, c, s) in enumerate(keys):
        if not any(label.startswith(f"{k}:") for label in state):
            name = names[v]
            job = Job(
                name=name, variation=VARIATIONS[name], digit=loaded[name][c], label=chosen[c], rng=run.rng(chosen[c], s)
            )
            state |= {f"{k}:{field}": np.asarray(value) for field, value in work(job).items()}
            run.checkpoint(state)
        run.progress(k + 1, len(keys), f"{names[v]}, digit {chosen[c]}")
    fields = {label[2:] for label in state if label.startswith("0:")}
    shape = (len(names), len(chosen), seeds)
    arrays = {f: np.array([state[f"{k}:{f}"] for k in range(len(keys))]) for f in fields}
    return Found(variations=names, fields={f: a.reshape(*shape, *a.shape[1:]) for f, a in arrays.items()})


def integer(settings: Settings, name: str, least: int = 2) -> int:
    """Return a whole number.

    Raises:
        BadSetting: it is none, or smaller than `least`.
    """
    value = settings[name]
    if not isinstance(value, int) or value < least:
        raise BadSetting(f"{name}: expected an integer >= {least}, got {value!r}")
    return value


def rising(settings: Settings, name: str, least: int = 1) -> list[int]:
    """Return at least three rising whole numbers.

    Raises:
        BadSetting: they are none, or the first is smaller than `least`.
    """
    value = settings[name]
    if not isinstance(value, list) or len(value) < 3 or sorted(set(value)) != value or value[0] < least:
        raise BadSetting(f"{name}: expected at least three rising integers >= {least}, got {value!r}")
    return value


def positive(settings: Settings, name: str) -> float:
    """Return a positive number.

    Raises:
        BadSetting: it is none.
    """
    value = settings[name]
    if not isinstance(value, float) or not value > 0:
        raise BadSetting(f"{name}: expected a positive number, got {value!r}")
    return value


def noise_levels(settings: Settings) -> np.ndarray:
    """Return `levels` noise levels from `lowest` to `highest`, evenly spread over the logarithm."""
    return np.geomspace(positive(settings, "lowest"), positive(settings, "highest"), integer(settings, "levels"))


def told(values: np.ndarray) -> dict[str, float]:
    """Return the mean of values (classes, seeds) with its bootstrap interval, as a result stores it."""
    return stored(ranks.interval(values))


def stored(found: ranks.Interval) -> dict[str, float]:
    """Return an interval as a result stores it."""
    return estimate(found.mean, min(found.low, found.mean), max(found.high, found.mean))


def thinned(array: "np.ndarray | list[float]", digits: int = 4) -> list:
    """Return the array as lists with few significant digits; what is below 1e-9 is zero."""
    return (
        np.array([float(f"{value:.{digits}g}") if abs(value) > NOTHING else 0.0 for value in np.ravel(array)])
        .reshape(np.shape(array))
        .tolist()
    )


def _asked(settings: Settings) -> tuple[tuple[str, ...], tuple[int, ...], int]:
    names, chosen = settings["variations"], settings["classes"]
    if not isinstance(names, list) or not names or not set(names) <= set(VARIATIONS):
        raise BadSetting(f"variations: expected some of {', '.join(VARIATIONS)}; got {names!r}")
    if not isinstance(chosen, list) or len(chosen) < 2 or not set(chosen) <= set(range(digits.CLASSES)):
        raise BadSetting(f"classes: expected at least two of 0 to {digits.CLASSES - 1}, got {chosen!r}")
    return tuple(names), tuple(chosen), integer(settings, "seeds", least=1)


def _digits(preparation: digits.Preparation, chosen: Sequence[int]) -> tuple[Digit, ...]:
    try:
        return digits.classes(preparation, tuple(chosen))
    except (OSError, ValueError) as cause:
        raise BadSetting(str(cause)) from cause
