"""The network lane says no to a training that was not the one the law speaks of, and to laws that are not quite right."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from numerics.measured import Measured
from numerics.networks.linear import scenes
from numerics.networks.linear.filters import line
from numerics.networks.linear.fourier import PIXELS, fourier_mode, trained_mode
from theory.circulant import w as taps
from theory.relation import Identity, MatrixIdentity
from verify.ledger.ours import network_convolution, network_layers, network_one_layer
from verify.verdict import Outcome

CLAIMS = {c.id: c for part in (network_one_layer, network_layers, network_convolution) for c in part.CLAIMS}
ONE = CLAIMS["our.network.one_layer"]
FILTER = CLAIMS["our.network.full_width.mode"]


def lane(claim):
    return next(check for check in claim.checks if check.lane == "network")


def probed(claim, scene, relation=None):
    return replace(lane(claim), scenes=(scene,)).probe(relation or claim.relation, claim)


def faster(seed):
    found = scenes.one_layer(seed)
    return replace(found, common=found.common | {"eta": found.common["eta"] / 2})


def noisier(seed):
    found = scenes.one_layer(seed)
    return replace(found, by_level={"sigma": np.roll(found.by_level["sigma"], 1)})


def started_elsewhere(seed):
    found = scenes.one_layer(seed)
    return replace(found, first={"W": found.first["W"] + 1e-11})


def turned_round(seed):
    return trained_mode(line(PIXELS, [-j for j in range(PIXELS)]), seed)


@pytest.mark.parametrize(
    ("claim", "scene"),
    [
        pytest.param(ONE, faster, id="wrong learning-rate factor"),
        pytest.param(ONE, noisier, id="wrong noise level"),
        pytest.param(ONE, started_elsewhere, id="wrong initial weights"),
        pytest.param(FILTER, turned_round, id="transposed filter"),
    ],
)
def test_a_planted_fault_is_rejected(claim, scene):
    found = probed(claim, scene)

    assert found.outcome is Outcome.FAILS
    assert found.witness["level"] == 0 or scene is noisier


def test_the_same_filter_the_right_way_round_is_accepted():
    assert probed(FILTER, fourier_mode).outcome is Outcome.HOLDS


def test_a_law_that_is_off_by_a_part_in_a_trillion_is_rejected():
    W, eta = network_one_layer.W, network_one_layer.eta
    after = W - 2 * eta * (1 + sp.Rational(1, 10**11)) * network_one_layer.TOWARDS

    assert probed(ONE, scenes.one_layer, MatrixIdentity(ONE.relation.lhs, after)).outcome is Outcome.FAILS


def test_a_training_that_rounding_has_spoilt_decides_nothing():
    def rough(seed):
        found = scenes.one_layer(seed)
        course = {"W": Measured(value=found.course["W"].array, error=1e-9)}
        return replace(found, course=course)

    assert probed(ONE, rough).outcome is Outcome.UNDECIDED


def test_a_law_of_another_shape_is_rejected():
    claim = CLAIMS["our.network.patch"]

    assert probed(claim, scenes.patch_1d, MatrixIdentity(taps, taps.T)).outcome is Outcome.FAILS


def test_a_letter_that_training_knows_nothing_of_is_an_error():
    claim = CLAIMS["our.network.patch"]

    with pytest.raises(KeyError, match="X"):
        probed(claim, scenes.patch_1d, MatrixIdentity(taps, sp.MatrixSymbol("X", *taps.shape)))


def test_a_scalar_law_whose_value_is_not_real_is_rejected():
    claim = CLAIMS["our.network.two_layer.mode"]
    (q,) = lane(claim).states
    scene = lane(claim).scenes[0]

    assert probed(claim, scene, Identity(q, sp.sqrt(q - 100))).outcome is Outcome.FAILS
