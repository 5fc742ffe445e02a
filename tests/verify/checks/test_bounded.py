"""The bound on the gap to gradient flow is tested against trained networks, whose own error counts against it."""

from dataclasses import replace

import pytest
import sympy as sp

from numerics.measured import Measured
from numerics.networks.linear import modes
from theory.one_layer import y
from verify.ledger.ours.network_gap import BOUND, NETWORK, lag
from verify.verdict import Outcome


def probed(bound, check=NETWORK):
    return check.probe(lag(bound), None)


def test_the_bound_holds_for_trained_networks():
    assert probed(BOUND).outcome is Outcome.HOLDS


@pytest.mark.parametrize(
    "bound",
    [
        pytest.param(BOUND * (1 - y), id="a little too small"),
        pytest.param(-BOUND, id="negative"),
        pytest.param(sp.log(-y), id="no value"),
    ],
)
def test_a_bound_that_is_exceeded_is_rejected(bound):
    assert probed(bound).outcome is Outcome.FAILS


def test_a_training_that_is_not_exact_enough_decides_nothing():
    def rough(seed):
        found = modes.one_layer(seed)
        return replace(found, course={"y": Measured(value=found.course["y"].array, error=0.1)})

    assert probed(BOUND, replace(NETWORK, scene=rough)).outcome is Outcome.UNDECIDED
