import pytest
import sympy as sp

from theory.formula import FirstPassage
from theory.symbols import symbols
from verify.evaluation.passage import first_passage

lam, tau = symbols("lam tau")


def root(curve, level, digits=20, **values):
    point = {symbol: sp.Rational(values[symbol.name]) for symbol in (lam,) if symbol.name in values}
    return first_passage(FirstPassage(curve=curve, level=level, var=tau), point, digits)


def test_a_root_is_enclosed_to_the_digits_asked_for():
    found = root(1 - sp.exp(-lam * tau), sp.Rational(1, 2), 40, lam="3")

    assert found.rel_accuracy_bits() >= 130
    assert found.contains(sp.log(2).n(60) / 3) or abs(float(found.mid()) - float(sp.log(2) / 3)) < 1e-15


def test_the_first_of_several_roots_is_found():
    wave = (tau - 1) * (tau - 2) * (tau - 3)

    assert float(root(wave, sp.S.Zero).mid()) == pytest.approx(1.0, abs=1e-15)


def test_a_curve_that_only_touches_the_level_is_not_decided():
    with pytest.raises(ArithmeticError, match="too flatly|does not reach"):
        root((tau - 1) ** 2, sp.S.Zero)


def test_a_level_that_is_never_reached_is_named():
    with pytest.raises(ArithmeticError, match="does not reach"):
        root(1 - sp.exp(-tau), sp.Integer(2))


def test_a_curve_that_starts_on_its_level_has_no_first_passage():
    with pytest.raises(ArithmeticError, match="coincide"):
        root(tau, sp.S.Zero)
