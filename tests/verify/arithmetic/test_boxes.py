import pytest
import sympy as sp

from theory.domain import domain_of
from theory.statement import Compares
from theory.symbols import symbols
from verify.arithmetic.balls import without_derivatives
from verify.arithmetic.boxes import cover

x, y = symbols("lam tau")
UNIT = domain_of((x, y)).within(lam=("0", "1"), tau=("0", "1"))


@pytest.mark.parametrize(
    ("expr", "op", "covered"),
    [
        (x * y + sp.Rational(1, 10), ">", True),
        (x**2 - 2 * x * y + y**2 + sp.Rational(1, 1000), ">", True),
        (x - y, ">", False),
        (sp.exp(-x * y) - 1, "<=", False),
        (sp.exp(-x * y) - sp.Rational(11, 10), "<", True),
        (sp.Derivative(sp.exp(-x), x) + sp.Rational(1, 4), "<", True),
    ],
)
def test_a_box_is_covered_exactly_where_the_comparison_is_strictly_true(expr, op, covered):
    assert cover(Compares("c", expr, op, UNIT), 3000).complete is covered


def test_conditions_cut_the_box_down():
    above = UNIT.where(x > y + sp.Rational(1, 10))

    assert cover(Compares("c", x - y, ">", above), 3000).complete


def test_an_equation_leaves_only_boxes_around_its_curve():
    on_circle = UNIT.where(sp.Eq(x**2 + y**2, 1))

    assert cover(Compares("c", x + y - sp.Rational(9, 10), ">", on_circle), 3000).complete
    assert not cover(Compares("c", x + y - sp.Rational(11, 10), ">", on_circle), 3000).complete


def test_an_unbounded_domain_is_never_covered():
    assert not cover(Compares("c", sp.S.One + x, ">", domain_of((x,))), 100).complete


def test_a_singular_expression_is_never_covered():
    assert not cover(Compares("c", 1 / x + 1, ">", UNIT), 500).complete


def test_derivatives_are_carried_out():
    assert without_derivatives(sp.Derivative(x**3, x)) == 3 * x**2
