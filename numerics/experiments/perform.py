"""Running an experiment: the same command after a kill goes on, and ends with the same bytes."""

import json
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from numerics.experiments.experiment import BadSetting, Experiment, Settings, Size
from numerics.experiments.kinds import KINDS
from numerics.experiments.provenance import code_hash, settings_hash, versions
from numerics.experiments.result import path_of, text_of
from numerics.experiments.run import Run, Told
from numerics.lazy import torch

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """An experiment at a size, with changed settings, on a device ("cpu" or "cuda"); results go below `out`."""

    experiment: Experiment
    size: Size = "full"
    changes: Mapping[str, object] | None = None
    device: str = "cpu"
    out: Path = Path("reports")

    @property
    def settings(self) -> Settings:
        """The settings it runs with."""
        return self.experiment.at(self.size, self.changes)  # type: ignore[arg-type]

    @property
    def provenance(self) -> dict[str, object]:
        """What the result depends on, known before it runs."""
        settings, kind = self.settings, self.experiment.kind
        return {
            "settings": settings,
            "settings_hash": settings_hash(self.experiment.name, kind, settings),
            "code_hash": code_hash(module_of(kind)),
            "versions": versions(),
            "device": self.device,
            "seed": settings.get("seed", 0),
        }


def perform(asked: Asked, told: Told) -> Path:
    """Run an experiment, or go on where it was killed, and return the path of its result.

    Raises:
        BadSetting: a setting that its kind refuses.
    """
    if asked.device == "cuda":
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # without it deterministic products are refused
    known, settings = asked.provenance, asked.settings
    run = Run(seed=_seed(settings), device=asked.device, saved=_saved(asked, known), told=told)
    start = time.monotonic()
    result = import_module(module_of(asked.experiment.kind)).run(settings, run)
    record = {"schema": SCHEMA, "experiment": asked.experiment.name, "size": asked.size, "result": result}
    path = path_of(asked.out / "experiments", asked.experiment.name, asked.size)
    _write(path, text_of(record | {"provenance": known | {"data": run.sources}}))
    spent = {"seconds_of_last_process": time.monotonic() - start, "peak_memory_mb": _peak_memory(asked.device)}
    _write(path.with_suffix(".timings.json"), json.dumps(spent) + "\n")
    run.saved.unlink(missing_ok=True)
    return path


def module_of(kind: str) -> str:
    """Return the module that runs a kind.

    Raises:
        BadSetting: there is no such kind.
    """
    if kind not in KINDS:
        raise BadSetting(f"kind: expected one of {', '.join(sorted(KINDS))}; got {kind!r}")
    return KINDS[kind]


def _peak_memory(device: str) -> dict[str, float]:
    """Return what this process took at most, in MB: of main memory, where the system tells, and of the device's."""
    found = {}
    if find_spec("resource"):
        from resource import RUSAGE_SELF, getrusage

        found["main"] = getrusage(RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    if device == "cuda":
        found["cuda"] = torch.cuda.max_memory_allocated() / 2**20
    return found


def _seed(settings: Settings) -> int:
    seed = settings.get("seed", 0)
    if not isinstance(seed, int) or seed < 0:
        raise BadSetting(f"seed: expected an integer >= 0, got {seed!r}")
    return seed


def _saved(asked: Asked, known: Mapping[str, object]) -> Path:
    """Return the place of the checkpoint: another one for everything the result depends on."""
    key = settings_hash(asked.experiment.name, asked.size, {k: str(v) for k, v in known.items()})[:16]
    return asked.out / ".store" / f"{asked.experiment.name}-{key}.npz"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".tmp")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
