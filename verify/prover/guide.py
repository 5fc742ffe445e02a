"""A guide answers what a tower asks by search, and remembers the answers: they are the certificate."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import sympy as sp
from flint import fmpq, fmpq_mat, fmpq_mpoly

from theory.domain import Domain
from verify.kernel.algebra import Frac, Undecidable, coefficients, factors
from verify.kernel.signs import SENSE, Signs, bounds, covering, grows, on_chart, type_sign
from verify.kernel.tower import MAX_POWER, Tower
from verify.prover.covers import covers

MAX_CHARTS = 24
MAX_WORK = 150
type_rule = list[Any]
type_attempt = tuple[Callable[[], type_sign], Callable[[], type_rule]]  # finds a sign; the rule that gives it


class Refine(Exception):
    """A generator has to be finer (a smaller exponent, a higher root), or there are too few: start again."""

    def __init__(self, key: tuple[str, int | str], factor: int) -> None:
        self.key, self.factor = key, factor


class SignSearch:
    """Searches for the rules that give signs: on a chart those for orthants, elsewhere conditions and covers."""

    def __init__(self, finer: dict, *, chart: bool = False, depth: int = 0, purse: list[int] | None = None) -> None:
        self.finer, self.chart, self.depth = finer, chart, depth
        self.purse = [MAX_WORK] if purse is None else purse
        self.rules: dict[str, type_rule] = {}
        self._conditions: list[tuple[int, Frac, list[tuple[fmpq_mpoly, int]]]] | None = None

    def prime(self, signs: Signs, p: fmpq_mpoly) -> type_sign:
        """Return the sign of an irreducible polynomial and remember the rule."""
        unequal: type_rule = []
        found: type_sign = None
        rule: type_rule = []
        for j in self._about(signs, p):
            if SENSE[type(signs.domain.conditions[j])][0] == 0:
                unequal = ["condition", j]
            elif found is None:
                rule = ["condition", j]
                found = signs.apply(p, *rule)
        if found is None:
            rule = ["coefficients"]
            found = signs.by_coefficients(p)
        if found is None:
            found, rule = _best(self._attempts(signs, p))
        if unequal and not (found and found[1]):
            rule = ["both", rule, unequal] if found else unequal
            found = signs.apply(p, *rule)
        if found:
            self.rules[str(p)] = rule
        return found

    def _about(self, signs: Signs, p: fmpq_mpoly) -> list[int]:
        """Return the conditions that say something of `p`, the signs of their other factors being known at once."""
        if self._conditions is None:
            self._conditions = []
            for j, c in enumerate(signs.domain.conditions):
                if type(c) in SENSE:
                    f = signs.tower.relation(c)
                    self._conditions.append((j, f, factors(f.num * f.den)[1]))
            signs.memo.clear()
        out = []
        for j, f, primes in self._conditions:
            if isinstance(signs.domain.conditions[j], sp.Ne):
                if any(q == p for q, _ in factors(f.num)[1]):
                    out.append(j)
            elif any(q == p and m % 2 for q, m in primes) and all(q == p or self._at_once(signs, q) for q, _ in primes):
                out.append(j)
        return out

    def _at_once(self, signs: Signs, p: fmpq_mpoly) -> bool:
        found = signs.by_coefficients(p)
        return found is not None and found[1]

    def _attempts(self, signs: Signs, p: fmpq_mpoly) -> Iterator[type_attempt]:
        if self.chart:
            yield from (_direct(signs, p, ["bounded", levels]) for levels in _levels(signs, p))
        yield from (_direct(signs, p, ["quadratic", i]) for i, d in enumerate(p.degrees()) if d == 2)
        if self.chart:
            yield from self._slopes(signs, p)
        else:
            yield from (self._covered(signs, p, options) for options in islice(covers(signs, p), MAX_CHARTS))

    def _affords(self) -> bool:
        """Return whether there is work left to spend, and spend some; all towers of one question share a purse."""
        self.purse[0] -= 1
        return self.purse[0] >= 0

    def _child(self, depth: int) -> "Guide":
        return Guide(self.finer, chart=True, depth=depth, purse=self.purse)

    def _covered(self, signs: Signs, p: fmpq_mpoly, options: list[list]) -> type_attempt:
        parts: list[dict] = []

        def attempt() -> type_sign:
            out: type_sign = None
            for chart in covering(signs, options):
                if not self._affords():
                    return None
                child = self._child(self.depth)
                found = on_chart(signs, p, chart, child)
                if found is None or (out is not None and out[0] != found[0]):
                    return None
                parts.append(child.record())
                out = (found[0], found[1] and (out is None or out[1]))
            return out

        return attempt, lambda: ["cover", options, parts]

    def _slopes(self, signs: Signs, p: fmpq_mpoly) -> Iterator[type_attempt]:
        if self.depth == 0 or not self._affords():
            return
        symbols = [i for i, g in enumerate(signs.tower.gens) if g.kind == "symbol" and not g.arg.is_integer]
        for f, factor in _scaled(signs, p):
            yield from (self._grows(signs, f, factor, i) for i in symbols if signs.tower.depends_on(f, i))

    def _grows(self, signs: Signs, f: Frac, factor: fmpq_mpoly, i: int) -> type_attempt:
        child = self._child(self.depth - 1)

        def attempt() -> type_sign:
            self.depth -= 1
            try:
                return grows(signs, f, i, child)
            finally:
                self.depth += 1

        return attempt, lambda: ["monotone", i, str(Frac.of(factor)), child.record()]


class Guide(SignSearch):
    """Answers what a tower asks; a search for signs inside of its domain tells how factors are oriented."""

    _tower: Tower
    inside: Signs

    def __init__(self, finer: dict, **options: Any) -> None:
        super().__init__(finer, **options)
        self.signs: dict[str, int] = {}
        self.combinations: dict[str, list[tuple[int, fmpq]]] = {}

    def tower(self, domain: Domain, ein: bool, size: int, inner: Domain | None = None) -> Tower:
        """Return a tower that asks this guide."""
        self._tower = Tower(domain, ein, size, self)
        self.inside = Signs(self._tower, inner or domain, self)
        return self._tower

    def sign(self, tower: Tower, p: fmpq_mpoly) -> int:
        """Return the sign of `p` inside of the domain, 0 if it is not known."""
        del tower
        found = self.inside.sign(p)
        self.signs[str(p)] = found[0] if found else 0
        return self.signs[str(p)]

    def order(self, tower: Tower, p: fmpq_mpoly, exponent: fmpq) -> int:
        """Return the root that is needed, start again if the one at hand does not do."""
        key = ("root", str(Frac.of(p)))
        known = tower.index.get(key)
        order = self.finer.get(key, int(exponent.q)) if known is None else tower.gens[known].order
        if order > MAX_POWER:
            raise Undecidable(f"a root of order {order}")
        if (exponent * order).q != 1:
            raise Refine(key, int((exponent * order).q))
        return order

    def exponents(self, tower: Tower, u: Frac) -> list[tuple[int, fmpq]]:
        """Return `u` as a combination of the exponents at hand, or of a new one."""
        key = str(u)
        if key not in self.combinations:
            self.combinations[key] = self._combination(tower, u)
        return self.combinations[key]

    def record(self) -> dict[str, Any]:
        """Return the certificate of the tower and of the signs inside."""
        return {
            "generators": [_meaning(self._tower, i) for i in range(len(self._tower.gens))],
            "signs": {k: s for k, s in self.signs.items() if s},
            "exponents": {k: [[i, str(c)] for i, c in v] for k, v in self.combinations.items()},
            "rules": self.rules,
        }

    def _combination(self, tower: Tower, u: Frac) -> list[tuple[int, fmpq]]:
        found = _solved(tower, u)
        if found is not None and not self._is_near(tower, found):
            return [(tower.place("exp", u), fmpq(1))]  # independent or not: no proof rests on that
        if found is None:
            fine = self.finer.get(("exp", sum(g.kind == "exp" for g in tower.gens)), 1)
            return [(tower.place("exp", u * fmpq(1, fine)), fmpq(fine))]
        for i, c in found:
            if c.q != 1 and tower.gens[i].kind == "exp":
                raise Refine(("exp", sum(g.kind == "exp" for g in tower.gens[:i])), int(c.q))
        return found

    def _is_near(self, tower: Tower, found: list[tuple[int, fmpq]]) -> bool:
        """Return whether small powers of common generators express all exponents."""
        fine, kinds = max(self.finer.values(), default=1), tower.gens
        return all(abs(c.p) <= MAX_POWER and c.q * fine <= MAX_POWER for i, c in found if kinds[i].kind == "exp")


def _direct(signs: Signs, p: fmpq_mpoly, rule: type_rule) -> type_attempt:
    return lambda: signs.apply(p, *rule), lambda: rule


def _best(attempts: Iterator[type_attempt]) -> tuple[type_sign, type_rule]:
    """Return the first strict sign; if none of the first few is, one that is not strict."""
    weak: tuple[type_sign, type_rule] = (None, [])
    for attempt, rule in attempts:
        try:
            found = attempt()
        except (Undecidable, Refine):
            continue
        if found and found[1] and found[0]:
            return found, rule()
        if found and weak[0] is None:
            weak = found, rule()
    return weak


def _levels(signs: Signs, p: fmpq_mpoly) -> Iterator[list[list[int]]]:
    """Yield which bounds to try for the generators of `p`, at ever finer levels."""
    gens = signs.tower.gens
    bounded = {i for i, g in enumerate(gens) if g.kind in ("exp", "log", "erf", "Ein")}
    used = sorted(i for i in bounded if p.degrees()[i] > 0)
    plain = {i for i in used if gens[i].kind == "erf" or not gens[i].arg.used() & bounded}
    tried: list[list[list[int]]] = [[]]
    for level in range(4):
        finest = {i: (min(level, 2) if gens[i].kind == "exp" else level) if i in plain else 0 for i in used}
        levels = [[i, k] for i, k in finest.items() if (i in plain or gens[i].kind == "exp") and bounds(signs, i, k)]
        if levels not in tried:
            tried.append(levels)
            yield levels


def _scaled(signs: Signs, p: fmpq_mpoly) -> Iterator[tuple[Frac, fmpq_mpoly]]:
    """Yield `p` divided by positive quantities that make its derivatives simpler."""
    yield Frac.of(p), p**0
    for i, degree in enumerate(p.degrees()):
        kind = signs.tower.gens[i].kind if degree == 1 else "symbol"
        factor = coefficients(p, i)[1] if kind in ("log", "Ei", "Ein", "erf", "exp") else None
        found = signs.sign(factor) if factor is not None and not factor.is_constant() else None
        if factor is not None and found and found[1] and found[0]:
            yield Frac.of(p * found[0], factor), factor


def _solved(tower: Tower, v: Frac) -> list[tuple[int, fmpq]] | None:
    """Return rational c with v = sum of c_i exponent_i, logarithms being exponents too; None if there is none."""
    logs = {i for i in v.used() if tower.gens[i].kind == "log"}
    basis = [
        (i, g.arg if g.kind == "exp" else Frac.of(tower.ring.gen(i)))
        for i, g in enumerate(tower.gens)
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


def _meaning(tower: Tower, i: int) -> list[Any]:
    g = tower.gens[i]
    if g.kind == "symbol":
        return [g.kind, tower.domain.symbols.index(g.arg), None]
    order = str(g.order) if isinstance(g.order, Frac) else None if g.order is None else int(g.order)
    return [g.kind, str(g.arg), order]
