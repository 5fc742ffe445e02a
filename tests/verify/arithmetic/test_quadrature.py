import mpmath
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from theory.flow_matching import Q, eta, lam, tau
from theory.flow_two_layer import log_variance, log_variance_entire
from theory.functions import Ein, boys, phi1
from verify.arithmetic.balls import Undefined
from verify.arithmetic.quadrature import enclosed, value

x, a = sp.symbols("x a", positive=True)


@pytest.mark.parametrize(
    ("integrand", "expected"),
    [
        (sp.sqrt(x), sp.Rational(14, 3)),
        (sp.log(x), 8 * sp.log(2) - 3),
        (x**a, 31),
        (sp.exp(-x) / x, sp.Ei(-4) - sp.Ei(-1)),
    ],
    ids=str,
)
def test_an_integral_from_1_to_4_is_its_primitive_even_beside_a_branch_cut(integrand, expected):
    found = value(sp.Integral(integrand, (x, 1, 4)), {a: sp.Rational(3, 2)}, 30)

    scale = sp.Rational(2, 5) if integrand == x**a else 1
    assert abs(sp.Rational(found.str(35, radius=False)) - sp.N(scale * expected, 40)) < sp.Rational("1e-29")


@pytest.mark.parametrize(
    "node", [Ein, phi1, boys, lambda u: sp.Ei(-u), sp.erf], ids=["Ein", "phi1", "boys", "Ei", "erf"]
)
def test_a_special_function_is_the_integral_of_its_slope(node):
    slope = sp.Derivative(node(x), x).doit()

    found = enclosed(sp.Integral(slope, (x, 2, 20)) - node(sp.Integer(20)) + node(sp.Integer(2)), {})

    assert found.contains(0)
    assert found.rad() < 1e-20


positive = st.integers(1, 300).map(lambda k: sp.Rational(k, 100))


@given(variance=positive, start=positive, time=positive)
@settings(max_examples=8, deadline=None)
def test_the_two_sides_of_the_turn_are_the_integral_over_time(variance, start, time):
    point = {lam: variance, Q: start, eta: sp.S.One, tau: time}

    direct, sides = (enclosed(form, point) for form in (log_variance(), log_variance_entire()))

    assert direct.overlaps(sides)
    assert (direct - sides).rad() < 1e-15


@pytest.mark.parametrize("clock", [100, 1000, 10**6])
def test_two_layers_approach_the_sum_of_data_and_noise_like_a_power(clock):
    point = {lam: sp.Integer(2), Q: sp.Rational(1, 2), eta: sp.Rational(1, 8), tau: sp.Integer(clock)}

    with mpmath.workdps(30):
        found = mpmath.mpf(value(log_variance_entire(), point, 30).str(30, radius=False))
        rest = found - mpmath.log(3) - mpmath.pi**2 / 3 / clock**2 + 2 * mpmath.pi**2 / mpmath.mpf(clock) ** 3
        assert 70 < rest * mpmath.mpf(clock) ** 4 < 90


def test_what_is_not_real_has_no_value():
    with pytest.raises(Undefined):
        enclosed(sp.Integral(sp.log(x), (x, -2, -1)), {})
