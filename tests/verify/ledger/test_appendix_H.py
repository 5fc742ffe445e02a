import math

import pytest

from numerics.flow_matching import one_layer, two_layer
from numerics.measured import Measured
from theory.formulas import FORMULAS
from verify.checks.kernel import Kernel
from verify.checks.ode import Ode
from verify.checks.property import Property
from verify.evaluation.evaluate import evaluate
from verify.ledger import CLAIMS
from verify.ledger.spectral_bias.lanes_H import LAYERS, SAMPLED
from verify.provable import decided
from verify.verdict import Outcome

FLOW = [name for name in FORMULAS if name.startswith("flow")]
DERIVATIONS = {FORMULAS[name].derivation.name: FORMULAS[name].derivation for name in (*FLOW, "gd.variance")}
STEPS = [step for derivation in DERIVATIONS.values() for step in derivation.steps]


@pytest.mark.parametrize("step", STEPS, ids=lambda s: s.name)
def test_the_kernel_proves_every_step(step):
    assert all(decided(obligation).status == "proved" for obligation in step.relation.obligations(step.domain))


@pytest.mark.parametrize("check", [Kernel(), Property()], ids=lambda c: c.lane)
def test_the_speed_is_least_and_not_greatest_at_the_special_time(check):
    printed, ours = CLAIMS["wp.H.2.tstar.formula"], CLAIMS["our.flow.slowest"]

    assert check.probe(printed.relation, printed).outcome is Outcome.FAILS
    assert check.probe(ours.relation, ours).outcome is Outcome.HOLDS


@pytest.mark.parametrize(
    ("claim", "measure", "box"),
    [
        ("wp.H.2.variance", one_layer.variance, SAMPLED),
        ("wp.H.3.weight.solution", two_layer.weight, LAYERS),
    ],
)
def test_a_measurement_slightly_off_is_seen(claim, measure, box):
    def off(**point):
        found = measure(**point)
        return Measured(value=found.value * (1 + 1e-6), error=found.error)

    check, judged = Ode(measure=off, box=box, points=1), CLAIMS[claim]
    assert check.probe(judged.relation, judged).outcome is Outcome.FAILS


@pytest.mark.parametrize("law", ["moments", "samples", "signs"])
def test_the_law_of_the_data_does_not_matter(law):
    point = {"lam": "0.4", "Q": "0.3", "eta": "0.7", "tau": "0.9"}
    found = one_layer.variance(**{k: float(v) for k, v in point.items()}, seed=2, law=law)

    assert float(evaluate("flow.variance", point, 20).value) == pytest.approx(found.value, abs=found.worst)


@pytest.mark.parametrize(("tau", "level"), [("0", math.exp(0.4)), ("1e9", 2.5)])
def test_two_layers_start_from_the_noise_and_end_at_data_plus_noise(tau, level):
    found = evaluate("flow_two_layer.variance", {"lam": "3/2", "Q": "1/5", "tau": tau}, 20)

    assert float(found.value) == pytest.approx(level, rel=1e-12)


@pytest.mark.parametrize(
    "corner", [{"lam": "0"}, {"tau": "0"}, {"Q": "0"}, {"lam": "0", "tau": "0"}, {"tau": "1e12"}], ids=str
)
@pytest.mark.parametrize("name", ["flow.variance", "flow_two_layer.variance"])
def test_corners_have_values(name, corner):
    found = evaluate(name, {"lam": "1/2", "Q": "1/10", "tau": "1", **corner}, 30)

    assert float(found.error) <= 1e-29 * max(float(found.value), 1e-12)


@pytest.mark.parametrize("t", ["0", "2/3", "1"])
@pytest.mark.parametrize("name", ["flow.weight", "flow_two_layer.weight"])
def test_weights_have_values_at_the_ends_and_at_the_turn(name, t):
    found = evaluate(name, {"lam": "1/2", "Q": "1/10", "tau": "1", "t": t}, 30)

    assert float(found.error) <= 1e-29


def test_descent_that_explodes_says_so():
    point = {"lam": "1/2", "Q": "1/10", "eta": "1", "n": "10", "sigma0": "1/500", "sigmaT": "80"}
    with pytest.raises(ArithmeticError, match="exponent"):
        evaluate("gd.variance", point, 10)
