"""A closed form has a normal form: a fraction of polynomials in generators with known relations and derivatives.

Generators are symbols, constants, logarithms of irreducible polynomials, their roots, exponentials of independent
exponents, powers with an integer symbol as exponent, Ei (or Ein) and erf. Where a rewriting needs a condition, the
condition is recorded: `defined` if the expression itself needs it, `working` if only the rewriting does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import sympy as sp
from flint import fmpq, fmpq_mat, fmpq_mpoly, fmpq_mpoly_ctx, fmpz

from theory.domain import Domain
from theory.functions import Ein, phi1
from verify.kernel.quotient import Frac, Undecidable, factors, terms

MAX_DEGREE = 60


class Refine(Exception):
    """A generator has to be finer (a smaller exponent, a higher root), or there are too few: start again."""

    def __init__(self, key: tuple[str, int | str], factor: int) -> None:
        self.key, self.factor = key, factor


@dataclass(frozen=True, slots=True)
class Gen:
    """A symbol, a constant, log(arg), the root of `order`, exp(arg), arg**order, Ei(arg), Ein(arg) or erf(arg)."""

    kind: str
    arg: Any  # a symbol or constant; a polynomial for log, root and power; a fraction for the others
    order: Any = None  # an integer for a root, a fraction for a power


@dataclass(frozen=True, slots=True)
class Condition:
    """The polynomial `poly` (or fraction) is > 0, >= 0 or != 0; `working` ones concern a rewriting only."""

    poly: Frac
    op: str
    working: bool
    why: str


class Tower:
    """The generators in use, and the conversion of SymPy expressions into fractions over them."""

    def __init__(self, domain: Domain, ein: bool, finer: dict, signs_of: Callable) -> None:
        self.domain, self.ein, self.finer = domain, ein, finer
        self.ring = fmpq_mpoly_ctx.get(("g", 16 * finer.get(("ring", 0), 1)), "lex")
        self.one = Frac.of(self.ring.constant(1))
        self.gens: list[Gen] = []
        self.relations: list[tuple[int, int]] = []
        self.index: dict[tuple[str, object], int] = {}
        self.conditions: dict[tuple[str, str, bool], Condition] = {}
        self.strict = False
        self._memo: dict[tuple[sp.Expr, bool], Frac] = {}
        self._slopes: dict[tuple[int, int], Frac] = {}
        self._coordinates: dict[str, list[tuple[int, fmpq]] | None] = {}
        self.signs = signs_of(self)

    def convert(self, expr: sp.Expr) -> Frac:
        """Return the normal form of `expr`.

        Raises:
            Undecidable: an unknown node, or too large.
        """
        key = (expr, self.strict)
        if key not in self._memo:
            kind = next((k for k in type(expr).__mro__ if k in _RULES), None)
            rule: Callable[[Tower, Any], Frac] | None = _RULES.get(kind)
            if rule is None:
                raise Undecidable(f"unknown node {type(expr).__name__}")
            self._memo[key] = self.reduce(rule(self, expr))
        return self._memo[key]

    def rational(self, number: sp.Rational) -> Frac:
        """Return a rational number as a fraction."""
        return Frac.of(self.ring.constant(fmpq(int(number.p), int(number.q))))

    def gen(self, kind: str, arg: object, order: object = None) -> Frac:
        """Return the generator with this meaning, a new one if there is none."""
        key = (kind, arg if isinstance(arg, sp.Basic) else f"{arg}|{order}" if kind == "power" else str(arg))
        if key not in self.index:
            if len(self.gens) == self.ring.nvars():
                raise Refine(("ring", 0), 2)
            self.index[key] = len(self.gens)
            self.gens.append(Gen(kind, arg, order))
            if relation := _relation_order(self.gens[-1]):
                self.relations.append((self.index[key], relation))
        return Frac.of(self.ring.gen(self.index[key]))

    def require(self, poly: Frac, op: str, why: str, working: bool = False) -> None:
        """Record that `poly op 0` is needed; strictly inside a derivative."""
        op = ">" if op == ">=" and self.strict else op
        if not poly.num.is_constant() or not poly.den.is_constant() or not _holds(poly, op):
            self.conditions.setdefault((str(poly), op, working), Condition(poly, op, working, why))

    def over(self, a: Frac, b: Frac, why: str, working: bool = False) -> Frac:
        """Return a / b and record that b is not zero."""
        if b.num.is_zero():
            raise Undecidable(f"division by zero: {why}")
        for factor, _ in factors(b.num)[1]:
            self.require(Frac.of(factor), "!=", why, working)
        return self.reduce(a * b.inverse())

    def reduce(self, f: Frac) -> Frac:
        """Return `f` with y**N = p applied to every root y, in lowest terms."""
        num, den = self._reduced(f.num), self._reduced(f.den)
        if den.is_zero():
            raise Undecidable("division by zero after the relations of the roots")
        return f if num is f.num and den is f.den else Frac.of(num, den)

    def power(self, base: Frac, exponent: fmpq) -> Frac:
        """Return base**exponent for a rational exponent and a base that is not negative."""
        if exponent.q == 1:
            if abs(int(exponent)) > MAX_DEGREE:
                raise Undecidable(f"exponent {exponent}")
            return self.reduce(base ** int(exponent))
        out = self.one
        for prime, m in self.split(base, "root"):
            out = out * self._root(prime, m * exponent)
        return self.reduce(out)

    def log(self, argument: Frac) -> Frac:
        """Return the logarithm as a sum over irreducible positive factors."""
        out = self.one * 0
        for prime, m in self.split(argument, "log"):
            out = out + self._log(prime) * m
        return out

    def exp(self, exponent: Frac) -> Frac:
        """Return the exponential, a product of powers of generators with independent exponents."""
        exponent = self.reduce(exponent)
        if len(exponent.num) > MAX_DEGREE:
            raise Undecidable("exponent with too many terms")
        out = self.one
        for term in terms(exponent):
            out = out * self._exp_term(term)
        return self.reduce(out)

    def special(self, kind: str, u: Frac) -> Frac:
        """Return Ei(u), Ein(u) or erf(u) in the form this tower prefers."""
        u = self.reduce(u)
        if u.num.is_zero() and kind != "Ei":
            return u
        if kind == "erf":
            return -self.gen("erf", -u) if u.num.leading_coefficient() < 0 else self.gen("erf", u)
        if kind == "Ei":
            self.over(self.one, u, "Ei is singular at 0")
        if (kind == "Ein") == self.ein:
            return self.gen(kind, u)
        size = u if kind == "Ein" else self.signs.absolute(u)
        self.require(size, ">", "Ein(u) = gamma + log(u) - Ei(-u)", working=True)
        return self.convert(sp.EulerGamma) + self.log(size) - self.gen("Ei" if kind == "Ein" else "Ein", -u)

    def integer_power(self, base: Frac, exponent: Frac) -> Frac:
        """Return base**exponent for an exponent that is a polynomial in integer symbols."""
        if not _is_integral(exponent):
            raise Undecidable(f"exponent {self.show(exponent)}")
        content, primes = _factored(base)
        out = self.one
        for prime, m in [*_primes(content, self.ring), *primes]:
            out = out * self._integer_power(prime, exponent * m)
        return self.reduce(out)

    def derivative(self, f: Frac, x: int) -> Frac:
        """Return df / d(generator x)."""
        top, bottom = self._d(f.num, x), self._d(f.den, x)
        return self.reduce((top - f * bottom) * Frac.of(f.den).inverse())

    def split(self, f: Frac, why: str) -> list[tuple[fmpq_mpoly, int]]:
        """Return positive factors with multiplicity whose product is `f`; what their signs leave open is recorded."""
        content, primes = _factored(f)
        out, rest = [], self.ring.constant(1)
        for prime, m in primes:
            sign = self.signs.sign(prime)
            if sign is None and m < 0:
                raise Undecidable(f"sign of the denominator {self.show(prime)} under a {why}")
            if sign is None:
                rest *= prime**m
                continue
            positive, content = prime * sign[0], content * sign[0] ** abs(m)
            self.require(Frac.of(positive), ">", f"factor of a {why}", working=True)
            out.append((positive, m))
        out += [(rest, 1)] if not rest.is_constant() else []
        if content < 0:
            if rest.is_constant():
                raise Undecidable(f"{why} of a negative number")
            out[-1], content = (-rest, 1), -content
        return _primes(content, self.ring) + out

    def table(self) -> list[str]:
        """Return what each generator stands for."""
        names = self.ring.names()
        return [
            f"{names[i]} = {g.kind} {g.arg}" + (f" order {g.order}" if g.order else "") for i, g in enumerate(self.gens)
        ]

    def show(self, f: Frac | fmpq_mpoly) -> str:
        """Return `f` as text in the names of the statement."""
        return str(self.expression(f if isinstance(f, Frac) else Frac.of(f)))

    def expression(self, f: Frac) -> sp.Expr:
        """Return `f` as a SymPy expression."""
        return self._sum(f.num) / self._sum(f.den)

    def depends_on(self, f: Frac, x: int) -> bool:
        """Return whether the fraction depends on generator x."""
        return any(self.depends(j, x) for p in (f.num, f.den) for j, d in enumerate(p.degrees()) if d > 0)

    def depends(self, i: int, x: int) -> bool:
        """Return whether generator i depends on generator x."""
        if i == x:
            return True
        arg, order = self.gens[i].arg, self.gens[i].order
        parts = [p for p in (arg, order) if isinstance(p, Frac | fmpq_mpoly)]
        return any(self.depends_on(p if isinstance(p, Frac) else Frac(p, p**0), x) for p in parts)

    def _reduced(self, p: fmpq_mpoly) -> fmpq_mpoly:
        degrees = p.degrees()
        for i, order in reversed(self.relations):
            if degrees[i] >= order:
                value = self.gens[i].arg if self.gens[i].kind == "root" else self.ring.constant(1)
                p = sum(
                    (c * self.ring.gen(i) ** (k % order) * value ** (k // order) for k, c in coefficients(p, i)),
                    self.ring.constant(0),
                )
                degrees = p.degrees()
        return p

    def _kind(self, prime: fmpq_mpoly) -> int | None:
        """Return the index of the generator that `prime` is, if it is one."""
        used = [i for i, d in enumerate(prime.degrees()) if d > 0]
        return used[0] if len(used) == 1 and prime == self.ring.gen(used[0]) else None

    def _log(self, prime: fmpq_mpoly) -> Frac:
        i = self._kind(prime)
        if i is not None and self.gens[i].kind == "exp":
            return self.gens[i].arg
        if i is not None and self.gens[i].kind == "root":
            return self._log(self.gens[i].arg) * fmpq(1, self.gens[i].order)
        return self.gen("log", prime)

    def _root(self, prime: fmpq_mpoly, exponent: fmpq) -> Frac:
        if exponent.q == 1:
            return Frac.of(prime) ** int(exponent)
        i = self._kind(prime)
        if i is not None and self.gens[i].kind == "exp":
            return self.exp(self.gens[i].arg * exponent)
        if i is not None and self.gens[i].kind == "root":
            return self._root(self.gens[i].arg, exponent / self.gens[i].order)
        key = ("root", str(prime))
        known = self.index.get(key)
        order = self.finer.get(key, exponent.q) if known is None else self.gens[known].order
        if order > MAX_DEGREE:
            raise Undecidable(f"a root of order {order}")
        if (exponent * order).q != 1:
            raise Refine(key, int(order * (exponent * order).q))
        return self.gen("root", prime, order) ** int(exponent * order)

    def _exp_term(self, term: Frac) -> Frac:
        key = str(term)
        if key not in self._coordinates:
            self._coordinates[key] = self._solve(term)
        found = self._coordinates[key]
        if found and not self._is_near(found):
            return self.gen("exp", term)  # independent or not: no proof rests on that
        if found is None:
            ordinal = sum(g.kind == "exp" for g in self.gens)
            fine = self.finer.get(("exp", ordinal), 1)
            return self.gen("exp", term * fmpq(1, fine)) ** fine
        out = self.one
        for i, c in found:
            out = out * (self._root(self.gens[i].arg, c) if self.gens[i].kind == "log" else self._exp_power(i, c))
        return out

    def _is_near(self, found: list[tuple[int, fmpq]]) -> bool:
        """Return whether small powers of common generators express all exponents."""
        fine = max(self.finer.values(), default=1)
        return all(abs(c.p) <= MAX_DEGREE and c.q * fine <= MAX_DEGREE for i, c in found if self.gens[i].kind == "exp")

    def _exp_power(self, i: int, c: fmpq) -> Frac:
        if c.q != 1:
            raise Refine(("exp", sum(g.kind == "exp" for g in self.gens[:i])), int(c.q))
        if abs(int(c)) > MAX_DEGREE:
            raise Undecidable("exponents too far apart")
        return Frac.of(self.ring.gen(i)) ** int(c)

    def _solve(self, v: Frac) -> list[tuple[int, fmpq]] | None:
        """Return rational c with v = sum of c_i exponent_i, logarithms being exponents too; None if there is none."""
        logs = {i for i, d in enumerate(v.num.degrees()) if d > 0 and self.gens[i].kind == "log"}
        basis = [
            (i, g.arg if g.kind == "exp" else Frac.of(self.ring.gen(i)))
            for i, g in enumerate(self.gens)
            if g.kind == "exp" or i in logs
        ]
        common = v.den
        for _, b in basis:
            common = common * (b.den / common.gcd(b.den))
        columns = [(b.num * (common / b.den)).to_dict() for b in [b for _, b in basis] + [v]]
        rows = sorted({m for c in columns for m in c})
        matrix, rank = fmpq_mat(len(rows), len(columns), [c.get(m, fmpq(0)) for m in rows for c in columns]).rref()
        found = []
        for r in range(rank):
            pivot = next(c for c in range(len(columns)) if matrix[r, c] != 0)
            if pivot == len(basis):
                return None
            found.append((basis[pivot][0], matrix[r, len(basis)]))
        return [(i, c) for i, c in found if c != 0]

    def _integer_power(self, prime: fmpq_mpoly, exponent: Frac) -> Frac:
        i = self._kind(prime)
        if i is not None and self.gens[i].kind == "exp":
            return self.exp(self.gens[i].arg * exponent)
        out = self.one
        for term in terms(exponent):
            coefficient = int(term.num.leading_coefficient())
            monomial = term * fmpq(1, coefficient)
            y = Frac.of(prime) if monomial.num.is_constant() else self.gen("power", prime, monomial)
            out = out * (
                y**coefficient
                if coefficient > 0
                else self.over(self.one, y**-coefficient, "negative power", working=True)
            )
        return out

    def _d(self, p: fmpq_mpoly, x: int) -> Frac:
        out = self.one * 0
        for i, degree in enumerate(p.degrees()):
            if degree > 0 and self.depends(i, x):
                out = out + self._slope(i, x) * Frac.of(p.derivative(i))
        return out

    def _slope(self, i: int, x: int) -> Frac:
        if (i, x) not in self._slopes:
            rule: Callable[[Tower, int, int], Frac] = _SLOPES[self.gens[i].kind]
            self._slopes[i, x] = self.one if i == x else rule(self, i, x)
        return self._slopes[i, x]

    def _sum(self, p: fmpq_mpoly) -> sp.Expr:
        parts = []
        for monomial, c in p.to_dict().items():
            powers = (self._meaning(i) ** k for i, k in enumerate(monomial) if k)
            parts.append(sp.Mul(sp.Rational(int(c.p), int(c.q)), *powers))
        return sp.Add(*parts)

    def _meaning(self, i: int) -> sp.Expr:
        g = self.gens[i]
        if g.kind in ("symbol", "constant"):
            return g.arg
        inner = self.expression(g.arg if isinstance(g.arg, Frac) else Frac.of(g.arg))
        if g.kind in ("root", "power"):
            return inner ** (sp.Rational(1, g.order) if g.kind == "root" else self.expression(g.order))
        return {"log": sp.log, "exp": sp.exp, "Ei": sp.Ei, "Ein": Ein, "erf": sp.erf}[g.kind](inner)


def coefficients(p: fmpq_mpoly, i: int) -> list[tuple[int, fmpq_mpoly]]:
    """Return the pairs (k, coefficient of generator i to the power k) of `p`."""
    groups: dict[int, dict[tuple[int, ...], fmpq]] = {}
    for monomial, c in p.to_dict().items():
        groups.setdefault(monomial[i], {})[(*monomial[:i], 0, *monomial[i + 1 :])] = c
    return [(k, p.context().from_dict(g)) for k, g in sorted(groups.items())]


def _holds(f: Frac, op: str) -> bool:
    number = f.num.leading_coefficient() if not f.num.is_zero() else fmpq(0)
    return {">": number > 0, ">=": number >= 0, "!=": number != 0}[op]


def _relation_order(g: Gen) -> int:
    if g.kind == "root":
        return int(g.order)
    return 2 if g.kind == "power" and g.arg == -1 else 0


def _factored(f: Frac) -> tuple[fmpq, list[tuple[fmpq_mpoly, int]]]:
    if f.num.is_zero():
        raise Undecidable("logarithm or root of zero")
    top, bottom = factors(f.num), factors(f.den)
    return top[0] / bottom[0], top[1] + [(p, -m) for p, m in bottom[1]]


@cache
def _prime_factors(number: fmpz) -> tuple[tuple[int, int], ...]:
    if abs(number).bit_length() > 100:
        raise Undecidable("logarithm or root of a number above 2**100")
    return tuple((int(p), int(m)) for p, m in number.factor())


def _primes(q: fmpq, ring: fmpq_mpoly_ctx) -> list[tuple[fmpq_mpoly, int]]:
    signed = [(ring.constant(-1), 1)] if q < 0 else []
    top = [(ring.constant(p), m) for p, m in _prime_factors(abs(q.p))]
    return signed + top + [(ring.constant(p), -m) for p, m in _prime_factors(abs(q.q))]


def _convert_power(tower: Tower, expr: sp.Pow) -> Frac:
    base, exponent = tower.convert(expr.base), tower.convert(expr.exp)
    if expr.exp.is_Rational:
        q = fmpq(int(expr.exp.p), int(expr.exp.q))
        if q.q != 1:
            tower.require(base, ">" if q < 0 else ">=", "a power or logarithm is real")
        elif q < 0:
            tower.over(tower.one, base, "denominator")
        return tower.power(base, q) if not base.num.is_zero() else base
    if all(s.is_integer for s in expr.exp.free_symbols) and _is_integral(exponent):
        low = tower.signs.of(exponent)
        if low is None or low[0] < 0:
            tower.over(tower.one, base, "negative exponent")
        return tower.integer_power(base, exponent)
    tower.require(base, ">", "a power or logarithm is real")
    return tower.exp(exponent * tower.log(base))


def _is_integral(f: Frac) -> bool:
    return f.den.is_one() and all(c.q == 1 for c in f.num.coeffs())


def _convert_log(tower: Tower, expr: sp.log) -> Frac:
    argument = tower.convert(expr.args[0])
    tower.require(argument, ">", "a power or logarithm is real")
    return tower.log(argument)


def _convert_phi1(tower: Tower, expr: phi1) -> Frac:
    u = tower.convert(expr.args[0])
    return (
        tower.one
        if u.num.is_zero()
        else tower.over(tower.exp(u) - tower.one, u, "phi1(u) = (exp(u) - 1)/u", working=True)
    )


def _convert_derivative(tower: Tower, expr: sp.Derivative) -> Frac:
    before, tower.strict = tower.strict, True
    out = tower.convert(expr.args[0])
    tower.strict = before
    for x, count in expr.args[1:]:
        if x.is_integer or not count.is_Integer or not 0 <= count <= 4:
            raise Undecidable(f"derivative of order {count} in {x}")
        tower.convert(x)
        for _ in range(int(count)):
            out = tower.derivative(out, tower.index["symbol", x])
    return out


def _convert_sum(tower: Tower, expr: sp.Add) -> Frac:
    return sum((tower.convert(a) for a in expr.args), tower.one * 0)


def _convert_product(tower: Tower, expr: sp.Mul) -> Frac:
    out = tower.one
    for a in expr.args:
        out = tower.reduce(out * tower.convert(a))
    return out


_RULES = {
    sp.Rational: lambda t, e: t.rational(e),
    sp.Symbol: lambda t, e: t.gen("symbol", e),
    sp.NumberSymbol: lambda t, e: t.exp(t.one) if e is sp.E else t.gen("constant", e),
    sp.Add: _convert_sum,
    sp.Mul: _convert_product,
    sp.Pow: _convert_power,
    sp.log: _convert_log,
    sp.Derivative: _convert_derivative,
    phi1: _convert_phi1,
    sp.exp: lambda t, e: t.exp(t.convert(e.args[0])),
    sp.Ei: lambda t, e: t.special("Ei", t.convert(e.args[0])),
    Ein: lambda t, e: t.special("Ein", t.convert(e.args[0])),
    sp.erf: lambda t, e: t.special("erf", t.convert(e.args[0])),
    sp.Abs: lambda t, e: t.signs.absolute(t.convert(e.args[0])),
}


def _power_slope(t: Tower, i: int, x: int) -> Frac:
    g = t.gens[i]
    return (
        g.order * Frac.of(t.ring.gen(i)) * t.over(t._d(g.arg, x), Frac.of(g.arg), "derivative of a power", working=True)
    )


def _root_slope(t: Tower, i: int, x: int) -> Frac:
    g = t.gens[i]
    return (
        Frac.of(t.ring.gen(i))
        * t.over(t._d(g.arg, x), Frac.of(g.arg), "derivative of a root", working=True)
        * fmpq(1, int(g.order))
    )


def _special_slope(kernel: Callable[[Tower, Frac], Frac]) -> Callable[[Tower, int, int], Frac]:
    def slope(t: Tower, i: int, x: int) -> Frac:
        u = t.gens[i].arg
        return t.over(kernel(t, u) * t.derivative(u, x), u, "derivative of Ei or Ein", working=True)

    return slope


_SLOPES = {
    "symbol": lambda t, *_: t.one * 0,
    "constant": lambda t, *_: t.one * 0,
    "log": lambda t, i, x: t.over(
        t._d(t.gens[i].arg, x), Frac.of(t.gens[i].arg), "derivative of a logarithm", working=True
    ),
    "root": _root_slope,
    "power": _power_slope,
    "exp": lambda t, i, x: Frac.of(t.ring.gen(i)) * t.derivative(t.gens[i].arg, x),
    "Ei": _special_slope(lambda t, u: t.exp(u)),
    "Ein": _special_slope(lambda t, u: t.one - t.exp(-u)),
    "erf": lambda t, i, x: (
        t.exp(-(t.gens[i].arg ** 2)) * t.derivative(t.gens[i].arg, x) * 2 * t.power(t.convert(sp.pi), fmpq(-1, 2))
    ),
}
