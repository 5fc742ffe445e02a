"""The kernel lane: an exact decision of every obligation of a claim."""

from collections.abc import Hashable
from dataclasses import dataclass

from theory.relation import Relation
from theory.statement import Obligation
from verify.claim import Budget, Claim
from verify.judge import Finding
from verify.kernel import Decision
from verify.provable import asked, decided, proves
from verify.search import EXAMPLES, searched
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
        if relation != claim.relation and (finding := _refuted_at_once(obligations)):
            return finding
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
