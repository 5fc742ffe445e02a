"""The network lane on a bound: how far a trained network is from gradient flow, at every step and noise level."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import sympy as sp

from numerics.networks.linear.trained import Trained
from theory.relation import Relation
from verify.checks.iterated import evaluated
from verify.checks.network import trained_once
from verify.claim import Budget, Claim
from verify.judge import Finding
from verify.provable import proves
from verify.verdict import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """Holds if |flow - trained| <= bound after every step, with the error of training counted against the bound.

    Args:
        scene: trains a network with one parameter to look at, named `state`.
        state: that parameter.
        start: the symbol of its value before the first step.
        steps: the symbol of the number of steps.
        flow: the law of gradient flow for the training time `steps`.
        bound: what the relation says the gap is at most.
    """

    scene: Callable[[int], Trained]
    state: str
    start: sp.Symbol
    steps: sp.Symbol
    flow: sp.Expr
    bound: Callable[[Relation], sp.Expr]
    seeds: int = 2
    lane: str = "network"
    engine: str = "numerics"
    seconds: float = 60.0

    def probe(self, relation: Relation, claim: Claim) -> Finding:
        """Stop at the first gap that is not within the bound."""
        del claim
        shares = []
        for seed in range(self.seeds):
            trained = trained_once(self.scene, seed)
            for level in range(trained.levels):
                for step in range(1, trained.steps + 1):
                    gap, error, bound = self._compared(self.view(relation), trained, level, step)
                    if not gap + error <= bound:
                        return _exceeds(gap, error, bound, level=level, step=step)
                    shares.append(gap / bound)
        because = f"trained networks use between {min(shares):.0%} and {max(shares):.0%} of the bound"
        return Finding(outcome=Outcome.HOLDS, because=because, figures={"steps and levels": len(shares)})

    def view(self, relation: Relation) -> sp.Expr:
        """Return the bound."""
        return self.bound(relation)

    def confirms(self, mutant: Relation, claim: Claim) -> bool:
        """Return whether the kernel proves the mutant."""
        return proves(mutant, claim)

    def at(self, budget: Budget) -> "Bounded":
        """Return the check with four times as many random problems on the full budget."""
        return replace(self, seeds=self.seeds * (4 if budget == "full" else 1))

    def _compared(self, bound: sp.Expr, trained: Trained, level: int, step: int) -> tuple[float, float, float]:
        """Return the gap, its error, and a lower end of the bound."""
        letters = trained.letters(level) | {self.steps.name: np.asarray(float(step))}
        letters |= {self.start.name: trained.start(level)[self.state]}
        value, error = trained.at(self.state, step, level)
        try:
            flow, limit = evaluated(self.flow, letters), evaluated(bound, letters)
        except (ArithmeticError, ValueError):
            return float("nan"), 0.0, 0.0
        return abs(float(flow[0] - value)), error + float(flow[1]), float(limit[0] - limit[1])


def _exceeds(gap: float, error: float, bound: float, *, level: int, step: int) -> Finding:
    """Return that the gap is beyond the bound, or too near to it for the error of training."""
    witness = {"level": level, "step": step, "gap": f"{gap:.6e}", "bound": f"{bound:.6e}"}
    if gap - error <= bound:
        return Finding(outcome=Outcome.UNDECIDED, because="within the error of training", witness=witness)
    because = f"noise level {level}, step {step}: a gap of {gap:.1e} exceeds the bound {bound:.1e}"
    return Finding(outcome=Outcome.FAILS, because=because, witness=witness)
