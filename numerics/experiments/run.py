"""What a running experiment is given: its random numbers, its device, a place to survive a kill, and who to tell."""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

Told = Callable[[int, int, str], None]


def _nobody(done: int, total: int, what: str) -> None:
    """Listen to nothing."""
    del done, total, what


@dataclass(slots=True, kw_only=True)
class Run:
    """One run of one experiment; the same seed, settings, code and device give the same result.

    Args:
        seed: of all random numbers.
        device: "cpu" or "cuda".
        saved: the file that holds the last checkpoint.
        told: is told of progress as (pieces done, pieces in all, what was done).
    """

    seed: int
    device: str
    saved: Path
    told: Told = _nobody
    sources: dict[str, str] = field(default_factory=dict)

    def rng(self, *stream: int) -> np.random.Generator:
        """Return the generator of a stream: an own one for each purpose, for example for each replicate."""
        return np.random.default_rng((self.seed, *stream))

    def progress(self, done: int, total: int, what: str = "") -> None:
        """Tell that `done` of `total` pieces are done; pieces done before a kill are done."""
        self.told(done, total, what)

    def uses(self, name: str, array: np.ndarray) -> None:
        """Note the digest of data that the result depends on, next to the settings."""
        digest = hashlib.sha256(f"{array.dtype.str} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
        self.sources[name] = digest.hexdigest()

    def checkpoint(self, state: Mapping[str, np.ndarray]) -> None:
        """Store all arrays a later process needs to go on; a kill at any moment leaves this state or the last one."""
        self.saved.parent.mkdir(parents=True, exist_ok=True)
        draft = self.saved.with_suffix(f".{os.getpid()}.tmp")
        with draft.open("wb") as stream:
            np.savez(stream, allow_pickle=False, **state)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(self.saved)

    def restored(self) -> dict[str, np.ndarray] | None:
        """Return the last checkpoint, or nothing if there is none."""
        if not self.saved.exists():
            return None
        with np.load(self.saved, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
