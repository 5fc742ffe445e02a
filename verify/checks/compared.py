"""The statistics lane for orders and bounds: expectations against each other, or against a formula, draw by draw."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import cache
from zlib import crc32

import numpy as np
import sympy as sp
from scipy import stats

from numerics.statistics import inference
from numerics.statistics.inference import LEVEL, SURE
from theory.observable import Mean
from theory.relation import Both, Inequality, Relation
from verify.bridge import evaluate
from verify.checks.cells import FULL, ROWS, Cell, rejected, words
from verify.claim import Budget, Claim
from verify.judge import Finding
from verify.verdict import Outcome

Draws = Callable[..., np.ndarray]
SIGNS = {">": 1.0, ">=": 1.0, "<": -1.0, "<=": -1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Holds if every comparison is significant in every cell (Holm), fails if one is the other way round (0.01 %).

    `draws(trials=, seed=, **cell)` returns an array with a column for each of the `observables`, named by LaTeX.
    The sides of a comparison are linear in expectations of these. Differences are taken draw by draw, so what is
    drawn together is compared as a pair. A difference too small for the draws leaves the statement undecided.
    """

    draws: Draws
    observables: tuple[str, ...]
    cells: tuple[Cell, ...]
    trials: int
    lane: str = "statistics"
    engine: str = "numerics"
    seconds: float = 120.0

    def probe(self, relation: Relation, claim: Claim) -> Finding:
        """Test all comparisons in all cells at once."""
        del claim
        said = relation.parts if isinstance(relation, Both) else (relation,)
        parts = [part for part in said if isinstance(part, Inequality) and self._known(part)]
        if not self.cells or len(parts) < len(said):
            return Finding(outcome=Outcome.UNDECIDED, because="no comparison of expectations that are drawn")
        z = np.array([self._score(part, cell) for cell in self.cells for part in parts])  # > 0 where it is as said
        if not np.isfinite(z).all():
            return Finding(outcome=Outcome.UNDECIDED, because="a side of the comparison has no value")
        figures = self._figures(z.reshape(len(self.cells), -1))
        if z.min() < -inference.critical(len(z), SURE, sides=1):
            return self._refuted(z, parts, figures)
        if inference.holm(stats.norm.sf(z)).all():
            because = f"{len(z)} one-sided tests, family-wise level {LEVEL:.0%} (Holm), smallest z = {z.min():.1f}"
            return Finding(outcome=Outcome.HOLDS, because=because, figures=figures)
        return Finding(outcome=Outcome.UNDECIDED, because="underpowered: not all are significant", figures=figures)

    def view(self, relation: Relation) -> Hashable:
        """Everything."""
        return relation

    def confirms(self, mutant: Relation, claim: Claim) -> bool:
        """Return False: what is said of an order is true or it is not."""
        del mutant, claim
        return False

    def at(self, budget: Budget) -> "Compared":
        """Return the check with more draws on the full budget."""
        return replace(self, trials=self.trials * (FULL if budget == "full" else 1))

    def _refuted(self, z: np.ndarray, parts: list[Inequality], figures: dict[str, object]) -> Finding:
        """Return the refutation, with both sides of the comparison that is most wrong."""
        worst = int(np.argmin(z))
        cell, part = self.cells[worst // len(parts)], parts[worst % len(parts)]
        left, right = (np.mean(self._side(side, cell)) for side in (part.lhs, part.rhs))
        error = abs(left - right) / abs(z[worst])
        because = f"the other way round at {words(cell)}: z = {z[worst]:.1f} (0.01%, Bonferroni)"
        return rejected(because, figures, cell, measured=f"{left:.5g} +/- {error:.2g}", printed=f"{right:.5g}")

    def _known(self, part: Inequality) -> bool:
        """Return whether both sides are linear in expectations of what is drawn."""
        if part.op not in SIGNS or part.some:
            return False
        means = sorted(part.formula.atoms(Mean), key=str)
        if not means or any(mean.observable not in self.observables for mean in means):
            return False
        letters = {mean: sp.Dummy() for mean in means}
        expr = part.formula.xreplace(letters)
        return bool(expr.is_polynomial(*letters.values())) and sp.Poly(expr, *letters.values()).total_degree() == 1

    def _score(self, part: Inequality, cell: Cell) -> float:
        """Return the mean of the difference, signed as the comparison says, over its standard error."""
        gap = SIGNS[part.op] * self._side(part.formula, cell)
        error = max(float(np.std(gap, ddof=1)) / np.sqrt(len(gap)), 1e-15)
        return float(np.mean(gap)) / error

    def _side(self, expr: sp.Expr, cell: Cell) -> np.ndarray:
        """Return an expression in expectations, draw by draw."""
        columns = _drawn(self.draws, cell, self.trials)
        letters = {mean: sp.Dummy(mean.observable) for mean in expr.atoms(Mean)}
        at = {name: np.asarray(value) for name, value in cell if not isinstance(value, str)}
        at |= {name: columns[:, k] for k, name in enumerate(self.observables)}
        return evaluate(expr.xreplace(letters), at) + np.zeros(len(columns))

    def _figures(self, z: np.ndarray) -> dict[str, object]:
        return {
            "test": f"paired one-sided z over {z.size} comparisons, Holm",
            "level": f"{LEVEL:.0%} family-wise",
            "draws": self.trials,
            "inversions": f"{int((z < 0).sum())} of {z.size}",
            "cell, smallest z": [[words(c), f"{row.min():.1f}"] for c, row in zip(self.cells, z, strict=True)][:ROWS],
        }


@cache
def _drawn(draws: Draws, cell: Cell, trials: int) -> np.ndarray:
    return draws(trials=trials, seed=crc32(repr(cell).encode()), **dict(cell))
