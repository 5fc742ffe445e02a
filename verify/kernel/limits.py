"""A limit is the value of a normal form, or a quotient of Taylor coefficients, once exponentially small terms are
dropped (`scales`); infinity is 1/h for h to 0.

A limit is refuted at exact values of the other symbols, at which it is found by the same rules and differs.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import sympy as sp

from theory.domain import Domain, Range
from theory.statement import Tends
from verify.balls import Undefined, ball, without_derivatives
from verify.kernel.decision import Decision, proved
from verify.kernel.quotient import Frac, Undecidable
from verify.kernel.scales import Limit, Place, type_limit
from verify.kernel.signs import Signs
from verify.kernel.tower import Tower
from verify.kernel.vanishing import complete, discharge, with_tower
from verify.points import BITS, Witness, points, type_point

SAMPLES = 12
_WEAK = {sp.Gt: sp.Ge, sp.Lt: sp.Le}
_SIGNS = {sp.Gt: (1,), sp.Ge: (1,), sp.Lt: (-1,), sp.Le: (-1,), sp.Ne: (1, -1)}


def decide_tends(obligation: Tends) -> Decision:
    """Return whether `expr` tends to `value` as `var` tends to `point` from inside the domain."""
    reasons: list[str] = []
    try:
        question = _local(obligation)
        nearby = _Nearby(question)
        for case in _parametrisations(question):
            with _noted(reasons):
                found, steps = _proof(case)
                if steps and nearby.first():
                    return proved(obligation, "the limit is the value", steps)
                if witness := nearby.witness(found):
                    return Decision("refuted", "another limit at the witness", witness=witness)
                reasons.append("no witness near the limit")
                break
        if witness := nearby.witness():
            return Decision("refuted", "another limit at the witness", witness=witness)
    except Undecidable as reason:
        reasons.append(str(reason))
    return Decision("undecided", "; ".join(dict.fromkeys(reasons)))


@contextmanager
def _noted(reasons: list[str]) -> Iterator[None]:
    try:
        yield
    except Undecidable as reason:
        reasons.append(str(reason))


def _local(given: Tends) -> Tends:
    """Return the question on the domain without the limit point itself, infinity being positive."""
    x, point = given.var, given.point
    domain = complete(given.domain, given.expr, given.value, point, x)
    if point is -sp.oo:
        if given.expr.has(sp.Derivative) or x.is_integer:
            raise Undecidable(f"limit at {point}")
        y, ranges = sp.Symbol(f"minus_{x.name}", real=True), dict(domain.ranges)
        r = ranges.pop(x)
        ranges[y] = Range(-r.high, -r.low, r.high_open, r.low_open)
        conditions = tuple(c.xreplace({x: -y}) for c in domain.conditions)
        domain = Domain(tuple(ranges.items())).where(*conditions)
        given = replace(given, expr=given.expr.xreplace({x: -y}), var=y, point=sp.oo)
    if given.point.has(x) or (x.is_integer and given.point is not sp.oo):
        raise Undecidable(f"{given.point} is not a limit of the domain")
    return replace(given, domain=_approach(domain, given.var, given.point))


def _approach(domain: Domain, x: sp.Symbol, point: sp.Expr) -> Domain:
    """Return the domain without `x` = `point`, and beyond 1 if that is infinite."""
    ranges = dict(domain.ranges)
    r = ranges[x]
    if not (point is sp.oo or point.is_Rational):
        return domain.where(sp.Ne(x, point))
    if not (r.low <= point <= r.high and r.low < r.high):
        raise Undecidable(f"{point} is not a limit of the domain")
    low = max(r.low, sp.S.One) if point is sp.oo else r.low
    ranges[x] = Range(low, r.high, r.low_open or point in (r.low, sp.oo), r.high_open or point == r.high)
    inside = (sp.Ne(x, point),) if r.low < point < r.high else ()
    return Domain(tuple(ranges.items()), domain.conditions + inside)


def _parametrisations(question: Tends) -> Iterator[Tends]:
    """Yield the limit as given, and with x = r**2, in which square roots are smooth."""
    yield question
    x, point = question.var, question.point
    if point in (0, sp.oo) and question.domain.range_of(x).low >= 0 and not question.expr.has(sp.Derivative):
        if x.is_integer:
            return
        r, low = sp.Symbol(f"sqrt_{x.name}", positive=True), sp.S.Zero if point == 0 else sp.S.One
        ranges = tuple((s, i) for s, i in question.domain.ranges if s != x)
        top = question.domain.range_of(x).high
        bounds = (sp.Le(r**2, top),) if top.is_finite else ()
        conditions = tuple(c.xreplace({x: r**2}) for c in question.domain.conditions)
        domain = Domain((*ranges, (r, Range(low, sp.oo, True, True)))).where(*conditions, *bounds)
        yield replace(question, expr=question.expr.xreplace({x: r**2}), var=r, domain=domain)


def _proof(case: Tends) -> tuple[sp.Expr, list[str]]:
    """Return the limit, zoo if only its modulus is infinite, and the steps that prove that it is the value, if it is.

    Raises:
        Undecidable: the limit was not found.
    """
    face, limit, steps = _limit(case, case.value)
    if isinstance(limit, int) or case.value.is_infinite:
        found = face.expression(limit) if isinstance(limit, Frac) else limit * sp.oo if limit else sp.zoo
        return found, steps if limit and case.value == found else []
    gap = face.reduce(face.convert(case.value) - limit)
    return face.expression(limit), [*steps, f"limit {limit}"] if gap.num.is_zero() else []


def _limit(case: Tends, value: sp.Expr = sp.S.Zero) -> tuple[Tower, type_limit, list[str]]:
    """Return the limit with the tower it and `value` live in, and the steps that prove it.

    Raises:
        Undecidable: it was not found.
    """
    state: list = []
    x, point, domain = case.var, case.point, case.domain

    def task(source: Tower) -> Frac:
        f = source.convert(case.expr)
        source.convert(x)
        middle = source if point is not sp.oo else _tower(source, _inverted(domain, x))
        face = _tower(source, _face(domain, x, point))
        limit = Limit(Place(source, middle, face, x, point)).of(f)
        if value.is_finite is not False:
            face.convert(value)
        state[:] = [face, limit, {id(t): t for t in (source, middle, face)}.values(), str(f)]
        return f

    with_tower(domain, task, ein=point is not sp.oo)
    face, limit, towers, form = state
    return face, limit, [*(step for t in towers for step in _discharged(t)), f"normal form {form}"]


def _tower(source: Tower, domain: Domain) -> Tower:
    return Tower(domain, source.ein, source.finer, lambda t: Signs(t, domain))


def _discharged(tower: Tower) -> list[str]:
    """Return why the conditions of the tower hold, at the corners too."""
    left, steps = discharge(tower, tower.domain)
    signs = Signs(tower, tower.domain)
    corners = [c for c in list(tower.conditions.values()) if not signs.holds(c.poly, c.op)]
    if left or corners:
        raise Undecidable(f"conditions are open: {', '.join(left) or 'at the corners'}")
    return steps[:-1]


def _inverted(domain: Domain, x: sp.Symbol) -> Domain:
    """Return what holds for h = 1/x, or more."""
    h, low = Place.inverse(x), domain.range_of(x).low
    touched = [] if x.is_integer else [c.xreplace({x: 1 / h}) for c in domain.conditions if c.has(x)]
    kept = tuple(c for c in (*touched, *(c for c in domain.conditions if not c.has(x))) if c not in (sp.true, sp.false))
    ranges = tuple((s, r) for s, r in domain.ranges if s != x)
    return Domain((*ranges, (h, Range(sp.S.Zero, 1 / low, True, False))), kept)


def _face(domain: Domain, x: sp.Symbol, point: sp.Expr) -> Domain:
    """Return what the other symbols satisfy near the limit, or more: conditions that are continuous there, weakened."""
    touched = [c for c in domain.conditions if c.has(x) and not isinstance(c, sp.Ne)]
    ends = domain.range_of(x)
    sides = [(_WEAK.get(type(c), type(c)), c.lhs - c.rhs) for c in touched]
    sides += [(kind, x - e) for kind, e in ((sp.Ge, ends.low), (sp.Le, ends.high)) if e.is_finite]
    moved = [kind(value, 0) for kind, side in sides for value in _values(side, x, point)]
    kept = [c for c in (*moved, *(c for c in domain.conditions if not c.has(x))) if c != sp.true]
    if sp.false in kept:
        raise Undecidable("no point of the domain is near the limit")
    return Domain(tuple((s, r) for s, r in domain.ranges if s != x), tuple(kept))


def _values(side: sp.Expr, x: sp.Symbol, point: sp.Expr) -> list[sp.Expr]:
    """Return the value of a polynomial at the limit, or its leading coefficient at infinity; nothing otherwise."""
    if not side.is_polynomial(x):
        return []
    return [sp.LC(side, x) if point is sp.oo else side.xreplace({x: point})]


class _Nearby:
    """Exact values of the other symbols at which the limit is one of the domain."""

    def __init__(self, question: Tends) -> None:
        """Look for values as they are needed."""
        x = question.var
        self.question = question
        if any(v != x for d in question.expr.atoms(sp.Derivative) for v in d.variables):
            self.question = replace(question, expr=without_derivatives(question.expr))
        self.found: list[tuple[type_point, Tends]] = []
        self.rest = self._search()

    def __iter__(self) -> Iterator[tuple[type_point, Tends]]:
        """Yield the values, and the question at them."""
        yield from self.found
        for case in self.rest:
            self.found.append(case)
            yield case

    def first(self) -> bool:
        """Return whether there is one."""
        return next(iter(self), None) is not None

    def witness(self, limit: sp.Expr | None = None) -> Witness | None:
        """Return values at which the limit, as found for all or for them alone, is not the value."""
        for others, case in self:
            with suppress(Undecidable, Undefined, ValueError):
                found = limit.xreplace(others) if limit is not None else _alone(case)
                if _differ(found, case.value):
                    point = tuple((s.name, str(v)) for s, v in others.items())
                    return Witness(point, _text(found, case.value), f"limit {found} != {case.value}")
        return None

    def _search(self) -> Iterator[tuple[type_point, Tends]]:
        x = self.question.var
        for point in _simple(self.question.domain, SAMPLES):
            others = {s: v for s, v in point.items() if s != x}
            with suppress(Undecidable, ValueError):
                case = _at(self.question, others)
                if all(_admits(c, case) for c in case.domain.conditions):
                    yield others, case


def _alone(case: Tends) -> sp.Expr:
    """Return the limit of a question about one symbol."""
    reasons: list[str] = []
    for one in _parametrisations(case):
        with _noted(reasons):
            return _proof(one)[0]
    raise Undecidable("; ".join(reasons))


def _simple(domain: Domain, count: int) -> list[type_point]:
    """Return exact points of the domain: first some with small numbers, which are powers of generators."""
    found = [p for p in points(domain, 6 * count) if all(isinstance(v, sp.Rational) for v in p.values())]
    small = sorted(found, key=lambda p: max((abs(v.p) + v.q for v in p.values()), default=1))[: count // 2]
    return small + [p for p in found if p not in small][: count - len(small)]


def _at(question: Tends, others: type_point) -> Tends:
    """Return the question about one symbol that is left."""
    x, r = question.var, question.domain.range_of(question.var)
    conditions = [_moved(c, others) for c in question.domain.conditions if c.has(x)]
    domain = complete(Domain(((x, r),)).where(*conditions), x)
    expr, value, point = (e.xreplace(others) for e in (question.expr, question.value, question.point))
    return Tends(question.name, expr, x, point, value, _approach(domain, x, point))


def _moved(condition: sp.Basic, others: type_point) -> sp.Basic:
    left, right = (side.xreplace(others) for side in condition.args)
    return type(condition)(left, right)


def _admits(condition: sp.Basic, case: Tends) -> bool:
    """Return whether the condition certainly holds near the limit, being strict there or about the point itself."""
    if condition in (sp.Ne(case.var, case.point), sp.Ne(case.point, case.var)):
        return True
    domain = Domain(((case.var, case.domain.range_of(case.var)),))
    gap = _alone(replace(case, expr=condition.lhs - condition.rhs, value=sp.S.Zero, domain=domain))
    if gap is sp.zoo:
        return isinstance(condition, sp.Ne)
    found = gap if gap.is_infinite else ball(gap, {}, BITS[-1])
    return int(bool(found > 0)) - int(bool(found < 0)) in _SIGNS.get(type(condition), ())


def _differ(found: sp.Expr, value: sp.Expr) -> bool:
    """Return whether the limit found at an exact point is certainly not the value there."""
    if found.is_infinite:
        return found not in (value, sp.zoo) if value.is_infinite else ball(value, {}).is_finite()
    return bool(value.is_infinite) or not ball(found - value, {}, BITS[-1]).contains(0)


def _text(found: sp.Expr, value: sp.Expr) -> tuple[str, str]:
    if not (found.is_finite and value.is_finite):
        return str(found), "0"
    gap = ball(found - value, {})
    return gap.mid().str(30, radius=False), gap.rad().str(5, radius=False)
