"""What a relation asks for and what the kernel decides, remembered: a mutant leaves most of it as it was."""

from functools import lru_cache

from theory.domain import Domain
from theory.relation import Relation
from theory.statement import Obligation
from verify.claim import Claim
from verify.kernel import Decision, decide


@lru_cache(maxsize=512)
def asked(relation: Relation, domain: Domain) -> tuple[Obligation, ...]:
    """Return what `relation` asks for on `domain`."""
    return relation.obligations(domain)


def proves(relation: Relation, claim: Claim) -> bool:
    """Return whether the kernel proves `relation` on the domain of `claim`."""
    return all(decided(obligation).status == "proved" for obligation in asked(relation, claim.domain))


@lru_cache(maxsize=512)
def decided(obligation: Obligation) -> Decision:
    """Return the kernel's decision."""
    return decide(obligation)
