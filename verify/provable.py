"""What the kernel proves, for those who need only yes or no."""

from theory.relation import Relation
from verify.claim import Claim
from verify.kernel import decide


def proves(relation: Relation, claim: Claim) -> bool:
    """Return whether the kernel proves `relation` on the domain of `claim`."""
    return all(decide(obligation).status == "proved" for obligation in relation.obligations(claim.domain))
