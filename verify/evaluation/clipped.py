"""A quantity that is 0 from a threshold on: the side of it is decided exactly, and balls give the value."""

from collections.abc import Mapping

import sympy as sp
from flint import arb

from theory.formula import Clipped
from verify.arithmetic.balls import value


def clipped(given: Clipped, point: Mapping[sp.Symbol, sp.Rational], digits: int) -> arb:
    """Return the quantity at an exact point, to `digits` digits; exactly 0 where the margin is not positive.

    Raises:
        ArithmeticError: not reached with 16384 bits, or the margin is not a rational number there.
    """
    margin = given.margin.xreplace(dict(point))
    if not margin.is_Rational:
        raise ArithmeticError(f"clipped: expected a rational margin, got {margin}")
    return value(given.expr, point, digits) if margin > 0 else arb(0)
