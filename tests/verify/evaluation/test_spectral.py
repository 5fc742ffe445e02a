import json

import mpmath
import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.convolution.generated import fourier_vector, log_power, trained_filters
from numerics.convolution.taps import circular
from theory.formula import Spectral
from theory.symbols import symbols
from verify.errors import UsageError
from verify.evaluation.evaluate import evaluate, evaluate_batch
from verify.evaluation.spectral import spectral_value

(theta,) = symbols("theta")
LEVELS = {"sigma0": "1/20", "sigmaT": "6"}
AT = {"tau": "7/10", "eta": "1/20", "k": "2", **LEVELS}


def random_problem(seed, N, taps):
    rng = np.random.default_rng(seed)
    root = rng.integers(-9, 10, size=(N, N))
    return root @ root.T, rng.integers(-5, 6, size=taps)


def parameters(Sigma, w0):
    return {"Sigma": [[f"{v}/100" for v in row] for row in Sigma], "w0": [f"{v}/10" for v in w0], **AT}


@pytest.mark.parametrize(("name", "taps"), [("full_conv.variance", 6), ("patch.variance", 3)])
def test_the_value_is_what_a_filter_trained_on_its_loss_generates(name, taps):
    Sigma, w0 = random_problem(3, 6, taps)
    offsets = list(range(6)) if taps == 6 else [-1, 0, 1]
    denoisers = trained_filters(circular(6, offsets), Sigma / 100, w0 / 10, eta=0.05, tau=0.7)
    truth = log_power(denoisers, fourier_vector(6, 2), (0.05, 6.0))

    found = evaluate(name, parameters(Sigma, w0), 20)

    assert np.log(float(found.value)) == pytest.approx(truth.value, abs=truth.worst + 1e-14)


def test_thirty_digits_carry_a_bound_smaller_than_the_last_digit():
    found = evaluate("patch.variance", parameters(*random_problem(1, 16, 5)), 30)

    assert 0 < float(found.error) <= 1e-29 * float(found.value)


@pytest.mark.parametrize("tau", ["0", "1e-30", "1", "1e9"])
def test_white_data_has_equal_patch_modes_and_is_one_layer_with_n_times_the_rate(tau):
    eye = json.dumps(np.eye(8, dtype=int).tolist())
    here = {**AT, "tau": tau}
    found = evaluate("patch.variance", {"Sigma": eye, "w0": "[0, 0, 0]", **here}, 30)
    layer = evaluate("one_layer.variance", {"lam": "1", "Q": "0", "eta": "8/20", "tau": tau, **LEVELS}, 30)

    gap = abs(sp.Rational(found.value) - sp.Rational(layer.value))
    assert gap <= sp.Rational(found.error) + sp.Rational(layer.error)


def test_a_patch_as_wide_as_the_circle_is_the_full_width_filter():
    Sigma, w0 = random_problem(5, 5, 5)
    wide = evaluate("patch.variance", parameters(Sigma, np.roll(w0, 2)), 30)
    full = evaluate("full_conv.variance", parameters(Sigma, w0), 30)

    assert abs(sp.Rational(wide.value) - sp.Rational(full.value)) <= sp.Rational(wide.error) + sp.Rational(full.error)


def test_the_limit_is_reached_by_long_training():
    Sigma, w0 = random_problem(7, 7, 3)
    late = evaluate("patch.variance", {**parameters(Sigma + 100 * np.eye(7, dtype=int), w0), "tau": "1000"}, 25)
    shared = {"Sigma": parameters(Sigma + 100 * np.eye(7, dtype=int), w0)["Sigma"], "k": "2", **LEVELS}
    limit = evaluate("patch.limit", {**shared, "r": "1"}, 25)

    assert float(late.value) == pytest.approx(float(limit.value), rel=1e-14)


def test_data_that_do_not_vary_have_a_value():
    zero = {"Sigma": json.dumps([[0] * 4] * 4), "w0": "[0, 1/2, 0]".replace("1/2", "0.5"), **AT}

    assert float(evaluate("patch.variance", zero, 30).error) > 0


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=3, max_size=3))
def test_a_function_of_a_matrix_is_enclosed_also_where_eigenvalues_are_equal(root):
    A = sp.Matrix(root) * sp.Matrix(root).T
    form = Spectral(
        matrix=sp.ImmutableDenseMatrix(A),
        left=(sp.Integer(1), sp.Integer(2), sp.Integer(-1)),
        theta=theta,
        offset=sp.S.Zero,
        parts=((sp.exp(-theta / 10), (sp.Integer(1), sp.S.Zero, sp.Integer(1))),),
    )
    with mpmath.workdps(60):
        exponential = mpmath.expm(mpmath.matrix((-A / 10).tolist()), method="taylor")
        expected = mpmath.exp((mpmath.matrix([[1, 2, -1]]) * exponential * mpmath.matrix([1, 0, 1]))[0])
        found = spectral_value(form, 30)
        assert abs(mpmath.mpf(found.mid().str(50, radius=False)) - expected) <= 1e-28 * expected


GOOD = {"Sigma": "[[2, 1, 1], [1, 2, 1], [1, 1, 2]]", "w0": "[0, 0, 0]", **AT}


@pytest.mark.parametrize(
    ("changed", "match"),
    [
        pytest.param({"Sigma": "[[1, 2], [2]]"}, "square", id="ragged"),
        pytest.param({"Sigma": "[[1, 2, 0], [0, 1, 0], [0, 0, 1]]"}, "symmetric", id="not symmetric"),
        pytest.param({"Sigma": "[[1, 2, 0], [2, 1, 0], [0, 0, 1]]"}, "semidefinite", id="negative eigenvalue"),
        pytest.param({"Sigma": "[[1, 0], "}, "JSON list", id="no JSON"),
        pytest.param({"w0": "[0, 0]"}, "w0", id="even filter"),
        pytest.param({"w0": "[0, 0, 0, 0, 0]"}, "at most 3 taps", id="filter wider than the circle"),
        pytest.param({"w0": [0, 0.5, 0]}, "the float 0.5", id="binary float"),
        pytest.param({"k": "3"}, "k: expected an integer from 0 to 2", id="no such mode"),
    ],
)
def test_bad_lists_are_one_sentence(changed, match):
    with pytest.raises(UsageError, match=match):
        evaluate("patch.variance", {**GOOD, **changed}, 10)


def test_a_batch_takes_lists_of_text(tmp_path):
    Sigma, w0 = random_problem(1, 4, 3)
    path = tmp_path / "batch.json"
    path.write_text(json.dumps([{"formula": "patch.variance", "params": parameters(Sigma, w0)}]))

    assert evaluate_batch(path, 20)[0]["value"] == evaluate("patch.variance", parameters(Sigma, w0), 20).value


def test_the_odd_part_of_the_filter_does_not_matter():
    Sigma, w0 = random_problem(11, 7, 5)
    one, two = (evaluate("patch.variance", parameters(Sigma, w), 30) for w in (w0, w0[::-1]))

    assert abs(sp.Rational(one.value) - sp.Rational(two.value)) <= sp.Rational(one.error) + sp.Rational(two.error)
