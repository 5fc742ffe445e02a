"""The statistics lane at finite sizes: E[observable] = formula, by z-tests of simulated means."""

from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np

from numerics.statistics import inference
from numerics.statistics.inference import LEVEL, SURE
from numerics.statistics.samples import Sampled
from theory.observable import Mean
from theory.relation import Identity, Relation
from verify.checks.cells import (
    FULL,
    ROWS,
    Cell,
    Sample,
    close,
    drawn,
    rejected,
    row,
    scores,
    value_of,
    valueless,
    width,
)
from verify.claim import Budget, Claim
from verify.judge import Finding
from verify.verdict import Outcome

CONFIRMING = 4  # times as many draws for a second look


@dataclass(frozen=True, slots=True, kw_only=True)
class AtEverySize:
    """Holds if no test rejects the formula in any cell, and an error of the `margin` would be found in each.

    `sample(trials=, seed=, **cell)` returns the mean of draws, one number or an array. All numbers have two-sided
    z-tests (Bonferroni); if there is one for each cell, these are independent and the sum of squares is tested too.
    A rejection at 1 % has to be confirmed by fresh draws, four times as many, unless it is significant at 0.01 %.
    A margin is relative to the formula's value unless `relative` is False.
    """

    sample: Sample
    cells: tuple[Cell, ...]
    trials: int
    margin: float
    relative: bool = True
    lane: str = "statistics"
    engine: str = "numerics"
    seconds: float = 120.0

    def probe(self, relation: Relation, claim: Claim) -> Finding:
        """Test all cells at once."""
        if not (isinstance(relation, Identity) and isinstance(relation.lhs, Mean) and self.cells):
            return Finding(outcome=Outcome.UNDECIDED, because="no formula for an expectation at every size")
        says = [value_of(relation.formula, cell) for cell in self.cells]
        if not all(np.isfinite(value).all() for value in says):
            return valueless(relation, claim)
        return self._judged(says, claim, confirming=False)

    def view(self, relation: Relation) -> Hashable:
        """Everything."""
        return relation

    def confirms(self, mutant: Relation, claim: Claim) -> bool:
        """Return whether the mutant is within the margin of the claim in every cell."""
        return close(mutant, claim, self.cells, self.margin, self.relative)

    def at(self, budget: Budget) -> "AtEverySize":
        """Return the check with more draws on the full budget."""
        return replace(self, trials=self.trials * (FULL if budget == "full" else 1))

    def _judged(self, says: list[np.ndarray], claim: Claim, *, confirming: bool) -> Finding:
        """Test the first draws, or fresh ones that have to confirm a rejection."""
        trials = self.trials * (CONFIRMING if confirming else 1)
        found = [drawn(self.sample, cell, trials, "again" * confirming) for cell in self.cells]
        test = _test(found, says)
        figures = self._figures(found, says, test) | {"draws": trials}
        if confirming:
            figures["second look"] = f"fresh draws, after the first {self.trials} rejected at {LEVEL:.0%}"
        if because := test.rejects(LEVEL if confirming else SURE):
            at = int(np.argmax([np.abs(scores(s, value)).max() for s, value in zip(found, says, strict=True)]))
            _, mean, error, value = row(self.cells[at], found[at], says[at])
            return rejected(because, figures, self.cells[at], measured=f"{mean} +/- {error}", printed=value)
        if not confirming and test.rejects(LEVEL):
            return self._judged(says, claim, confirming=True)
        return self._unless_weak(self._weakness(found, claim, test), figures)

    def _weakness(self, found: list[Sampled], claim: Claim, test: "_Test") -> float:
        """Return the largest ratio of the error that is found with full power to the margin."""
        own = [value_of(claim.relation.formula, cell) for cell in self.cells]
        widths = [width(value, self.margin, self.relative) for value in own]
        ratios = [test.resolved * np.asarray(s.error) / w for s, w in zip(found, widths, strict=True)]
        return max(float(np.max(ratio)) for ratio in ratios)

    def _unless_weak(self, weakness: float, figures: dict[str, object]) -> Finding:
        if not weakness <= 1:
            because = f"underpowered: {weakness**2:.1f} times as many draws would find an error of the margin"
            return Finding(outcome=Outcome.UNDECIDED, because=because, figures=figures)
        because = f"not rejected in any of {len(self.cells)} cells, at family-wise level {LEVEL:.0%}"
        return Finding(outcome=Outcome.HOLDS, because=because, figures=figures)

    def _figures(self, found: list[Sampled], says: list[np.ndarray], test: "_Test") -> dict[str, object]:
        rows = [row(cell, s, value) for cell, s, value in zip(self.cells, found, says, strict=True)]
        return {
            "test": f"two-sided z over {len(test.z)} numbers{', and chi-squared' * test.squares}",
            "level": f"{LEVEL:.0%} family-wise: |z| <= {test.limit(LEVEL):.2f}",
            "power": f"95% at the margin of {self.margin:g}{' of the value' * self.relative}",
            "largest |z|": f"{np.abs(test.z).max():.2f}",
            "cell, mean, error, formula": rows[:ROWS],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Test:
    """Standard scores of all numbers; with `squares` the level is shared with a chi-squared test over them."""

    z: np.ndarray
    squares: bool

    def limit(self, level: float) -> float:
        return inference.critical(len(self.z), self._share(level))

    @property
    def resolved(self) -> float:
        """How many standard errors the smallest error has that is found with full power."""
        return self.limit(LEVEL) + inference.reach()

    def rejects(self, level: float) -> str:
        """Return why the formula is rejected at a family-wise level, or nothing."""
        if not (largest := float(np.abs(self.z).max())) <= self.limit(level):
            return f"|z| = {largest:.1f} where {self.limit(level):.1f} is allowed"
        if self.squares and not (p := inference.chi_squared(self.z)) >= self._share(level):
            return f"chi-squared over {len(self.z)} cells: p = {p:.1e}"
        return ""

    def _share(self, level: float) -> float:
        return level / 2 if self.squares else level


def _test(found: list[Sampled], says: list[np.ndarray]) -> _Test:
    z = np.concatenate([scores(s, value) for s, value in zip(found, says, strict=True)])
    return _Test(z=z, squares=len(z) > 1 and all(np.ndim(s.mean) == 0 for s in found))
