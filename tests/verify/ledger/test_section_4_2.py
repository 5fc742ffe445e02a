from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from numerics import one_layer as measured
from numerics.measured import Measured
from numerics.scenes import conditional
from numerics.scenes import training as training_scenes
from theory import mean_coupling
from theory.one_layer import optimum
from verify.checks.enclosure import Enclosure
from verify.checks.kernel import Kernel
from verify.checks.matrices import Matrices
from verify.checks.property import Property
from verify.ledger import CLAIMS
from verify.ledger.spectral_bias import appendix_D_1_errors as errors
from verify.ledger.spectral_bias import appendix_D_1_steps as steps
from verify.ledger.spectral_bias import lanes_4_2 as lanes
from verify.ledger.spectral_bias import section_4_2_solution as solution
from verify.verdict import Outcome


def outcome(check, claim, relation=None):
    return check.probe(relation or claim.relation, claim).outcome


def off_by_a_little(**point):
    found = measured.deviation(**point)
    return Measured(value=found.value * (1 + 1e-6), error=found.error)


def acting_from_the_left(seed):
    """Plant W(0) and its transpose for each other: the flow acts on W from the right only."""
    letters, found = training_scenes.weights(seed)
    return letters | {"W0": letters["W0"].T}, found


@pytest.mark.parametrize("check", [Kernel(), Property(), lanes.ODE_DEVIATION], ids=lambda c: c.lane)
def test_the_printed_rate_fails_in_every_lane_and_the_repaired_one_holds(check):
    claim, ours = CLAIMS["wp.4.2.rate.exact"], CLAIMS["our.one_layer.rate"]

    assert outcome(check, claim) is Outcome.FAILS
    assert outcome(check, ours) is Outcome.HOLDS


def test_a_wrong_measurement_of_the_deviation_is_noticed():
    faulty = replace(lanes.ODE_DEVIATION, measure=off_by_a_little)

    assert outcome(faulty, CLAIMS["our.one_layer.rate"]) is Outcome.FAILS


def test_transposed_initial_weights_are_noticed():
    assert outcome(Matrices(scene=acting_from_the_left), CLAIMS["wp.4.2.weights.matrix"]) is Outcome.FAILS


def test_the_cross_weight_decays_with_the_mode_of_its_input_not_of_its_output():
    claim = CLAIMS["wp.4.2.weights.cross"]
    other = replace(claim.relation, solution=claim.relation.solution.xreplace({solution.lam: solution.lam / 2}))

    assert outcome(lanes.ODE_OFF_AXIS, claim, other) is Outcome.FAILS


@pytest.mark.parametrize("name", ["wp.4.2.i.absolute", "wp.4.2.ii.zero", "wp.D.1.noise.absolute"])
def test_an_order_that_holds_only_for_some_starts_is_refuted_with_a_witness(name):
    found = Kernel().probe(CLAIMS[name].relation, CLAIMS[name])

    assert found.outcome is Outcome.FAILS
    assert found.witness["point"]


def test_the_weight_overshoots_on_one_side_of_the_threshold_and_the_bias_on_the_other():
    for lam, sigma, mu in ((0.5, 1.0, 1.0), (2.0, 0.5, 0.4)):
        weight_above = lam * (1 - sigma**2) < mu**2 * sigma**2
        data = {"lam": lam, "sigma": sigma, "mu": mu, "Q": 0.0, "b0": 0.0, "eta": 1.0}
        peak, top = (max(f(**data, tau=tau).value for tau in (1, 2, 4, 8)) for f in (measured.weight, measured.bias))

        assert (peak > lam / (lam + sigma**2) + 1e-9) == weight_above
        assert (top > mu * sigma**2 / (lam + sigma**2) + 1e-9) == (not weight_above)


def test_the_eigenvalues_of_the_coupling_recover_variance_and_mean():
    at = {mean_coupling.lam: sp.Rational(1, 2), mean_coupling.mu: 1, mean_coupling.sigma: 1}
    rates = {r: value.subs(at) for r, value in mean_coupling.BY_DATA.items()}

    assert rates == {mean_coupling.r_fast: 3, mean_coupling.r_slow: sp.Rational(1, 2)}
    assert {s: v.subs(rates | {mean_coupling.sigma: 1}) for s, v in mean_coupling.BY_RATES.items()} == {
        mean_coupling.lam: sp.Rational(1, 2),
        mean_coupling.mu: 1,
    }


def test_the_cubic_denoiser_that_beats_the_constant_has_the_loss_that_quadrature_finds():
    at = {"lam": 0.42, "sigma": 0.15, "y": -0.076}
    loss = float(errors.cubic_loss().subs({errors.lam: 0.42, errors.sigma: 0.15, errors.y: -0.076}))
    w = float(optimum(errors.sigma).subs({errors.lam: 0.42, errors.sigma: 0.15}))

    assert np.isclose(conditional.cubic_loss(**at, w=w), loss, rtol=1e-12)
    assert loss < at["sigma"] ** 2 * w


def test_the_box_on_which_descent_follows_the_flow_does_not_reach_beyond_the_bound():
    claim = CLAIMS["wp.D.1.1.stab.small"]
    tight = steps.within_bound(steps.lag(steps.n), steps.eta**2 / 4)

    assert outcome(Enclosure(boxes=2000, samples=20), claim) is Outcome.HOLDS
    assert outcome(Enclosure(boxes=2000, samples=20), claim, tight) is Outcome.FAILS
