"""A limit is the value of a normal form, or a quotient of Taylor coefficients, once exponentially small terms are gone.

Infinity is 1/h for h to 0. Near a limit a fraction is a sum of exponential scales, each with a coefficient that grows
at most like a power of h. The largest scale of the denominator is divided out and what is exponentially smaller is
dropped. A generator that tends to a value exponentially fast is that value plus a tail, a scale of its own that is
known by a bound only: Ei(v) = O(exp(v)) for v to -oo, erf(v) = 1 + O(exp(-v**2)), f(v + small) = f(v) + O(small).
"""

from dataclasses import dataclass, field, replace
from typing import Any

import sympy as sp
from flint import fmpq_mpoly

from theory.domain import Domain, Range
from theory.statement import Tends
from verify.kernel.algebra import Frac, Undecidable, compose
from verify.kernel.domains import complete
from verify.kernel.signs import Recorded, Signs, all_hold, generator_image, image
from verify.kernel.tower import Gen

ORDERS = 5
type_limit = Frac | int  # a fraction, or +1 / -1 for plus or minus infinity, 0 if only the modulus tends to infinity
type_scale = tuple[tuple[int, int], ...]  # powers of generators
_WEAK = {sp.Gt: sp.Ge, sp.Lt: sp.Le}


def tends(o: Tends, c: dict[str, Any]) -> bool:
    """The limit is the value, for all values of the other symbols; all conditions hold, at the corners too."""
    case = parametrised(local(o), c["root"])
    recorded = [Recorded(part) for part in c["towers"]]
    places = [
        Signs(r.tower(d, c["ein"] is True, min(int(c["size"]), 256)), d, r)
        for r, d in zip(recorded, domains(case), strict=True)
    ]
    return is_value(*found_limit(case, places), case.value, places) and all(all_hold(s, s) for s in places)


def found_limit(case: Tends, places: list[Signs]) -> tuple[type_limit, Frac | None]:
    """Return the limit and the value it should have, if that is finite, both on the face."""
    source, face = places[0], places[-1]
    f = source.tower.convert(case.expr)
    source.tower.convert(case.var)
    limit = Limit(source, places[-2], face, case.var, case.point).of(f)
    return limit, face.tower.convert(case.value) if case.value.is_finite is not False else None


def is_value(limit: type_limit, finite: Frac | None, value: sp.Expr, places: list[Signs]) -> bool:
    """Return whether the limit is the value."""
    if isinstance(limit, int) or finite is None:
        return isinstance(limit, int) and limit != 0 and finite is None and value == limit * sp.oo
    return bool(places[-1].tower.reduce(finite - limit).num.is_zero())


def domains(case: Tends) -> list[Domain]:
    """Return where the expression lives, where it does in h if the point is infinite, and where its limit does."""
    x, point, domain = case.var, case.point, case.domain
    return [domain, *([_inverted(domain, x)] if point is sp.oo else []), _face(domain, x, point)]


def local(given: Tends) -> Tends:
    """Return the question on the domain without the limit point itself, infinity being positive."""
    x, point = given.var, given.point
    domain = complete(given.domain, given.expr, given.value, point, x)
    if point is -sp.oo:
        if given.expr.has(sp.Derivative) or x.is_integer:
            raise Undecidable(f"limit at {point}")
        y, ranges = sp.Symbol(f"minus_{x.name}", real=True), dict(domain.ranges)
        r = ranges.pop(x)
        if y in ranges:
            raise Undecidable(f"the name of {y}")
        ranges[y] = Range(-r.high, -r.low, r.high_open, r.low_open)
        domain = Domain(tuple(ranges.items())).where(*(c.xreplace({x: -y}) for c in domain.conditions))
        given = replace(given, expr=given.expr.xreplace({x: -y}), var=y, point=sp.oo)
    if given.point.has(x) or (x.is_integer and given.point is not sp.oo):
        raise Undecidable(f"{given.point} is not a limit of the domain")
    return replace(given, domain=approach(domain, given.var, given.point))


def approach(domain: Domain, x: sp.Symbol, point: sp.Expr) -> Domain:
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


def parametrised(case: Tends, root: bool) -> Tends:
    """Return the limit as given, or with x = r**2, in which square roots are smooth."""
    if not root:
        return case
    x, point, low = case.var, case.point, sp.S.Zero if case.point == 0 else sp.S.One
    interval, r = case.domain.range_of(x), sp.Symbol(f"sqrt_{x.name}", positive=True)
    derived = case.expr.has(sp.Derivative) or r in case.domain.symbols
    if point not in (0, sp.oo) or interval.low < 0 or derived or x.is_integer:
        raise Undecidable("no root to take")
    bounds = (sp.Le(r**2, interval.high),) if interval.high.is_finite else ()
    conditions = tuple(c.xreplace({x: r**2}) for c in case.domain.conditions)
    ranges = tuple((s, i) for s, i in case.domain.ranges if s != x)
    domain = Domain((*ranges, (r, Range(low, sp.oo, True, True)))).where(*conditions, *bounds)
    return replace(case, expr=case.expr.xreplace({x: r**2}), var=r, domain=domain)


def inverse(x: sp.Symbol) -> sp.Symbol:
    """Return the symbol h of 1/x."""
    return sp.Symbol(f"1/{x.name}", positive=True)


def _inverted(domain: Domain, x: sp.Symbol) -> Domain:
    """Return what holds for h = 1/x, or more."""
    h, low = inverse(x), domain.range_of(x).low
    touched = [] if x.is_integer else [c.xreplace({x: 1 / h}) for c in domain.conditions if c.has(x)]
    kept = tuple(c for c in (*touched, *(c for c in domain.conditions if not c.has(x))) if c not in (sp.true, sp.false))
    ranges = tuple((s, r) for s, r in domain.ranges if s != x)
    if h in dict(ranges):
        raise Undecidable(f"the name of {h}")
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


@dataclass(slots=True)
class Limit:
    """Limits of fractions at a place; `logs` of generators without a finite limit, `values` of those with a tail."""

    near: Signs
    middle: Signs
    face: Signs
    x: sp.Symbol
    point: sp.Expr
    i: int = field(init=False)
    at: dict[int, Frac] = field(default_factory=dict)
    there: dict[int, Frac] = field(init=False)
    kinds: dict[int, str] = field(default_factory=dict)
    logs: dict[int, list[Frac]] = field(default_factory=dict)
    values: dict[int, Frac] = field(default_factory=dict)
    depth: int = 0

    def __post_init__(self) -> None:
        """Place the symbols; what is small tends to 0 as a simple zero in `middle`."""
        self.i = self.near.tower.index["symbol", self.x]
        if self.point is sp.oo:
            h = self.middle.tower.convert(inverse(self.x))
            self.at = {self.i: h.inverse()}
            self.there = {self.middle.tower.index["symbol", inverse(self.x)]: self.face.tower.one * 0}
        else:
            self.there = {self.i: self.face.tower.convert(self.point)}

    def of(self, f: Frac) -> type_limit:
        """Return the limit of `f`, a fraction over the tower `near`."""
        f = self._expanded(f)
        key, bottom = self._leading(f.den)
        self._order(bottom.inverse())
        main, large, _ = self._relative(f.num, key)
        if large:
            scale, top = self._leading(f.num)
            if not self._tame(bottom):
                raise Undecidable("a denominator of unknown growth")
            bases = [self.near.tower.gens[j].arg for j, _ in (*scale, *key) if self._is_power(j)]
            known = all(self.near.holds(base, ">") for base in bases)
            return self._side(top) * self._side(bottom) if known else 0
        order, lead = self._order(main * bottom.inverse())
        return lead if order == 0 else self._infinite(order, lead)

    def _relative(self, p: fmpq_mpoly, key: type_scale) -> tuple[Frac, bool, list[type_scale]]:
        """Return the part of `p` at scale `key`, whether there are larger ones, and the smaller ones."""
        main, large = self.near.tower.one * 0, False
        small: list[type_scale] = []
        for other, c in self._parts(p).items():
            size, factor = self._size(_ratio(other, key))
            if size == 0:
                main = main + c * factor
            elif not self._tame(c):
                raise Undecidable("a generator of unknown growth beside an exponential")
            large, small = large or size > 0, small + [_ratio(other, key)] * (size < 0)
        return main, large, small

    def _leading(self, p: fmpq_mpoly) -> tuple[type_scale, Frac]:
        """Return the largest scale of `p` and the part of `p` there."""
        for key in self._parts(p):
            if all(self.kinds[j] == "scale" for j, _ in key):
                main, large, _ = self._relative(p, key)
                if not large:
                    return key, main
        raise Undecidable("no largest scale")

    def _expanded(self, f: Frac) -> Frac:
        """Return `f` with the limit and a tail for generators that converge exponentially fast."""
        used = self._used(f)
        gens = {j: self.values[j] + Frac.of(self.near.tower.ring.gen(j)) for j in used if j in self.values}
        out = compose(f.num, gens) * compose(f.den, gens).inverse() if gens else f
        if any(j in self.values for j in set(self._used(out)) - set(used)):
            raise Undecidable("a limit that is approached exponentially fast twice")
        return out

    def _used(self, f: Frac) -> list[int]:
        """Return the generators that move with x, classified."""
        used = [j for j in sorted(f.used()) if self.near.tower.depends(j, self.i)]
        for j in used:
            if j not in self.kinds:
                self.kinds[j] = "wild"
                self.kinds[j] = self._kind(j, self.near.tower.gens[j])
        return used

    def _kind(self, j: int, g: Gen) -> str:
        """Return whether generator j is tame (bounded by a power of h), wild (not known), a scale, or has a tail."""
        if g.kind in ("symbol", "power"):
            return "tame" if g.kind == "symbol" else self._power(g)
        try:
            limit = self.of(g.arg)
        except Undecidable:
            limit = 0
        if isinstance(limit, int):
            bounded = not limit and g.kind == "exp" and self.near.holds(-g.arg, ">=")
            return "tame" if bounded else self._at_infinity(j, g, limit)
        regular = {"log": ">", "root": ">", "Ei": "!="}.get(g.kind)
        if regular and not self.face.holds(limit, regular):
            return "tame" if g.kind == "root" else "wild"
        bare, logs = self._bare(g.arg)
        if logs:
            self.values[j], self.logs[j] = generator_image(g, bare, self.near.tower), logs
        return "tail" if logs else "tame"

    def _at_infinity(self, j: int, g: Gen, sign: int) -> str:
        if sign and g.kind in ("exp", "Ei"):
            self.logs[j] = [g.arg]
            return "scale" if g.kind == "exp" else "tail"
        if sign and g.kind == "erf":
            self.values[j], self.logs[j] = self.near.tower.one * sign, [-(g.arg**2)]
            return "tail"
        return "tame" if sign and g.kind in ("log", "root") else "wild"

    def _power(self, g: Gen) -> str:
        base, one = g.arg, self.near.tower.one
        if self.near.tower.depends_on(base, self.i) or self.of(g.order) != 1:
            raise Undecidable("base or exponent of a power in a limit")
        bounded = self.near.holds(one - base, ">=") and self.near.holds(one + base, ">=")
        return "tame" if bounded and not self._shrinks(base) and base != -one else "scale"

    def _is_power(self, j: int) -> bool:
        return self.near.tower.gens[j].kind == "power"

    def _shrinks(self, base: Frac) -> bool:
        one = self.near.tower.one
        return self.near.holds(one - base, ">") and self.near.holds(one + base, ">")

    def _bare(self, f: Frac) -> tuple[Frac, list[Frac]]:
        """Return `f`, whose limit is finite, without what is exponentially small, and the logarithms of that."""
        whole = self._expanded(f)
        key, bottom = self._leading(whole.den)
        top, large, small = self._relative(whole.num, key)
        small += self._relative(whole.den, key)[2]
        if large or any(self._is_power(j) for scale in small for j, _ in scale):
            raise Undecidable("an argument of unknown growth")
        return top * bottom.inverse(), [w for scale in small for w in self._weights(scale)]

    def _parts(self, p: fmpq_mpoly) -> dict[type_scale, Frac]:
        """Return the coefficients of `p`, by the scales they stand at."""
        groups: dict[type_scale, dict] = {}
        for monomial, c in p.to_dict().items():
            scale = tuple((j, k) for j, k in enumerate(monomial) if k and self.kinds.get(j) in ("scale", "tail"))
            rest = tuple(0 if (j, k) in scale else k for j, k in enumerate(monomial))
            groups.setdefault(scale, {})[rest] = c
        return {scale: Frac.of(p.context().from_dict(g)) for scale, g in groups.items()}

    def _size(self, scale: type_scale) -> tuple[int, Frac]:
        """Return whether a scale is exponentially small (-1), large (+1) or 0: then it is the factor returned."""
        if not scale:
            return 0, self.near.tower.one
        powers = [(j, k) for j, k in scale if self._is_power(j)]
        size, factor = max((self._exponential(w) for w in self._weights(scale)), key=lambda s: s[0])
        if any(self.kinds[j] == "tail" for j, _ in scale) and size >= 0:
            raise Undecidable("a tail beside a scale")
        return self._combined(size, factor, self._base(powers)) if powers else (size, factor)

    def _weights(self, scale: type_scale) -> list[Frac]:
        """Return the logarithms that bound a scale, apart from powers; one if it is exact."""
        out = [self.near.tower.one * 0]
        for j, k in scale:
            if not self._is_power(j):
                out = [w + v * k for w in out for v in self.logs[j]]
        return out

    def _exponential(self, w: Frac) -> tuple[int, Frac]:
        limit = self.of(w) if not w.num.is_zero() else w
        if limit == 0 and isinstance(limit, int):
            raise Undecidable("sign of an exponent")
        return (limit, self.near.tower.one) if isinstance(limit, int) else (0, self.near.tower.exp(w))

    def _base(self, powers: list[tuple[int, int]]) -> Frac:
        """Return the base b if the scale is b to one exponent."""
        tower, base = self.near.tower, self.near.tower.one
        if len({str(tower.gens[j].order) for j, _ in powers}) != 1:
            raise Undecidable("powers with different exponents")
        for j, k in powers:
            b = tower.gens[j].arg
            base = base * tower.over(b ** max(k, 0), b ** max(-k, 0))
        return base

    def _combined(self, size: int, factor: Frac, base: Frac) -> tuple[int, Frac]:
        one = self.near.tower.one
        if base == one:
            return size, factor
        if size <= 0 and self._shrinks(base):
            return -1, one
        if size >= 0 and (self.near.holds(base - one, ">") or self.near.holds(-base - one, ">")):
            return 1, one
        raise Undecidable(f"size of {base} against 1")

    def _tame(self, f: Frac) -> bool:
        return all(self.kinds[j] == "tame" for j in self._used(f))

    def _order(self, f: Frac) -> tuple[int, Frac]:
        """Return k >= 0 and c with f ~ c h^-k, c not 0 unless k = 0."""
        tower = self.middle.tower
        here = f if self.middle is self.near else image(self.near.tower, f, tower, self.at)
        h = tower.convert(inverse(self.x) if self.point is sp.oo else self.x - self.point)
        why: Undecidable | None = None
        for k in range(ORDERS):
            try:
                lead = self._value(here * h**k)
            except Undecidable as reason:
                why = why or reason
                continue
            if k == 0 or not lead.num.is_zero():
                return k, lead
            break
        raise why or Undecidable("a limit of unknown order")

    def _value(self, f: Frac) -> Frac:
        """Return the limit of a fraction over `middle` that is smooth there."""
        return image(self.middle.tower, f, self.face.tower, self.there, self._quotient)

    def _quotient(self, f: Frac) -> Frac:
        """Return the quotient of the first derivatives that are not both 0."""
        x = next(iter(self.there))
        top, bottom = Frac.of(f.num), Frac.of(f.den)
        self.depth += 1
        try:
            for _ in range(ORDERS if self.depth < ORDERS else 0):
                n, d = self._value(top), self._value(bottom)
                if not d.num.is_zero():
                    return self.face.tower.over(n, d)
                if not n.num.is_zero():
                    break
                top, bottom = (self.middle.tower.derivative(p, x) for p in (top, bottom))
        finally:
            self.depth -= 1
        raise Undecidable("a pole, or 0/0 of too high an order")

    def _infinite(self, order: int, lead: Frac) -> int:
        """Return the sign of c h^-k; 0 if it is not known."""
        if not self.face.holds(lead, "!="):
            raise Undecidable(f"{lead} != 0")
        side = self.middle.of(
            self.middle.tower.convert(inverse(self.x) if self.point is sp.oo else self.x - self.point)
        )
        sign = self.face.of(lead)
        if sign is None or not sign[0] or not sign[1] or ((side is None or not side[0]) and order % 2):
            return 0
        return sign[0] * (side[0] if side and order % 2 else 1)

    def _side(self, f: Frac) -> int:
        """Return the sign of a coefficient near the limit, which is not smaller than a power of h."""
        order, lead = self._order(f.inverse())
        if not order and lead.num.is_zero():
            order, lead = self._order(f)
        return self._infinite(order, lead)


def _ratio(one: type_scale, other: type_scale) -> type_scale:
    """Return the powers of the quotient of two scales."""
    powers = dict(one)
    for j, k in other:
        powers[j] = powers.get(j, 0) - k
    return tuple(sorted((j, k) for j, k in powers.items() if k))
