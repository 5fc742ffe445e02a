"""The ode lane on data: an inequality in one quantity against its value on several data sets."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import numpy as np
import sympy as sp

from numerics.measured import Measured
from theory.relation import Inequality, Relation
from verify.bridge import evaluate
from verify.claim import Budget, Claim
from verify.judge import Finding
from verify.provable import proves
from verify.verdict import Outcome

HOLDS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    ">": lambda gap: gap > 0, ">=": lambda gap: gap >= 0, "<": lambda gap: gap < 0, "<=": lambda gap: gap <= 0,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """Holds if the inequality holds on every data set, at both ends of the error of its quantity.

    `measures` are the data sets by name; each returns the value of the only symbol of the inequality.
    """

    measures: tuple[tuple[str, Callable[[], Measured]], ...]
    lane: str = "ode"
    engine: str = "numerics"
    seconds: float = 60.0

    def probe(self, relation: Relation, claim: Claim) -> Finding:
        """Compare on all data sets."""
        del claim
        if not isinstance(relation, Inequality) or relation.op not in HOLDS:
            return Finding(outcome=Outcome.UNDECIDED, because="no inequality that a measurement can decide")
        found = {name: measure() for name, measure in self.measures}
        figures = {name: f"{float(value.array):.4g}" for name, value in found.items()}
        ends = np.array([float(m.array) + s * np.max(m.error) for m in found.values() for s in (-1, 1)])
        try:
            gap = evaluate(relation.lhs - relation.rhs, {s.name: ends for s in _symbols(relation)})
        except ValueError as reason:
            return Finding(outcome=Outcome.UNDECIDED, because=str(reason))
        holds = HOLDS[relation.op](np.broadcast_to(gap, ends.shape)).reshape(-1, 2)
        if holds.all():
            return Finding(outcome=Outcome.HOLDS, because=f"holds on {', '.join(found)}", figures=figures)
        if wrong := [name for name, both in zip(found, holds, strict=True) if not both.any()]:
            return Finding(outcome=Outcome.FAILS, because=f"fails on {', '.join(wrong)}", witness=figures)
        return Finding(outcome=Outcome.UNDECIDED, because="within the error of the measurement", figures=figures)

    def view(self, relation: Relation) -> Hashable:
        """Return the inequality."""
        return relation

    def confirms(self, mutant: Relation, claim: Claim) -> bool:
        """Return whether the kernel proves the mutant."""
        return proves(mutant, claim)

    def at(self, budget: Budget) -> "Observed":
        """Return itself: the data sets are what they are."""
        del budget
        return self


def _symbols(relation: Inequality) -> set[sp.Symbol]:
    return (relation.lhs - relation.rhs).free_symbols
