"""The enclosure lane: a comparison certified on a whole box by balls, or refuted at a point by disjoint ones."""

from collections.abc import Hashable
from dataclasses import dataclass, replace

from theory.relation import Relation
from theory.statement import Compares, Obligation
from verify.arithmetic.boxes import cover
from verify.arithmetic.points import FAILS, find
from verify.claim import Budget, Claim
from verify.judge import Finding, is_counted
from verify.provable import asked, proves
from verify.verdict import Outcome
from verify.witness import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """Holds if balls on at most `boxes` pieces cover the domain, fails at a point where a ball contradicts.

    It decides comparisons only; the domain has to be a bounded box, with conditions (equations too).
    """

    boxes: int = 20_000
    samples: int = 60
    lane: str = "enclosure"
    engine: str = "flint"
    seconds: float = 120.0

    def probe(self, relation: Relation, claim: Claim) -> Finding:
        """Stop at the first obligation that fails or stays open."""
        pieces = 0
        decided = self._decided if relation == claim.relation or is_counted(relation, claim) else self._by_points
        for obligation in asked(relation, claim.domain):
            finding = decided(obligation)
            if finding.outcome is not Outcome.HOLDS:
                return finding
            pieces += int(str(finding.figures.get("boxes", 0)))
        return Finding(outcome=Outcome.HOLDS, because=f"certified by {pieces} boxes", figures={"boxes": pieces})

    def view(self, relation: Relation) -> Hashable:
        """Everything."""
        return relation

    def confirms(self, mutant: Relation, claim: Claim) -> bool:
        """Return whether the mutant is covered and not one of many points contradicts it, or the kernel proves it."""
        everywhere = [o for o in asked(mutant, claim.domain) if isinstance(o, Compares) and not o.some]
        sampled = (find(o.expr, FAILS[o.op], o.domain, 10 * self.samples) for o in everywhere)
        if self.probe(mutant, claim).outcome is Outcome.HOLDS and not any(sampled):
            return True
        return proves(mutant, claim)

    def at(self, budget: Budget) -> "Enclosure":
        """Return the check with eight times as many boxes on the full budget."""
        return replace(self, boxes=self.boxes * (8 if budget == "full" else 1))

    def _decided(self, obligation: Obligation) -> Finding:
        if not isinstance(obligation, Compares):
            return Finding(outcome=Outcome.UNDECIDED, because=f"{obligation.name}: not a comparison")
        if obligation.some:
            return self._found(obligation)
        if refuted := self._counterexample(obligation):
            return refuted
        covering = cover(obligation, self.boxes)
        if not covering.complete:
            return Finding(outcome=Outcome.UNDECIDED, because=f"open after {covering.pieces} boxes")
        return Finding(outcome=Outcome.HOLDS, because="covered", figures={"boxes": covering.pieces})

    def _by_points(self, obligation: Obligation) -> Finding:
        """Return a refutation if a point gives one; nothing is certified."""
        undecided = Finding(outcome=Outcome.UNDECIDED, because=f"{obligation.name}: not refuted by points")
        if not isinstance(obligation, Compares) or obligation.some:
            return undecided
        return self._counterexample(obligation) or undecided

    def _counterexample(self, obligation: Compares) -> Finding | None:
        witness = find(obligation.expr, FAILS[obligation.op], obligation.domain, self.samples)
        if witness is None:
            return None
        return Finding(outcome=Outcome.FAILS, because=f"{obligation.name}: counterexample", witness=plain(witness))

    def _found(self, obligation: Compares) -> Finding:
        """Return that a point exists; that none exists is not for this lane to say."""
        witness = find(obligation.expr, obligation.op, obligation.domain, self.samples)
        if witness is None:
            return Finding(outcome=Outcome.UNDECIDED, because="no point found")
        return Finding(outcome=Outcome.HOLDS, because=f"holds at {dict(witness.point)}", witness=plain(witness))
