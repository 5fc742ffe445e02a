"""A power of a matrix is exact in rational arithmetic while that is small, and a ball beyond."""

from collections.abc import Mapping

import sympy as sp
from flint import arb, arb_mat, fmpq, fmpq_mat

from theory.formula import Recursion
from verify.arithmetic.balls import MAX_BITS, precision

EXACT = 200_000  # digits of the largest entry, estimated, up to which fractions are cheap


def iterated(recursion: Recursion, point: Mapping[sp.Symbol, sp.Rational], digits: int) -> arb:
    """Return the first component of matrix^n start at an exact point, to `digits` significant digits.

    Raises:
        ArithmeticError: not reached with 16384 bits.
    """
    matrix, start = (_rational(m.xreplace(dict(point))) for m in (recursion.matrix, recursion.start))
    n = int(point[recursion.steps])
    bits = 64 + 4 * digits
    if n * _size(matrix) <= EXACT:
        with precision(bits):
            return arb((matrix**n * start)[0, 0])
    while bits <= MAX_BITS:
        with precision(bits):
            found = (arb_mat(matrix) ** n * arb_mat(start))[0, 0]
            if found.rel_accuracy_bits() > 3.33 * digits:
                return found
        bits *= 2
    raise ArithmeticError(f"value: expected {digits} digits, not reached with {MAX_BITS} bits")


def _rational(matrix: sp.ImmutableMatrix) -> fmpq_mat:
    entries = [fmpq(int(sp.Rational(e).p), int(sp.Rational(e).q)) for e in matrix]
    return fmpq_mat(*matrix.shape, entries)


def _size(matrix: fmpq_mat) -> int:
    """Return the digits of the longest numerator or denominator."""
    return max(len(str(part)) for entry in matrix.entries() for part in (entry.p, entry.q))
