"""An expression vanishes if its normal form is 0 and every condition recorded on the way holds on the domain.

The conditions of a rewriting need to hold on a dense part of the domain only: where all conditions of the expression
itself hold, it is continuous. So 0 on the interior is 0 on the closed corners.
"""

from collections.abc import Callable

import sympy as sp

from theory.domain import Domain, Range, domain_of
from theory.statement import Vanishes
from verify.kernel.decision import Decision, proved
from verify.kernel.quotient import Frac, Undecidable, factors
from verify.kernel.signs import Signs
from verify.kernel.tower import Condition, Refine, Tower
from verify.points import find, points

ROUNDS = 12


def decide_vanishes(obligation: Vanishes) -> Decision:
    """Return whether `expr` is 0 at every point of the domain."""
    domain = complete(obligation.domain, obligation.expr)
    reasons: list[str] = []
    open_: tuple[str, ...] = ()
    for ein in (False, True):
        try:
            tower, f = normal_form(obligation.expr, domain, ein=ein)
            is_zero = _is_zero(tower, f)
            if not is_zero and (witness := find(obligation.expr, "!=", domain)):
                return Decision("refuted", "not 0 at the witness", witness=witness)
            left, steps = discharge(tower, domain)
        except Undecidable as reason:
            reasons.append(str(reason))
            continue
        if is_zero and not left:
            return proved(obligation, "the normal form is 0", steps)
        reasons += [] if is_zero else ["the normal form is not 0"]
        open_ = open_ or left
        if not is_zero:
            break
    witness = find(obligation.expr, "!=", domain)
    if witness:
        return Decision("refuted", "not 0 at the witness", witness=witness)
    reasons += [f"conditions are open: {', '.join(open_)}"] if open_ else []
    return Decision("undecided", "; ".join(reasons), open_conditions=open_)


def complete(domain: Domain, *exprs: sp.Basic) -> Domain:
    """Return the domain with the widest range for every symbol that has none."""
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


def normal_form(expr: sp.Expr, domain: Domain, *, ein: bool) -> tuple[Tower, Frac]:
    """Return the normal form of `expr` and the tower it lives in.

    Raises:
        Undecidable: there is none.
    """
    return with_tower(domain, lambda tower: tower.convert(expr), ein=ein)


def with_tower(domain: Domain, task: Callable[[Tower], Frac], *, ein: bool) -> tuple[Tower, Frac]:
    """Return task(tower), starting again with finer generators as long as that is asked for."""
    finer: dict = {}
    inner = interior(domain)
    for _ in range(ROUNDS):
        tower = Tower(domain, ein, finer, lambda t: Signs(t, inner))
        try:
            return tower, task(tower)
        except Refine as finding:
            finer = finer | {finding.key: finer.get(finding.key, 1) * finding.factor}
    raise Undecidable("generators do not settle")


def discharge(tower: Tower, domain: Domain) -> tuple[tuple[str, ...], list[str]]:
    """Return the conditions that stay open, and the steps of the proof."""
    everywhere = Signs(tower, domain) if interior(domain) != domain else tower.signs
    steps, left = [], []
    for condition in list(tower.conditions.values()):
        where = "interior" if condition.working else "domain"
        if _discharged(tower, condition, everywhere):
            steps.append(f"{condition.poly} {condition.op} 0 on the {where}: {condition.why}")
        else:
            left.append(f"{tower.show(condition.poly)} {condition.op} 0")
    return tuple(left), [*tower.table(), *steps, "the numerator is the zero polynomial"]


def _discharged(tower: Tower, condition: Condition, everywhere: Signs) -> bool:
    if not condition.working:
        return everywhere.holds(condition.poly, condition.op)
    return tower.signs.holds(condition.poly, condition.op) or (condition.op == "!=" and _thin(tower, condition.poly))


def _thin(tower: Tower, f: Frac) -> bool:
    """Return whether the zeros of `f`, a nonzero polynomial in continuous symbols, have no interior."""
    used = [tower.gens[i] for i, d in enumerate(f.num.degrees()) if d > 0]
    free = {s for s, r in tower.domain.ranges if r.low < r.high and not s.is_integer}
    return f.den.is_one() and all(g.kind == "symbol" and g.arg in free for g in used) and _is_regular(tower.domain)


def interior(domain: Domain) -> Domain:
    """Return a dense part of the domain without its closed ends; the domain itself where that is not certain."""
    return _opened(domain) if _is_regular(domain) else domain


def _is_regular(domain: Domain) -> bool:
    """Return whether every point is a limit of points of the opened domain."""
    if not all(_keeps_density(c) for c in domain.conditions):
        return False
    weak = any(isinstance(c, sp.Ge | sp.Le) for c in domain.conditions)
    return not weak or (sp.false not in _strict(domain) and next(points(_opened(domain), 1), None) is not None)


def _opened(domain: Domain) -> Domain:
    ranges = tuple(
        (s, r if s.is_integer or r.low == r.high else Range(r.low, r.high, True, True)) for s, r in domain.ranges
    )
    return Domain(ranges, tuple(c for c in _strict(domain) if c != sp.true))


def _strict(domain: Domain) -> list[sp.Basic]:
    kinds = {sp.Ge: sp.Gt, sp.Le: sp.Lt}
    return [kinds.get(type(c), type(c))(c.lhs, c.rhs) for c in domain.conditions]


def _keeps_density(condition: sp.Basic) -> bool:
    """Return whether a condition is open, or affine so that the domain is convex."""
    if isinstance(condition, sp.Eq):
        return False
    if isinstance(condition, sp.Ge | sp.Le):
        free = condition.free_symbols
        side = condition.lhs - condition.rhs
        affine = side.is_polynomial(*free) and sp.Poly(side, *free).total_degree() < 2
        return affine and not any(s.is_integer for s in free)
    return True


def _is_zero(tower: Tower, f: Frac) -> bool:
    """Return whether `f` is 0, by itself or because an equality of the domain divides it."""
    if f.num.is_zero():
        return True
    for g, relation in tower.signs.conditions():
        if relation is sp.Eq and all(divmod(f.num, q)[1].is_zero() for q, _ in factors(g.num)[1]):
            tower.require(Frac.of(g.den), "!=", "denominator in an equality of the domain")
            return not g.num.is_constant()
    return False
