import mpmath
import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from theory.functions import Ein, boys, phi1
from theory.matrices import Inv, MatrixExp, norm2
from theory.one_layer import log_variance_entire, variance
from theory.symbols import symbols
from verify.bridge import ein, evaluate, evaluate_matrix

lam, tau = symbols("lam tau")


@given(st.floats(0, 1e6))
def test_ein_agrees_with_its_definition_in_high_precision(u):
    exact = mpmath.ein(u) if hasattr(mpmath, "ein") else _ein(u)

    assert abs(float(ein(np.asarray(u))) - exact) <= 2e-15 * (1 + exact)


@given(st.floats(-700, 0))
def test_ein_of_negative_numbers_grows_as_an_exponential(u):
    exact = _ein(u)

    assert abs(float(ein(np.asarray(u))) - exact) <= 1e-14 * (1 + abs(exact))


def _ein(u):
    with mpmath.workdps(40):
        return float(mpmath.re(mpmath.e1(u) + mpmath.log(u)) + mpmath.euler) if abs(u) > 1e-15 else float(u)


def test_the_entire_form_is_finite_at_every_corner():
    corners = {"lam": np.array([0.0, 1.0]), "tau": np.array([[0.0], [1e-30], [1e6]])}

    values = evaluate(log_variance_entire(), {**corners, "Q": 0.5, "eta": 1.0, "sigma0": 0.002, "sigmaT": 80.0})

    assert values.shape == (3, 2)
    assert np.isfinite(values).all()


def test_both_forms_of_the_variance_agree_away_from_the_corners():
    at = {"lam": 1.3, "Q": 0.2, "eta": 0.7, "tau": 1.1, "sigma0": 0.05, "sigmaT": 9.0}

    assert np.log(evaluate(variance(), at)) == pytest.approx(evaluate(log_variance_entire(), at), rel=1e-12)


def test_a_missing_number_is_named():
    with pytest.raises(ValueError, match="expected a number for tau"):
        evaluate(lam * tau, {"lam": 1.0})


def test_what_has_no_value_is_nan_and_never_a_number():
    assert not np.isfinite(evaluate(sp.Ei(-lam), {"lam": 0.0}))
    assert np.isnan(evaluate(sp.log(lam - tau), {"lam": 0.0, "tau": 1.0}))


def test_entire_functions_take_their_values_at_zero():
    assert evaluate(Ein(lam) + phi1(lam) * boys(lam), {"lam": 0.0}) == 1.0


def test_matrices_are_multiplied_in_order():
    d = symbols("d")[0]
    A, B = sp.MatrixSymbol("A", d, d), sp.MatrixSymbol("B", d, d)
    a, b = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [1.0, 1.0]])
    at = {"A": a, "B": b, "d": 2, "lam": 0.5}

    assert evaluate_matrix(lam * A * B + sp.Identity(d), at) == pytest.approx(0.5 * a @ b + np.eye(2))
    assert evaluate_matrix(Inv(A) * B.T, at) == pytest.approx(np.linalg.inv(a) @ b.T)
    assert evaluate_matrix(norm2(A), at) == pytest.approx(30.0)
    assert evaluate_matrix(MatrixExp(0 * A), at) == pytest.approx(np.eye(2))


def test_an_integral_whose_integrand_ends_like_a_root_has_its_value():
    x = sp.Symbol("x", real=True)
    half_disc = sp.Integral(sp.sqrt(1 - x**2) * sp.exp(-tau), (x, -1, 1))

    assert float(evaluate(half_disc, {"tau": 2.0})) == pytest.approx(np.pi / 2 * np.exp(-2), rel=1e-9)


def test_an_integral_that_does_not_exist_is_no_number():
    x = sp.Symbol("x", real=True)

    assert np.isnan(evaluate(sp.Integral(1 / x**2, (x, 0, 1)), {}))
