"""The first passage of a curve through a level, isolated by balls: nothing before it, one root in it."""

import sympy as sp
from flint import arb

from theory.formula import FirstPassage
from verify.arithmetic.balls import Undefined, ball, derivative, precision

STEPS = 20_000
BESIDE_THE_MIDDLE = arb("0.4873")  # a root exactly on a cut could not be isolated
FARTHEST = 200  # doublings of the time scale before one gives up


def first_passage(passage: FirstPassage, point: dict[sp.Symbol, sp.Rational], digits: int) -> arb:
    """Return a ball around the smallest root of curve - level in var > 0, to `digits` digits.

    Raises:
        ArithmeticError: the curve starts on the level, never reaches it, or touches it too flatly to decide.
    """
    bits = 64 + 4 * digits
    with precision(bits):
        return _Curve(passage, point, bits).first_root(digits)


class _Curve:
    """curve - level as a function of one ball."""

    def __init__(self, passage: FirstPassage, point: dict[sp.Symbol, sp.Rational], bits: int) -> None:
        self.bits, self.point, self.var = bits, point, passage.var
        self.gap = passage.curve - passage.level
        self.slope = derivative(passage.curve, passage.var)

    def at(self, time: arb) -> arb:
        """Return the gap on the ball `time`."""
        return ball(self.gap, {**self.point, self.var: time}, self.bits)

    def first_root(self, digits: int) -> arb:
        """Return the first root."""
        start = self.at(arb(0))
        if start.contains(0):
            raise ArithmeticError("first passage: the initial level and the level to be reached coincide")
        after = self._sign_changed(bool(start > 0))
        return self._refined(*self._isolated(after, bool(start > 0)), digits)

    def _sign_changed(self, above: bool) -> arb:
        """Return a time at which the gap has the other sign."""
        time = arb(2) ** -FARTHEST
        for _ in range(2 * FARTHEST):
            if not self.at(time).contains(0) and bool(self.at(time) > 0) != above:
                return time
            time *= 2
        raise ArithmeticError("first passage: the curve does not reach the level")

    def _isolated(self, end: arb, above: bool) -> tuple[arb, arb]:
        """Return an interval that holds the first root and no other; its left end has the initial sign."""
        todo = [(arb(0), end)]
        for _ in range(STEPS):
            left, right = todo.pop()
            if self._keeps_sign(left, right, above):
                continue
            if self._crosses_once(left, right, above):
                return left, right
            middle = (left + (right - left) * BESIDE_THE_MIDDLE).mid()
            todo += [(middle, right), (left, middle)]
        raise ArithmeticError("first passage: the curve touches the level too flatly to decide")

    def _keeps_sign(self, left: arb, right: arb, above: bool) -> bool:
        """Return whether the ball of the gap, plain or by the mean value theorem, lies on the initial side."""
        whole = left.union(right)
        middle = whole.mid()
        try:
            plain, centred = self.at(whole), self.at(middle) + self._slope_on(whole) * (whole - middle)
        except Undefined:
            return False
        return bool(plain > 0 or centred > 0) if above else bool(plain < 0 or centred < 0)

    def _crosses_once(self, left: arb, right: arb, above: bool) -> bool:
        at_end = self.at(right)
        if at_end.contains(0) or bool(at_end > 0) == above:
            return False
        try:
            return not self._slope_on(left.union(right)).contains(0)
        except Undefined:
            return False

    def _slope_on(self, time: arb) -> arb:
        return ball(self.slope, {**self.point, self.var: time}, self.bits)

    def _refined(self, left: arb, right: arb, digits: int) -> arb:
        """Return the root to `digits` digits by interval Newton steps, which keep it inside."""
        root = left.union(right)
        while root.rel_accuracy_bits() < 3.4 * digits + 4:
            closer = root.intersection(root.mid() - self.at(root.mid()) / self._slope_on(root))
            if not closer.rad() < root.rad() * arb("0.9"):
                raise ArithmeticError("first passage: the precision does not suffice")
            root = closer
        return root
