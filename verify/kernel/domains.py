"""What a domain is for a proof: each symbol has a range, a point shows it is not empty, corners may be left out."""

from collections.abc import Sequence
from functools import lru_cache

import sympy as sp
from flint import arb, fmpq

from theory.domain import Domain, Range, domain_of
from verify.arithmetic.balls import Undefined, ball
from verify.arithmetic.points import HOLDS

_STRICT = {sp.Ge: sp.Gt, sp.Le: sp.Lt}
type_number = str | Sequence[str]  # a rational number, or the two ends of an interval in which there is a zero


def complete(domain: Domain, *exprs: sp.Basic) -> Domain:
    """Return the domain with the widest range for every symbol that has none; bounds become part of ranges."""
    free = set().union(*(e.free_symbols for e in (*exprs, *domain.conditions)))
    ranges = dict(domain.joined(domain_of(sorted(free - set(domain.symbols), key=str))).ranges)
    rest = [c for c in domain.conditions if not _absorbed(c, ranges)]
    return Domain(tuple(ranges.items()), tuple(rest))


def _absorbed(condition: sp.Basic, ranges: dict[sp.Symbol, Range]) -> bool:
    """Return whether a condition is a bound on one symbol; if so it becomes part of its range."""
    if condition.rhs.is_Symbol and condition.lhs.is_Rational:
        condition = condition.reversed
    x, end = condition.args
    if not (x.is_Symbol and end.is_Rational and isinstance(condition, sp.Gt | sp.Ge | sp.Lt | sp.Le)):
        return False
    r, strict = ranges[x], isinstance(condition, sp.Gt | sp.Lt)
    if isinstance(condition, sp.Gt | sp.Ge) and r.low <= end < r.high:
        ranges[x] = Range(end, r.high, strict or (end == r.low and r.low_open), r.high_open)
    elif isinstance(condition, sp.Lt | sp.Le) and r.low < end <= r.high:
        ranges[x] = Range(r.low, end, r.low_open, strict or (end == r.high and r.high_open))
    else:
        return isinstance(condition, sp.Gt | sp.Ge) and end < r.low
    return True


@lru_cache(maxsize=256)
def interior(domain: Domain) -> Domain | None:
    """Return the domain without its corners if each of its points is a limit of such points, provided there is one.

    So it is if every condition is open, or affine: then the domain is convex.
    """
    if not all(_keeps_density(c) for c in domain.conditions):
        return None
    strict = [_STRICT.get(type(c), type(c))(c.lhs, c.rhs) for c in domain.conditions]
    fixed = [s.is_integer or r.low == r.high for s, r in domain.ranges]
    ranges = (
        (s, r if is_fixed else Range(r.low, r.high, True, True))
        for (s, r), is_fixed in zip(domain.ranges, fixed, strict=True)
    )
    return Domain(tuple(ranges), tuple(c for c in strict if c != sp.true)) if sp.false not in strict else None


def _keeps_density(condition: sp.Basic) -> bool:
    if not isinstance(condition, sp.Ge | sp.Le):
        return not isinstance(condition, sp.Eq)
    free, side = condition.free_symbols, condition.lhs - condition.rhs
    affine = side.is_polynomial(*free) and sp.Poly(side, *free).total_degree() < 2
    return affine and not any(s.is_integer for s in free)


def contains(domain: Domain, point: list[type_number]) -> bool:
    """Return whether a point, given in the order of the ranges, certainly lies in the domain."""
    return _contains(domain, tuple(x if isinstance(x, str) else (x[0], x[1]) for x in point))


@lru_cache(maxsize=1024)
def _contains(domain: Domain, point: tuple[str | tuple[str, str], ...]) -> bool:
    """Return whether a point, given in the order of the ranges, certainly lies in the domain.

    For the one equality that a domain may have, one coordinate is an interval at the ends of which it has different
    signs; it is continuous there, having a finite ball.
    """
    ends = [[sp.Rational(e) for e in ((x, x) if isinstance(x, str) else x)] for x in point]
    equalities = [c for c in domain.conditions if isinstance(c, sp.Eq)]
    moved = [s for s, (a, b) in zip(domain.symbols, ends, strict=True) if a != b]
    if len(moved) != len(equalities) or len(moved) > 1 or any(s.is_integer for s in moved):
        return False
    at = coordinates(domain, point)
    for curve in (c.lhs - c.rhs for c in equalities):
        low, high = (dict(zip(domain.symbols, p, strict=True)) for p in zip(*ends, strict=True))
        if not (ball(curve, low, 128) * ball(curve, high, 128) < 0 and ball(curve, at, 128).is_finite()):
            return False
    inside = (_inside(r, s, x) for (s, r), pair in zip(domain.ranges, ends, strict=True) for x in pair)
    return all(inside) and all(holds(c.lhs - c.rhs, c.rel_op, at) for c in domain.conditions if c not in equalities)


def coordinates(domain: Domain, point: Sequence[type_number]) -> dict[sp.Symbol, sp.Rational | arb]:
    """Return the values of a point by symbol, balls for intervals."""
    return {s: _value(x) for s, x in zip(domain.symbols, point, strict=True)}


def holds(expr: sp.Expr, op: str, at: dict[sp.Symbol, sp.Rational | arb]) -> bool:
    """Return whether expr op 0 certainly, at every point of a box."""
    for bits in (96, 384):
        try:
            if HOLDS[op](ball(expr, at, bits)):
                return True
        except Undefined:
            continue
    return False


def _value(x: type_number) -> sp.Rational | arb:
    if isinstance(x, str):
        return sp.Rational(x)
    low, high = (arb(fmpq(*map(int, end.split("/")))) for end in x)
    return low.union(high)


def _inside(r: Range, s: sp.Symbol, x: sp.Rational) -> bool:
    above = r.low < x or (x == r.low and not r.low_open)
    return bool(above and (x < r.high or (x == r.high and not r.high_open)) and (x.is_Integer or not s.is_integer))
