"""A measured number carries its own error, so that a check can refuse to decide beyond it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measured:
    """A value known to lie within `error` of the truth, as far as the method can tell.

    Args:
        value: the measurement, a number or an array.
        error: its absolute error, >= 0, a number or an array that broadcasts to `value`.

    Raises:
        ArithmeticError: `value` or `error` is not finite: the method has failed.
        ValueError: `error` is negative or does not fit the shape of `value`.
    """

    value: float | np.ndarray
    error: float | np.ndarray

    def __post_init__(self) -> None:
        if not (np.isfinite(self.value).all() and np.isfinite(self.error).all()):
            raise ArithmeticError(f"measured: expected finite numbers, got {self.value} within {self.error}")
        if not (np.asarray(self.error) >= 0).all():
            raise ValueError(f"error: expected >= 0, got {self.error}")
        _require_fit(np.shape(self.value), np.shape(self.error))
        object.__setattr__(self, "value", plain(self.value))
        object.__setattr__(self, "error", plain(self.error))

    @property
    def array(self) -> np.ndarray:
        """The value as an array."""
        return np.asarray(self.value)

    @property
    def worst(self) -> float:
        """The largest error of all entries."""
        return float(np.max(self.error, initial=0.0))

    def at(self, *index: int) -> "Measured":
        """Return one entry, or one slice, with its own error."""
        error = np.broadcast_to(self.error, np.shape(self.value))
        return Measured(value=self.array[index], error=error[index])

    def map(self, read: Callable[[np.ndarray], np.ndarray | float], gain: float = 1.0) -> "Measured":
        """Return read(value), where |read(x) - read(y)| <= gain * max|x - y|."""
        return Measured(value=read(self.array), error=gain * self.worst)


def plain(value: np.ndarray | float) -> float | np.ndarray:
    """Return a float for an array without dimensions, else the array itself."""
    return value if np.ndim(value) else float(value)


def from_two(coarse: Measured, fine: Measured, *, safety: float = 1.0) -> Measured:
    """Return the fine measurement with the two methods' gap (times `safety`) added to its error."""
    gap = np.abs(fine.array - coarse.array)
    return Measured(value=fine.value, error=fine.error + safety * gap)


def exponential(log: Measured) -> Measured:
    """Return exp of a measured logarithm: an absolute error there is a relative one here."""
    with np.errstate(over="ignore"):
        value = np.exp(log.value)
        return Measured(value=value, error=value * np.expm1(log.error))


def _require_fit(value: tuple[int, ...], error: tuple[int, ...]) -> None:
    try:
        fits = np.broadcast_shapes(value, error) == value
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(f"error: expected a shape that broadcasts to {value}, got {error}")
