"""Networks trained in ever smaller steps refuse a law that is not their limit, and a gap that is not of first order."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from numerics.measured import Measured
from numerics.networks.linear import refined
from theory.one_layer import Q, eta, lam, optimum, sigma, tau, weight
from theory.relation import Identity
from verify.checks.refined import Halved
from verify.verdict import Outcome

FLOW = weight(sigma)
MILLIONTH = sp.Rational(1, 10**6)


def probed(law, scene=refined.one_layer):
    return Halved(scene=scene).probe(Identity(law, law), None)


def test_the_flow_is_the_limit_of_small_steps_and_of_first_order():
    found = probed(FLOW)

    assert found.outcome is Outcome.HOLDS
    assert float(found.figures["ratio"]) == pytest.approx(2, abs=0.02)


@pytest.mark.parametrize(
    "law",
    [
        pytest.param(FLOW.xreplace({tau: tau / 2}), id="wrong learning-rate factor"),
        pytest.param(FLOW.xreplace({sigma: sigma * (1 + MILLIONTH)}), id="slightly wrong noise level"),
        pytest.param(FLOW.xreplace({Q: Q + MILLIONTH}), id="slightly wrong start"),
        pytest.param(optimum(sigma) + (Q - optimum(sigma)) * (1 - 2 * eta * (lam + sigma**2)) ** 1, id="one step"),
        pytest.param(sp.log(-lam), id="no value"),
    ],
)
def test_a_wrong_law_is_rejected(law):
    assert probed(law).outcome is Outcome.FAILS


def test_a_gap_of_second_order_is_not_one_of_first():
    def second(seed):
        runs = refined.one_layer(seed)
        steps = 4.0 ** -np.arange(len(runs.weights.array))
        weights = Measured(value=runs.limit.array + 0.1 * steps[:, None], error=1e-13)
        return replace(runs, weights=weights)

    assert probed(FLOW, second).outcome is Outcome.FAILS


def test_a_rough_training_decides_nothing():
    def rough(seed):
        runs = refined.one_layer(seed)
        return replace(runs, weights=Measured(value=runs.weights.array, error=1e-4))

    assert probed(FLOW, rough).outcome is Outcome.UNDECIDED


def test_extrapolation_finds_the_value_at_zero_of_a_polynomial():
    h = 0.5 ** np.arange(4)

    assert refined.extrapolated((3 - h + 2 * h**2 - h**3)[:, None]) == pytest.approx(3)
