"""A limit at a finite point is a value of the normal form, or a quotient of Taylor coefficients; at infinity
exponentially small generators are dropped and degrees compared.
"""

import sympy as sp

from theory.domain import Domain, Range
from theory.statement import Tends
from verify.kernel.decision import Decision, proved
from verify.kernel.quotient import Frac, Undecidable, compose
from verify.kernel.signs import Signs, generator_image, image
from verify.kernel.tower import Gen, Tower, coefficients
from verify.kernel.vanishing import complete, discharge, with_tower
from verify.kernel.witnesses import find, points

ORDERS = 5
type_limit = Frac | int  # a fraction, or +1 / -1 for plus or minus infinity


def decide_tends(obligation: Tends) -> Decision:
    """Return whether `expr` tends to `value` as `var` tends to `point` from inside the domain."""
    x, point, value = obligation.var, obligation.point, obligation.value
    reasons = []
    for expr, var, at in _parametrisations(obligation.expr, x, point):
        try:
            domain = _approach(complete(obligation.domain, expr, value, var), var, at)
            return _compare(obligation, (domain, var, at), *_limit(expr, var, at, domain, value))
        except Undecidable as reason:
            reasons.append(str(reason))
    return Decision("undecided", "; ".join(reasons))


def _parametrisations(expr: sp.Expr, x: sp.Symbol, point: sp.Expr) -> list[tuple[sp.Expr, sp.Symbol, sp.Expr]]:
    """Return the limit as given, and with x = r**2, in which square roots are smooth."""
    out = [(expr, x, point)]
    if x.is_nonnegative and not x.is_integer and point in (0, sp.oo) and not expr.has(sp.Derivative):
        r = sp.Symbol(f"sqrt_{x.name}", positive=True)
        out.append((expr.xreplace({x: r**2}), r, point))
    return out


def _approach(domain: Domain, x: sp.Symbol, point: sp.Expr) -> Domain:
    """Return the domain without `x` = `point`."""
    ranges, conditions = [], list(domain.conditions)
    for s, r in domain.ranges:
        if s == x and not (r.low <= point <= r.high):
            raise Undecidable(f"{point} is not a limit of the domain")
        low = max(r.low, sp.S.One) if s == x and point is sp.oo else r.low
        opened = Range(low, r.high, r.low_open or point in (r.low, sp.oo), r.high_open or point == r.high)
        ranges.append((s, opened if s == x else r))
        conditions += [sp.Ne(x, point)] if s == x and r.low < point < r.high else []
    return Domain(tuple(ranges), tuple(conditions))


def _limit(
    expr: sp.Expr, x: sp.Symbol, point: sp.Expr, domain: Domain, value: sp.Expr
) -> tuple[Tower, type_limit, Frac, list[str]]:
    """Return the tower of the limit, the limit, its distance from `value`, and the steps."""
    if not (point is sp.oo or point.is_Rational):
        raise Undecidable(f"limit at {point}")
    state: list = []

    def task(source: Tower) -> Frac:
        f = source.convert(expr)
        source.convert(x)
        face = domain if point is sp.oo else _face(domain, x, point)
        target = Tower(face, source.ein, source.finer, lambda t: Signs(t, face))
        limit = (_AtInfinity if point is sp.oo else _AtPoint)(source, target, x, point).of(f)
        gap = target.one if value.is_infinite or isinstance(limit, int) else target.convert(value) - limit
        state[:] = [target, limit, gap]
        return f

    source, f = with_tower(domain, task, ein=point is not sp.oo)
    steps = []
    for tower in (source, state[0]):
        left, found = discharge(tower, tower.domain)
        corners = all(Signs(tower, tower.domain).holds(c.poly, c.op) for c in list(tower.conditions.values()))
        if left or not corners:
            raise Undecidable(f"conditions are open: {', '.join(left) or 'at the corners'}")
        steps += found[:-1]
    return *state, [*steps, f"normal form {f}"]


class _AtPoint:
    """Limits at a finite point: values, or quotients of the first derivatives that are not both 0."""

    def __init__(self, source: Tower, target: Tower, x: sp.Symbol, point: sp.Rational) -> None:
        self.source, self.target, self.i = source, target, source.index["symbol", x]
        self.at = {self.i: target.rational(point)}
        self.depth = 0

    def of(self, f: Frac) -> type_limit:
        """Return the limit of `f`; infinite if its inverse tends to 0 with a known sign."""
        try:
            return self.finite(f)
        except Undecidable:
            sign = Signs(self.source, self.source.domain).of(f)
            if not sign or not sign[1] or not self.finite(f.inverse()).num.is_zero():
                raise
            return sign[0]

    def finite(self, f: Frac) -> Frac:
        """Return the limit of `f`."""
        return image(self.source, f, self.target, self.at, self._quotient)

    def _quotient(self, f: Frac) -> Frac:
        self.depth += 1
        top, bottom = Frac.of(f.num), Frac.of(f.den)
        for _ in range(ORDERS if self.depth < ORDERS else 0):
            n, d = self.finite(top), self.finite(bottom)
            if not d.num.is_zero():
                self.depth -= 1
                return self.target.over(n, d, "leading coefficient of the denominator")
            if not n.num.is_zero():
                break
            top, bottom = self.source.derivative(top, self.i), self.source.derivative(bottom, self.i)
        raise Undecidable("a pole, or 0/0 of too high an order")


def _face(domain: Domain, x: sp.Symbol, point: sp.Expr, *, opened: bool = False) -> Domain:
    """Return what the other symbols satisfy at x = point: conditions not strict, or strict ones only if `opened`."""
    kinds = {sp.Ge: sp.Gt, sp.Le: sp.Lt} if opened else {sp.Gt: sp.Ge, sp.Lt: sp.Le}
    touched = [c for c in domain.conditions if c.has(x) and not isinstance(c, sp.Ne)]
    there = [[a.xreplace({x: point}) for a in c.args] for c in touched]
    if any(a.has(sp.nan, sp.zoo, sp.oo, -sp.oo) for pair in there for a in pair):
        raise Undecidable("a condition has no value at the limit")
    moved = [kinds.get(type(c), type(c))(*pair) for c, pair in zip(touched, there, strict=True)]
    kept = [c for c in (*moved, *(c for c in domain.conditions if not c.has(x))) if c != sp.true]
    if sp.false in kept:
        raise Undecidable("no point of the domain is near the limit")
    return Domain(tuple((s, r) for s, r in domain.ranges if s != x), tuple(kept))


class _AtInfinity:
    """Limits for x to infinity: what is exponentially small is dropped, then degrees in x are compared."""

    def __init__(self, source: Tower, target: Tower, x: sp.Symbol, point: sp.Expr) -> None:
        del point
        self.source, self.target, self.i = source, target, source.index["symbol", x]
        self.at = {self.i: target.convert(x)}
        self.x = target.index["symbol", x]
        self.growing: dict[int, Frac] = {}
        self.signs = Signs(target, target.domain)

    def of(self, f: Frac) -> type_limit:
        """Return the limit of `f`."""
        for j in {j for q in (f.num, f.den) for j, d in enumerate(q.degrees()) if d > 0} - set(self.at):
            if self.source.depends(j, self.i):
                self.at[j] = self._generator(j)
        f = compose(f.num, self.growing) * compose(f.den, self.growing).inverse()
        top, bottom = (image(self.source, Frac.of(q), self.target, self.at) for q in (f.num, f.den))
        if bottom.num.is_zero() and not top.num.is_zero():
            return self._infinite(f, top)
        return self._by_degrees(top, bottom)

    def _by_degrees(self, top: Frac, bottom: Frac) -> type_limit:
        n, d = self._leading(top), self._leading(bottom)
        ratio = self.target.over(n[1], d[1], "leading coefficient of the denominator")
        if n[0] <= d[0] or top.num.is_zero():
            return ratio if n[0] == d[0] else ratio * 0
        found = self.signs.of(ratio)
        if not found or not found[1]:
            raise Undecidable(f"sign of the leading coefficient {self.target.show(ratio)}")
        return found[0]

    def _infinite(self, f: Frac, top: Frac) -> int:
        self.target.over(self.target.one, self._leading(top)[1], "leading coefficient of the numerator")
        found = Signs(self.source, self.source.domain).of(f)
        if not found or not found[1]:
            raise Undecidable("sign of an infinite limit")
        return found[0]

    def _leading(self, f: Frac) -> tuple[int, Frac]:
        """Return degree and leading coefficient in x, on which no other generator may depend."""
        polys = (f.num, f.den)
        if any(
            d > 0 and j != self.x and self.target.depends(j, self.x) for q in polys for j, d in enumerate(q.degrees())
        ):
            raise Undecidable("a generator has no limit")
        (n, a), (d, b) = (coefficients(q, self.x)[-1] if not q.is_zero() else (0, q) for q in polys)
        return n - d, self.target.over(Frac.of(a), Frac.of(b), "leading coefficient")

    def _generator(self, j: int) -> Frac:
        """Return the limit of generator j: 0 if exponentially small (it or its inverse), itself if bounded."""
        g = self.source.gens[j]
        if g.kind == "power":
            return self._power(j, g)
        arg = g.arg if isinstance(g.arg, Frac) else Frac.of(g.arg)
        try:
            limit = self.of(arg)
        except Undecidable:
            there = image(self.source, arg, self.target, self.at)
            if g.kind == "exp" and self.signs.holds(-there, ">="):
                return self.target.exp(there)
            raise
        if isinstance(limit, Frac):
            return generator_image(g, limit, self.target)
        if g.kind == "exp" or (g.kind == "Ei" and limit < 0):
            return self._small(j, limit < 0)
        if g.kind == "erf":
            return self.target.one * limit
        raise Undecidable(f"{g.kind} of an infinite argument")

    def _power(self, j: int, g: Gen) -> Frac:
        base, order = (image(self.source, f, self.target, self.at) for f in (Frac.of(g.arg), g.order))
        one, holds = self.target.one, self.signs.holds
        if self.target.depends_on(base, self.x) or not holds(order, ">"):
            raise Undecidable("base or exponent of a power at infinity")
        if holds(one - base, ">=") and holds(one + base, ">="):
            inside = holds(one - base, ">") and holds(one + base, ">")
            return one * 0 if inside else self.target.integer_power(base, order)
        if holds(base - one, ">"):
            return self._small(j, False)
        raise Undecidable(f"size of {self.target.show(base)} against 1")

    def _small(self, j: int, small: bool) -> Frac:
        if not small:
            self.growing[j] = Frac.of(self.source.ring.gen(j)).inverse()
        return self.target.one * 0


def _compare(
    obligation: Tends, approach: tuple, target: Tower, limit: type_limit, gap: Frac, steps: list[str]
) -> Decision:
    """Return the decision, the limit being known."""
    value = obligation.value
    is_infinite = isinstance(limit, int)
    found = limit * sp.oo if is_infinite else target.expression(limit)
    if gap.num.is_zero() or (is_infinite and value == found):
        return proved(obligation, "the limit is the value", [*steps, f"limit {limit}"])
    face = _face(*approach, opened=True)
    if (is_infinite or value.is_infinite) and next(points(face, 1), None) is not None:
        return Decision("refuted", f"the limit is {found}")
    witness = None if is_infinite or value.is_infinite else find(found - value, "!=", face)
    return Decision("refuted" if witness else "undecided", f"the limit is {found}", witness=witness)
