"""Values with nilpotent parts: exact derivatives of matrix expressions without a symbolic rule.

A direction is a pair (variable, entry). Two directions of one variable have product 0, and so has a direction with
itself: one evaluation gives the derivatives in all entries of a variable.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import add, mul
from typing import TypeAlias

from flint import arb, arb_mat, fmpq, fmpq_mat

Number: TypeAlias = fmpq | arb
Matrix: TypeAlias = fmpq_mat | arb_mat
Direction: TypeAlias = tuple[int, int]
Directions: TypeAlias = frozenset[Direction]
REAL: Directions = frozenset()


@dataclass(frozen=True, eq=False, slots=True)
class Jet:
    """`parts[S]` is the coefficient of the product of the directions in S, at most one a variable."""

    parts: dict[Directions, Number | Matrix]

    def __add__(self, other: "Jet") -> "Jet":
        parts = dict(self.parts)
        for s, value in other.parts.items():
            parts[s] = parts[s] + value if s in parts else value
        return Jet(parts)

    def __mul__(self, other: "Jet") -> "Jet":
        parts: dict[Directions, Number | Matrix] = {}
        for (s, x), (t, y) in itertools.product(self.parts.items(), other.parts.items()):
            if (joined := _joined(s, t)) is not None:
                value = _times(x, y)
                parts[joined] = parts[joined] + value if joined in parts else value
        return Jet(parts)

    def each(self, function: Callable[[Number | Matrix], Number | Matrix]) -> "Jet":
        """Return the jet with a linear function applied."""
        return Jet({s: function(value) for s, value in self.parts.items()})

    def part(self, direction: Direction) -> "Jet":
        """Return the derivative in a direction."""
        return Jet({s - {direction}: value for s, value in self.parts.items() if direction in s})

    def variables(self) -> set[int]:
        """Return the variables it varies with."""
        return {variable for s in self.parts for variable, _ in s}


@lru_cache(maxsize=1 << 14)
def _joined(s: Directions, t: Directions) -> Directions | None:
    """Return the product of two sets of directions, or None if it is 0."""
    return None if {v for v, _ in s} & {v for v, _ in t} else s | t


def _times(x: Number | Matrix, y: Number | Matrix) -> Number | Matrix:
    if isinstance(x, arb) and isinstance(y, fmpq_mat):
        return x * arb_mat(y)
    return arb_mat(x) * y if isinstance(x, fmpq_mat) and isinstance(y, arb) else x * y


def total(jets: Iterable[Jet]) -> Jet:
    """Return the sum of at least one jet."""
    return reduce(add, jets)


def product(jets: Iterable[Jet]) -> Jet:
    """Return the product of at least one jet."""
    return reduce(mul, jets)


def trace(m: Matrix) -> Number:
    """Return the trace."""
    return sum((m[i, i] for i in range(1, m.nrows())), m[0, 0])


def filled(rows: list[list[Number]]) -> Matrix:
    """Return the matrix with these rows."""
    entries = [v for row in rows for v in row]
    exact = all(isinstance(v, fmpq) for v in entries)
    n, m = len(rows), len(rows[0])
    return fmpq_mat(n, m, entries) if exact else arb_mat(n, m, [arb(v) for v in entries])


def blocks(rows: list[list[Matrix]]) -> Matrix:
    """Return the matrix with these blocks."""
    return filled([[v for block in row for v in block.table()[i]] for row in rows for i in range(row[0].nrows())])


def diagonal(entries: list[Number]) -> Matrix:
    """Return the diagonal matrix with these entries."""
    return filled([[v if i == j else fmpq(0) for j in range(len(entries))] for i, v in enumerate(entries)])


def column(m: fmpq_mat, j: int) -> fmpq_mat:
    """Return column j."""
    return filled([[m[i, j]] for i in range(m.nrows())])


def inverse(a: Jet) -> Jet:
    """Return the inverse of a matrix.

    Raises:
        ZeroDivisionError: its real part has none.
    """
    out = Jet({REAL: a.parts[REAL].inv()})
    for _ in a.variables():
        out = out + out + (out * a * out).each(lambda m: m * fmpq(-1))
    return out


def exponential(a: Jet) -> Jet:
    """Return exp(a): the first block row of exp of the matrix that represents `a` on products of directions."""
    n, sets = a.parts[REAL].nrows(), list(_products(a))
    zero = fmpq_mat(n, n)
    big = blocks([[a.parts.get(t - s, zero) if s <= t else zero for t in sets] for s in sets])
    table = arb_mat(big).exp().table()[:n]
    return Jet({t: filled([row[n * c : n * c + n] for row in table]) for c, t in enumerate(sets)})


def _products(a: Jet) -> Iterator[Directions]:
    """Yield all products of directions of `a`, at most one a variable; 1 first."""
    directions = sorted(frozenset().union(*a.parts))
    by_variable = [[None, *group] for _, group in itertools.groupby(directions, key=lambda d: d[0])]
    for choice in itertools.product(*by_variable):
        yield frozenset(d for d in choice if d is not None)
