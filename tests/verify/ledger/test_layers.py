from dataclasses import replace
from pathlib import Path

import pytest
import sympy as sp

from numerics import layers
from numerics.layers import scenes as layer_scenes
from numerics.measured import Measured
from theory.one_layer import eta
from verify.checks.kernel import Kernel
from verify.checks.matrices import Matrices
from verify.evaluation.evaluate import evaluate
from verify.ledger import CLAIMS
from verify.ledger.spectral_bias import lanes_5_1 as lanes
from verify.verdict import Outcome

IDS = (Path(__file__).parent / "layer_ids.txt").read_text().split()
AT = {"lam": "1", "sigma": "1/2", "Q": "1/10", "tau": "1"}
SAMPLER = {"lam": "1", "Q": "1/10", "tau": "1", "sigma0": "1/500", "sigmaT": "80"}


def outcome(check, claim, relation=None):
    return check.probe(relation or claim.relation, claim).outcome


def test_every_claim_on_layers_is_in_the_ledger():
    assert not [name for name in IDS if not any(k == name or k.startswith(f"{name}.") for k in CLAIMS)]


@pytest.mark.parametrize(
    ("printed", "ours"),
    [
        ("wp.F.2.1.homog.separate", "our.untied.equal"),
        ("wp.F.3.tied.equal", "our.deep.equal"),
        ("wp.E.1.2.summary.rise", "our.two_layer.phases"),
        ("wp.5.1.nonsym", "our.untied.sum"),
        ("wp.5.1.sigmoid.always", "our.two_layer.inflection"),
    ],
)
def test_a_printed_statement_that_fails_is_corrected_by_one_that_holds(printed, ours):
    assert CLAIMS[printed].corrected_by == ours
    assert outcome(Kernel(), CLAIMS[printed]) is Outcome.FAILS
    assert outcome(Kernel(), CLAIMS[ours]) is Outcome.HOLDS


def test_the_printed_weight_at_half_the_rate_fails_in_every_lane():
    claim = CLAIMS["wp.5.1.weight"]
    half = replace(claim.relation, solution=claim.relation.solution.xreplace({eta: eta / 2}))

    for check in claim.checks:
        assert outcome(check, claim, half) is Outcome.FAILS


def test_a_wrong_measurement_of_the_weight_is_noticed():
    def off(**point):
        found = layers.weight(**point)
        return Measured(value=found.value * (1 + 1e-4), error=found.error)

    assert outcome(replace(lanes.ODE_WEIGHT, measure=off), CLAIMS["wp.5.1.weight"]) is Outcome.FAILS


def test_a_lost_transpose_in_the_gradient_is_noticed():
    def transposed(seed):
        letters, found = layer_scenes.layer_gradient(seed)
        return letters | {"A": letters["A"].T}, found

    assert outcome(Matrices(scene=transposed), CLAIMS["wp.F.1.grad.chain"]) is Outcome.FAILS


def test_emergence_at_the_harmonic_mean_does_not_depend_on_the_start():
    for Q in ("1/100", "1/2", "3"):
        found = evaluate("two_layer.weight", AT | {"Q": Q, "tau": "0.0866433975699931636771540151822"}, 20)
        assert float(found.value) == pytest.approx(2 / (1 / float(sp.Rational(Q)) + 1.25), rel=1e-12)


@pytest.mark.parametrize(
    "corner",
    [{"tau": "0"}, {"lam": "0"}, {"Q": "0"}, {"Q": "1"}, {"tau": "1e-30"}, {"lam": "0", "Q": "1", "tau": "0"}],
    ids=str,
)
def test_corners_of_the_variance_have_values(corner):
    found = evaluate("two_layer.variance", SAMPLER | corner, 30)

    assert sp.Rational(found.error) <= abs(sp.Rational(found.value)) * sp.Rational("1e-29")


@pytest.mark.parametrize("start", [("0", "0"), ("1", "-1"), ("1", "0"), ("1/3", "5")], ids=str)
@pytest.mark.parametrize("lam", ["0", "1"])
def test_separate_layers_have_a_weight_from_every_start(start, lam):
    found = evaluate("untied.weight", {"p0": start[0], "q0": start[1], "lam": lam, "sigma": "1/2", "tau": "2"}, 30)

    assert sp.Rational(found.error) <= abs(sp.Rational(found.value)) * sp.Rational("1e-29")


def test_equal_layers_follow_the_symmetric_law_at_half_the_rate():
    root = "1/4"
    pair = evaluate("untied.weight", {"p0": root, "q0": root, "lam": "1", "sigma": "1/2", "tau": "1"}, 20)
    symmetric = evaluate("two_layer.weight", AT | {"Q": "1/16", "tau": "1/2"}, 20)

    assert pair.value == symmetric.value
