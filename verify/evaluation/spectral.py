"""Functions of a symmetric matrix are enclosed through approximate eigenvectors; equal eigenvalues do no harm.

For V close to orthogonal with G = V^T V = I + Delta and D diagonal, the matrix V D V^T is within (2 delta + delta^2)
max|D| of one with exactly the spectrum D, delta = |Delta|_F; and |h(A) - h(B)|_F <= max|h'| |A - B|_F for symmetric
A and B. So nothing has to be known of the exact eigenvectors.
"""

import mpmath  # type: ignore[import-untyped]
import sympy as sp
from flint import arb, arb_mat

from theory.formula import Spectral
from verify.arithmetic.balls import MAX_BITS, Undefined, ball, derivative, precision


def spectral_value(form: Spectral, digits: int) -> arb:
    """Return a ball of relative accuracy `digits` for the value of `form`.

    Raises:
        ArithmeticError: not reached.
    """
    bits = 96 + 4 * digits
    while bits <= MAX_BITS:
        try:
            found = _value(form, bits)
        except Undefined:
            found = None
        if found is not None and found.is_finite() and found.rel_accuracy_bits() > 3.33 * digits:
            return found
        bits *= 2
    raise ArithmeticError(f"value: expected {digits} digits, not reached with {MAX_BITS} bits")


def _value(form: Spectral, bits: int) -> arb:
    n = len(form.left)
    with precision(bits):
        A = arb_mat(n, n, _balls(form.matrix, bits))
        left = arb_mat(1, n, _balls(form.left, bits))
        D, V = _approximate(A, bits)
        basis = _Basis(A, D, V)
        total = ball(form.offset, {}, bits)
        for function, right in form.parts:
            total += basis.applied(left, function, form.theta, arb_mat(n, 1, _balls(right, bits)), bits)
        return total.exp()


class _Basis:
    """Approximate eigenvectors V (columns) and eigenvalues D of A, with what they miss."""

    def __init__(self, A: arb_mat, D: list[arb], V: arb_mat) -> None:
        n = A.nrows()
        unit = arb_mat(n, n, [arb(int(i == j)) for i in range(n) for j in range(n)])
        delta = _norm(V.transpose() * V - unit)
        if not delta < 1:
            raise Undefined("the approximate eigenvectors are not independent")
        self.D, self.V = D, V
        self.tilt = 2 * delta + delta**2
        misfit = _norm(A - V * _diagonal(D) * V.transpose()) + self.tilt * _largest(D)
        self.misfit = misfit.abs_upper()
        spread = arb(0, self.misfit)
        self.hull = _union([d + spread for d in D])

    def applied(self, left: arb_mat, function: sp.Expr, theta: sp.Symbol, right: arb_mat, bits: int) -> arb:
        """Return a ball for left . function(A) right."""
        values = [ball(function, {theta: d}, bits) for d in self.D]
        middle = (left * self.V * _diagonal(values) * self.V.transpose() * right)[0, 0]
        slope = abs(ball(derivative(function, theta), {theta: self.hull}, bits)).abs_upper()
        error = (slope * self.misfit + self.tilt * _largest(values)) * _norm(left) * _norm(right)
        return middle + arb(0, error.abs_upper())


def _balls(numbers: object, bits: int) -> list[arb]:
    return [ball(sp.sympify(v), {}, bits) for v in numbers]  # type: ignore[attr-defined]


def _approximate(A: arb_mat, bits: int) -> tuple[list[arb], arb_mat]:
    """Return approximate eigenvalues and eigenvectors as exact numbers; nothing is known of their accuracy."""
    n = A.nrows()
    with mpmath.workprec(bits):
        values, vectors = mpmath.eigsy(mpmath.matrix([[_mpf(A[i, j]) for j in range(n)] for i in range(n)]))
        return [_arb(v) for v in values], arb_mat(n, n, [_arb(vectors[i, j]) for i in range(n) for j in range(n)])


def _mpf(x: arb) -> mpmath.mpf:
    mantissa, exponent = x.mid().man_exp()
    return mpmath.ldexp(mpmath.mpf(int(mantissa)), int(exponent))


def _arb(x: mpmath.mpf) -> arb:
    """Return the number exactly."""
    return arb(int(mpmath.sign(x)) * int(x.man)) * arb(2) ** int(x.exp)


def _diagonal(entries: list[arb]) -> arb_mat:
    n = len(entries)
    return arb_mat(n, n, [v if i == j else arb(0) for i, v in enumerate(entries) for j in range(n)])


def _norm(m: arb_mat) -> arb:
    """Return the Frobenius norm, from above."""
    return sum((abs(v).abs_upper() ** 2 for v in m.entries()), arb(0)).sqrt()


def _largest(values: list[arb]) -> arb:
    return max((abs(v).abs_upper() for v in values), key=lambda v: v.mid())


def _union(balls: list[arb]) -> arb:
    out = balls[0]
    for b in balls[1:]:
        out = out.union(b)
    return out
