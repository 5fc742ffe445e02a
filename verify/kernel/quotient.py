"""Exact fractions of polynomials over Q, in lowest terms."""

from dataclasses import dataclass
from math import comb

from flint import fmpq, fmpq_mpoly

from verify.kernel.budget import Undecidable, spend

__all__ = ["Frac", "Undecidable", "compose", "factors", "power", "product", "terms"]
MAX_TERMS = 3000
MAX_DEGREE = 150
MAX_FACTORED = 400  # terms
UNIT = 100  # work that goes with every operation, in products of two terms
_FACTORED: dict[tuple[str, int], tuple[fmpq, list[tuple[fmpq_mpoly, int]]]] = {}


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
            return Frac(num, num.context().constant(1))
        _limited(num, den)
        spend(UNIT + 2 * len(num) * len(den))
        common = num.gcd(den)
        return _monic(num / common, den / common)

    def __add__(self, other: "Frac") -> "Frac":
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
        return Frac.of(product(self.num, other.num), product(self.den, other.den))

    def __pow__(self, k: int) -> "Frac":
        if k < 0:
            return self.inverse() ** -k
        return Frac(power(self.num, k), power(self.den, k))

    def __str__(self) -> str:
        return f"({self.num})/({self.den})"

    def inverse(self) -> "Frac":
        """Return den / num; whoever divides records that num is not zero."""
        return _monic(self.den, self.num)


def _limited(*polys: fmpq_mpoly) -> None:
    """Raise Undecidable if a degree is too high for greatest common divisors and factors."""
    if any(max(p.degrees(), default=0) > MAX_DEGREE for p in polys):
        raise Undecidable(f"a degree above {MAX_DEGREE}")


def product(p: fmpq_mpoly, q: fmpq_mpoly) -> fmpq_mpoly:
    """Return p q unless it is too large."""
    if len(p) * len(q) > MAX_TERMS**2 // 9:
        raise Undecidable("a product of large sums")
    spend(UNIT + len(p) * len(q))
    return p * q


def power(p: fmpq_mpoly, k: int) -> fmpq_mpoly:
    """Return p**k unless it is too large."""
    if k * max(p.degrees(), default=0) > MAX_DEGREE:
        raise Undecidable(f"degree {k} times {p.degrees()}")
    most = comb(max(len(p), 1) + k - 1, k)
    if most > MAX_TERMS:
        raise Undecidable(f"a sum to the power {k}")
    spend(UNIT + most * len(p))
    return p**k


def _monic(num: fmpq_mpoly, den: fmpq_mpoly) -> Frac:
    lead = den.leading_coefficient()
    return Frac(num, den) if lead == 1 else Frac(num / lead, den / lead)


def factors(p: fmpq_mpoly) -> tuple[fmpq, list[tuple[fmpq_mpoly, int]]]:
    """Return the rational content and the irreducible factors of `p` with their multiplicities."""
    if p.is_constant():
        return (p.leading_coefficient() if not p.is_zero() else fmpq(0)), []
    if len(p) == 1:
        ring, degrees = p.context(), p.degrees()
        return p.leading_coefficient(), [(ring.gen(i), int(d)) for i, d in enumerate(degrees) if d]
    _limited(p)
    if len(p) > MAX_FACTORED:
        raise Undecidable(f"factors of {len(p)} terms")
    spend(UNIT + 20 * len(p) ** 2)
    key = str(p), p.context().nvars()
    if key not in _FACTORED:
        if len(_FACTORED) > 4096:
            _FACTORED.clear()
        content, found = p.factor()
        _FACTORED[key] = content, [(q, int(m)) for q, m in found]
    return _FACTORED[key]


def terms(f: Frac) -> list[Frac]:
    """Return the terms of the numerator, each over the denominator."""
    ring = f.num.context()
    return [Frac.of(ring.from_dict({m: c}), f.den) for m, c in f.num.to_dict().items()]


def compose(p: fmpq_mpoly, values: dict[int, Frac]) -> Frac:
    """Return `p` with generator i replaced by values[i]; the other generators stay."""
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
