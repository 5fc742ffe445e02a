"""What a report is made of: judged claims, the derivations they rest on, figures and results on real images."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from theory.derivation import Derivation
from verify.runner import Entry

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing with the numbers it shows (CSV text) and the command that makes it again."""

    name: str
    title: str
    caption: str
    svg: str
    csv: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ImageSet:
    """A real image set: its spectrum and, mode by mode, what the law predicts and what integration measures.

    `clock` is 2 eta tau. Row k of `variances` is the predicted variance of a shown mode over the clock, for
    the modes whose indices into `spectrum` are `shown`. `emergence` holds one predicted time for each entry
    of `spectrum`, NaN where a mode never passes its level. `measured` holds rows (mode index, clock,
    variance) from integrating the full matrix equations; `figures` are further comparisons, already drawn.
    """

    name: str
    spectrum: "np.ndarray"
    clock: "np.ndarray"
    shown: tuple[int, ...]
    variances: "np.ndarray"
    emergence: "np.ndarray"
    measured: tuple[tuple[int, float, float], ...] = ()
    images: int | None = None
    command: str = ""
    note: str = ""
    figures: tuple[Figure, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError unless the arrays fit together."""
        if self.variances.shape != (len(self.shown), len(self.clock)):
            expected = (len(self.shown), len(self.clock))
            raise ValueError(f"variances: expected shape {expected}, got {self.variances.shape}")
        if self.emergence.shape != self.spectrum.shape:
            raise ValueError(f"emergence: expected shape {self.spectrum.shape}, got {self.emergence.shape}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything one report shows; `derivations` are found by the name a claim gives in `derived_in`."""

    entries: tuple[Entry, ...]
    manifest: Mapping[str, object] = field(default_factory=dict)
    derivations: Mapping[str, Derivation] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    images: tuple[ImageSet, ...] = ()
