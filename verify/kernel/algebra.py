"""Exact fractions of polynomials over Q, in lowest terms, and as text; large ones are refused."""

from dataclasses import dataclass
from math import comb, inf
from operator import add, sub

from flint import fmpq, fmpq_mpoly, fmpq_mpoly_ctx

MAX_TERMS, MAX_DEGREE, MAX_FACTORED = 3000, 150, 400
WORK = [inf]  # what is left to spend, in products of two terms; whoever searches sets it
_FACTORED: dict[tuple[str, int], tuple[fmpq, list[tuple[fmpq_mpoly, int]]]] = {}


class Undecidable(Exception):
    """The question is outside of what can be decided, or too large; the text says why."""


def spend(work: int) -> None:
    """Take `work` and a fixed part from what is left; raise Undecidable if nothing is left."""
    WORK[0] -= 100 + work
    if WORK[0] < 0:
        raise Undecidable("more work than allowed")


@dataclass(frozen=True, slots=True)
class Frac:
    """num / den in lowest terms; the leading coefficient of den is 1."""

    num: fmpq_mpoly
    den: fmpq_mpoly

    @staticmethod
    def of(num: fmpq_mpoly, den: fmpq_mpoly | None = None) -> "Frac":
        """Return num / den in lowest terms."""
        if len(num) > MAX_TERMS or (den is not None and len(den) > MAX_TERMS):
            raise Undecidable(f"more than {MAX_TERMS} terms")
        if den is None or den.is_one():
            return Frac(num, num.context().constant(1) if den is None else den)
        _limited(num, den)
        spend(2 * len(num) * len(den))
        common = num.gcd(den)
        return _monic(num / common, den / common)

    def __add__(self, other: "Frac") -> "Frac":
        if self.num.is_zero():
            return other
        if self.den == other.den:
            return Frac.of(self.num + other.num, self.den)
        num = product(self.num, other.den) + product(other.num, self.den)
        return Frac.of(num, product(self.den, other.den))

    def __sub__(self, other: "Frac") -> "Frac":
        return self + -other

    def __neg__(self) -> "Frac":
        return Frac(-self.num, self.den)

    def __mul__(self, other: "Frac | fmpq | int") -> "Frac":
        if not isinstance(other, Frac):
            return Frac(self.num * other, self.den) if other else Frac.of(self.num * 0)
        if self.den.is_one() and other.den.is_one():
            return other if self.num.is_one() else Frac.of(product(self.num, other.num))
        return Frac.of(product(self.num, other.num), product(self.den, other.den))

    def __pow__(self, k: int) -> "Frac":
        return self.inverse() ** -k if k < 0 else Frac(power(self.num, k), power(self.den, k))

    def __str__(self) -> str:
        return f"({self.num})/({self.den})"

    def inverse(self) -> "Frac":
        """Return den / num; whoever divides records that num is not zero."""
        return _monic(self.den, self.num)

    def used(self) -> set[int]:
        """Return the indices of the generators that occur."""
        return {i for p in (self.num, self.den) for i, d in enumerate(p.degrees()) if d > 0}


def _limited(*polys: fmpq_mpoly) -> None:
    if any(p.total_degree() > MAX_DEGREE for p in polys):
        raise Undecidable(f"a degree above {MAX_DEGREE}")


def _monic(num: fmpq_mpoly, den: fmpq_mpoly) -> Frac:
    lead = den.leading_coefficient()
    return Frac(num, den) if lead == 1 else Frac(num / lead, den / lead)


def product(p: fmpq_mpoly, q: fmpq_mpoly) -> fmpq_mpoly:
    """Return p q unless it is too large."""
    if len(p) * len(q) > MAX_TERMS**2 // 9:
        raise Undecidable("a product of large sums")
    spend(len(p) * len(q))
    return p * q


def power(p: fmpq_mpoly, k: int) -> fmpq_mpoly:
    """Return p**k unless it is too large."""
    most = comb(max(len(p), 1) + k - 1, k)
    if k * p.total_degree() > MAX_DEGREE or most > MAX_TERMS:
        raise Undecidable(f"a sum to the power {k}")
    spend(most * len(p))
    return p**k


def constant(p: fmpq_mpoly) -> fmpq:
    """Return the value of a constant polynomial."""
    return fmpq(0) if p.is_zero() else p.leading_coefficient()


def factors(p: fmpq_mpoly) -> tuple[fmpq, list[tuple[fmpq_mpoly, int]]]:
    """Return the rational content and the irreducible factors of `p` with their multiplicities."""
    if p.is_constant():
        return constant(p), []
    if len(p) == 1:
        return p.leading_coefficient(), [(p.context().gen(i), int(d)) for i, d in enumerate(p.degrees()) if d]
    _limited(p)
    if len(p) > MAX_FACTORED:
        raise Undecidable(f"factors of {len(p)} terms")
    spend(20 * len(p) ** 2)
    key = str(p), p.context().nvars()
    if key not in _FACTORED:
        if len(_FACTORED) > 4096:
            _FACTORED.clear()
        content, found = p.factor()
        _FACTORED[key] = content, [(q, int(m)) for q, m in found]
    return _FACTORED[key]


def terms(f: Frac) -> list[Frac]:
    """Return the terms of the numerator, each over the denominator."""
    return [Frac.of(f.num.context().from_dict({m: c}), f.den) for m, c in f.num.to_dict().items()]


def coefficients(p: fmpq_mpoly, i: int) -> dict[int, fmpq_mpoly]:
    """Return the coefficients of the powers of generator i in `p`."""
    groups: dict[int, dict[tuple[int, ...], fmpq]] = {}
    for monomial, c in p.to_dict().items():
        groups.setdefault(monomial[i], {})[(*monomial[:i], 0, *monomial[i + 1 :])] = c
    return {k: p.context().from_dict(g) for k, g in sorted(groups.items())}


def compose(p: fmpq_mpoly, values: dict[int, Frac]) -> Frac:
    """Return `p` with generator i replaced by values[i], all at once; the other generators stay."""
    degrees = p.degrees()
    used = {i: values.get(i) or Frac.of(p.context().gen(i)) for i, d in enumerate(degrees) if d > 0}
    ring = next(iter(used.values())).num.context() if used else p.context()
    powers = {
        i: [product(power(v.num, e), power(v.den, degrees[i] - e)) for e in range(degrees[i] + 1)]
        for i, v in used.items()
    }
    total, bottom = ring.constant(0), ring.constant(1)
    for monomial, c in p.to_dict().items():
        part = ring.constant(c)
        for i, table in powers.items():
            part = product(part, table[monomial[i]])
        spend(len(total))
        total += part
    for table in powers.values():
        bottom = product(bottom, table[0])
    return Frac.of(total, bottom)


def parsed(ring: fmpq_mpoly_ctx, text: str) -> Frac:
    """Return the fraction that has this text."""
    num, _, den = text[1:-1].partition(")/(")
    return Frac.of(_polynomial(ring, num), _polynomial(ring, den))


def _polynomial(ring: fmpq_mpoly_ctx, text: str) -> fmpq_mpoly:
    total = ring.constant(0)
    for part in text.replace(" - ", " + ~").split(" + "):
        term = ring.constant(1)
        for factor in part.lstrip("~-").split("*"):
            base, _, exponent = factor.partition("^")
            value = ring.gen(int(base[1:])) if base[0] == "g" else ring.constant(fmpq(*map(int, base.split("/"))))
            term *= value ** int(exponent or 1)
        total = (sub if part[0] in "~-" else add)(total, term)
    return total
