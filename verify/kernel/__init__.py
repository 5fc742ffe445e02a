"""The trusted base: decides whether a statement about closed forms is proved, refuted or undecided."""

from theory.statement import Compares, MatrixVanishes, Obligation, Tends, Vanishes
from verify.kernel.deciding import decide, replay
from verify.kernel.decision import Decision, Proof
from verify.points import Witness

__all__ = [
    "Compares",
    "Decision",
    "MatrixVanishes",
    "Obligation",
    "Proof",
    "Tends",
    "Vanishes",
    "Witness",
    "decide",
    "replay",
]
