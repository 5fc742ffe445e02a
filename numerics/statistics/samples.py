"""A simulated mean carries its standard error and the number of draws behind it, so that a test can use them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from numerics.measured import plain


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sampled:
    """The mean of `count` independent draws of a number, or of an array, with its standard error.

    Raises:
        ArithmeticError: a mean or an error is not finite: the simulation has failed.
        ValueError: there are fewer than two draws, or the shapes differ.
    """

    mean: float | np.ndarray
    error: float | np.ndarray
    count: int

    def __post_init__(self) -> None:
        if not (np.isfinite(self.mean).all() and np.isfinite(self.error).all()):
            raise ArithmeticError(f"sampled: expected finite numbers, got {self.mean} within {self.error}")
        if self.count < 2 or np.shape(self.mean) != np.shape(self.error):
            raise ValueError(f"sampled: expected two draws or more and equal shapes, got {self.count} draws")
        object.__setattr__(self, "mean", plain(self.mean))
        object.__setattr__(self, "error", plain(self.error))

    def scaled(self, factor: float) -> "Sampled":
        """Return the mean of `factor` times the number drawn."""
        return Sampled(mean=factor * self.mean, error=abs(factor) * self.error, count=self.count)


def sampled(draws: np.ndarray) -> Sampled:
    """Return the mean of independent `draws`, which lie along the first axis."""
    return streamed([draws])


def streamed(chunks: Iterable[np.ndarray]) -> Sampled:
    """Return the mean over all draws of a stream of arrays; a draw is one entry along the first axis.

    Means and squared deviations are merged chunk by chunk, without loss of digits (Chan, Golub, LeVeque).
    """
    count, mean, squares = 0, np.float64(0.0), np.float64(0.0)
    for chunk in chunks:
        m, own = len(chunk), np.mean(chunk, axis=0)
        gap = own - mean
        squares = squares + np.sum((chunk - own) ** 2, axis=0) + gap**2 * (count * m / (count + m))
        mean = mean + gap * (m / (count + m))
        count += m
    if count < 2:
        raise ValueError(f"draws: expected two or more, got {count}")
    return Sampled(mean=mean, error=np.sqrt(squares / (count - 1) / count), count=count)
