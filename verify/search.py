"""A search for an admissible rational point at which balls contradict an obligation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

import sympy as sp
from flint import arb
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample, Unsatisfiable

from theory.domain import Domain, Range
from theory.statement import Compares, MatrixVanishes, Obligation, Tends, Vanishes
from verify.kernel.balls import Undefined, ball

Point = Mapping[sp.Symbol, sp.Rational]
BITS = 160
SEED = 20


@dataclass(slots=True)
class Search:
    """One search; `decided` counts the admissible points at which the obligation could be evaluated."""

    obligation: Obligation
    examples: int
    shrink: bool = True
    decided: int = field(default=0, init=False)

    def run(self) -> dict[str, object] | None:
        """Return a contradicting point and its ball, as text, or None."""
        if isinstance(self.obligation, MatrixVanishes):
            return self._matrices()
        if not _can_be_sampled(self.obligation):
            return None
        phases = (Phase.generate, Phase.shrink) if self.shrink else (Phase.generate,)
        setup = settings(
            max_examples=self.examples,
            database=None,
            deadline=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        )
        try:
            point = find(points(self.obligation.domain), self._contradicted, settings=setup, random=Random(SEED))
        except (NoSuchExample, Unsatisfiable):
            return None
        return _witness(point, residual_ball(self.obligation, point))

    def _contradicted(self, point: Point) -> bool:
        if (value := residual_ball(self.obligation, point)) is None:
            return False
        self.decided += 1
        return contradicts(self.obligation, value)

    def _matrices(self) -> dict[str, object] | None:
        from verify.kernel.matrices import instance

        for seed in range(max(4, self.examples // 10)):
            if (found := instance(self.obligation, seed)) is None:
                continue
            self.decided += 1
            if not found.vanishes:
                return found.witness.as_dict()
        return None


def points(domain: Domain) -> st.SearchStrategy[dict[sp.Symbol, sp.Rational]]:
    """Return the admissible rational points of `domain`, corners included; they shrink towards 1."""
    fields = {symbol: _values(symbol, interval) for symbol, interval in domain.ranges}
    return st.fixed_dictionaries(fields).filter(lambda point: admissible(domain, point))


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


def _can_be_sampled(obligation: Obligation) -> bool:
    if any(isinstance(condition, sp.Eq) for condition in obligation.domain.conditions):
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
    except Undefined:
        return None


def _values(symbol: sp.Symbol, interval: Range) -> st.SearchStrategy[sp.Rational]:
    if symbol.is_integer:
        top = 12 if interval.high == sp.oo else int(interval.high)
        return st.integers(int(interval.low), top).map(sp.Integer)
    inside = _bounded(interval) if interval.high != sp.oo and interval.low != -sp.oo else _unbounded(interval)
    return st.one_of(inside, *map(st.just, _corners(interval)))


def _corners(interval: Range) -> Iterator[sp.Rational]:
    if interval.low != -sp.oo and not interval.low_open:
        yield interval.low
    if interval.high != sp.oo and not interval.high_open:
        yield interval.high


def _unbounded(interval: Range) -> st.SearchStrategy[sp.Rational]:
    """Return values spread over six decades beyond the finite end, on both sides if there is none."""
    sizes = st.builds(lambda m, e: sp.Rational(m, 10) * sp.Integer(10) ** e, st.integers(10, 99), st.integers(-3, 2))
    if interval.low != -sp.oo:
        return sizes.map(lambda size: interval.low + size)
    if interval.high != sp.oo:
        return sizes.map(lambda size: interval.high - size)
    return st.one_of(sizes, sizes.map(lambda size: -size), st.just(sp.S.Zero))


def _bounded(interval: Range) -> st.SearchStrategy[sp.Rational]:
    """Return values spread evenly, or by decades where the ends are positive and far apart."""
    low, high = interval.low, interval.high
    steps = st.integers(1, 255)
    if low > 0 and high / low > 100:
        decades = float(sp.log(high / low, 10))
        return steps.map(lambda k: sp.Rational(str(round(float(low) * 10 ** (decades * k / 256), 12))))
    return steps.map(lambda k: low + (high - low) * sp.Rational(k, 256))


def _witness(point: Point, value: arb) -> dict[str, object]:
    coordinates = {symbol.name: str(number) for symbol, number in point.items()}
    return {"point": coordinates, "residual": value.str(12)}
