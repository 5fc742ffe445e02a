"""The sign of a polynomial in generators follows by a tree of rules; each rule applied is named by whoever proves.

A sign is (s, strict): s = +1 or -1, and strict if the value is nowhere 0; (0, True) says only that. A chart writes
each symbol as bound + t with t >= 0 (or between two bounds), so that a domain becomes an orthant; a bounded generator
becomes a function of z >= 0, for example exp(-u) = 1/(1 + u + z) for u > 0.
"""

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any, Protocol

import sympy as sp
from flint import fmpq, fmpq_mpoly

from theory.domain import Domain, Range
from verify.kernel.algebra import Frac, Undecidable, coefficients, compose, constant, factors, parsed
from verify.kernel.tower import Gen, Tower

type_sign = tuple[int, bool] | None
type_chart = tuple[tuple[int, str, Any, Any], ...]  # (symbol, how, low, high): (bound, strict) or None
SENSE = {sp.Gt: (1, True), sp.Ge: (1, False), sp.Lt: (-1, True), sp.Le: (-1, False), sp.Ne: (0, True)}


class Prover(Protocol):
    """What is asked for the sign of a polynomial; it answers by `Signs.apply`."""

    def prime(self, signs: "Signs", p: fmpq_mpoly) -> type_sign:
        """Return the sign of an irreducible polynomial, if it is known."""


class Signs:
    """What is proved of signs on a domain, for the generators of one tower."""

    def __init__(self, tower: Tower, domain: Domain, prover: Prover) -> None:
        self.tower, self.domain, self.prover = tower, domain, prover
        self.memo: dict[str, type_sign] = {}
        self._of_generators: dict[int, type_sign] = {}

    def of(self, f: Frac) -> type_sign:
        """Return the sign of a fraction, if it is known."""
        return times(self.sign(f.num), self.sign(f.den))

    def holds(self, f: Frac, op: str) -> bool:
        """Return whether f op 0 is proved on the domain."""
        if f.num.is_zero():
            return op in (">=", "<=")
        found = self.of(f)
        if op == "!=" or found is None:
            return found is not None and found[1]
        return found[0] == (1 if op[0] == ">" else -1) and (found[1] or op.endswith("="))

    def sign(self, p: fmpq_mpoly) -> type_sign:
        """Return the sign of a polynomial, the product of those of its factors."""
        content, primes = factors(p)
        out: type_sign = (1 if content > 0 else -1, content != 0)
        for prime, m in primes:
            found = self.prime(prime)
            out = times(out, found if m % 2 else (1, found is not None and found[1]))
        return out

    def prime(self, p: fmpq_mpoly) -> type_sign:
        """Return the sign of an irreducible polynomial, if it is known; no proof goes in a circle."""
        key = str(p)
        if key not in self.memo:
            self.memo[key] = None
            self.memo[key] = self.prover.prime(self, p)
        return self.memo[key]

    def apply(self, p: fmpq_mpoly, rule: str, *parameters: Any) -> type_sign:
        """Return what one rule says of the sign of `p`."""
        return RULES[rule](self, p, *parameters)

    def generator(self, i: int) -> type_sign:
        """Return the sign of generator i."""
        if i not in self._of_generators:
            g = self.tower.gens[i]
            self._of_generators[i] = None
            self._of_generators[i] = _GENERATORS[g.kind](self, g) if g.kind in _GENERATORS else (1, True)
        return self._of_generators[i]

    def by_coefficients(self, p: fmpq_mpoly, signs: Mapping[int, type_sign] | None = None) -> type_sign:
        """Return the common sign of all terms of `p`, a sum of which one is not 0 being not 0."""
        found: set[int] = set()
        strict = False
        for monomial, c in p.to_dict().items():
            term: type_sign = (1 if c > 0 else -1, True)
            for i, k in enumerate(monomial):
                if k:
                    s = signs[i] if signs and i in signs else self.generator(i)
                    term = times(term, s if k % 2 else (1, s is not None and s[1]))
            if term is None or term[0] == 0 or len(found | {term[0]}) > 1:
                return None
            found.add(term[0])
            strict = strict or term[1]
        return (found.pop(), strict) if found else (1, False)

    def bound(self, i: int, which: str | int) -> tuple[Frac, int, bool]:
        """Return the bound on symbol i, +1 if it is a lower one, and whether it is strict; of its range or a condition.

        Raises:
            Undecidable: there is none.
        """
        symbol = self.tower.gens[i].arg
        if isinstance(which, str):
            r = dict(self.domain.ranges)[symbol]
            end, s, strict = (r.low, 1, r.low_open) if which == "low" else (r.high, -1, r.high_open)
            if not end.is_finite or (symbol.is_integer and not end.is_Integer):
                raise Undecidable(f"{symbol} has no {which} end")
            return self.tower.rational(end), s, bool(strict)
        f, (s, strict) = self.tower.relation(self.domain.conditions[which]), self._sense(which)
        parts = coefficients(f.num, i)
        others = (j for j in f.used() - {i} if self.tower.depends(j, i))
        if not s or symbol.is_integer or max(parts) != 1 or f.den.degrees()[i] > 0 or any(others):
            raise Undecidable("a condition that bounds no symbol")
        side = times(self.by_coefficients(parts[1]), self.by_coefficients(f.den))
        if side is None or not side[1]:
            raise Undecidable("a bound of unknown side")
        return Frac.of(-parts.get(0, parts[1] * 0), parts[1]), s * side[0], strict

    def _sense(self, j: int) -> tuple[int, bool]:
        kind = type(self.domain.conditions[j])
        if kind not in SENSE:
            raise Undecidable("an equality has no sense")
        return SENSE[kind]


def times(a: type_sign, b: type_sign) -> type_sign:
    """Return the sign of a product."""
    return (a[0] * b[0], a[1] and b[1]) if a and b and (a[0] * b[0] or (a[1] and b[1])) else None


def _coefficients(signs: Signs, p: fmpq_mpoly) -> type_sign:
    """All terms have one sign."""
    return signs.by_coefficients(p)


def _condition(signs: Signs, p: fmpq_mpoly, j: int) -> type_sign:
    """A condition of the domain is p times a factor of known sign, which is not 0."""
    f = signs.tower.relation(signs.domain.conditions[j])
    sense = signs._sense(j)
    whole = f.num if sense[0] == 0 else f.num * f.den
    factor, rest = divmod(whole, p)
    if not rest.is_zero():
        raise Undecidable("a condition about something else")
    if sense[0] == 0:
        return sense
    found = signs.sign(factor)
    return times(sense, found) if found and found[1] else None


def _both(signs: Signs, p: fmpq_mpoly, one: list[Any], two: list[Any]) -> type_sign:
    """Two rules say more than one: p >= 0 and p != 0."""
    a, b = signs.apply(p, *one), signs.apply(p, *two)
    return (a[0] or b[0], a[1] or b[1]) if a and b and a[0] * b[0] >= 0 else None


def _quadratic(signs: Signs, p: fmpq_mpoly, i: int) -> type_sign:
    """Where a x**2 + b x + c has 4 a c - b**2 >= 0 it has the sign of a, whatever x is."""
    parts = coefficients(p, i)
    a, b, c = (parts.get(k, p * 0) for k in (2, 1, 0))
    lead = signs.sign(a) if max(parts) == 2 else None
    gap = signs.sign(4 * a * c - b * b) if lead and lead[1] else None
    return (lead[0], gap[1]) if lead and lead[0] and gap and gap[0] > 0 else None


def _bounded(signs: Signs, p: fmpq_mpoly, levels: list[list[int]]) -> type_sign:
    """Some generators of `p` are functions of z >= 0 that stands at their place; then all terms have one sign."""
    known = {i: bounds(signs, i, level) for i, level in levels}
    images = {i: found[0] for i, found in known.items() if found}
    if len(images) < len(known) or any(_arguments(signs.tower, i) & set(images) for i in images):
        raise Undecidable("no bound")
    zs: dict[int, type_sign] = {i: (1, found[1]) for i, found in known.items() if found}
    f = compose(p, images)
    return times(signs.by_coefficients(f.num, zs), signs.by_coefficients(f.den, zs))


def _arguments(tower: Tower, i: int) -> set[int]:
    return tower.gens[i].arg.used()


def bounds(signs: Signs, i: int, level: int) -> tuple[Frac, bool] | None:
    """Return generator i as a function of z >= 0, and whether z > 0.

    exp(v) = 1 + v + z; for u > 0: exp(u) = 1 + z = 1 + u + z, exp(-u) = 1/(1 + z) = 1/(1 + u + z), erf(u) = 1/(1 + z),
    Ein(u) = u/(1 + z); log(p) = p - 1 - z = 1 - 1/p + z; for p > 1: log(p) = (p - 1)/(1 + z).
    """
    g, z, one = signs.tower.gens[i], Frac.of(signs.tower.ring.gen(i)), signs.tower.one
    if g.kind == "log" and level > 1:
        return (g.arg - one - z if level == 2 else one - g.arg.inverse() + z), False
    if g.kind == "log" and signs.of(g.arg - one) == (1, True):
        return (g.arg - one) * (one + z).inverse(), True
    if g.kind == "exp" and level > 1:
        return one + g.arg + z, False
    found = signs.of(g.arg) if g.kind in ("exp", "erf", "Ein") else None
    if g.kind == "exp" and found and found[0]:
        out = one + z + (g.arg * found[0] if level == 1 else one * 0)
        return (out if found[0] > 0 else out.inverse()), found[1]
    if g.kind in ("erf", "Ein") and found == (1, True):
        return (g.arg if g.kind == "Ein" else one) * (one + z).inverse(), True
    return None


def _monotone(signs: Signs, p: fmpq_mpoly, i: int, factor: str, start: Any) -> type_sign:
    """On an orthant, p / factor has at t = 0 the sign, or the value 0, that its slope in t has for t > 0."""
    q = parsed(signs.tower.ring, factor).num
    side = signs.sign(q)
    x = signs.tower.gens[i].arg
    t = dict(signs.domain.ranges).get(x)
    if signs.domain.conditions or t is None or (t.low, t.high) != (0, sp.oo) or x.is_integer:
        raise Undecidable("not an orthant")
    if not side or not side[0] or not side[1]:
        raise Undecidable("a factor of unknown sign")
    for j in Frac.of(q).used():
        signs.tower.gen(*(getattr(signs.tower.gens[j], name) for name in ("kind", "arg", "order")))
    return grows(signs, Frac.of(p * side[0], q), i, Recorded(start))


def grows(signs: Signs, f: Frac, i: int, prover: "Recorded | Any") -> type_sign:
    """Return the sign of f on t >= 0 by its value at t = 0 and its slope."""
    slope = signs.of(signs.tower.derivative(f, i))
    if not slope or not slope[0]:
        return None
    target = prover.tower(signs.domain, signs.tower.ein, signs.tower.ring.nvars())
    value = image(signs.tower, f, target, {i: target.one * 0})
    there = Signs(target, signs.domain, prover)
    start = (slope[0], False) if value.num.is_zero() else there.of(value)
    if start is None or start[0] != slope[0] or not all_hold(there, there):
        return None
    return slope[0], start[1] or (slope[1] and signs.generator(i) == (1, True))


def _cover(signs: Signs, p: fmpq_mpoly, options: list[list[Any]], parts: list[Any]) -> type_sign:
    """The charts cover the domain, and `p` has one sign on all of them."""
    charts = list(covering(signs, options))
    out = [on_chart(signs, p, chart, Recorded(part)) for chart, part in zip(charts, parts, strict=True)]
    if None in out or len({found[0] for found in out if found}) != 1:
        return None
    return out[0][0] if out[0] else 0, all(found[1] for found in out if found)


def covering(signs: Signs, options: list[list[Any]]) -> list[type_chart]:
    """Return the charts that cover the domain if symbol i has the bounds low and high, for all (i, low, high)."""
    if len({option[0] for option in options}) < len(options):
        raise Undecidable("a symbol with two charts")
    return list(product(*(_pieces(signs, *option) for option in options)))


def _pieces(signs: Signs, i: int, low: str | int | None, high: str | int | None) -> list[tuple]:
    """Return the pieces low + t, or high - t, or (low + high t)/(1 + t) and high, or t and -t, of symbol i."""
    ends = [signs.bound(i, which) if which is not None else None for which in (low, high)]
    if any(end and end[1] != s for end, s in zip(ends, (1, -1), strict=True)):
        raise Undecidable("a bound on the other side")
    a, b = ((end[0], end[2]) if end else None for end in ends)
    if a and b:
        if signs.tower.gens[i].arg.is_integer:
            raise Undecidable("a bounded integer")
        return [(i, "both", a, b)] + ([] if b[1] else [(i, "at", None, b)])
    return (
        [(i, "low", a, None)] if a else [(i, "high", None, b)] if b else [(i, "plus", None, None), (i, "minus", *ends)]
    )


def on_chart(signs: Signs, p: fmpq_mpoly, chart: type_chart, prover: "Recorded | Any") -> type_sign:
    """Return the sign of `p` on a chart; the conditions of what it becomes there hold everywhere on it."""
    fresh = {c[0]: sp.Dummy(f"t{c[0]}", dummy_index=c[0], **_assumed(signs.tower.gens[c[0]])) for c in chart}
    ranges = ((fresh[i], Range(sp.S.Zero, sp.oo, _is_open(how, low or high))) for i, how, low, high in chart)
    domain = Domain(tuple(ranges))
    target = prover.tower(domain, signs.tower.ein, signs.tower.ring.nvars())
    at: dict[int, Frac] = {}
    for i, how, low, high in chart:
        ends = (image(signs.tower, b[0], target, at) if b else None for b in (low, high))
        at[i] = _position(how, target.convert(fresh[i]), *ends)
    there = Signs(target, domain, prover)
    found = there.of(image(signs.tower, Frac.of(p), target, at))
    return found if all_hold(there, there) else None


def all_hold(everywhere: Signs, inside: Signs, *, dense: bool = False) -> bool:
    """Return whether all conditions hold, those included that come up on the way.

    Working ones hold `inside`; where a `dense` part of an open domain is enough, zeros without interior do not matter.
    """
    done: set[tuple[str, str, bool]] = set()
    while todo := {key: f for key, f in inside.tower.conditions.items() if key not in done}:
        for (_, op, working), f in todo.items():
            thin = dense and working and op == "!=" and is_thin(inside.tower, f)
            if not thin and not (inside if working else everywhere).holds(f, op):
                return False
        done |= set(todo)
    return True


def is_thin(tower: Tower, f: Frac) -> bool:
    """Return whether the zeros of `f`, a nonzero polynomial in continuous symbols, have no interior."""
    free = {s for s, r in tower.domain.ranges if r.low < r.high and not s.is_integer}
    return bool(f.den.is_one()) and all(g.kind == "symbol" and g.arg in free for g in (tower.gens[i] for i in f.used()))


def _assumed(g: Gen) -> dict[str, bool]:
    return {"integer": True} if g.arg.is_integer else {"real": True}


def _is_open(how: str, bound: tuple | None) -> bool:
    return how == "minus" or bool(bound and bound[1])


def _position(how: str, t: Frac, low: Frac | None, high: Frac | None) -> Frac:
    """Return the symbol that a chart puts at bound and distance t."""
    if low is not None and high is not None:
        return (low + high * t) * (t + t**0).inverse()
    if low is not None:
        return low + t
    if high is not None:
        return high - t if how == "high" else high
    return -t if how == "minus" else t


def image(
    source: Tower, f: Frac, target: Tower, at: dict[int, Frac], quotient: Callable[[Frac], Frac] | None = None
) -> Frac:
    """Return `f` in `target`, symbol i of `source` being at[i]; `at` remembers the other generators.

    Where the denominator becomes 0, `quotient(f)` has the word.

    Raises:
        Undecidable: `f` is not defined there.
    """
    for i in sorted(f.used() - set(at)):
        at[i] = _image(source.gens[i], source, target, at, quotient)
    top, bottom = (compose(q, at) if not q.is_constant() else target.one * constant(q) for q in (f.num, f.den))
    bottom = target.reduce(bottom)
    return quotient(f) if bottom.num.is_zero() and quotient else target.over(top, bottom)


def _image(g: Gen, source: Tower, target: Tower, at: dict[int, Frac], quotient: Any) -> Frac:
    if g.kind in ("symbol", "constant"):
        return target.convert(g.arg)
    arg = image(source, g.arg, target, at, quotient)
    if g.kind == "power":
        return target.integer_power(arg, image(source, g.order, target, at, quotient))
    return generator_image(g, arg, target)


def generator_image(g: Gen, arg: Frac, target: Tower) -> Frac:
    """Return the generator of the kind of `g` with another argument."""
    if g.kind == "log":
        target.require(arg, ">")
        return target.log(arg)
    if g.kind == "root":
        return target.power(arg, fmpq(1, g.order)) if not arg.num.is_zero() else arg
    return target.exp(arg) if g.kind == "exp" else target.special(g.kind, arg)


def _of_symbol(signs: Signs, g: Gen) -> type_sign:
    r = dict(signs.domain.ranges).get(g.arg, Range())
    if r.low >= 0:
        return 1, bool(r.low > 0 or r.low_open)
    return (-1, bool(r.high < 0 or r.high_open)) if r.high <= 0 else None


def _of_power(signs: Signs, g: Gen) -> type_sign:
    found = signs.of(g.arg)
    return found if found and found[0] > 0 else None


_GENERATORS: dict[str, Callable[[Signs, Gen], type_sign]] = {  # constants and exponentials are positive
    "symbol": _of_symbol,
    "log": lambda signs, g: signs.of(g.arg - signs.tower.one),
    "root": lambda signs, g: (1, (signs.of(g.arg) or (1, False))[1]),
    "power": _of_power,
    "Ei": lambda signs, g: (-1, True) if signs.of(g.arg) == (-1, True) else None,
    "Ein": lambda signs, g: signs.of(g.arg),
    "erf": lambda signs, g: signs.of(g.arg),
}
RULES: dict[str, Callable[..., type_sign]] = {
    "coefficients": _coefficients, "condition": _condition, "both": _both, "quadratic": _quadratic, "bounded": _bounded,
    "monotone": _monotone, "cover": _cover,
}  # fmt: skip


class Recorded:
    """A certificate of a tower and of signs in it, read back: every answer is looked up, none is searched."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def tower(self, domain: Domain, ein: bool, size: int) -> Tower:
        """Return a tower whose generators stand in the recorded order."""
        tower = Tower(domain, ein, size, self)
        for kind, arg, order in self.data["generators"]:
            if kind == "symbol":
                tower.place(kind, domain.symbols[arg])
            elif kind == "constant":
                tower.place(kind, {"pi": sp.pi, "EulerGamma": sp.EulerGamma}[arg])
            else:
                part = parsed(tower.ring, order) if kind == "power" else int(order) if kind == "root" else None
                tower.place(kind, parsed(tower.ring, arg), part)
        return tower

    def sign(self, tower: Tower, p: fmpq_mpoly) -> int:
        """Return the recorded sign, 0 if there is none."""
        del tower
        return {1: 1, -1: -1}.get(self.data["signs"].get(str(p)), 0)

    def exponents(self, tower: Tower, u: Frac) -> list[tuple[int, fmpq]]:
        """Return the recorded combination."""
        del tower
        return [(i, fmpq(*map(int, c.split("/")))) for i, c in self.data["exponents"].get(str(u), [])]

    def order(self, tower: Tower, p: fmpq_mpoly, exponent: fmpq) -> int:
        """Return the order of a root that is not recorded."""
        del tower, p
        return int(exponent.q)

    def prime(self, signs: Signs, p: fmpq_mpoly) -> type_sign:
        """Apply the recorded rule."""
        rule = self.data["rules"].get(str(p))
        return signs.apply(p, *rule) if rule else None
