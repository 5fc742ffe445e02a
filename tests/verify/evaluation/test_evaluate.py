import json

import mpmath
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from theory.formulas import FORMULAS
from verify.errors import UsageError
from verify.evaluation.evaluate import evaluate, evaluate_batch, parameters_of

PAPER = {"sigma0": "1/500", "sigmaT": "80"}
AT = {"lam": "1", "Q": "1/10", "tau": "1", **PAPER}


def test_thirty_digits_carry_a_bound_smaller_than_the_last_digit():
    found = evaluate("one_layer.variance", AT, 30)

    assert found.value == "0.269706441855387803714750089305"
    assert float(found.error) <= 1e-30


@pytest.mark.parametrize(
    "corner",
    [{"tau": "0"}, {"lam": "0"}, {"Q": "0"}, {"Q": "1"}, {"tau": "1e-30"}, {"lam": "0", "Q": "1", "tau": "0"}],
    ids=str,
)
@pytest.mark.parametrize("name", ["one_layer.variance", "one_layer.variance_rate"])
def test_corners_have_values(name, corner):
    found = evaluate(name, {**AT, **corner}, 30)

    assert sp.Rational(found.error) <= abs(sp.Rational(found.value)) * sp.Rational("1e-29")


def test_before_training_the_variance_is_the_initial_level():
    found = evaluate("one_layer.variance", {**AT, "tau": "0"}, 20)

    assert float(found.value) == pytest.approx(80**0.2 * 0.002**1.8, rel=1e-14)


positive = st.integers(1, 400).map(lambda k: sp.Rational(k, 100))


@given(lam=positive, Q=positive, tau=positive)
def test_the_variance_encloses_quadrature_of_the_sampling_equation(lam, Q, tau):
    point = {"lam": str(lam), "Q": str(Q), "tau": str(tau), "sigma0": "1/10", "sigmaT": "5"}
    found = evaluate("one_layer.variance", point, 20)

    with mpmath.workdps(25):
        l, q, t = (mpmath.mpf(int(x.p)) / int(x.q) for x in (lam, Q, tau))  # noqa: E741
        gap = lambda s: 1 - (l / (l + s**2) + (q - l / (l + s**2)) * mpmath.exp(-2 * t * (l + s**2)))  # noqa: E731
        expected = 25 * mpmath.exp(
            -2 * mpmath.quad(lambda v: gap(mpmath.exp(v)), mpmath.linspace(mpmath.log("0.1"), mpmath.log(5), 9))
        )
        assert abs(mpmath.mpf(found.value) - expected) <= 1e-12 * expected


@pytest.mark.parametrize("criterion", ["geometric", "harmonic", "arithmetic"])
def test_an_emergence_time_is_where_the_variance_passes_the_mean_of_its_levels(criterion):
    found = evaluate(f"one_layer.emergence_{criterion}", {"lam": "1", "Q": "1/10", **PAPER}, 25)
    time = {"tau": str(sp.Rational(found.value) / 2)}

    reached = float(evaluate("one_layer.variance", {**AT, **time}, 20).value)

    first, last = 80**0.2 * 0.002**1.8, 6400 * (1 + 4e-6) / 6401
    mean = {
        "geometric": (first * last) ** 0.5,
        "harmonic": 2 / (1 / first + 1 / last),
        "arithmetic": (first + last) / 2,
    }
    assert reached == pytest.approx(mean[criterion], rel=1e-12)


def test_a_mode_that_starts_on_its_target_has_no_emergence_time():
    with pytest.raises(ArithmeticError, match="coincide"):
        evaluate("one_layer.emergence_geometric", {"lam": "0", "Q": "0", **PAPER}, 10)


@pytest.mark.parametrize(
    ("name", "parameters", "match"),
    [
        pytest.param("one_layer.volume", AT, "formula: expected one of", id="unknown formula"),
        pytest.param("one_layer.variance", {**AT, "kappa": "1"}, "expected the parameters", id="unknown parameter"),
        pytest.param("one_layer.variance", {"lam": "1"}, "expected a value for Q", id="missing parameter"),
        pytest.param(
            "one_layer.variance", {**AT, "lam": "-1"}, "lam: expected a number >= 0, got -1", id="negative variance"
        ),
        pytest.param(
            "one_layer.variance", {**AT, "sigma0": "90"}, "expected sigma0 < sigmaT", id="levels in wrong order"
        ),
        pytest.param("one_layer.variance", {**AT, "tau": "soon"}, "tau: number: expected a decimal", id="no number"),
        pytest.param("one_layer.variance", {**AT, "tau": "nan"}, "tau: number: expected a decimal", id="nan"),
        pytest.param("one_layer.variance", {**AT, "tau": 0.1}, "the float 0.1", id="binary float"),
        pytest.param(
            "gd.weight", {"lam": "1", "sigma": "1", "Q": "0", "n": "1/2"}, "n: expected an integer", id="half a step"
        ),
    ],
)
def test_bad_input_is_one_sentence(name, parameters, match):
    with pytest.raises(UsageError, match=match):
        evaluate(name, parameters, 10)


def test_a_batch_keeps_the_order(tmp_path):
    requests = [{"formula": "one_layer.variance", "params": {**AT, "tau": tau}} for tau in ("1", "0")]
    path = tmp_path / "batch.json"
    path.write_text(json.dumps(requests))

    found = evaluate_batch(path, 15)

    assert [entry["value"] for entry in found] == [
        evaluate("one_layer.variance", r["params"], 15).value for r in requests
    ]


@pytest.mark.parametrize("text", ["{", "{}", "[1]", '[{"formula": "one_layer.variance"}]'])
def test_a_bad_batch_is_one_sentence(tmp_path, text):
    path = tmp_path / "batch.json"
    path.write_text(text)

    with pytest.raises(UsageError, match="batch"):
        evaluate_batch(path, 15)


@pytest.mark.parametrize("words", [["lam"], ["=1"], ["lam=1", "lam=2"]])
def test_parameters_are_name_equals_value(words):
    with pytest.raises(UsageError, match="parameter"):
        parameters_of(words)


def test_every_formula_names_a_step_of_its_derivation():
    for formula in FORMULAS.values():
        assert formula.derivation[formula.step]
