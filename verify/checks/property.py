"""The property lane: a search for a rational point whose balls contradict the claim, shrunk by Hypothesis."""

from collections.abc import Hashable
from dataclasses import dataclass, replace

from theory.relation import Relation
from verify.claim import Budget, Claim
from verify.judge import Finding
from verify.provable import asked, proves
from verify.search import EXAMPLES, searched
from verify.verdict import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """Fails at an admissible rational point whose balls exclude the claim; holds if `examples` points do not."""

    examples: int = EXAMPLES
    lane: str = "property"
    engine: str = "flint"
    seconds: float = 60.0

    def probe(self, relation: Relation, claim: Claim) -> Finding:
        """Stop at the first obligation that a point contradicts."""
        tested = 0
        for obligation in asked(relation, claim.domain):
            witness, points = searched(obligation, self.examples, shrink=relation == claim.relation)
            if witness is not None:
                return Finding(outcome=Outcome.FAILS, because=f"{obligation.name}: counterexample", witness=witness)
            tested += points
        if not tested:
            nowhere = Outcome.UNDECIDED if relation == claim.relation else Outcome.FAILS  # a mutant lost its value
            return Finding(outcome=nowhere, because="no admissible point could be evaluated")
        return Finding(
            outcome=Outcome.HOLDS, because=f"no counterexample at {tested} points", figures={"points": tested}
        )

    def view(self, relation: Relation) -> Hashable:
        """Everything: what cannot be sampled is missed, and then the lane is not believed."""
        return relation

    def confirms(self, mutant: Relation, claim: Claim) -> bool:
        """Return whether the kernel proves the mutant."""
        return proves(mutant, claim)

    def at(self, budget: Budget) -> "Property":
        """Return the check with eight times as many examples on the full budget."""
        return replace(self, examples=self.examples * (8 if budget == "full" else 1))
