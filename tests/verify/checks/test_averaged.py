"""Confidence intervals of stochastic training accept its mean law, reject a wrong one, and decline without power."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from numerics.networks.linear.averaged import one_layer
from theory.one_layer import eta
from theory.regression import M, Sigma, W
from theory.relation import MatrixIdentity
from verify.checks.averaged import OnAverage
from verify.verdict import Outcome

CHECK = OnAverage(scene=one_layer, state=W)
TRUE = W - 2 * eta * (W * M - Sigma)


def probed(after, check=CHECK):
    return check.probe(MatrixIdentity(W, after), None)


def test_the_mean_of_minibatches_is_the_full_batch_law():
    assert probed(TRUE).outcome is Outcome.HOLDS


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(W - eta * (W * M - Sigma), id="wrong learning-rate factor"),
        pytest.param(W - 2 * eta * (W * Sigma - Sigma), id="no noise"),
        pytest.param(W - 2 * eta * (M * W - Sigma), id="transposed"),
        pytest.param(TRUE + sp.sqrt(-eta) * W, id="no value"),
    ],
)
def test_a_wrong_law_is_rejected(after):
    assert probed(after).outcome is Outcome.FAILS


def test_trainings_that_started_elsewhere_are_rejected():
    def elsewhere(seed):
        found = one_layer(seed)
        return replace(found, first={"W": found.first["W"] + 0.05})

    assert probed(TRUE, replace(CHECK, scene=elsewhere)).outcome is Outcome.FAILS


def test_too_few_trainings_decide_nothing():
    def few(seed):
        found = one_layer(seed)
        return replace(found, deviations={"W": 10 * found.deviations["W"]})

    assert probed(TRUE, replace(CHECK, scene=few)).outcome is Outcome.UNDECIDED


def test_the_joint_level_is_shared_by_all_entries():
    assert replace(CHECK, seeds=4)._reach(27, 6000) > CHECK._reach(27, 6000) > CHECK._reach(1, 6000)
    assert CHECK._reach(1, 10**6) == pytest.approx(4.8916, abs=1e-3)


def test_the_same_seed_gives_the_same_trainings():
    assert np.array_equal(one_layer(1).means["W"], one_layer(1).means["W"])
