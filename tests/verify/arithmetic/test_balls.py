"""Balls contain the true value, tell where there is none, and are as small as asked for."""

import mpmath
import pytest
import sympy as sp
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verify.kernel.formulas import Ei, Phi, Q, erf, eta, exp, lam, log, log_variance, psi, sigma, sqrt, tau, x, y
from theory.functions import Ein
from verify.arithmetic.balls import Undefined, ball, derivative, enclose, value

rationals = st.fractions(min_value="1/100", max_value=100, max_denominator=1000).map(
    lambda f: sp.Rational(f.numerator, f.denominator)
)


@pytest.mark.parametrize("u", ["1e-30", "1e-3", "1", "15.9", "16.1", "1000", "1e30", "-3", "-15.9", "-16.1", "-500"])
def test_ein_is_its_integral(u):
    mpmath.mp.dps = 60
    v = mpmath.mpf(u)
    expected = v * mpmath.hyp2f2(1, 1, 2, 2, -v) if abs(v) < 2000 else mpmath.e1(v) + mpmath.log(v) + mpmath.euler
    found = value(Ein(x), {x: sp.Rational(u)}, 25)
    assert abs(mpmath.mpf(found.mid().str(40, radius=False)) / expected - 1) < mpmath.mpf("1e-24")


def test_ein_vanishes_at_zero():
    assert ball(Ein(x), {x: sp.S.Zero}) == 0


@given(rationals, rationals)
@settings(max_examples=40)
def test_a_ball_contains_the_value_of_mpmath(p, q):
    expr = erf(x) * exp(-y) + Ei(-x) * log(y) + sqrt(x) ** 3 / y + x**y + sp.EulerGamma * sp.pi
    mpmath.mp.dps = 50
    u, v = mpmath.mpf(int(p.p)) / int(p.q), mpmath.mpf(int(q.p)) / int(q.q)
    expected = (
        mpmath.erf(u) * mpmath.exp(-v)
        + mpmath.ei(-u) * mpmath.log(v)
        + mpmath.sqrt(u) ** 3 / v
        + u**v
        + mpmath.euler * mpmath.pi
    )
    found = ball(expr, {x: p, y: q}, 128)
    middle, radius = (mpmath.mpf(part.str(45, radius=False)) for part in (found.mid(), found.rad()))
    assert abs(middle - expected) <= 2 * radius + abs(expected) * mpmath.mpf("1e-40")


@pytest.mark.parametrize(
    "expr",
    [
        pytest.param(log(-sigma), id="log"),
        pytest.param(sqrt(1 - 2 * sigma), id="root"),
        pytest.param(1 / (sigma - 1), id="pole"),
        pytest.param(Ei(sigma - 1), id="Ei at 0"),
        pytest.param((-sigma) ** sp.Rational(1, 3), id="cube root of a negative number"),
    ],
)
def test_where_there_is_no_real_value_there_is_no_ball(expr):
    with pytest.raises(Undefined):
        ball(expr, {sigma: sp.S.One})


def test_precision_is_put_back():
    before = ctx.prec
    ball(exp(x), {x: sp.S.One}, 500)
    with pytest.raises(Undefined):
        ball(log(x), {x: -sp.S.One}, 500)
    assert ctx.prec == before


def test_digits_are_reached_near_cancellation():
    found = value(exp(x) - 1 - x, {x: sp.Rational("1e-20")}, 15)
    assert abs(float(found) / 5e-41 - 1) < 1e-12


def test_a_value_of_zero_that_is_not_exact_is_an_error():
    with pytest.raises(ArithmeticError):
        value(
            exp(x) ** 2 - exp(2 * x) + sqrt(2) * sqrt(3) - sqrt(6) + sp.log(6) - sp.log(2) - sp.log(3),
            {x: sp.S.One},
            10,
        )


@pytest.mark.parametrize("expr", [psi, log(Phi), log_variance()], ids=["psi", "Phi", "variance"])
def test_derivatives_agree_with_finite_differences(expr):
    point = {s: sp.Rational(k + 2, 3) for k, s in enumerate(sorted(expr.free_symbols, key=str))}
    h = sp.Rational(1, 10**20)
    for s in point:
        up, down = (ball(expr, point | {s: point[s] + e * h}, 400) for e in (1, -1))
        slope = ball(sp.Derivative(expr, s), point, 400)
        assert abs(float((up - down) / (2 * arb(1) / 10**20) - slope)) < 1e-15


def test_an_enclosure_contains_the_values_inside():
    box = {lam: arb(1, 0.1), sigma: arb(1, 0.1), eta: arb(1), tau: arb(1, 0.1), Q: arb(0.25)}
    for s in (lam, sigma, tau):
        inner = {k: v.mid() for k, v in box.items()} | {s: box[s].upper()}
        assert enclose(psi, box).contains(ball(psi, inner))
    assert enclose(psi, box).rad() <= ball(psi, box).rad()


def test_the_structural_derivative_of_a_product_of_all_functions():
    expr = x**2 * exp(x) * erf(x) * Ein(x) * log(x) * Ei(x) * x**y
    assert (
        abs(float(ball(derivative(expr, x) - sp.diff(expr, x), {x: sp.Rational(7, 5), y: sp.Rational(1, 2)}))) < 1e-30
    )
