"""The ode lane for matrices: a matrix formula against autograd, flows or samplers on random matrices."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import sympy as sp

from numerics.measured import Measured
from theory.relation import Both, Relation, Stationary
from verify.bridge import evaluate_matrix
from verify.claim import Budget, Claim
from verify.judge import Finding
from verify.provable import proves
from verify.verdict import Outcome

Letters = Mapping[str, np.ndarray | float]
Scene = tuple[Letters, Measured]
ROUNDOFF = 1e-11  # of the formula's own evaluation in double precision, relative to the largest entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrices:
    """Holds if the formula agrees entry by entry with what `scene` measured on its random matrices.

    `scene(seed)` returns the arrays of the letters by name (`d` is the dimension) and the measured matrix.
    `formula` chooses what is compared with it; several expressions are blocks side by side.
    """

    scene: Callable[[int], Scene]
    formula: Callable[[Relation], sp.Basic | tuple[sp.Basic, ...]] | None = None
    scenes: int = 4
    resolution: float = 1e-5
    lane: str = "ode"
    engine: str = "numerics"
    seconds: float = 120.0

    def probe(self, relation: Relation, claim: Claim) -> Finding:
        """Stop at the first scene that decides against the formula."""
        del claim
        for seed in range(self.scenes):
            letters, measured = _scene(self.scene, seed)
            scale = 1.0 + float(np.max(np.abs(measured.value)))
            if not measured.worst <= self.resolution * scale:
                because = f"the measurement is off by up to {measured.worst:.1g}"
                return Finding(outcome=Outcome.UNDECIDED, because=because)
            gap = _gap(self.view(relation), letters, measured)
            if not gap <= measured.worst + ROUNDOFF * scale:
                because = f"scene {seed}: off by {gap:.1e}, more than the measurement's error {measured.worst:.1e}"
                return Finding(outcome=Outcome.FAILS, because=because, witness={"scene": seed, "gap": f"{gap:.3e}"})
        because = f"agrees on {self.scenes} random sets of matrices"
        return Finding(outcome=Outcome.HOLDS, because=because, figures={"scenes": self.scenes})

    def view(self, relation: Relation) -> Hashable:
        """Return the expression that is compared with the measurement."""
        return relation.formula if self.formula is None else self.formula(relation)

    def confirms(self, mutant: Relation, claim: Claim) -> bool:
        """Return whether the kernel proves the mutant."""
        return proves(mutant, claim)

    def at(self, budget: Budget) -> "Matrices":
        """Return the check with six times as many scenes on the full budget."""
        return replace(self, scenes=self.scenes * (6 if budget == "full" else 1))


def point_of(relation: Relation) -> tuple[sp.Basic, ...]:
    """Return the values of all letters of a stationary point."""
    return tuple(relation.at) if isinstance(relation, Stationary) else (relation.formula,)


def parts_of(relation: Relation) -> tuple[sp.Basic, ...]:
    """Return the formulas of all parts."""
    return tuple(part.formula for part in relation.parts) if isinstance(relation, Both) else (relation.formula,)


@cache
def _scene(scene: Callable[[int], Scene], seed: int) -> Scene:
    return scene(seed)


def _gap(formula: Hashable, letters: Letters, measured: Measured) -> float:
    """Return the largest difference between formula and measurement; NaN or a wrong shape agrees with nothing."""
    try:
        predicted = _predicted(formula, letters)
    except (ValueError, np.linalg.LinAlgError):
        return float("nan")
    if predicted.shape != np.shape(measured.value):
        return float("nan")
    return float(np.max(np.abs(predicted - measured.value)))


def _predicted(formula: Hashable, letters: Letters) -> np.ndarray:
    if isinstance(formula, tuple):
        return np.hstack([_predicted(block, letters) for block in formula])
    return evaluate_matrix(formula, letters)
