from dataclasses import replace

import pytest

from numerics.noisy_components import chain_scenes
from verify.ledger.ours import chain, chain_collapse, chain_simulated
from verify.ledger.power_iteration import section_4_1_simulated, section_4_1_theorem
from verify.runner import attempt
from verify.verdict import Outcome

OURS = {c.id: c for part in (chain, chain_collapse, chain_simulated) for c in part.CLAIMS}
PRINTED = {c.id: c for part in (section_4_1_theorem, section_4_1_simulated) for c in part.CLAIMS}


def outcome(claim):
    (check,) = claim.checks
    return check.at("quick").probe(claim.relation, claim).outcome


def as_if_shared(*, reading, **cell):
    del reading
    return chain_scenes.level_gain(reading="shared", **cell)


def with_wrong_signs(**cell):
    """Plant a sign convention that depends on another component: scalar products no longer have mean 0."""
    found = chain_scenes.cross_overlaps(**cell)
    return replace(found, mean=abs(found.mean) + 0.1)


@pytest.mark.parametrize("reading", ["fresh", "accumulated", "shared"])
def test_the_theorem_fails_and_its_correction_holds(reading):
    claim = PRINTED[f"wdmg.thm4.3.{reading}"]

    assert outcome(claim) is Outcome.FAILS
    assert outcome(OURS[claim.corrected_by]) is Outcome.HOLDS


def test_the_fixed_size_limit_is_not_zero_in_a_simulation():
    assert outcome(PRINTED["wdmg.thm4.3.accumulated.simulated"]) is Outcome.FAILS


def test_another_model_of_the_noise_is_noticed():
    claim = OURS["our.chain.gain.accumulated.simulated"]
    check = replace(claim.checks[0], sample=as_if_shared)

    assert check.probe(claim.relation, claim).outcome is Outcome.FAILS


def test_scalar_products_that_do_not_vanish_are_noticed():
    claim = OURS["our.chain.symmetry.fresh.simulated"]
    check = replace(claim.checks[0], sample=with_wrong_signs)

    assert check.probe(claim.relation, claim).outcome is Outcome.FAILS


@pytest.mark.parametrize("ident", ["our.chain.symmetry.sign", "our.chain.gain.at_most_one"])
def test_what_symmetry_and_correlation_say_is_proved(ident):
    claim = OURS[ident]
    kernel = next(check for check in claim.checks if check.lane == "kernel")

    assert attempt(kernel, claim)[0].outcome is Outcome.HOLDS
