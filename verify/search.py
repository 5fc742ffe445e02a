"""A search for an admissible rational point at which balls contradict an obligation."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import chain, islice
from random import Random

import sympy as sp
from flint import arb
from hypothesis import HealthCheck, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample, Unsatisfiable

from theory.domain import Domain, Range
from theory.observable import Mean
from theory.statement import Compares, MatrixVanishes, Obligation, Tends
from verify.arithmetic.balls import Undefined, ball, without_derivatives
from verify.arithmetic.matrix_witness import instance
from verify.witness import plain, text

Point = Mapping[sp.Symbol, sp.Rational]
BITS = 160
SEED = 20
EXAMPLES, FEW = 100, 4
MANTISSAS = (10, 20, 50, 13, 17, 23, 29, 31, 37, 43, 59, 67, 73, 83, 97)
DRAWS = 20  # a point, at most
SETTINGS = settings(max_examples=200, database=None, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass(slots=True)
class Search:
    """One search; `decided` counts the admissible points at which the obligation could be evaluated."""

    obligation: Obligation
    examples: int
    shrink: bool = True
    decided: int = field(default=0, init=False)

    def run(self) -> dict[str, object] | None:
        """Return a contradicting point and its ball, as text, or None."""
        if not can_be_sampled(self.obligation):
            return None
        if isinstance(self.obligation, MatrixVanishes):
            return self._matrices(self.obligation)
        self.obligation = replace(self.obligation, expr=without_derivatives(self.obligation.expr))
        drawn = examples(self.obligation.domain, self.examples)
        point = next(filter(self._contradicted, drawn), None)
        if point is not None and self.shrink:
            point = self._simplest() or point
        return None if point is None else _found(self.obligation, point)

    def _contradicted(self, point: Point) -> bool:
        if (value := residual_ball(self.obligation, point)) is None:
            return False
        self.decided += 1
        return contradicts(self.obligation, value)

    def _simplest(self) -> Point | None:
        """Return the simplest contradicting point that Hypothesis finds."""
        domain = self.obligation.domain
        values = [_values(symbol, interval) for symbol, interval in domain.ranges]

        def named(places: tuple[int, ...]) -> Point:
            return {s: v[i] for s, v, i in zip(domain.symbols, values, places, strict=True)}

        def contradicted(places: tuple[int, ...]) -> bool:
            return admissible(domain, named(places)) and self._contradicted(named(places))

        places = st.tuples(*(st.integers(0, len(v) - 1) for v in values))  # ten times as fast as fields and a filter
        with suppress(NoSuchExample, Unsatisfiable):
            return named(find(places, contradicted, settings=SETTINGS, random=Random(SEED)))
        return None

    def _matrices(self, obligation: MatrixVanishes) -> dict[str, object] | None:
        for seed in range(max(4, self.examples // 25)):
            if (found := instance(obligation, seed)) is None:
                continue
            self.decided += 1
            if not found.vanishes:
                return plain(found.witness)
        return None


@lru_cache(maxsize=512)
def searched(obligation: Obligation, examples: int, *, shrink: bool) -> tuple[dict[str, object] | None, int]:
    """Return the witness a search finds and the number of points it tried; mutants share most obligations."""
    search = Search(obligation, examples, shrink=shrink)
    return search.run(), search.decided


@cache
def examples(domain: Domain, count: int) -> tuple[Point, ...]:
    """Return up to `count` admissible points, the simplest first, the same ones each time."""
    random, found = Random(SEED), []
    values = {symbol: _values(symbol, interval) for symbol, interval in domain.ranges}
    drawn = ({s: random.choice(choices) for s, choices in values.items()} for _ in range(DRAWS * count))
    for point in chain([{s: choices[0] for s, choices in values.items()}], drawn):
        if point not in found and admissible(domain, point):
            found.append(point)
        if len(found) == count:
            break
    return tuple(found)


def is_real(obligation: Obligation, own: tuple[Obligation, ...]) -> bool:
    """Return whether what a mutant asks for has a real value at most of a few points at which the claim's `own` has."""
    if isinstance(obligation, MatrixVanishes):
        return True
    beside = tuple(o for o in own if o.domain == obligation.domain and not isinstance(o, MatrixVanishes))
    found = [_has_value(obligation, point) for point in _evaluable(obligation.domain, beside)]
    return 4 * sum(found) >= 3 * len(found)


@lru_cache(maxsize=64)
def _evaluable(domain: Domain, obligations: tuple[Obligation, ...]) -> tuple[Point, ...]:
    """Return the first few points of `domain`, on its curves or off them, at which all `obligations` have a value."""
    off_curves = Domain(domain.ranges, tuple(c for c in domain.conditions if not isinstance(c, sp.Eq)))
    where = (p for p in examples(off_curves, EXAMPLES) if all(_has_value(o, p) for o in obligations))
    return tuple(islice(where, FEW))


@lru_cache(maxsize=4096)
def _value_nodes(obligation: Obligation) -> tuple[sp.Expr, ...]:
    """Return what is differentiated, compared or a limit, and the limit's value; expectations and integrals aside."""
    expr = obligation.expr.replace(lambda node: isinstance(node, sp.Derivative), lambda node: node.expr)
    limit = (obligation.value,) if isinstance(obligation, Tends) and obligation.value.is_finite is not False else ()
    return tuple(
        e.replace(lambda node: isinstance(node, Mean | sp.Integral), lambda _: sp.S.Zero) for e in (expr, *limit)
    )


def _has_value(obligation: Obligation, point: Point) -> bool:
    return all(_value(expr, point) is not None for expr in _value_nodes(obligation))


def admissible(domain: Domain, point: Point) -> bool:
    """Return whether `point` satisfies every condition of `domain`, decided exactly or by balls."""
    return all(_satisfied(condition, point) for condition in domain.conditions)


def residual_ball(obligation: Obligation, point: Point) -> arb | None:
    """Return the ball of what `obligation` is about at `point`, or None where it has no value."""
    if isinstance(obligation, Tends):
        at_point = {obligation.var: obligation.point}
        return _value(obligation.expr.xreplace(at_point) - obligation.value, point)
    return _value(obligation.expr, point)


def contradicts(obligation: Obligation, value: arb) -> bool:
    """Return whether the ball `value` excludes what `obligation` asserts."""
    if isinstance(obligation, Compares):
        return VIOLATED[obligation.op](value)
    return bool(value != 0)


VIOLATED = {
    ">": lambda value: bool(value <= 0),
    ">=": lambda value: bool(value < 0),
    "<": lambda value: bool(value >= 0),
    "<=": lambda value: bool(value > 0),
    "!=": lambda value: bool(value == 0),
}


def can_be_sampled(obligation: Obligation) -> bool:
    """Return whether a point of its domain could contradict `obligation`."""
    if isinstance(obligation, MatrixVanishes):
        return True
    if any(isinstance(condition, sp.Eq) for condition in obligation.domain.conditions) or obligation.expr.has(Mean):
        return False
    if isinstance(obligation, Tends):
        return {obligation.point, obligation.value}.isdisjoint({sp.oo, -sp.oo})
    return not (isinstance(obligation, Compares) and obligation.some)


def _satisfied(condition: sp.core.relational.Relational, point: Point) -> bool:
    value = _value(condition.lhs - condition.rhs, point)
    holds = {sp.Gt: ">", sp.Ge: ">=", sp.Lt: "<", sp.Le: "<=", sp.Ne: "!="}
    op = holds[type(condition)]
    if value is None:
        return False
    return bool({">": value > 0, ">=": value >= 0, "<": value < 0, "<=": value <= 0, "!=": value != 0}[op])


def _value(expr: sp.Expr, point: Point) -> arb | None:
    try:
        return ball(expr, dict(point), BITS)
    except (Undefined, ValueError):  # no value, or a node without a ball, about which nothing is found out
        return None


@cache
def _values(symbol: sp.Symbol, interval: Range) -> tuple[sp.Rational, ...]:
    """Return values of a range, simple ones and corners first."""
    if symbol.is_integer:
        top = 12 if interval.high == sp.oo else int(interval.high)
        return tuple(map(sp.Integer, range(int(interval.low), top + 1)))
    inside = _between(interval) if interval.high.is_finite and interval.low.is_finite else _beyond(interval)
    return (inside[0], *_corners(interval), *inside[1:])


def _corners(interval: Range) -> list[sp.Rational]:
    ends = ((interval.low, interval.low_open), (interval.high, interval.high_open))
    return [end for end, is_open in ends if end.is_finite and not is_open]


def _beyond(interval: Range) -> list[sp.Rational]:
    """Return values over six decades beyond the finite end, on both sides of 0 if there is none."""
    sizes = [sp.Rational(m, 10) * sp.Integer(10) ** e for m in MANTISSAS for e in (0, -1, 1, -2, 2, -3)]
    if interval.low.is_finite:
        return [interval.low + size for size in sizes]
    if interval.high.is_finite:
        return [interval.high - size for size in sizes]
    return [*sizes, sp.S.Zero, *(-size for size in sizes)]


def _between(interval: Range) -> list[sp.Rational]:
    """Return values spread evenly, or by decades where the ends are positive and far apart."""
    low, high = interval.low, interval.high
    steps = sorted(range(1, 256), key=lambda k: -(k & -k))  # 128, 64, 192, 32, ...
    if low > 0 and high / low > 100:
        decades = float(sp.log(high / low, 10))
        values = [sp.Rational(f"{float(low) * 10 ** (decades * k / 256):.6g}") for k in steps]
        return [value for value in values if low < value < high]
    return [low + (high - low) * sp.Rational(k, 256) for k in steps]


def _found(obligation: Obligation, point: Point) -> dict[str, object]:
    value = residual_ball(obligation, point)
    if value is None:
        raise ArithmeticError(f"{obligation.name}: the counterexample lost its value")
    coordinates = {symbol.name: str(number) for symbol, number in point.items()}
    return {"point": coordinates, "residual": text(value), "of": obligation.name}
