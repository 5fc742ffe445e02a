"""Branch and bound: a sign is certified on a whole box by balls on ever smaller pieces of it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import sympy as sp
from flint import arb, fmpq

from theory.domain import Domain
from theory.statement import Compares
from verify.arithmetic.balls import Undefined, ball, derivative, without_derivatives
from verify.arithmetic.points import FAILS, HOLDS

BITS = 80
Box = Mapping[sp.Symbol, tuple[fmpq, fmpq]]


@dataclass(frozen=True, slots=True)
class Covering:
    """How the box was covered: how many pieces decided, and whether none was left open."""

    pieces: int
    complete: bool


def cover(obligation: Compares, limit: int) -> Covering:
    """Cover the domain of `obligation` with boxes on each of which the comparison holds, or a condition fails.

    At most `limit` boxes are looked at. An unbounded domain is never covered.
    """
    domain = obligation.domain
    if any(not (r.low.is_finite and r.high.is_finite) for _, r in domain.ranges):
        return Covering(0, complete=False)
    whole, looked_at = _whole(domain), 0
    todo = [whole]
    expr = without_derivatives(obligation.expr)
    conditions = [(c.rel_op, without_derivatives(c.lhs - c.rhs)) for c in domain.conditions]
    while todo and looked_at < limit:
        box = todo.pop()
        looked_at += 1
        if not (_excluded(conditions, box) or _certain(expr, obligation.op, box)):
            todo += _halves(box, whole)
    return Covering(looked_at, complete=not todo)


def _whole(domain: Domain) -> Box:
    return {symbol: (_fmpq(r.low), _fmpq(r.high)) for symbol, r in domain.ranges}


def _fmpq(number: sp.Rational) -> fmpq:
    return fmpq(int(number.p), int(number.q))


def _ball(ends: tuple[fmpq, fmpq]) -> arb:
    return arb(ends[0]).union(arb(ends[1]))


def _certain(expr: sp.Expr, op: str, box: Box) -> bool:
    """Return whether expr op 0 on the whole box, by its value on the box or by the mean-value form."""
    at = {symbol: _ball(ends) for symbol, ends in box.items()}
    try:
        direct = ball(expr, at, BITS)
        return bool(HOLDS[op](direct) or HOLDS[op](_centred(expr, at)))
    except Undefined:
        return False


def _centred(expr: sp.Expr, at: Mapping[sp.Symbol, arb]) -> arb:
    """Return the value at the middle of the box plus slopes on the box times distances from the middle."""
    middle = {symbol: ends.mid() for symbol, ends in at.items()}
    value = ball(expr, middle, BITS)
    for symbol, ends in at.items():
        value += ball(_slope(expr, symbol), at, BITS) * (ends - middle[symbol])
    return value


@lru_cache(maxsize=64)
def _slope(expr: sp.Expr, symbol: sp.Symbol) -> sp.Expr:
    return derivative(expr, symbol)


def _excluded(conditions: list[tuple[str, sp.Expr]], box: Box) -> bool:
    """Return whether some condition fails everywhere on the box."""
    return any(_certain(expr, FAILS[op], box) for op, expr in conditions)


def _halves(box: Box, whole: Box) -> list[Box]:
    """Return the two halves along the side that is longest for its share of the whole domain."""
    symbol = max(box, key=lambda s: _length(*box[s]) / (_length(*whole[s]) or 1.0))
    low, high = box[symbol]
    middle = _middle(low, high)
    return [{**box, symbol: (middle, high)}, {**box, symbol: (low, middle)}]


def _length(low: fmpq, high: fmpq) -> float:
    """Return the length of [low, high], in decades if it is positive."""
    a, b = _float(low), _float(high)
    return math.log10(b / a) if a > 0 else b - a


def _float(number: fmpq) -> float:
    return float(arb(number))


def _middle(low: fmpq, high: fmpq) -> fmpq:
    """Return the arithmetic mean, or a number near the geometric one if the ends are positive and far apart."""
    if low > 0 and high > 4 * low:
        return fmpq(round(math.sqrt(_float(low) * _float(high)) * 2**80), 2**80)
    return (low + high) / 2
