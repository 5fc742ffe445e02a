"""Samples, noise draws and training time together: planted faults, limits that two roads reach, certified numbers."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from numerics.statistics.samples import Sampled
from theory import least_squares, noisy_pairs, sample_covariance
from theory.derivations import DERIVATIONS
from theory.least_squares import dof, lam2_0, lam2_1, rho, s
from verify.bridge import evaluate
from verify.checks.kernel import Kernel
from verify.evaluation.evaluate import evaluate as to_digits
from verify.kernel import decide
from verify.ledger.ours import joint_chain
from verify.ledger.power_iteration import section_5, section_5_jacobian, section_6
from verify.verdict import Outcome

CLAIMS = {
    claim.id: claim for section in (joint_chain, section_5, section_5_jacobian, section_6) for claim in section.CLAIMS
}
REFUTED = [claim for claim in CLAIMS.values() if claim.corrected_by]
CHAINS = ("shrinkage", "jacobian", "sample covariance", "sample training", "noisy pairs", "least squares")
STEPS = [(name, step) for name in CHAINS for step in DERIVATIONS[name].steps]


def outcome(check, claim, relation=None):
    return check.probe(relation or claim.relation, claim).outcome


@pytest.mark.parametrize(("name", "step"), STEPS, ids=[f"{name}: {step.name}" for name, step in STEPS])
def test_every_step_of_the_derivations_is_proved(name, step):
    assert all(decide(obligation).status == "proved" for obligation in step.relation.obligations(step.domain))


@pytest.mark.parametrize("claim", REFUTED, ids=[claim.id for claim in REFUTED])
def test_a_reading_that_fails_has_an_exact_witness(claim):
    found = Kernel().probe(claim.relation, claim)

    assert found.outcome is Outcome.FAILS
    assert found.witness


def test_a_simulation_that_is_off_refutes_the_recursion_of_second_moments():
    claim = CLAIMS["our.joint.least_squares_chain.second"]
    (check,) = claim.checks

    def inflated(**at):
        found = check.sample(**at)
        return Sampled(mean=1.2 * found.mean, error=found.error, count=found.count)

    assert outcome(check, claim) is Outcome.HOLDS
    assert outcome(replace(check, sample=inflated), claim) is Outcome.FAILS


def test_the_factor_of_a_long_chain_is_what_its_steps_multiply_by():
    at = {lam2_0: 1.0, lam2_1: 0.5, s: 0.25, dof: 7.0}
    step = sp.lambdify(sp.symbols("m0 m1"), [m.subs(at) for m in least_squares.advanced(*sp.symbols("m0 m1"))])
    moments = np.ones(2)
    for _ in range(400):
        moments = np.array(step(*moments)) / moments.sum()
    factor = sum(step(*(moments / moments.sum())))

    total = sum(least_squares.secular(lam, rho) for lam in (lam2_0, lam2_1)) / dof
    assert factor == pytest.approx(2 / 3, abs=1e-12)
    assert float(total.subs(at).subs(rho, factor)) == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize("gamma", [0.3, 1.7])
@pytest.mark.parametrize("ell", [0.2, 4.0], ids=["no outlier", "outlier"])
def test_the_measure_along_a_direction_has_mass_one_and_the_mean_of_the_data(gamma, ell):
    at = {"gamma": gamma, "ell_b": ell, "b": 1.0}
    mass, mean = (evaluate(sample_covariance.averaged(f), at) for f in (lambda x: sp.S.One, lambda x: x))

    assert float(mass) == pytest.approx(1.0, abs=1e-7)
    assert float(mean) == pytest.approx(1.0 + ell, abs=1e-7)


@pytest.mark.parametrize("gamma", [0.3, 1.7])
def test_the_learned_gain_of_noisy_averages_is_that_at_the_effective_noise(gamma):
    at = {"gamma": gamma, "ell_b": 3.0, "b": 1.0, "s": 0.4}
    averaged = evaluate(sample_covariance.averaged(lambda x: x / (x + sample_covariance.s)), at)
    k = evaluate(sample_covariance.effective_noise(), at)

    assert float(averaged) == pytest.approx(4.0 / (4.0 + float(k)), abs=1e-7)


@pytest.mark.parametrize(("gamma", "noise"), [(0.5, 0.5), (3.0, 1.5)], ids=["d < n", "d > n"])
def test_the_gain_of_noisy_pairs_ends_at_its_limit(gamma, noise):
    found = evaluate(noisy_pairs.gain(), {"lam2": 1.0, "s": 0.5, "gamma": gamma, "a": 1e4})

    assert float(found) == pytest.approx(1 / (1 + noise), abs=1e-6)


def test_the_gain_of_noisy_pairs_starts_with_its_mean():
    a = 1e-4
    found = evaluate(noisy_pairs.gain(), {"lam2": 0.2, "s": 0.5, "gamma": 2.0, "a": a})

    assert float(found) == pytest.approx(0.2 * (a - a**2 / 2 * (0.2 + 0.5 * 3)), rel=1e-7)


@pytest.mark.parametrize("gamma", ["1/4", "1", "4"])
def test_the_effective_noise_solves_its_equation(gamma):
    k = sp.Rational(to_digits("joint.effective_noise", {"b": "1", "gamma": gamma, "s": "1/10"}, 30).value)
    residue = k - sp.Rational(1, 10) - sp.Rational(gamma) * k / (k + 1)

    assert abs(residue) < sp.Rational(1, 10**28)
