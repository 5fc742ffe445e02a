"""A witness is an exact point of the domain and a ball, computed there, that settles the question.

Side conditions are checked by balls as well; an equality F == 0 leaves one symbol in an isolating interval on which F
is certified to change its sign.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from random import Random

import sympy as sp
from flint import arb, fmpq

from theory.domain import Domain, Range
from verify.arithmetic.balls import Undefined, ball

BITS = (96, 384)
HOLDS: dict[object, Callable[[arb], bool]] = {
    ">": lambda v: v > 0, ">=": lambda v: v >= 0, "<": lambda v: v < 0, "<=": lambda v: v <= 0,
    "!=": lambda v: not v.contains(0), "==": lambda v: v.is_zero(),
}  # fmt: skip
FAILS = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "!=": "==", "==": "!="}
type_point = Mapping[sp.Symbol, sp.Rational | arb]


@dataclass(frozen=True, slots=True)
class Witness:
    """An exact point (an isolating interval where needed), the ball (midpoint, radius) found there, and of what."""

    point: tuple[tuple[str, str], ...]
    value: tuple[str, str]
    what: str


def find(expr: sp.Expr, op: str, domain: Domain, count: int = 60) -> Witness | None:
    """Return a point of the domain where expr op 0 certainly holds, if one of `count` samples is."""
    for point in points(domain, count):
        for bits in BITS:
            found = _ball(expr, point, bits)
            if found is not None and HOLDS[op](found):
                value = found.mid().str(30, radius=False), found.rad().str(5, radius=False)
                return Witness(_text(point), value, f"{op} 0")
    return None


def points(domain: Domain, count: int) -> Iterator[type_point]:
    """Yield up to `count` points certainly in the domain, the same ones each time; corners are among them."""
    found, rest = _drawn(domain, count)
    for place in range(count):
        if place == len(found):
            if (point := next(rest, None)) is None:
                return
            found.append(point)
        yield found[place]


@lru_cache(maxsize=256)
def _drawn(domain: Domain, count: int) -> tuple[list[type_point], Iterator[type_point]]:
    """Return the points drawn so far, and those to come."""
    return [], _draw(domain, count)


def _draw(domain: Domain, count: int) -> Iterator[type_point]:
    random, left = Random(0), count
    equalities = [c for c in domain.conditions if isinstance(c, sp.Eq)]
    for trial in range((2 if equalities else 20) * count):
        sample = {s: _sample(random, r, s, corner=trial % 4 == 3) for s, r in domain.ranges}
        point: type_point | None = _on_curve(equalities, domain, sample, random) if equalities else sample
        if point is not None and _is_in(domain, point):
            yield point
            left -= 1
        if not left:
            return


def _sample(random: Random, r: Range, symbol: sp.Symbol, *, corner: bool) -> sp.Rational:
    ends = [e for e, is_open in ((r.low, r.low_open), (r.high, r.high_open)) if e.is_finite and not is_open]
    if ends and corner and random.random() < 0.5:
        return random.choice(ends)
    if symbol.is_integer:
        low = sp.ceiling(r.low) if r.low.is_finite else sp.Integer(-6)
        return min(low + (r.low_open and low == r.low) + random.randint(0, 6), sp.floor(r.high))
    step = sp.Rational(random.randint(1, 99), random.choice((1, 10, 30, 100, 100, 1000)))
    if r.low.is_finite and r.high.is_finite:
        return r.low + (r.high - r.low) * sp.Rational(random.randint(1, 96), 97)
    if r.low.is_finite:
        return r.low + step
    return r.high - step if r.high.is_finite else step * random.choice((1, -1))


def _is_in(domain: Domain, point: type_point) -> bool:
    conditions = [c for c in domain.conditions if not isinstance(c, sp.Eq)]
    return all(_inside(r, point[s]) for s, r in domain.ranges) and all(_admits(c, point) for c in conditions)


def _inside(r: Range, x: sp.Rational | arb) -> bool:
    """Return whether an exact number is in the range; an isolating interval is, its ends being samples of it."""
    if isinstance(x, arb):
        return True
    return not (_passes(r.low, x, r.low_open) or _passes(x, r.high, r.high_open))


def _passes(a: sp.Expr, b: sp.Expr, strictly_below: bool) -> bool:
    """Return whether a > b, or a >= b; infinite ends are never passed."""
    if not (a.is_Rational and b.is_Rational):
        return False
    gap = a.p * b.q - b.p * a.q
    return gap >= 0 if strictly_below else gap > 0


def _on_curve(equalities: list[sp.Eq], domain: Domain, point: dict, random: Random) -> type_point | None:
    """Return the point with one symbol moved into an interval on which the equality changes its sign.

    Its ball there is finite, so that it is continuous and has a zero; an integer symbol is not moved.
    """
    curve = equalities[0].lhs - equalities[0].rhs
    free = sorted((s for s in curve.free_symbols if not s.is_integer), key=str)
    if len(equalities) > 1 or not free:
        return None
    symbol = random.choice(free)
    grid = sorted({_sample(random, domain.range_of(symbol), symbol, corner=False) for _ in range(12)})
    signs = [(x, _sign(curve, point | {symbol: x})) for x in grid]
    for (a, s), (b, t) in pairwise(signs):
        if s * t < 0:
            return _isolated(curve, point, symbol, (a, b, s))
    return None


def _isolated(curve: sp.Expr, point: dict, symbol: sp.Symbol, bracket: tuple) -> type_point | None:
    """Return the point with the symbol in an ever smaller interval, as long as the curve is continuous there."""
    moved = dict(point)
    for _ in range(5):
        bracket = _bisect(curve, point, symbol, bracket)
        moved[symbol] = _exact(bracket[0]).union(_exact(bracket[1]))
        if _ball(curve, moved, 128) is None:
            return None
    return moved


def _bisect(curve: sp.Expr, point: dict, symbol: sp.Symbol, bracket: tuple) -> tuple:
    a, b, s = bracket
    for _ in range(20):
        middle = (a + b) / 2
        found = _sign(curve, point | {symbol: middle})
        if found == 0:
            break
        a, b = (middle, b) if found == s else (a, middle)
    return a, b, s


def _exact(number: sp.Rational) -> arb:
    return arb(fmpq(int(number.p), int(number.q)))


def _sign(expr: sp.Expr, point: type_point) -> int:
    found = _ball(expr, point, 128)
    return 0 if found is None else int(found > 0) - int(found < 0)


def _admits(condition: sp.Basic, point: type_point) -> bool:
    found = _ball(condition.lhs - condition.rhs, point, 128)
    return found is not None and HOLDS[condition.rel_op](found)


def _ball(expr: sp.Expr, point: type_point, bits: int) -> arb | None:
    try:
        return ball(expr, point, bits)
    except (Undefined, ValueError):
        return None


def _text(point: type_point) -> tuple[tuple[str, str], ...]:
    return tuple((s.name, v.str(30) if isinstance(v, arb) else str(v)) for s, v in point.items())
