"""The sign of a polynomial in generators is known where a change of coordinates makes all its coefficients agree.

A chart writes each symbol as bound + t with t >= 0 (or between two bounds), so that a domain becomes an orthant; a
bounded generator becomes a function of z >= 0, for example exp(-u) = 1/(1 + u + z).
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain, islice, product
from math import prod

import sympy as sp
from flint import fmpq, fmpq_mpoly

from theory.domain import Domain, Range
from verify.kernel.quotient import Frac, Undecidable, compose, factors
from verify.kernel.tower import Gen, Refine, Tower, coefficients

type_sign = tuple[int, bool]  # (+1 or -1, strictly)
type_quotient = Callable[[Frac], Frac] | None
MAX_CHARTS = 24
MAX_PIECES = 32
MAX_WORK = 150
_STRICT = {
    sp.StrictGreaterThan: (1, True),
    sp.GreaterThan: (1, False),
    sp.StrictLessThan: (-1, True),
    sp.LessThan: (-1, False),
}


class Signs:
    """What is known about signs on a domain, for the generators of one tower."""

    def __init__(
        self, tower: Tower, domain: Domain, *, chart: bool = False, depth: int = 0, purse: list[int] | None = None
    ) -> None:
        self.tower, self.domain, self.chart, self.depth = tower, domain, chart, depth
        self.purse = [MAX_WORK] if purse is None else purse
        self._unequal: set[str] = set()
        self.known: dict[str, type_sign] = {}
        self._has_learnt = False
        self.overrides: dict[int, type_sign | None] = {}
        self._memo: dict[str, type_sign | None] = {}

    def of(self, f: Frac) -> type_sign | None:
        """Return the sign of a fraction, if it is known."""
        return _times(self.sign(f.num), self.sign(f.den))

    def holds(self, f: Frac, op: str) -> bool:
        """Return whether f op 0 is proved on the domain."""
        if f.num.is_zero():
            return op in (">=", "<=")
        found = self.of(f)
        if op == "!=":
            return (found is not None and found[1]) or all(self._differs(q) for q, _ in factors(f.num)[1])
        return found is not None and (found[0] > 0) == (op[0] == ">") and (found[1] or op.endswith("="))

    def absolute(self, u: Frac) -> Frac:
        """Return |u|, whose sign has to be known.

        Raises:
            Undecidable: it is not.
        """
        found = self.of(u)
        if found is None:
            raise Undecidable(f"sign of {self.tower.show(u)}")
        return u * found[0]

    def sign(self, p: fmpq_mpoly) -> type_sign | None:
        """Return the sign of a polynomial, if it is known."""
        content, primes = factors(p)
        out: type_sign | None = (1 if content > 0 else -1, content != 0)
        for prime, m in primes:
            found = self._prime(prime)
            out = _times(out, found if m % 2 else (1, self._differs(prime)))
        return out

    def _differs(self, prime: fmpq_mpoly) -> bool:
        """Return whether an irreducible polynomial is known not to be 0."""
        found = self._prime(prime)
        return (found is not None and found[1]) or str(prime) in self._unequal or str(-prime) in self._unequal

    def generator(self, i: int) -> type_sign | None:
        """Return the sign of generator i."""
        if i not in self.overrides:
            g = self.tower.gens[i]
            rule: Callable[[Signs, Gen], type_sign | None] | None = _GENERATORS.get(g.kind)
            self.overrides[i] = None
            self.overrides[i] = rule(self, g) if rule else (1, True)
        return self.overrides[i]

    def by_coefficients(self, p: fmpq_mpoly, signs: Mapping[int, type_sign | None] | None = None) -> type_sign | None:
        """Return the common sign of all terms of `p`."""
        found: set[int] = set()
        strict = False
        for monomial, c in p.to_dict().items():
            term: type_sign | None = (1 if c > 0 else -1, True)
            for i, k in enumerate(monomial):
                if k:
                    s = signs[i] if signs and i in signs else self.generator(i)
                    term = _times(term, s if k % 2 else (1, s is not None and s[1]))
            if term is None or len(found | {term[0]}) > 1:
                return None
            found.add(term[0])
            strict = strict or term[1]
        return (found.pop(), strict) if found else (1, False)

    def conditions(self) -> list[tuple[Frac, object]]:
        """Return the side conditions of the domain as (fraction, kind of relation to 0)."""
        return [(self.tower.convert(c.lhs - c.rhs), type(c)) for c in self.domain.conditions]

    def _prime(self, p: fmpq_mpoly) -> type_sign | None:
        key = str(p)
        if key not in self._memo:
            self._memo[key] = None
            self._memo[key] = self._look_up(p) or self.by_coefficients(p) or self._search(p)
        return self._memo[key]

    def _look_up(self, p: fmpq_mpoly) -> type_sign | None:
        if not self._has_learnt:
            self._has_learnt = True
            for f, relation in self.conditions():
                self._learn(f, relation)
            self._memo.clear()
        found = self.known.get(str(p))
        return found or _times(self.known.get(str(-p)), (-1, True))

    def _learn(self, f: Frac, relation: object) -> None:
        """Take the sign of the one factor of a side condition that is not known otherwise."""
        if relation is sp.Ne:
            self._unequal |= {str(q) for q, _ in factors(f.num)[1]}
        content, primes = factors(f.num * f.den)
        out, unknown = _times(_STRICT.get(relation), (1 if content > 0 else -1, True)), []
        for prime, m in primes:
            found = self.by_coefficients(prime) or _quadratic(self, prime)
            if found and found[1]:
                out = _times(out, found if m % 2 else (1, True))
            else:
                unknown.append((prime, m))
        if out and len(unknown) == 1 and unknown[0][1] % 2:
            self.known[str(unknown[0][0])] = (out[0], _STRICT[relation][1])

    def _search(self, p: fmpq_mpoly) -> type_sign | None:
        if self.chart:
            return _best(rule(self, p) for rule in (Signs._bounded, _quadratic, _monotone))
        ways = (partial(_on_cover, self, p, c) for c in islice(covers(self, p), MAX_CHARTS))
        return _best(way() for way in chain([partial(_quadratic, self, p)], ways))

    def _bounded(self, p: fmpq_mpoly) -> type_sign | None:
        for level in range(4):
            values, signs = {}, {}
            for i, degree in enumerate(p.degrees()):
                image = (
                    _BOUNDS[self.tower.gens[i].kind](self, i, level)
                    if degree > 0 and self.tower.gens[i].kind in _BOUNDS
                    else None
                )
                if image is not None:
                    values[i], signs[i] = image
            if not values:
                continue
            f = compose(p, values)
            found = _times(self.by_coefficients(f.num, signs), self.by_coefficients(f.den, signs))
            if found:
                return found
        return None


def _affords(signs: Signs) -> bool:
    """Return whether there is work left to spend, and spend some; all towers of one question share a purse."""
    signs.purse[0] -= 1
    return signs.purse[0] >= 0


def _best(found: Iterator[type_sign | None]) -> type_sign | None:
    """Return the first strict sign; if none of the first few is, one that is not strict."""
    weak = None
    for sign in found:
        if sign and sign[1]:
            return sign
        weak = weak or sign
    return weak


def _monotone(signs: Signs, p: fmpq_mpoly) -> type_sign | None:
    """Return the sign that `p` has at t = 0 if its slope in t >= 0, up to a positive factor, has the same."""
    if signs.depth == 0 or not _affords(signs):
        return None
    symbols = [i for i, g in enumerate(signs.tower.gens) if g.kind == "symbol" and not g.arg.is_integer]
    return _best(_grows(signs, f, i) for f in _scaled(signs, p) for i in symbols if signs.tower.depends_on(f, i))


def _grows(signs: Signs, f: Frac, i: int) -> type_sign | None:
    signs.depth, before = signs.depth - 1, signs.depth
    try:
        slope = signs.of(signs.tower.derivative(f, i))
        start = _at_zero(signs, f, i) if slope else None
    except (Undecidable, Refine):
        return None
    finally:
        signs.depth = before
    if not start or not slope or start[0] not in (0, slope[0]):
        return None
    return slope[0], start[1] or (slope[1] and signs.generator(i) == (1, True))


def _at_zero(signs: Signs, f: Frac, i: int) -> type_sign | None:
    source, domain = signs.tower, signs.domain
    target = Tower(domain, source.ein, source.finer, lambda t: _inherit(signs, t, domain))
    start = image(source, f, target, {i: target.one * 0})
    out = (0, False) if start.num.is_zero() else target.signs.of(start)
    return out if all(target.signs.holds(c.poly, c.op) for c in target.conditions.values()) else None


def _scaled(signs: Signs, p: fmpq_mpoly) -> Iterator[Frac]:
    """Yield `p` divided by positive quantities that make its derivatives simpler."""
    yield Frac.of(p)
    for i, degree in enumerate(p.degrees()):
        kind = signs.tower.gens[i].kind if degree == 1 else "symbol"
        factor = dict(coefficients(p, i))[1] if kind in ("log", "Ei", "Ein", "erf", "exp") else None
        found = signs.sign(factor) if factor is not None and not factor.is_constant() else None
        if found and found[1]:
            yield Frac.of(p * found[0], factor)


def covers(signs: Signs, p: fmpq_mpoly) -> Iterator[list[list[tuple]]]:
    """Yield ways to cover the domain by charts; each is a list of charts, a chart gives (symbol, how, low, high)."""
    tower = signs.tower
    bounds = _bounds(signs)
    used = {i for i in range(len(tower.gens)) if tower.gens[i].kind == "symbol"}
    used = {i for i in used if any(tower.depends(j, i) for j, d in enumerate(p.degrees()) if d > 0)}
    for _ in bounds:
        used |= {j for i in used for low, _, _ in bounds.get(i, ()) for j in _symbols(tower, low)}
    options = [_options(i, bounds.get(i, [])) for i in sorted(used)]
    choices = sorted(product(*(range(len(o)) for o in options)), key=sum) if len(options) < 8 else [(0,) * len(options)]
    for choice in choices:
        pieces = [o[k] for o, k in zip(options, choice, strict=True)]
        if prod(map(len, pieces)) <= MAX_PIECES:
            yield [list(chart) for chart in product(*pieces)]


def _options(i: int, bounds: list[tuple]) -> list[list[tuple]]:
    lows = [(b, strict) for b, s, strict in bounds if s > 0]
    highs = [(b, strict) for b, s, strict in bounds if s < 0]
    out: list[list[tuple]] = [[(i, "low", low, None)] for low in lows]
    out += [[(i, "high", None, high)] for high in highs]
    for low, high in product(lows, highs):
        out.append([(i, "both", low, high)] + ([] if high[1] else [(i, "at", None, high)]))
    return out or [[(i, "plus", None, None), (i, "minus", None, None)]]


def _bounds(signs: Signs) -> dict[int, list[tuple]]:
    """Return for each symbol its bounds (fraction, +1 lower or -1 upper, strict), from ranges and conditions."""
    tower, out = signs.tower, {}
    for symbol, r in signs.domain.ranges:
        i = tower.index.get(("symbol", symbol))
        ends = [(r.low, 1, r.low_open), (r.high, -1, r.high_open)]
        if i is not None:
            out[i] = [(tower.rational(end), s, strict) for end, s, strict in ends if end.is_finite]
    for f, relation in signs.conditions() if not signs.chart else ():
        for i in out if relation in _STRICT else ():
            found = _linear_bound(signs, f, i, relation)
            out[i] += [found] if found else []
    return out


def _linear_bound(signs: Signs, f: Frac, i: int, relation: object) -> tuple | None:
    """Return the bound on symbol i that a condition linear in it gives."""
    if f.num.degrees()[i] != 1 or any(
        d > 0 and j != i and signs.tower.depends(j, i) for j, d in enumerate(f.num.degrees())
    ):
        return None
    parts = dict(coefficients(f.num, i))
    side = _times(signs.by_coefficients(parts[1]), signs.by_coefficients(f.den))
    if side is None or not side[1] or signs.tower.gens[i].arg.is_integer:
        return None
    s, strict = _STRICT[relation]
    return Frac.of(-parts.get(0, parts[1] * 0), parts[1]), s * side[0], strict


def _on_cover(signs: Signs, p: fmpq_mpoly, cover: list[list[tuple]]) -> type_sign | None:
    out = None
    for chart in cover:
        if not _affords(signs):
            return None
        try:
            found = _on_chart(signs, p, chart)
        except (Undecidable, Refine):
            return None
        if found is None or (out is not None and out[0] != found[0]):
            return None
        out = found if out is None else (out[0], out[1] and found[1])
    return out


def _on_chart(signs: Signs, p: fmpq_mpoly, chart: list[tuple]) -> type_sign | None:
    ranges = tuple((_fresh(signs.tower, i), _positive(how, low or high)) for i, how, low, high in chart)
    target = Tower(Domain(ranges), signs.tower.ein, signs.tower.finer, lambda t: _inherit(signs, t, Domain(ranges)))
    at: dict[int, Frac] = {}
    waiting = list(chart)
    while waiting:
        ready = [c for c in waiting if all(_symbols(signs.tower, b[0]) <= set(at) for b in c[2:] if b)]
        if not ready:
            return None
        for i, how, low, high in ready:
            t = target.convert(_fresh(signs.tower, i))
            ends = [image(signs.tower, b[0], target, at) if b else None for b in (low, high)]
            at[i] = _place(how, t, *ends)
        waiting = [c for c in waiting if c not in ready]
    out = target.signs.of(image(signs.tower, Frac.of(p), target, at))
    return out if all(target.signs.holds(c.poly, c.op) for c in target.conditions.values()) else None


def _place(how: str, t: Frac, low: Frac | None, high: Frac | None) -> Frac:
    """Return the symbol that a chart puts at bound and distance t."""
    if low is not None and high is not None:
        return (low + high * t) * (t + t**0).inverse()
    if low is not None:
        return low + t
    if high is not None:
        return high - t if how == "high" else high
    return -t if how == "minus" else t


def _fresh(tower: Tower, i: int) -> sp.Symbol:
    integer = {"integer": True} if tower.gens[i].arg.is_integer else {"real": True}
    return sp.Symbol(f"t{i}", **integer)


def _inherit(signs: Signs, tower: Tower, domain: Domain) -> Signs:
    return Signs(tower, domain, chart=True, depth=signs.depth, purse=signs.purse)


def _positive(how: str, bound: tuple | None) -> Range:
    return Range(sp.S.Zero, sp.oo, low_open=bool(bound and bound[1]) or how == "minus")


def _symbols(tower: Tower, f: Frac) -> set[int]:
    used = {j for q in (f.num, f.den) for j, d in enumerate(q.degrees()) if d > 0}
    return {i for i, g in enumerate(tower.gens) if g.kind == "symbol" and any(tower.depends(j, i) for j in used)}


def image(source: Tower, f: Frac, target: Tower, at: dict[int, Frac], quotient: type_quotient = None) -> Frac:
    """Return `f` in `target`, symbol i of `source` being at[i]; `at` remembers the other generators.

    Where the denominator becomes 0, `quotient(f)` has the word.

    Raises:
        Undecidable: `f` is not defined there.
    """
    for i in {i for q in (f.num, f.den) for i, d in enumerate(q.degrees()) if d > 0} - set(at):
        at[i] = _image(source, i, target, at, quotient)
    top, bottom = (compose(q, at) if not q.is_constant() else target.one * _constant(q) for q in (f.num, f.den))
    bottom = target.reduce(bottom)
    if bottom.num.is_zero() and quotient:
        return quotient(f)
    return target.over(top, bottom, "denominator of an image")


def _constant(q: fmpq_mpoly) -> fmpq:
    return fmpq(0) if q.is_zero() else q.leading_coefficient()


def _image(source: Tower, i: int, target: Tower, at: dict[int, Frac], quotient: type_quotient) -> Frac:
    g = source.gens[i]
    if g.kind in ("symbol", "constant"):
        return target.convert(g.arg)
    arg = image(source, g.arg if isinstance(g.arg, Frac) else Frac.of(g.arg), target, at, quotient)
    if g.kind == "power":
        return target.integer_power(arg, image(source, g.order, target, at, quotient))
    return generator_image(g, arg, target)


def generator_image(g: Gen, arg: Frac, target: Tower) -> Frac:
    """Return the generator of the kind of `g` with another argument."""
    if g.kind == "log":
        target.require(arg, ">", "logarithm")
        return target.log(arg)
    if g.kind == "root":
        return target.power(arg, fmpq(1, g.order)) if not arg.num.is_zero() else arg
    return target.exp(arg) if g.kind == "exp" else target.special(g.kind, arg)


def _times(a: type_sign | None, b: type_sign | None) -> type_sign | None:
    return (a[0] * b[0], a[1] and b[1]) if a and b else None


def _quadratic(signs: Signs, p: fmpq_mpoly) -> type_sign | None:
    """Return the sign of a quadratic in some generator without real roots."""
    for i, degree in enumerate(p.degrees()):
        if degree == 2:
            parts = dict(coefficients(p, i))
            zero = parts[2] * 0
            a, b, c = parts[2], parts.get(1, zero), parts.get(0, zero)
            lead = signs.sign(a)
            if lead and lead[1]:
                gap = signs.sign(4 * a * c - b * b)
                if gap and gap[0] > 0:
                    return lead[0], gap[1]
    return None


def _symbol_sign(signs: Signs, g: Gen) -> type_sign | None:
    r = dict(signs.domain.ranges).get(g.arg)
    if r is None:
        return (1, bool(g.arg.is_positive)) if g.arg.is_nonnegative else None
    if r.low >= 0:
        return 1, bool(r.low > 0 or r.low_open)
    return (-1, bool(r.high < 0 or r.high_open)) if r.high <= 0 else None


def _power_sign(signs: Signs, g: Gen) -> type_sign | None:
    found = signs.sign(g.arg)
    return found if found and found[0] > 0 else None


_GENERATORS = {
    "symbol": _symbol_sign,
    "log": lambda signs, g: signs.sign(g.arg - 1),
    "root": lambda signs, g: (1, (signs.sign(g.arg) or (1, False))[1]),
    "power": _power_sign,
    "Ei": lambda signs, g: (-1, True) if signs.of(g.arg) == (-1, True) else None,
    "Ein": lambda signs, g: signs.of(g.arg),
    "erf": lambda signs, g: signs.of(g.arg),
}


def _plain(signs: Signs, u: Frac) -> bool:
    """Return whether no generator in `u` is itself replaced by a bound."""
    used = {j for q in (u.num, u.den) for j, d in enumerate(q.degrees()) if d > 0}
    return all(signs.tower.gens[j].kind not in _BOUNDS for j in used)


def _exp_bound(signs: Signs, i: int, level: int) -> tuple[Frac, type_sign] | None:
    """Return exp(-u) = 1/(1+z), or 1/(1+u+z), or 1-u+z; exp(u) = 1+z or 1+u+z."""
    v, z, one = signs.tower.gens[i].arg, Frac.of(signs.tower.ring.gen(i)), signs.tower.one
    found = signs.of(v)
    if level > 1 and _plain(signs, v):
        return one + v + z, (1, False)
    if found is None:
        return None
    out = one + z + (v * found[0] if level == 1 and _plain(signs, v) else one * 0)
    return (out if found[0] > 0 else out.inverse()), (1, found[1])


def _share_bound(signs: Signs, i: int, level: int) -> tuple[Frac, type_sign] | None:
    """Return erf(u) < 1 as 1/(1+z), Ein(u) < u as u/(1+z), for u > 0."""
    del level
    g, z, one = signs.tower.gens[i], Frac.of(signs.tower.ring.gen(i)), signs.tower.one
    if signs.of(g.arg) != (1, True) or (g.kind == "Ein" and not _plain(signs, g.arg)):
        return None
    return (g.arg if g.kind == "Ein" else one) * (one + z).inverse(), (1, True)


def _log_bound(signs: Signs, i: int, level: int) -> tuple[Frac, type_sign] | None:
    """Return log(p) = p-1-z or 1-1/p+z; between 0 and p-1 if p > 1."""
    p, z, one = Frac.of(signs.tower.gens[i].arg), Frac.of(signs.tower.ring.gen(i)), signs.tower.one
    if not _plain(signs, p):
        return None
    if level > 1:
        return (p - one - z if level == 2 else one - p.inverse() + z), (1, False)
    return ((p - one) * (one + z).inverse(), (1, True)) if signs.of(p - one) == (1, True) else None


_BOUNDS = {"exp": _exp_bound, "erf": _share_bound, "Ein": _share_bound, "log": _log_bound}
