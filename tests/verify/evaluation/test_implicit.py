import mpmath
import pytest
import sympy as sp
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from numerics import layers
from theory.formula import Implicit
from theory.functions import phi2
from verify.arithmetic.balls import ball
from verify.evaluation.evaluate import evaluate
from verify.evaluation.implicit import implicit

x, a = sp.symbols("x a", positive=True)
CUBE = Implicit(expr=x**2, unknown=x, curve=x**3 + x, slope=3 * x**2 + 1, level=a)
rates = st.integers(1, 300).map(lambda k: sp.Rational(k, 100))


@given(rates)
def test_the_quantity_is_that_of_the_root(level):
    found = implicit(CUBE, {a: level}, 25)
    root = found.sqrt()

    assert (root**3 + root - arb(int(level.p)) / int(level.q)).contains(0)
    assert found.rel_accuracy_bits() > 80


def test_a_level_of_zero_is_taken_at_zero():
    assert implicit(CUBE, {a: sp.S.Zero}, 25).is_zero()


def test_a_level_beyond_reach_is_an_error():
    bounded = Implicit(expr=x, unknown=x, curve=x / (1 + x), slope=1 / (1 + x) ** 2, level=a)

    with pytest.raises(ArithmeticError, match="not reached"):
        implicit(bounded, {a: sp.Integer(2)}, 10)


@given(rates, rates, rates)
def test_infinite_depth_is_lamberts_function(lam, Q, tau):
    found = evaluate("deep.infinite_weight", {"lam": str(lam), "sigma": "1/2", "Q": str(Q), "tau": str(tau)}, 20)

    with mpmath.workdps(40):
        l, q, t = (mpmath.mpf(int(v.p)) / int(v.q) for v in (lam, Q, tau))  # noqa: E741
        best = l / (l + mpmath.mpf(1) / 4)
        u = best / q - 1
        expected = best / (1 + mpmath.lambertw(u * mpmath.exp(u - 2 * l * best * t)).real)
        assert abs(mpmath.mpf(found.value) - expected) <= 1e-17 * expected


@pytest.mark.parametrize(
    "corner", [{"lam": "0"}, {"Q": "0"}, {"tau": "0"}, {"lam": "0", "Q": "2", "tau": "30"}, {"lam": "1e-30"}], ids=str
)
def test_corners_of_infinite_depth_have_values(corner):
    found = evaluate("deep.infinite_weight", {"lam": "1", "sigma": "1/2", "Q": "1/10", "tau": "1", **corner}, 30)

    assert sp.Rational(found.error) <= abs(sp.Rational(found.value)) * sp.Rational("1e-29")


def test_infinite_depth_is_the_limit_of_trained_layers():
    at = {"lam": 0.5, "sigma": 0.7, "Q": 0.2, "eta": 0.5, "tau": 0.8}
    measured = layers.infinite_weight(**at)

    found = evaluate("deep.infinite_weight", {name: str(value) for name, value in at.items()}, 20)

    assert abs(float(found.value) - measured.value) <= measured.error


@pytest.mark.parametrize("z", ["-50", "-1", "0", "1e-20", "3"])
def test_phi2_is_its_series(z):
    found = ball(phi2(x), {x: sp.Rational(z)}, 200)

    with mpmath.workdps(60):
        v = mpmath.mpf(z)
        expected = mpmath.mpf(1) / 2 if v == 0 else mpmath.hyp1f1(1, 3, v) / 2
        assert abs(mpmath.mpf(found.mid().str(50, radius=False)) - expected) <= mpmath.mpf(10) ** -48
