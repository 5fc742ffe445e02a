"""Near a limit a fraction is a sum of exponential scales, each with a coefficient that grows at most like a power.

The largest scale of the denominator is divided out and what is exponentially smaller is dropped; the coefficients
left are values or Taylor quotients at the limit. A generator that tends to a value exponentially fast is that value
plus a tail, a scale of its own that is known by a bound only.
"""

from dataclasses import dataclass, field

import sympy as sp
from flint import fmpq_mpoly

from verify.kernel.quotient import Frac, Undecidable, compose
from verify.kernel.signs import Signs, generator_image, image
from verify.kernel.tower import Gen, Tower

ORDERS = 5
type_limit = Frac | int  # a fraction, or +1 / -1 for plus or minus infinity, 0 if only the modulus tends to infinity
type_scale = tuple[tuple[int, int], ...]  # powers of generators


@dataclass(frozen=True, slots=True)
class Place:
    """Where the limit is taken: x tends to `point` in `source`, in `middle` x is 1/h if that is infinite."""

    source: Tower
    middle: Tower
    face: Tower
    x: sp.Symbol
    point: sp.Expr

    @staticmethod
    def inverse(x: sp.Symbol) -> sp.Symbol:
        """Return the symbol h of 1/x."""
        return sp.Symbol(f"1/{x.name}", positive=True)

    @property
    def small(self) -> sp.Expr:
        """What tends to 0 as a simple zero in `middle`."""
        return self.inverse(self.x) if self.point is sp.oo else self.x - self.point


@dataclass(slots=True)
class Limit:
    """Limits of fractions at a place; `scales` are generators without a finite limit, by their logarithm."""

    place: Place
    i: int = field(init=False)
    at: dict[int, Frac] = field(init=False)
    there: dict[int, Frac] = field(init=False)
    kinds: dict[int, str] = field(default_factory=dict)
    logs: dict[int, list[Frac]] = field(default_factory=dict)
    values: dict[int, Frac] = field(default_factory=dict)
    depth: int = 0

    def __post_init__(self) -> None:
        """Place the symbols."""
        place = self.place
        self.i = place.source.index["symbol", place.x]
        if place.point is sp.oo:
            h = place.middle.convert(place.small)
            self.at = {self.i: h.inverse()}
            self.there = {place.middle.index["symbol", place.small]: place.face.one * 0}
        else:
            self.at, self.there = {}, {self.i: place.face.convert(place.point)}

    def of(self, f: Frac) -> type_limit:
        """Return the limit of `f`, a fraction over `source`."""
        f = self._expanded(f)
        key, bottom = self._leading(f.den)
        self._order(bottom.inverse())
        main, large, _ = self._relative(f.num, key)
        if large:
            if not self._tame(bottom):
                raise Undecidable("a denominator of unknown growth")
            return self._sign(*self._leading(f.num), key, bottom)
        order, lead = self._order(main * bottom.inverse())
        return lead if order == 0 else self._infinite(order, lead)

    def _relative(self, p: fmpq_mpoly, key: type_scale) -> tuple[Frac, bool, list[type_scale]]:
        """Return the part of `p` at scale `key`, whether there are larger ones, and the smaller ones."""
        main, large = self.place.source.one * 0, False
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
        for j in used:
            self._classify(j)
        gens = {j: self.values[j] + Frac.of(self.place.source.ring.gen(j)) for j in used if j in self.values}
        out = compose(f.num, gens) * compose(f.den, gens).inverse() if gens else f
        for j in set(self._used(out)) - set(used):
            self._classify(j)
            if j in self.values:
                raise Undecidable("a limit that is approached exponentially fast twice")
        return out

    def _used(self, f: Frac) -> list[int]:
        source = self.place.source
        used = {j for p in (f.num, f.den) for j, d in enumerate(p.degrees()) if d > 0}
        return [j for j in sorted(used) if source.depends(j, self.i)]

    def _classify(self, j: int) -> None:
        """Find out whether generator j is tame (bounded by a power of h), wild (not known), a scale, or has a tail."""
        if j in self.kinds:
            return
        g = self.place.source.gens[j]
        self.kinds[j] = "wild"
        self.kinds[j] = "tame" if g.kind == "symbol" else self._power(g) if g.kind == "power" else self._kind(j, g)

    def _kind(self, j: int, g: Gen) -> str:
        source, arg = self.place.source, g.arg if isinstance(g.arg, Frac) else Frac.of(g.arg)
        try:
            limit = self.of(arg)
        except Undecidable:
            limit = 0
        if isinstance(limit, int):
            bounded = not limit and g.kind == "exp" and source.signs.holds(-arg, ">=")
            return "tame" if bounded else self._at_infinity(j, g, arg, limit)
        regular = {"log": ">", "root": ">", "Ei": "!="}.get(g.kind)
        if regular and not self._face_holds(limit, regular):
            return "tame" if g.kind == "root" else "wild"
        bare, logs = self._bare(arg)
        if logs:
            self.values[j], self.logs[j] = generator_image(g, bare, source), logs
            return "tail"
        return "tame"

    def _at_infinity(self, j: int, g: Gen, arg: Frac, sign: int) -> str:
        if not sign:
            return "wild"
        if g.kind in ("exp", "Ei"):
            self.logs[j] = [arg]
            return "scale" if g.kind == "exp" else "tail"
        if g.kind == "erf":
            self.values[j], self.logs[j] = self.place.source.one * sign, [-(arg**2)]
            return "tail"
        return "tame" if g.kind in ("log", "root") else "wild"

    def _power(self, g: Gen) -> str:
        source, base = self.place.source, Frac.of(g.arg)
        if source.depends_on(base, self.i) or self.of(g.order) != 1:
            raise Undecidable("base or exponent of a power in a limit")
        holds, one = source.signs.holds, source.one
        bounded = holds(one - base, ">=") and holds(one + base, ">=")
        return "tame" if bounded and not self._shrinks(base) and base != -one else "scale"

    def _shrinks(self, base: Frac) -> bool:
        holds, one = self.place.source.signs.holds, self.place.source.one
        return holds(one - base, ">") and holds(one + base, ">")

    def _bare(self, f: Frac) -> tuple[Frac, list[Frac]]:
        """Return `f`, whose limit is finite, without what is exponentially small, and the logarithms of that."""
        whole = self._expanded(f)
        key, bottom = self._leading(whole.den)
        top, large, small = self._relative(whole.num, key)
        small += self._relative(whole.den, key)[2]
        if large or any(self.place.source.gens[j].kind == "power" for scale in small for j, _ in scale):
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
        """Return whether a scale is exponentially small (-1), large (+1) or 0: then it is the factor returned.

        Raises:
            Undecidable: it is not known.
        """
        one = self.place.source.one
        if not scale:
            return 0, one
        powers = [(j, k) for j, k in scale if self.place.source.gens[j].kind == "power"]
        size, factor = max((self._exponential(w) for w in self._weights(scale)), key=lambda s: s[0])
        if any(self.kinds[j] == "tail" for j, _ in scale) and size >= 0:
            raise Undecidable("a tail beside a scale")
        return self._combined(size, factor, self._base(powers)) if powers else (size, factor)

    def _weights(self, scale: type_scale) -> list[Frac]:
        """Return the logarithms that bound a scale; one if it is exact."""
        out = [self.place.source.one * 0]
        for j, k in scale:
            if j in self.logs:
                out = [w + v * k for w in out for v in self.logs[j]]
            elif self.place.source.gens[j].kind != "power":
                raise Undecidable("a scale without a logarithm")
        return out

    def _exponential(self, w: Frac) -> tuple[int, Frac]:
        if w.num.is_zero():
            return 0, self.place.source.one
        limit = self.of(w)
        if limit == 0 and isinstance(limit, int):
            raise Undecidable("sign of an exponent")
        return (limit, self.place.source.one) if isinstance(limit, int) else (0, self.place.source.exp(w))

    def _base(self, powers: list[tuple[int, int]]) -> Frac:
        """Return the base b if the scale is b to one exponent."""
        gens, base = self.place.source.gens, self.place.source.one
        if len({str(gens[j].order) for j, _ in powers}) != 1:
            raise Undecidable("powers with different exponents")
        for j, k in powers:
            b = Frac.of(gens[j].arg)
            base = base * self.place.source.over(b ** max(k, 0), b ** max(-k, 0), "base of a power")
        return base

    def _combined(self, size: int, factor: Frac, base: Frac) -> tuple[int, Frac]:
        source = self.place.source
        if base == source.one:
            return size, factor
        if size <= 0 and self._shrinks(base):
            return -1, source.one
        grows = source.signs.holds(base - source.one, ">") or source.signs.holds(-base - source.one, ">")
        if size >= 0 and grows:
            return 1, source.one
        raise Undecidable(f"size of {source.show(base)} against 1")

    def _tame(self, f: Frac) -> bool:
        used = self._used(f)
        for j in used:
            self._classify(j)
        return all(self.kinds[j] == "tame" for j in used)

    def _order(self, f: Frac) -> tuple[int, Frac]:
        """Return k >= 0 and c with f ~ c h^-k, c not 0 unless k = 0."""
        place = self.place
        here = f if place.middle is place.source else image(place.source, f, place.middle, self.at)
        h = place.middle.convert(place.small)
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
        return image(self.place.middle, f, self.place.face, self.there, self._quotient)

    def _quotient(self, f: Frac) -> Frac:
        """Return the quotient of the first derivatives that are not both 0."""
        x = next(iter(self.there))
        top, bottom = Frac.of(f.num), Frac.of(f.den)
        self.depth += 1
        try:
            for _ in range(ORDERS if self.depth < ORDERS else 0):
                n, d = self._value(top), self._value(bottom)
                if not d.num.is_zero():
                    return self.place.face.over(n, d, "leading coefficient of the denominator")
                if not n.num.is_zero():
                    break
                top, bottom = (self.place.middle.derivative(p, x) for p in (top, bottom))
        finally:
            self.depth -= 1
        raise Undecidable("a pole, or 0/0 of too high an order")

    def _face_holds(self, f: Frac, op: str) -> bool:
        return Signs(self.place.face, self.place.face.domain).holds(f, op)

    def _infinite(self, order: int, lead: Frac) -> int:
        """Return the sign of c h^-k; 0 if it is not known."""
        place = self.place
        if not self._face_holds(lead, "!="):
            raise Undecidable(f"{place.face.show(lead)} != 0")
        side = Signs(place.middle, place.middle.domain).of(place.middle.convert(place.small))
        sign = Signs(place.face, place.face.domain).of(lead)
        if sign is None or not sign[1] or (side is None and order % 2):
            return 0
        return sign[0] * (side[0] if side and order % 2 else 1)

    def _sign(self, scale: type_scale, top: Frac, other: type_scale, bottom: Frac) -> int:
        """Return the sign of an exponentially large quotient; 0 if it is not known."""
        source, sign = self.place.source, self._side(top) * self._side(bottom)
        bases = [Frac.of(source.gens[j].arg) for j, _ in (*scale, *other) if source.gens[j].kind == "power"]
        return sign if all(source.signs.holds(base, ">") for base in bases) else 0

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
