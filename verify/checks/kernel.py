"""The kernel lane: an exact decision of every obligation of a claim."""

from collections.abc import Hashable
from dataclasses import dataclass, replace

from theory.relation import Relation
from theory.statement import Obligation, Tends, Vanishes
from verify.claim import Budget, Claim
from verify.judge import Finding, is_counted
from verify.kernel import Decision
from verify.provable import asked, decided, proves
from verify.search import EXAMPLES, can_be_sampled, searched
from verify.verdict import Outcome
from verify.witness import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Kernel:
    """Holds if every obligation is proved, fails if one is refuted by an exact witness."""

    lane: str = "kernel"
    engine: str = "flint"
    seconds: float = 60.0

    def probe(self, relation: Relation, claim: Claim) -> Finding:
        """Stop at the first obligation that is refuted; a mutant mostly is, at the first points one tries."""
        obligations = asked(relation, claim.domain)
        if relation != claim.relation:
            by_points = tuple(_pointwise(o, asked(claim.relation, claim.domain)) for o in obligations)
            if finding := _refuted_at_once(by_points):
                return finding
            if not is_counted(relation, claim) and all(map(can_be_sampled, by_points)):
                return Finding(outcome=Outcome.UNDECIDED, because="a variant of a sentence, not refuted by points")
        decisions: list[Decision] = []
        for obligation in obligations:
            decisions.append(decision := decided(obligation))
            if decision.status == "refuted":
                return _refuted(obligation.name, decision)
        return _summed(decisions)

    def view(self, relation: Relation) -> Hashable:
        """Everything."""
        return relation

    def confirms(self, mutant: Relation, claim: Claim) -> bool:
        """Return whether an accepted mutant is believed: it is proved, and balls find nothing against it."""
        if not proves(mutant, claim):
            return False
        return all(searched(o, EXAMPLES, shrink=False)[0] is None for o in asked(mutant, claim.domain))

    def at(self, budget: Budget) -> "Kernel":
        """Return itself: a proof needs no points."""
        del budget
        return self


def _refuted_at_once(obligations: tuple[Obligation, ...]) -> Finding | None:
    """Return a refutation by a point, if there is one: a proof attempt would come to it much later."""
    for obligation in obligations:
        witness, _ = searched(obligation, EXAMPLES, shrink=False)
        if witness is not None:
            return Finding(outcome=Outcome.FAILS, because=f"{obligation.name}: counterexample", witness=witness)
    return None


def _pointwise(obligation: Obligation, own: tuple[Obligation, ...]) -> Obligation:
    """Return what points can contradict: where the claim's own limit is proved, another one has to equal it."""
    if not isinstance(obligation, Tends) or any(c.has(obligation.var) for c in obligation.domain.conditions):
        return obligation
    same = (o for o in own if isinstance(o, Tends) and replace(o, value=obligation.value) == obligation)
    limit = next((o for o in same if decided(o).status == "proved" and o.value.is_finite is not False), None)
    if limit is None or obligation.value.is_finite is False:
        return obligation
    return Vanishes(obligation.name, limit.value - obligation.value, obligation.domain)


def _refuted(name: str, decision: Decision) -> Finding:
    witness = plain(decision.witness) if decision.witness else None
    return Finding(outcome=Outcome.FAILS, because=f"{name}: {decision.because}", witness=witness)


def _summed(decisions: list[Decision]) -> Finding:
    open_ = [decision for decision in decisions if decision.status != "proved"]
    if open_ or not decisions:
        because = open_[0].because if open_ else "nothing to decide"
        return Finding(outcome=Outcome.UNDECIDED, because=because)
    because = f"{len(decisions)} obligation{'s' * (len(decisions) > 1)} proved"
    proofs = "[" + ",".join(d.proof.to_json() for d in decisions if d.proof) + "]"
    return Finding(outcome=Outcome.HOLDS, because=because, proof=proofs)
