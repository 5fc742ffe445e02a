"""A circle of a few pixels, written out: shifts, Fourier vectors, covariances and losses with exact entries.

For statements at one size; those for every size are in `theory.circulant`. Indices count modulo N.
"""

from collections.abc import Mapping
from functools import cache

import sympy as sp

from theory.symbols import symbols

Taps = Mapping[int, sp.Expr]
Pair = tuple[sp.Expr, sp.Expr]
"""Real and imaginary part."""

(sigma,) = symbols("sigma")


def shift(N: int, j: int = 1) -> sp.Matrix:
    """Return S(j) of the circle: (S x)_m = x_{m+j}."""
    return sp.Matrix(N, N, lambda a, b: int((b - a - j) % N == 0))


def open_shift(N: int, j: int) -> sp.Matrix:
    """Return S(j) of a line of pixels with zeros beyond its ends."""
    return sp.Matrix(N, N, lambda a, b: int(b - a == j))


def fourier(N: int) -> tuple[sp.Matrix, sp.Matrix]:
    """Return the real and the imaginary part of F, F_mk = exp(-2 pi i m k/N)/sqrt(N)."""
    angle = [2 * sp.pi * sp.Rational(j, N) for j in range(N)]
    real = sp.Matrix(N, N, lambda m, k: sp.cos(angle[m * k % N]) / sp.sqrt(N))
    return real, sp.Matrix(N, N, lambda m, k: -sp.sin(angle[m * k % N]) / sp.sqrt(N))


@cache
def covariance(N: int) -> sp.ImmutableMatrix:
    """Return a covariance with a symbol for each entry on and above the diagonal."""
    return sp.ImmutableMatrix(N, N, lambda a, b: symbols(f"Sig{min(a, b)}{max(a, b)}")[0])


def entries(N: int) -> tuple[sp.Symbol, ...]:
    """Return the symbols of that covariance."""
    return tuple(symbols(" ".join(f"Sig{a}{b}" for a in range(N) for b in range(a, N))))


def taps(count: int, first: int = 0) -> dict[int, sp.Symbol]:
    """Return a filter with a symbol for each of the offsets first..first+count-1."""
    return {first + j: symbol for j, symbol in enumerate(symbols(" ".join(f"tap{j}" for j in range(count))))}


def weight(N: int, w: Taps) -> sp.Matrix:
    """Return W = sum_j w_j S(j) of the circle."""
    return sum((value * shift(N, j) for j, value in w.items()), sp.zeros(N, N))


def coefficient(N: int, k: int, w: Taps) -> Pair:
    """Return gamma_k = sum_j w_j exp(-2 pi i j k/N)."""
    angle = [2 * sp.pi * sp.Rational(j * k % N, N) for j in w]
    real = sum(v * sp.cos(a) for v, a in zip(w.values(), angle, strict=True))
    return real, -sum(v * sp.sin(a) for v, a in zip(w.values(), angle, strict=True))


def power(N: int, k: int, Sigma: sp.Matrix) -> sp.Expr:
    """Return S_k = [F* Sigma F]_kk for a symmetric Sigma."""
    real, imaginary = (part[:, k] for part in fourier(N))
    return sp.expand((real.T * Sigma * real + imaginary.T * Sigma * imaginary)[0])


def cross(N: int, k: int, m: int, Sigma: sp.Matrix) -> Pair:
    """Return [F* Sigma F]_km."""
    real, imaginary = fourier(N)
    return tuple(sp.expand(v) for v in (
        (real[:, k].T * Sigma * real[:, m] + imaginary[:, k].T * Sigma * imaginary[:, m])[0],
        (real[:, k].T * Sigma * imaginary[:, m] - imaginary[:, k].T * Sigma * real[:, m])[0],
    ))  # fmt: skip


def lag(Sigma: sp.Matrix, n: int) -> sp.Expr:
    """Return the covariance at lag n, averaged over the circle."""
    N = Sigma.rows
    return sum(Sigma[i, (i + n) % N] for i in range(N)) / N


def patch_covariance(Sigma: sp.Matrix, r: int) -> sp.Matrix:
    """Return (1/N) sum over pixels of the covariance of the patch around the pixel."""
    N, width = Sigma.rows, range(-r, r + 1)
    patches = [sp.Matrix([[Sigma[(i + a) % N, (i + b) % N] for b in width] for a in width]) for i in range(N)]
    return sum(patches, sp.zeros(2 * r + 1, 2 * r + 1)) / N


def averaged(Sigma: sp.Matrix) -> sp.Matrix:
    """Return (1/N) sum_s T^s Sigma T^-s, the covariance of data shifted by every amount."""
    N = Sigma.rows
    return sum((shift(N, s) * Sigma * shift(N, s).T for s in range(N)), sp.zeros(N, N)) / N


def loss(W: sp.Matrix, Sigma: sp.Matrix) -> sp.Expr:
    """Return E||W(x0 + sigma z) - x0||^2 for centred data."""
    unit = sp.eye(Sigma.rows)
    return ((W - unit) * Sigma * (W - unit).T).trace() + sigma**2 * (W * W.T).trace()


def ridge(N: int, w: Taps, Sigma: sp.Matrix) -> sp.Expr:
    """Return N [w^T (Sigma_patch + sigma^2 I) w - 2 w^T Sigma_patch e_0 + the mean variance], offsets -r..r."""
    r = max(w)
    column, centre = sp.Matrix(list(w.values())), sp.Matrix([int(j == 0) for j in w])
    patch = patch_covariance(Sigma, r)
    square = column.T * (patch + sigma**2 * sp.eye(2 * r + 1)) * column - 2 * column.T * patch * centre
    return N * (square[0] + lag(Sigma, 0))


def raw_power(N: int, k: int, Sigma: sp.Matrix) -> sp.Expr:
    """Return [F* Sigma F]_kk as (1/N) sum over pixels of Sigma_mn cos(2 pi k (m - n)/N), written out."""
    angle = [2 * sp.pi * sp.Rational(j * k % N, N) for j in range(N)]
    return sum(Sigma[m, n] * sp.cos(angle[(m - n) % N]) for m in range(N) for n in range(N)) / N


def coupled_rate(N: int, k: int, w: Taps, Sigma: sp.Matrix) -> sp.Expr:
    """Return d Re gamma_k/dtau of gradient flow (eta = 1) on the taps w, which must be symbols."""
    value = loss(weight(N, w), Sigma)
    slopes = {j: -sp.diff(value, tap) for j, tap in w.items()}
    return sp.expand(coefficient(N, k, slopes)[0])


def free_rate(N: int, k: int, w: Taps, Sigma: sp.Matrix) -> sp.Expr:
    """Return -2 N [(sigma^2 + S_k) Re gamma_k - S_k], the rate of a mode that moves by itself."""
    S = power(N, k, Sigma)
    return sp.expand(-2 * N * ((sigma**2 + S) * coefficient(N, k, w)[0] - S))


def moving(value: sp.Expr, value_of_loss: sp.Expr, over: tuple[sp.Symbol, ...]) -> sp.Expr:
    """Return d value/dtau of gradient flow (eta = 1) on the taps `over`, the derivatives not carried out."""
    return sp.Add(*(-sp.Derivative(value, tap) * sp.Derivative(value_of_loss, tap) for tap in over))


def times(one: Pair, two: Pair) -> Pair:
    """Return the product of two complex numbers."""
    return one[0] * two[0] - one[1] * two[1], one[0] * two[1] + one[1] * two[0]
