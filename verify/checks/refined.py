"""The network lane on gradient flow: networks trained with half the learning rate come twice as near to the law."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import sympy as sp

from numerics.networks.linear.refined import Refined
from theory.relation import Relation
from verify.checks.iterated import evaluated
from verify.claim import Budget, Claim
from verify.judge import Finding
from verify.provable import proves
from verify.verdict import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Halved:
    """Holds if the law is the limit of networks trained with smaller and smaller steps, and the gap is of first order.

    `scene` trains the same network for the same time with learning rates each half the one before. Two things decide:
    the law is the limit extrapolated from all runs, within its error, and the gap between network and law halves with
    the last halving. `resolution` is the largest error of the limit that may still decide.
    """

    scene: Callable[[int], Refined]
    formula: Callable[[Relation], sp.Basic] | None = None
    seeds: int = 1
    resolution: float = 1e-6
    lane: str = "network"
    engine: str = "numerics"
    seconds: float = 120.0

    def probe(self, relation: Relation, claim: Claim) -> Finding:
        """Stop at the first seed that decides against the law."""
        del claim
        findings = (self._found(relation, _refined(self.scene, seed), seed) for seed in range(self.seeds))
        found = next(findings)
        for later in findings:
            found = later if found.outcome is Outcome.HOLDS else found
        return found

    def view(self, relation: Relation) -> sp.Basic:
        """Return the expression that is compared with the networks."""
        return relation.formula if self.formula is None else self.formula(relation)

    def confirms(self, mutant: Relation, claim: Claim) -> bool:
        """Return whether the kernel proves the mutant."""
        return proves(mutant, claim)

    def at(self, budget: Budget) -> "Halved":
        """Return the check with four times as many random problems on the full budget."""
        return replace(self, seeds=self.seeds * (4 if budget == "full" else 1))

    def _found(self, relation: Relation, runs: Refined, seed: int) -> Finding:
        limit = runs.limit
        if not limit.worst <= self.resolution:
            return Finding(outcome=Outcome.UNDECIDED, because=f"the limit is only known to {limit.worst:.1g}")
        law = self._law(relation, runs)
        if not (np.abs(law - limit.array) <= np.asarray(limit.error) + 1e-14 * (1 + np.abs(law))).all():
            gap = float(np.max(np.abs(law - limit.array)))
            because = f"seed {seed}: the networks tend to a limit {gap:.1e} away, known to {limit.worst:.0e}"
            return Finding(outcome=Outcome.FAILS, because=because, witness={"seed": seed, "gap": f"{gap:.3e}"})
        return _ordered(np.linalg.norm(runs.weights.array - law, axis=1), runs.weights.worst)

    def _law(self, relation: Relation, runs: Refined) -> np.ndarray:
        """Return the law at every level, NaN where it has no value."""
        levels = range(len(runs.limit.array))
        return np.array([_value(self.view(relation), runs.letters(level)) for level in levels])


def _ordered(gaps: np.ndarray, rounding: float) -> Finding:
    """Decide by the gaps for learning rates each half the one before: the ratios of first order tend to 2.

    They do so linearly in the learning rate: extrapolation leaves less than what the last halving changed.
    """
    if not gaps[-1] > 1e3 * rounding:
        return Finding(outcome=Outcome.UNDECIDED, because="the gap is lost in rounding")
    before, ratio = gaps[-3] / gaps[-2], gaps[-2] / gaps[-1]
    figures = {"largest gap": f"{gaps[0]:.1e}", "smallest gap": f"{gaps[-1]:.1e}", "ratio": f"{ratio:.3f}"}
    because = f"half the learning rate divides the gap to trained networks by {ratio:.2f}"
    if not abs(2 * ratio - before - 2) <= abs(ratio - before) + 20 * rounding / gaps[-1]:
        return Finding(outcome=Outcome.FAILS, because=because, witness=figures)
    return Finding(outcome=Outcome.HOLDS, because=because, figures=figures)


@cache
def _refined(scene: Callable[[int], Refined], seed: int) -> Refined:
    return scene(seed)


def _value(expr: sp.Expr, letters: dict[str, np.ndarray]) -> float:
    try:
        return float(evaluated(expr, letters)[0])
    except (ArithmeticError, ValueError):
        return float("nan")
