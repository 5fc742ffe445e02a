from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from numerics.convolution import modes, scenes
from numerics.measured import Measured
from theory.derivations import DERIVATIONS
from verify.checks.kernel import Kernel
from verify.checks.matrices import Matrices
from verify.checks.property import Property
from verify.kernel import decide
from verify.ledger import CLAIMS
from verify.ledger.spectral_bias import lanes_conv as lanes
from verify.verdict import Outcome

IDS = (Path(__file__).parent / "convolution_ids.txt").read_text().split()
REFUTED = {
    "wp.5.3.weight.literal": "our.conv.weight",
    "wp.5.3.variance.complex": "our.conv.variance",
    "wp.5.3.shift.trained": "our.conv.converged",
    "wp.5.4.patchlaw.inverse": "our.patch.rate",
    "wp.5.4.sampling.local": "our.patch.degree",
}


def outcome(check, claim, relation=None):
    return check.probe(relation or claim.relation, claim).outcome


def test_every_claim_of_the_convolutions_is_in_the_ledger():
    missing = [name for name in IDS if not any(k == name or k.startswith(f"{name}.") for k in CLAIMS)]

    assert not missing


@pytest.mark.parametrize(("printed", "ours"), REFUTED.items(), ids=REFUTED)
def test_what_is_refuted_has_a_correction_that_is_proved(printed, ours):
    assert CLAIMS[printed].corrected_by == ours
    assert outcome(Kernel(), CLAIMS[printed]) is Outcome.FAILS
    assert outcome(Kernel(), CLAIMS[ours]) is Outcome.HOLDS


@pytest.mark.parametrize("name", ["circulant", "full-width convolution", "local convolution"])
def test_every_step_of_the_derivations_is_proved(name):
    for step in DERIVATIONS[name].steps:
        statuses = [decide(obligation).status for obligation in step.relation.obligations(step.domain)]
        assert set(statuses) == {"proved"}, step.name


@pytest.mark.parametrize("check", [Kernel(), Property(), lanes.ODE_WEIGHT], ids=lambda c: c.lane)
def test_a_filter_without_the_factor_n_fails_in_every_lane(check):
    claim = CLAIMS["wp.5.3.weight.real"]

    assert outcome(check, claim) is Outcome.HOLDS
    assert outcome(check, claim, claim.slips[0]) is Outcome.FAILS


def slightly_faster(**point):
    found = modes.fourier_weight(**point)
    return Measured(value=found.value * (1 + 1e-6), error=found.error)


def reversed_filter(seed):
    letters, found = scenes.filters(seed)
    return letters | {"w0": np.flipud(letters["w0"])}, found


def test_a_weight_measured_slightly_off_is_noticed():
    faulty = replace(lanes.ODE_WEIGHT, measure=slightly_faster)

    assert outcome(faulty, CLAIMS["our.conv.weight"]) is Outcome.FAILS


def test_a_filter_that_starts_reversed_is_noticed():
    assert outcome(Matrices(scene=reversed_filter), CLAIMS["wp.5.4.weight.flow"]) is Outcome.FAILS
