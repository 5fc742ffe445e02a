"""What was measured while a network was trained, a row for each step it was measured at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float

from numerics.experiments.experiment import BadSetting


@dataclass(slots=True)
class History:
    """Rows of named arrays, as many as steps have been measured.

    Args:
        steps: to measure at.
        training: its number, which keeps it apart from others in a checkpoint.
        rows: what was measured.
    """

    steps: np.ndarray
    training: int = 0
    rows: dict[str, list[np.ndarray]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> np.ndarray:
        return np.array(self.rows[name])

    def add(self, measured: Mapping[str, np.ndarray]) -> None:
        """Append a row."""
        for name, value in measured.items():
            self.rows.setdefault(name, []).append(value)

    @property
    def length(self) -> int:
        """The number of rows."""
        return len(next(iter(self.rows.values()), []))

    def state(self) -> dict[str, np.ndarray]:
        """Return the rows as arrays."""
        return {f"{self._prefix}{name}": np.array(rows) for name, rows in self.rows.items()}

    def restore(self, state: Mapping[str, np.ndarray]) -> None:
        """Take up rows that `state` returned."""
        prefix = self._prefix
        self.rows = {name.removeprefix(prefix): list(rows) for name, rows in state.items() if name.startswith(prefix)}

    @property
    def _prefix(self) -> str:
        return f"measured.{self.training}."


def steps_of(last: int, times: int) -> Float[np.ndarray, " t"]:
    """Return the steps to measure at: 0, and as good as evenly spaced logarithms from 5 to the last.

    Raises:
        BadSetting: fewer than 10 steps or 3 times.
    """
    if last < 10 or times < 3:
        raise BadSetting(f"steps, times: expected at least 10 and 3, got {last} and {times}")
    return np.unique(np.concatenate(([0], np.geomspace(5, last, times).round()))).astype(int)
