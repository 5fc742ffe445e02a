"""The statistics lane in a limit: simulated means at several sizes are extrapolated, and the intercept is tested."""

from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np

from numerics.statistics import inference
from numerics.statistics.inference import EQUIVALENCE, LEVEL, SURE, Extrapolated
from theory.observable import Mean
from theory.relation import LimitIs, Relation
from verify.checks.cells import FULL, ROWS, Cell, Sample, close, drawn, rejected, value_of, valueless, width, words
from verify.claim import Budget, Claim
from verify.judge import Finding
from verify.verdict import Outcome

MISFIT = 1e-3  # probability of a worse fit, all cells together, below which an extrapolation is not trusted
FEWEST = 3  # sizes from which a limit may be judged


@dataclass(frozen=True, slots=True, kw_only=True)
class InTheLimit:
    """Holds if the means at several `points` of the variable `along`, extrapolated, agree with the formula.

    `sample(trials=, seed=, ALONG=point, **cell)` returns the mean of draws, as many at each point as `trials` says;
    a polynomial of `degree` in point^power is fitted to them. Its intercept must lie within `margin` of the formula
    with 95 % confidence (TOST), and must not differ from it at family-wise level 1 %. The check fails only if the
    intercept is off by more than the margin, at level 0.01 %: a fit may itself be off by less, so a significant
    difference inside the margin decides nothing. A formula that is off by two margins is found with power 95 %.
    """

    sample: Sample
    cells: tuple[Cell, ...]
    points: tuple[float, ...]
    trials: tuple[int, ...]
    margin: float
    along: str = "d"
    power: float = -1.0
    degree: int = 1
    relative: bool = True
    lane: str = "statistics"
    engine: str = "numerics"
    seconds: float = 120.0

    def probe(self, relation: Relation, claim: Claim) -> Finding:
        """Extrapolate every cell, then test all intercepts at once."""
        if not (isinstance(relation, LimitIs) and isinstance(relation.expr, Mean) and self.cells):
            return Finding(outcome=Outcome.UNDECIDED, because="no formula for the limit of an expectation")
        if (sizes := len(set(self.points))) < max(FEWEST, self.degree + 2):
            return Finding(outcome=Outcome.UNDECIDED, because=f"a limit is not judged from {sizes} sizes")
        says = self._values(relation)
        if not np.isfinite(says).all():
            return valueless(relation, claim)
        fits = [self._extrapolated(cell) for cell in self.cells]
        return self._judged(fits, says, width(self._values(claim.relation), self.margin, self.relative))

    def view(self, relation: Relation) -> Hashable:
        """Everything."""
        return relation

    def confirms(self, mutant: Relation, claim: Claim) -> bool:
        """Return whether the mutant is within two margins of the claim in every cell."""
        return close(mutant, claim, self.cells, 2 * self.margin, self.relative)

    def at(self, budget: Budget) -> "InTheLimit":
        """Return the check with more draws on the full budget."""
        return replace(self, trials=tuple(count * (FULL if budget == "full" else 1) for count in self.trials))

    def _values(self, relation: Relation) -> np.ndarray:
        return np.array([float(value_of(relation.formula, cell)) for cell in self.cells])

    def _extrapolated(self, cell: Cell) -> Extrapolated:
        sizes = zip(self.points, self.trials, strict=True)
        found = [drawn(self.sample, ((self.along, point), *cell), count) for point, count in sizes]
        mean, error = (np.array([float(getattr(s, name)) for s in found]) for name in ("mean", "error"))
        return inference.at_zero(np.array(self.points, dtype=float) ** self.power, mean, error, self.degree)

    def _judged(self, fits: list[Extrapolated], says: np.ndarray, margin: np.ndarray) -> Finding:
        figures = self._figures(fits, says)
        if min(fit.fit for fit in fits) < MISFIT / len(fits):
            because = "the means do not lie on the curve that extrapolates them"
            return Finding(outcome=Outcome.UNDECIDED, because=because, figures=figures)
        gap, error = np.array([fit.value for fit in fits]) - says, np.array([fit.error for fit in fits])
        limit = inference.critical(len(fits))
        beyond = np.abs(gap) - inference.critical(len(fits), SURE) * error - margin
        if not (beyond <= 0).all():
            at = int(np.argmax(beyond))
            off = f"{gap[at]:+.3g} within {error[at]:.2g}"
            because = f"off by {off} at {words(self.cells[at])}, margin {margin[at]:.2g}"
            values = {"measured": f"{fits[at].value:.5g} +/- {error[at]:.2g}", "printed": f"{says[at]:.5g}"}
            return rejected(because, figures, self.cells[at], **values)
        if because := _doubt(gap, error, margin, limit):
            return Finding(outcome=Outcome.UNDECIDED, because=because, figures=figures)
        because = f"{len(fits)} intercepts are equivalent to the formula (TOST 95%) and none is rejected"
        return Finding(outcome=Outcome.HOLDS, because=because, figures=figures)

    def _figures(self, fits: list[Extrapolated], says: np.ndarray) -> dict[str, object]:
        rows = [
            [words(cell), f"{fit.value:.5g}", f"{fit.error:.2g}", f"{value:.5g}"]
            for cell, fit, value in zip(self.cells, fits, says, strict=True)
        ]
        return {
            "test": f"intercept of a fit of degree {self.degree} in {self.along}^{self.power:g}, and TOST 95%",
            "level": f"{LEVEL:.0%} family-wise: |z| <= {inference.critical(len(fits)):.2f}",
            "margin": f"{self.margin:g}{' of the value' * self.relative}",
            "power": "95% at two margins",
            "sizes": f"{self.along} = {', '.join(f'{point:g}' for point in self.points)}",
            "draws": ", ".join(map(str, self.trials)),
            "cell, intercept, error, formula": rows[:ROWS],
        }


def _doubt(gap: np.ndarray, error: np.ndarray, margin: np.ndarray, limit: float) -> str:
    """Return why a formula that is not refuted is not accepted either, or nothing."""
    weakness = float(np.max((inference.critical(len(gap), SURE) + inference.reach()) * error / margin))
    if not weakness <= 1:
        return f"underpowered: {weakness**2:.1f} times as many draws would find an error of two margins"
    if not (np.abs(gap) <= limit * error).all():
        return "significantly off, by less than the margin"
    equivalent = np.abs(gap) + inference.reach(1 - EQUIVALENCE) * error < margin
    return "" if equivalent.all() else "not shown to be equivalent to the formula"
