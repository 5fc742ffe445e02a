from dataclasses import replace

import pytest

from tests.verify.planted import WEIGHT, Planted, claim, eta, lam, sigma, tau, trained
from verify.checks.kernel import Kernel
from verify.checks.property import Property
from verify.judge import judge, variants
from verify.ledger.lanes import ODE_WEIGHT
from verify.verdict import Outcome

LANES = [pytest.param(check, id=check.lane) for check in (Kernel(), Property(), ODE_WEIGHT)]
MISPRINTS = [
    pytest.param(WEIGHT.xreplace({tau: tau / 2}), id="the factor two of the rate is lost"),
    pytest.param(WEIGHT.xreplace({sigma: sigma**2}), id="sigma for sigma squared"),
    pytest.param(WEIGHT.xreplace({lam: lam + sigma**2}), id="noisy variance for data variance"),
    pytest.param(WEIGHT * (1 + eta / 10**6), id="one part in a million"),
]


def test_an_honest_check_is_believed():
    evidence = judge(Planted(does="honest"), claim(Planted()))

    assert evidence.outcome is Outcome.HOLDS
    assert evidence.mutants.tried == evidence.mutants.rejected > 0


def test_a_blind_check_is_not_believed():
    evidence = judge(Planted(does="blind"), claim(Planted()))

    assert evidence.outcome is Outcome.UNDECIDED
    assert "not believed" in evidence.because
    assert evidence.mutants.missed == evidence.mutants.tried > 0


def test_a_refutation_needs_no_belief():
    assert judge(Planted(does="fails"), claim(Planted())).outcome is Outcome.FAILS


@pytest.mark.parametrize("check", LANES)
def test_each_lane_accepts_the_weight_and_rejects_its_mutants(check):
    evidence = judge(check, claim(check, relation=trained(WEIGHT)))

    assert evidence.outcome is Outcome.HOLDS
    assert evidence.mutants.missed == 0
    assert evidence.mutants.rejected >= 15


@pytest.mark.parametrize("check", [Kernel(), Property()], ids=lambda c: c.lane)
@pytest.mark.parametrize("misprint", MISPRINTS)
def test_exact_lanes_refute_a_misprint_with_a_witness(check, misprint):
    misprinted = claim(check, relation=trained(misprint))

    finding = check.probe(misprinted.relation, misprinted)

    assert finding.outcome is Outcome.FAILS
    assert finding.witness


@pytest.mark.parametrize("misprint", MISPRINTS[:3])
def test_the_ode_lane_contradicts_a_misprint(misprint):
    misprinted = claim(ODE_WEIGHT, relation=trained(misprint))

    assert ODE_WEIGHT.probe(misprinted.relation, misprinted).outcome is Outcome.FAILS


def halved(**point):
    from numerics.one_layer import weight as measure

    seed = point.pop("seed")
    return measure(**{**point, "eta": point["eta"] / 2}, seed=seed)


def test_a_wrong_reference_is_noticed():
    wrong = replace(ODE_WEIGHT, measure=halved)

    assert wrong.probe(trained(WEIGHT), claim(wrong, relation=trained(WEIGHT))).outcome is Outcome.FAILS


def vague(**point):
    from numerics.measured import Measured
    from numerics.one_layer import weight as measure

    return Measured(value=measure(**point).value, error=0.5)


def test_a_vague_reference_decides_nothing():
    check = replace(ODE_WEIGHT, measure=vague)

    assert check.probe(trained(WEIGHT), claim(check, relation=trained(WEIGHT))).outcome is Outcome.UNDECIDED


def test_slips_written_by_hand_come_first():
    slip = trained(WEIGHT.xreplace({tau: tau / 2}))

    assert variants(claim(Planted(), relation=trained(WEIGHT), slips=(slip,)))[0] == slip
