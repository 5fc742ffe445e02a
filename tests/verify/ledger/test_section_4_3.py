from dataclasses import replace

import pytest
import sympy as sp

from numerics.measured import Measured
from numerics.one_layer.emergence import emergence_time
from numerics.scenes import sampling as scenes
from theory.one_layer import lam
from theory.relation import Both, Inequality
from verify.checks.enclosure import Enclosure
from verify.checks.kernel import Kernel
from verify.checks.matrices import Matrices
from verify.checks.property import Property
from verify.evaluation.evaluate import evaluate
from verify.ledger import CLAIMS
from verify.ledger.spectral_bias.section_4_3 import transition_matrix
from verify.ledger.spectral_bias.shared_noise import MODES, ZERO, aged, bracketed, excess, gap, speed
from verify.verdict import Outcome

LEVELS = {"sigma0": "0.02", "sigmaT": "10"}


def outcome(check, claim, relation=None):
    asked = claim if relation is None else replace(claim, relation=relation)
    return check.probe(asked.relation, asked).outcome


@pytest.mark.parametrize("check", [Kernel(), Property(), Matrices(scene=scenes.commuting)], ids=lambda c: c.lane)
def test_the_printed_transition_matrix_fails_in_every_lane_and_the_inverse_holds(check):
    claim = CLAIMS["wp.4.3.lemma41.A"]
    repaired = transition_matrix(-claim.relation.solution.args[0])
    assert outcome(check, claim) is Outcome.FAILS
    assert outcome(check, claim, repaired) is Outcome.HOLDS


def test_a_transition_measured_slightly_off_is_seen():
    def off(seed):
        letters, A = scenes.commuting(seed)
        return letters, Measured(value=A.array * (1 + 1e-6), error=A.error)

    claim = CLAIMS["our.sampling.transition"]
    assert outcome(Matrices(scene=off), claim) is Outcome.FAILS


def test_the_rate_of_the_variance_is_twice_the_printed_one():
    claim = CLAIMS["wp.4.3.rate.variance"]
    repaired = replace(claim.relation, rhs=2 * claim.relation.rhs)
    assert outcome(Kernel(), claim) is Outcome.FAILS
    assert outcome(Kernel(), claim, repaired) is Outcome.HOLDS


def test_alignment_is_lost_only_with_a_mean():
    centred, anymean = CLAIMS["wp.4.3.commute.ii.centred"], CLAIMS["wp.4.3.commute.ii.anymean"]
    assert outcome(Matrices(scene=scenes.misalignment), anymean) is Outcome.FAILS
    assert outcome(Kernel(), centred) is Outcome.HOLDS


@pytest.mark.parametrize("criterion", ["geometric", "harmonic"])
def test_the_emergence_time_of_the_theory_is_the_measured_one(criterion):
    found = emergence_time(lam=0.5, Q=0.2, sigma0=0.02, sigmaT=10.0, before=0.0, after=5.0, criterion=criterion, seed=1)
    theory = evaluate(f"one_layer.emergence_{criterion}", {"lam": "0.5", "Q": "0.2"} | LEVELS, 20)
    assert float(theory.value) / 2 == pytest.approx(found.value, abs=found.error)  # the formula is 2 eta tau


def test_a_bracket_that_misses_the_passage_is_refuted():
    claim = CLAIMS["wp.4.3.fpt.geometric"]
    missed = Both(bracketed(gap("geometric", ZERO), MODES, ("0.54", "0.67")))
    assert outcome(Enclosure(boxes=2_000), claim, missed) is Outcome.FAILS


@pytest.mark.parametrize(("criterion", "ages"), [("geometric", ("0.5", "0.67")), ("harmonic", ("0.03", "0.1"))])
def test_the_exponent_lies_on_the_side_of_1_that_depends_on_the_mean(criterion, ages):
    claim = replace(CLAIMS["wp.4.3.fpt.geometric"], domain=aged(MODES, ages))
    above = Inequality(excess(criterion, ZERO) * speed(ZERO), ">", ZERO)
    expected = Outcome.HOLDS if criterion == "harmonic" else Outcome.FAILS
    assert outcome(Enclosure(boxes=2_000), claim, above) is expected


@pytest.mark.parametrize("age", [sp.Rational(1, 4), sp.Integer(1)])
def test_away_from_the_passage_the_gap_has_a_sign(age):
    claim = replace(CLAIMS["wp.4.3.fpt.geometric"], domain=aged(MODES, ("0.2", "1")))
    (xi,) = (s for s in gap("geometric", ZERO).free_symbols if s != lam)
    sign = ">" if age >= 1 else "<"
    assert outcome(
        Enclosure(boxes=2_000), claim, Inequality(gap("geometric", ZERO).xreplace({xi: age}), sign, ZERO)
    ) is (Outcome.HOLDS)
