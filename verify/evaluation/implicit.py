"""A quantity given by an equation that increases in one unknown: balls bracket its root, and the quantity there."""

from collections.abc import Callable

import sympy as sp
from flint import arb

from theory.formula import Implicit
from verify.arithmetic.balls import MAX_BITS, ball, precision

DOUBLINGS = 2_000
_START = arb("0.7316")  # a root exactly on an end of a bracket could not be told from one beside it


def implicit(given: Implicit, point: dict[sp.Symbol, sp.Rational], digits: int) -> arb:
    """Return a ball of relative accuracy `digits` around the quantity.

    Raises:
        ArithmeticError: not reached with 16384 bits, or the level is not reached at all.
    """
    bits = 64 + 4 * digits
    while bits <= MAX_BITS:
        with precision(bits):
            root = _root(given, point, bits)
            found = ball(given.expr, {**point, given.unknown: root}, bits)
        if found.is_zero() or found.rel_accuracy_bits() > 3.33 * digits:
            return found
        bits *= 2
    raise ArithmeticError(f"implicit: expected {digits} digits, not reached with {MAX_BITS} bits")


def _root(given: Implicit, point: dict[sp.Symbol, sp.Rational], bits: int) -> arb:
    """Return a ball around the root, as narrow as the precision allows."""
    if ball(given.level, point, bits).is_zero():
        return arb(0)
    gap = given.curve - given.level

    def at(expr: sp.Expr, where: arb) -> arb:
        return ball(expr, {**point, given.unknown: where}, bits)

    low, high = _bracket(lambda where: at(gap, where))
    root = low.union(high)
    for _ in range(bits):
        middle = root.mid()
        closer = root.intersection(middle - at(gap, middle) / at(given.slope, root))
        if not closer.rad() < root.rad():
            break
        root = closer
    return root


def _bracket(gap: Callable[[arb], arb]) -> tuple[arb, arb]:
    """Return two numbers, a factor 2 apart, between which the increasing gap changes its sign."""
    low = high = _START.mid()
    for _ in range(DOUBLINGS):
        if gap(low) < 0 < gap(high):
            return low, high
        low, high = (high, 2 * high) if gap(high) < 0 else (low / 2, low)
    raise ArithmeticError("implicit: the level is not reached")
