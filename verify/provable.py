"""What the kernel decides, remembered: the mutants of a statement leave most of its obligations as they were."""

from functools import lru_cache

from theory.relation import Relation
from theory.statement import Obligation
from verify.claim import Claim
from verify.kernel import Decision, decide


def proves(relation: Relation, claim: Claim) -> bool:
    """Return whether the kernel proves `relation` on the domain of `claim`."""
    return all(decided(obligation).status == "proved" for obligation in relation.obligations(claim.domain))


@lru_cache(maxsize=512)
def decided(obligation: Obligation) -> Decision:
    """Return the kernel's decision."""
    return decide(obligation)
