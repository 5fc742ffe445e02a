"""The network lane on averages: confidence intervals of the mean of many stochastic trainings against a law."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

import numpy as np
import sympy as sp

from numerics.networks.linear.averaged import Averaged
from theory.relation import Relation
from verify.checks.iterated import iterated
from verify.claim import Budget, Claim
from verify.judge import Finding
from verify.provable import proves
from verify.verdict import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAverage:
    """Holds if the law, iterated from the start, lies in the confidence interval of every entry at every noise level.

    The intervals are Student's and hold together at the confidence 1 - `level`, by Bonferroni over entries, levels and
    seeds. If the widest is more than `resolution` of the largest entry, the test has no power and decides nothing.
    """

    scene: Callable[[int], Averaged]
    state: sp.MatrixSymbol
    seeds: int = 1
    level: float = 1e-6
    resolution: float = 0.02
    lane: str = "network"
    engine: str = "numerics"
    seconds: float = 120.0

    def probe(self, relation: Relation, claim: Claim) -> Finding:
        """Compare all entries."""
        del claim
        widest, furthest, entries = 0.0, 0.0, 0
        for seed in range(self.seeds):
            trained = _averaged(self.scene, seed)
            means = trained.means[self.state.name]
            reach = self._reach(means.size, trained.replicas) * trained.deviations[self.state.name]
            away = np.abs(self._law(relation, trained) - means) / reach
            if not (away <= 1).all():
                return _outside(seed, float(np.max(away)), self.level)
            widest = max(widest, float(reach.max() / np.abs(means).max()))
            furthest, entries = max(furthest, float(away.max())), entries + means.size
        if not widest <= self.resolution:
            return Finding(outcome=Outcome.UNDECIDED, because=f"an interval is {widest:.0%} of the largest entry wide")
        figures = {"entries": entries, "widest interval": f"{widest:.1%}", "furthest": f"{furthest:.2f} of its reach"}
        because = f"lies in all simultaneous intervals of confidence 1 - {self.level:g} of the mean of trainings"
        return Finding(outcome=Outcome.HOLDS, because=because, figures=figures)

    def view(self, relation: Relation) -> sp.Basic:
        """Return the next mean."""
        return relation.formula

    def confirms(self, mutant: Relation, claim: Claim) -> bool:
        """Return whether the kernel proves the mutant."""
        return proves(mutant, claim)

    def at(self, budget: Budget) -> "OnAverage":
        """Return the check with four times as many random problems on the full budget."""
        return replace(self, seeds=self.seeds * (4 if budget == "full" else 1))

    def _reach(self, entries: int, replicas: int) -> float:
        """Return how many standard errors the intervals reach to either side."""
        from scipy.stats import t

        return float(t.isf(self.level / (2 * entries * self.seeds), replicas - 1))

    def _law(self, relation: Relation, trained: Averaged) -> np.ndarray:
        """Return the mean after the last step by the law, at every level; NaN where there is no value."""
        found = []
        for j, start in enumerate(trained.first[self.state.name]):
            fixed = trained.common | {name: values[j] for name, values in trained.by_level.items()}
            law = iterated((self.state,), (self.view(relation),), fixed, {self.state.name: start})
            try:
                found.append(next(islice(law, trained.steps, None))[0][0])
            except (ArithmeticError, ValueError):
                found.append(np.full(start.shape, np.nan))
        return np.array(found)


def _outside(seed: int, away: float, level: float) -> Finding:
    because = f"{away:.1f} times as far from a mean as an interval of joint confidence 1 - {level:g} reaches"
    return Finding(outcome=Outcome.FAILS, because=because, witness={"seed": seed, "away": f"{away:.2f}"})


@cache
def _averaged(scene: Callable[[int], Averaged], seed: int) -> Averaged:
    return scene(seed)
