"""A check is believed on a claim only if it rejects the claim's mutants.

A check returns a finding for whatever relation it is shown. It is shown the claim first, then the mutants.
Mutants that change nothing the check looks at are not shown. A mutant that the check accepts counts as
`equivalent` when the kernel proves it, and as missed otherwise; one missed mutant unmakes a success.
A bound or an order that states no formula has true neighbours that nobody can prove: a generated mutant of it that
is not rejected is not counted; its slips, which are known to be false, are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from theory.relation import Relation
from verify.claim import Check, Claim
from verify.mutants import PER_FORMULA, mutants
from verify.provable import asked
from verify.search import is_real
from verify.verdict import Evidence, Mutants, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check says of one relation."""

    outcome: Outcome
    because: str
    figures: Mapping[str, object] = field(default_factory=dict)
    witness: Mapping[str, object] | None = None
    proof: str | None = None


def judge(check: Check, claim: Claim) -> Evidence:
    """Return what `check` says of `claim`, made undecided if it misses a mutant."""
    finding = check.probe(claim.relation, claim)
    tally = _tally(check, claim) if finding.outcome in (Outcome.HOLDS, Outcome.FAILS) else Mutants()
    evidence = Evidence(
        lane=check.lane,
        engine=check.engine,
        outcome=finding.outcome,
        because=finding.because,
        figures=finding.figures,
        witness=finding.witness,
        proof=finding.proof,
        mutants=tally,
    )
    return _believed(evidence, needed=bool(claim.slips) or claim.formula)


def _believed(evidence: Evidence, *, needed: bool) -> Evidence:
    """Return `evidence`, undecided if it holds but the check missed a mutant, or met none that it needed."""
    tally = evidence.mutants
    if evidence.outcome is not Outcome.HOLDS or not (tally.missed or (needed and not tally.rejected)):
        return evidence
    because = f"{evidence.because}; not believed: accepts {tally.missed} of {tally.tried} mutants without proof"
    return replace(evidence, outcome=Outcome.UNDECIDED, because=because)


def _tally(check: Check, claim: Claim) -> Mutants:
    seen = check.view(claim.relation)
    shown = [m for m in variants(claim) if check.view(m) != seen]
    accepted = [m for m in shown if check.probe(m, claim).outcome is not Outcome.FAILS]
    doubtful = [m for m in accepted if is_counted(m, claim)]
    return Mutants(
        tried=len(shown) - len(accepted) + len(doubtful),
        rejected=len(shown) - len(accepted),
        equivalent=sum(check.confirms(m, claim) for m in doubtful),
    )


def is_counted(mutant: Relation, claim: Claim) -> bool:
    """Return whether a mutant counts if it is not rejected: those of a formula do, and the slips of a sentence."""
    return claim.formula or mutant in claim.slips


@lru_cache(maxsize=4)
def variants(claim: Claim) -> tuple[Relation, ...]:
    """Return the false variants of `claim`: those written by hand, then the generated ones that say something.

    A variant without a real value anywhere, as the logarithm of what is negative, is no statement.
    """
    generated = (m for m in mutants(claim.relation, claim.id, 2 * PER_FORMULA) if _says_something(m, claim))
    return tuple(dict.fromkeys((*claim.slips, *islice(generated, PER_FORMULA))))


def _says_something(mutant: Relation, claim: Claim) -> bool:
    own = asked(claim.relation, claim.domain)
    return all(is_real(obligation, own) for obligation in asked(mutant, claim.domain) if obligation not in own)
