"""A limit is searched as given and in the square root of the variable; refuted at exact values of the other symbols.

There it is found by the same rules and differs.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.statement import Tends
from verify.arithmetic.balls import Undefined, ball, without_derivatives
from verify.arithmetic.points import BITS, Witness, points, type_point
from verify.kernel.algebra import Frac, Undecidable
from verify.kernel.checking import check
from verify.kernel.decision import Decision
from verify.kernel.domains import complete
from verify.kernel.limits import approach, domains, found_limit, is_value, local, parametrised
from verify.kernel.signs import Signs, all_hold
from verify.prover.guide import Guide
from verify.prover.vanishing import expression, refined

SAMPLES = 12
_SIGNS = {sp.Gt: (1,), sp.Ge: (1,), sp.Lt: (-1,), sp.Le: (-1,), sp.Ne: (1, -1)}


def decide_tends(obligation: Tends) -> Decision:
    """Return whether `expr` tends to `value` as `var` tends to `point` from inside the domain."""
    reasons: list[str] = []
    try:
        question = local(obligation)
        nearby = _Nearby(question)
        for root in (False, True):
            with _noted(reasons):
                found, certificate = _found(parametrised(question, root))
                if certificate and nearby.first() and (proof := check(obligation, certificate | {"root": root})):
                    return Decision("proved", "the limit is the value", proof)
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


def _found(case: Tends) -> tuple[sp.Expr, dict[str, Any] | None]:
    """Return the limit, zoo if only its modulus is infinite, and the certificate that it is the value, if it is.

    Raises:
        Undecidable: the limit was not found.
    """

    def task(finer: dict) -> tuple[sp.Expr, dict[str, Any] | None]:
        guides = [Guide(finer) for _ in domains(case)]
        ein, size = case.point is not sp.oo, 16 * finer.get(("ring", 0), 1)
        places = [_signs(guide, domain, ein, size) for guide, domain in zip(guides, domains(case), strict=True)]
        limit, value = found_limit(case, places)
        if not all(all_hold(signs, signs) for signs in places):
            raise Undecidable("conditions are open")
        found = expression(places[-1].tower, limit) if isinstance(limit, Frac) else limit * sp.oo if limit else sp.zoo
        if not is_value(limit, value, case.value, places):
            return found, None
        return found, {"ein": ein, "size": size, "towers": [guide.record() for guide in guides]}

    return refined(task)


def _signs(guide: Guide, domain: Domain, ein: bool, size: int) -> Signs:
    guide.tower(domain, ein, size)
    return guide.inside


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
    for root in (False, True):
        with _noted(reasons):
            return _found(parametrised(case, root))[0]
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
    return Tends(question.name, expr, x, point, value, approach(domain, x, point))


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
