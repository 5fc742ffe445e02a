"""The course of training a linear network, next to the letters of the problem that it was trained on."""

from dataclasses import dataclass, replace

import numpy as np

from numerics.networks.linear.descent import Course
from numerics.problems import Letters


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trained:
    """What a network was trained on and what became of its parameters.

    Args:
        common: letters with one value at all noise levels.
        by_level: letters with a value for each noise level along their first axis.
        first: what the parameters were meant to be before the first step, (m, *shape).
        course: parameters after 0, 1, ..., n steps at each level, (n + 1, m, *shape).
    """

    common: Letters
    by_level: Letters
    first: Letters
    course: Course

    @property
    def steps(self) -> int:
        """Return the number of steps."""
        return self._shape[0] - 1

    @property
    def levels(self) -> int:
        """Return the number of noise levels."""
        return self._shape[1]

    @property
    def size(self) -> float:
        """Return the largest entry of all parameters."""
        return max(float(np.abs(found.array).max()) for found in self.course.values())

    @property
    def relative_error(self) -> float:
        """Return the largest error of a parameter, relative to the largest entry of all."""
        return max(found.worst for found in self.course.values()) / self.size

    def letters(self, level: int) -> Letters:
        """Return the letters at a level."""
        return self.common | {name: values[level] for name, values in self.by_level.items()}

    def start(self, level: int) -> Letters:
        """Return what the parameters were meant to be before the first step."""
        return {name: values[level] for name, values in self.first.items()}

    def at(self, name: str, step: int, level: int) -> tuple[np.ndarray, float]:
        """Return a parameter and its error."""
        found = self.course[name].at(step, level)
        return found.array, found.worst

    def renamed(self, common: Letters, course: Course, first: Letters) -> "Trained":
        """Return the same training with further letters, and with other parameters read off it."""
        return replace(self, common=self.common | common, course=course, first=first)

    @property
    def _shape(self) -> tuple[int, ...]:
        return next(iter(self.course.values())).array.shape
