"""Stored results of experiments: where they lie, whether they are those of this code, and the numbers in them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from numerics.experiments.experiment import SIZES, Experiment, Size, load
from numerics.experiments.perform import SCHEMA, module_of
from numerics.experiments.provenance import code_hash, settings_hash
from numerics.experiments.result import DIGITS, path_of

ROOT = Path(__file__).parent.parent
FOLDERS = (Path("reports/experiments"), ROOT / "reports" / "experiments")  # one's own results go before ours
ROUNDING = 0.5 * 10.0 ** (1 - DIGITS)  # of a stored number, relative


class NotRecorded(LookupError):
    """There is no result to judge by; says why, and what to run."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recorded:
    """A stored result that fits the settings and the code of today."""

    experiment: str
    size: Size
    result: Mapping[str, object]
    settings: Mapping[str, object]

    @property
    def command(self) -> str:
        """What makes it again."""
        return command(self.experiment, self.size)

    def interval(self, path: str) -> tuple[float, float]:
        """Return the ends of the number at `path`, names joined by dots, widened by the rounding of the file.

        Raises:
            NotRecorded: there is no finite number.
        """
        found: object = self.result
        for name in path.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        ends = (found["low"], found["high"]) if isinstance(found, Mapping) and "low" in found else (found, found)
        if not all(isinstance(end, int | float) for end in ends):
            raise NotRecorded(f"{self.experiment} at {self.size} size holds no number {path}")
        low, high = map(float, ends)
        return low - ROUNDING * abs(low), high + ROUNDING * abs(high)


def stored(experiment: str) -> Recorded:
    """Return the result at full size, or at quick size if there is no other.

    Raises:
        NotRecorded: neither is there, or none fits the settings and the code of today.
    """
    declared, stale = load(experiment), ""
    for path, size in _places(experiment):
        if path.exists():
            record = _read(path)
            if record is not None and _fits(record, declared, size):
                settings = record["provenance"]["settings"]
                return Recorded(experiment=experiment, size=size, result=record["result"], settings=settings)
            stale = size
    raise NotRecorded(f"{'stale' if stale else 'not run'}: {command(experiment, stale)}")


def command(experiment: str, size: str) -> str:
    """Return what makes a result."""
    return f"lindiff train {experiment}{' --quick' if size == 'quick' else ''}"


def current(folder: Path, experiment: str, size: Size) -> bool:
    """Return whether `folder` holds the result of this size that fits the settings and the code of today."""
    path = path_of(folder, experiment, size)
    record = _read(path) if path.exists() else None
    return record is not None and _fits(record, load(experiment), size)


def digest(experiment: str) -> str:
    """Return a text that changes with every byte of the files that `stored` may read."""
    found = [path.read_bytes() if path.exists() else b"-" for path, _ in _places(experiment)]
    return " ".join(hashlib.sha256(content).hexdigest() for content in found)


def _places(experiment: str) -> list[tuple[Path, Size]]:
    return [(path_of(folder, experiment, size), size) for size in SIZES for folder in FOLDERS]


def _read(path: Path) -> dict | None:
    """Return the record in a file, or nothing if it is none of ours."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return record if record["schema"] == SCHEMA and record["provenance"]["settings"] else None
    except (ValueError, KeyError, TypeError):
        return None


def _fits(record: Mapping, declared: Experiment, size: Size) -> bool:
    """Return whether a record is what the experiment would give today."""
    told, settings = record["provenance"], declared.at(size)
    wanted = settings_hash(declared.name, declared.kind, settings)
    same = settings_hash(declared.name, declared.kind, told["settings"]) == told.get("settings_hash") == wanted
    named = (record.get("experiment"), record.get("size")) == (declared.name, size)
    return named and same and told.get("code_hash") == code_hash(module_of(declared.kind))
