"""Appendix G.4.1: filters as sums of shifts, on a circle and on a line."""

import sympy as sp

from numerics.convolution import scenes
from theory import cyclic
from theory.circulant import (
    PIXELS,
    Sigma,
    T,
    d,
    unit,
    x0,
    z,
)
from theory.convolution import sigma
from theory.domain import domain_of
from theory.matrices import Expect, Orthogonal, Rate, norm2
from theory.relation import Both, Identity, MatrixIdentity
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

OPEN = ("linear convolution on a line, zeros beyond its ends", "centred data", "full-batch gradient flow on the taps")
TAPS = cyclic.taps(6)
tap0, tap1, tap2, tap3, tap4 = (TAPS[j] for j in range(5))
COVARIANCE = cyclic.covariance(6)
B0, B1 = (sp.MatrixSymbol(name, d, d) for name in ("B0", "B1"))
toeplitz = tap0 * B0 + tap1 * B1
line_loss = Expect(norm2(toeplitz * (x0 + sigma * z) - x0))
SHIFTS = (
    "Toeplitz W = sum_k w_k S(k). For circulant shift matrix S(k) S(m) = S(k+m) exactly. For non circulant shift matrix, "
    "approximately but there will be some issue in the boundary condition. Trace with it also allow us to elegantly "
    "extract entries from a matrix."
)
NONCIRCULAR = (
    "dw/dtau = -2 eta (T w - c), T[k, m] = Tr[S(m) (sigma^2 I + Sigma) S(k)^T], c_k = Tr[S(k)^T Sigma], sigma-part (N - "
    "|k|) sigma^2 delta_km; the first term is diagonal, the 2nd term is not; this special function is symmetric"
)


def product(k: int, m: int) -> sp.Matrix:
    """Return S(k) S(m) of a line of four pixels, applied to a vector of taps."""
    return cyclic.open_shift(4, k) * cyclic.open_shift(4, m) * sp.Matrix([tap0, tap1, tap2, tap3])


def shifted(k: int) -> sp.Matrix:
    """Return S(k) of a line of four pixels, applied to the same vector."""
    return cyclic.open_shift(4, k) * sp.Matrix([tap0, tap1, tap2, tap3])


def open_trace(k: int, m: int) -> sp.Expr:
    """Return Tr[S(m) sigma^2 S(k)^T] for the shifts of a line of six pixels."""
    return sigma**2 * (cyclic.open_shift(6, m) * cyclic.open_shift(6, k).T).trace()


def symmetric(j: int, k: int) -> Identity:
    """Return that T[k, m] = T[m, k] for a line of six pixels."""
    full = COVARIANCE + sigma**2 * sp.eye(6)
    left = (cyclic.open_shift(6, k) * full * cyclic.open_shift(6, j).T).trace()
    return Identity(left, (cyclic.open_shift(6, j) * full * cyclic.open_shift(6, k).T).trace())


def diagonal_sum(k: int) -> sp.Expr:
    """Return the sum of the entries of a covariance on its k-th diagonal, six pixels on a line."""
    return sum(COVARIANCE[i, i + k] for i in range(6 - k))


CLAIMS = (
    Claim(
        id="wp.G.4.shiftmat.circulant",
        says=SHIFTS,
        where="G.4.1 Remark",
        source="as printed",
        reading="circle, any number of pixels: S(k) = T^k and S(-k) = S(k)^T; S(2) S(-1) = S(1)",
        relation=MatrixIdentity(T * T * T.T, T, (Orthogonal(T),)),
        domain=domain_of((sigma,)),
        checks=EXACT,
        formula=False,
        slips=(MatrixIdentity(T * T * T.T, T),),
    ),
    Claim(
        id="wp.G.4.shiftmat.boundary",
        says=SHIFTS,
        where="G.4.1 Remark",
        source="as printed",
        reading="line of four pixels: S(1) S(2) = S(3) exactly, and S(1) S(-1) is S(0) but for the last pixel",
        relation=Both(
            tuple(Identity(a, b) for a, b in zip(product(1, 2), shifted(3), strict=True))
            + tuple(
                Identity(a, b - (tap3 if i == 3 else 0))
                for i, (a, b) in enumerate(zip(product(1, -1), shifted(0), strict=True))
            )
        ),
        domain=domain_of((tap0, tap1, tap2, tap3)),
        checks=EXACT,
        formula=False,
        slips=(
            Both(tuple(Identity(a, b) for a, b in zip(product(1, -1), shifted(0), strict=True))),
            Both(tuple(Identity(a, b) for a, b in zip(product(-1, 1), product(1, -1), strict=True))),
        ),
    ),
    Claim(
        id="wp.G.4.shiftmat.trace",
        says=SHIFTS,
        where="G.4.1 Remark",
        source="as printed",
        reading="line of six pixels: Tr[S(k)^T A] is the sum of the entries of A on its k-th diagonal",
        relation=Both(
            tuple(Identity((cyclic.open_shift(6, k).T * COVARIANCE).trace(), diagonal_sum(k)) for k in (1, 2, 4))
        ),
        domain=domain_of(cyclic.entries(6)),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.4.noncirc.gradient",
        says=NONCIRCULAR,
        where="G.4.1",
        source="as printed",
        reading="any number of pixels: for W = w_0 S_0 + w_1 S_1 with any two matrices S_0 and S_1 the derivative of the "
        "loss in w_0 is 2 (T[0,0] w_0 + T[0,1] w_1 - c_0); more taps are more such terms",
        relation=MatrixIdentity(
            Rate(line_loss, tap0),
            2
            * (
                tap0 * sp.Trace(B0 * (sigma**2 * unit + Sigma) * B0.T)
                + tap1 * sp.Trace(B1 * (sigma**2 * unit + Sigma) * B0.T)
                - sp.Trace(B0.T * Sigma)
            ),
            PIXELS,
        ),
        domain=domain_of((sigma, tap0, tap1)),
        assumes=OPEN,
        checks=(KERNEL, Matrices(scene=scenes.toeplitz_gradient)),
    ),
    Claim(
        id="wp.G.4.noncirc.noise",
        says=NONCIRCULAR,
        where="G.4.1",
        source="as printed",
        reading="line of six pixels: sigma^2 Tr[S(m) S(k)^T] is (6 - |k|) sigma^2 for k = m = -2, 0, 1, 3 and 0 for other "
        "pairs",
        relation=Both(
            tuple(Identity(open_trace(k, k), (6 - abs(k)) * sigma**2) for k in (-2, 0, 1, 3))
            + tuple(Identity(open_trace(k, m), sp.S.Zero) for k, m in ((0, 1), (1, -1), (2, 3)))
        ),
        domain=domain_of((sigma,)),
        assumes=OPEN,
        checks=EXACT,
    ),
    Claim(
        id="wp.G.4.noncirc.symmetric",
        says=NONCIRCULAR,
        where="G.4.1",
        source="as printed",
        reading="line of six pixels: T[k, m] = T[m, k], for the pairs (0, 1), (1, -1), (2, 1)",
        relation=Both(tuple(symmetric(j, k) for j, k in ((0, 1), (1, -1), (2, 1)))),
        domain=domain_of((*cyclic.entries(6), sigma)),
        assumes=OPEN,
        checks=EXACT,
    ),
)
