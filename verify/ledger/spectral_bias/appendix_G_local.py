"""Appendix G.4: local filters, in training with any boundary and in sampling."""

import sympy as sp

from numerics.convolution import scenes
from theory import cyclic
from theory.circulant import (
    PATCHES,
    PIXELS,
    M,
    Sigma,
    Sigma_patch,
    T,
    d,
    e0,
    filter_after,
    filter_flow,
    patch_loss,
    unit,
    w,
    x0,
    z,
)
from theory.convolution import N, eta, sigma, tau, theta, theta1, theta2, y
from theory.domain import domain_of
from theory.matrices import Expect, Grad, Inv, Orthogonal, Rate, norm2
from theory.relation import Both, Identity, Inequality, MatrixIdentity, Solves
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR, FLOW, LOCAL, ODE_FILTER, ODE_GRADIENT

PROP = (CIRCULAR, LOCAL, FLOW)
OPEN = ("linear convolution on a line, zeros beyond its ends", "centred data", "full-batch gradient flow on the taps")
TAPS = cyclic.taps(6)
tap0, tap1, tap2, tap3, tap4 = (TAPS[j] for j in range(5))
(half,) = symbols("tan_half")
co, si = (1 - half**2) / (1 + half**2), 2 * half / (1 + half**2)
THREE, FIVE = {-1: tap0, 0: tap1, 1: tap2}, {-2: tap0, -1: tap1, 0: tap2, 1: tap3, 2: tap4}
COVARIANCE = cyclic.covariance(6)
B0, B1 = (sp.MatrixSymbol(name, d, d) for name in ("B0", "B1"))
toeplitz = tap0 * B0 + tap1 * B1
line_loss = Expect(norm2(toeplitz * (x0 + sigma * z) - x0))
SUBSPACE = (
    "gamma_k = sum_{|j| <= r} w_j e^{-i omega_k j}: with a local filter gamma will be constrained in a lower dimensional "
    "space; the small kernel size mandates that the spectral view of it cannot vary very fast! ... just sine and cosine "
    "waves"
)
SHIFTS = (
    "Toeplitz W = sum_k w_k S(k). For circulant shift matrix S(k) S(m) = S(k+m) exactly. For non circulant shift matrix, "
    "approximately but there will be some issue in the boundary condition. Trace with it also allow us to elegantly "
    "extract entries from a matrix."
)
NONCIRCULAR = (
    "dw/dtau = -2 eta (T w - c), T[k, m] = Tr[S(m) (sigma^2 I + Sigma) S(k)^T], c_k = Tr[S(k)^T Sigma], sigma-part (N - "
    "|k|) sigma^2 delta_km; the first term is diagonal, the 2nd term is not; this special function is symmetric"
)
ORDER = (
    "the learning dynamics of w will be first along higher eigenvalues of T, and then lower eigen ones; T can be regarded "
    "as the spatially averaged version of covariance matrix"
)
CYCLIC = (
    "T = N (sigma^2 I + Sigma_patch), Sigma_patch[a, b] = c_{a-b}, c_n = (1/N) sum_i Sigma_{i,i+n} (Toeplitz); the "
    "denoiser equals the central column from the Gaussian solution to the patch covariance"
)
WEIGHT = "dw/dtau = -2 N eta [(sigma^2 I + Sigma_patch) w - Sigma_patch e_0] and its solution (Prop. 5.4)"
KEY = (
    "gamma_k = w_0 + 2 sum_{j=1}^r w_j cos j omega_k; key integral int_{sigma_0}^{sigma_T} (gamma_k(s) - 1)/s ds; it's "
    "integrating these sinusoidal modulations in the frequency domain"
)


def product(k: int, m: int) -> sp.Matrix:
    """Return S(k) S(m) of a line of four pixels, applied to a vector of taps."""
    return cyclic.open_shift(4, k) * cyclic.open_shift(4, m) * sp.Matrix([tap0, tap1, tap2, tap3])


def shifted(k: int) -> sp.Matrix:
    """Return S(k) of a line of four pixels, applied to the same vector."""
    return cyclic.open_shift(4, k) * sp.Matrix([tap0, tap1, tap2, tap3])


def traced(N: int, k: int, m: int) -> sp.Expr:
    """Return Tr[S(m) (sigma^2 I + Sigma) S(k)^T] for the shifts of a circle of N pixels."""
    full = cyclic.covariance(N) + sigma**2 * sp.eye(N)
    return (cyclic.shift(N, m) * full * cyclic.shift(N, k).T).trace()


def open_trace(k: int, m: int) -> sp.Expr:
    """Return Tr[S(m) sigma^2 S(k)^T] for the shifts of a line of six pixels."""
    return sigma**2 * (cyclic.open_shift(6, m) * cyclic.open_shift(6, k).T).trace()


def symmetric(j: int, k: int) -> Identity:
    """Return that T[k, m] = T[m, k] for a line of six pixels."""
    full = COVARIANCE + sigma**2 * sp.eye(6)
    left = (cyclic.open_shift(6, k) * full * cyclic.open_shift(6, j).T).trace()
    return Identity(left, (cyclic.open_shift(6, j) * full * cyclic.open_shift(6, k).T).trace())


def decays(value: sp.Expr) -> sp.Expr:
    """Return the deviation of an eigenmode of T after training time tau, from 1."""
    return sp.exp(-2 * eta * value * tau)


def diagonal_sum(k: int) -> sp.Expr:
    """Return the sum of the entries of a covariance on its k-th diagonal, six pixels on a line."""
    return sum(COVARIANCE[i, i + k] for i in range(6 - k))


def solved(solution: sp.Expr) -> Solves:
    """Return that `solution` is the deviation of an eigenmode of T in the linear flow of the taps, from 1."""
    return Solves(solution=solution, var=tau, unknown=y, rate=-2 * eta * theta * y, at=sp.S.Zero, start=sp.S.One)


def averaged(N: int, a: int, b: int) -> sp.Expr:
    """Return N (sigma^2 delta_ab + c_(a-b)) for N pixels on a circle."""
    Sigma = cyclic.covariance(N)
    return sum(Sigma[i, (i + a - b) % N] for i in range(N)) + N * sigma**2 * int(a == b)


CLAIMS = (
    Claim(
        id="wp.G.4.subspace.dimension",
        says=SUBSPACE,
        where="G.4",
        source="as printed",
        reading="three taps on six pixels: the six coefficients obey linear relations, as sum_k gamma_k cos(2 omega_k) = 0 "
        "and sum_k gamma_k cos(3 omega_k) = 0 (real parts), three real numbers being left",
        relation=Both(
            tuple(
                Identity(sum(cyclic.coefficient(6, k, THREE)[0] * sp.cos(sp.pi * k * n / 3) for k in range(6)), value)
                for n, value in ((2, sp.S.Zero), (3, sp.S.Zero), (0, 6 * tap1), (1, 3 * (tap0 + tap2)))
            )
        ),
        domain=domain_of((tap0, tap1, tap2)),
        assumes=(CIRCULAR, LOCAL),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.4.subspace.sum",
        says=SUBSPACE,
        where="G.4",
        source="as printed",
        reading="five taps on six pixels, k = 1: the real and the imaginary part of gamma_k, as the product of W with the "
        "first pixel of the Fourier vector",
        relation=Both(
            (
                Identity(
                    (cyclic.weight(6, FIVE) * cyclic.fourier(6)[0][:, 1])[0] * sp.sqrt(6),
                    tap2 + (tap1 + tap3) * sp.cos(sp.pi / 3) + (tap0 + tap4) * sp.cos(2 * sp.pi / 3),
                ),
                Identity(
                    (cyclic.weight(6, FIVE) * cyclic.fourier(6)[1][:, 1])[0] * sp.sqrt(6),
                    (tap1 - tap3) * sp.sin(sp.pi / 3) + (tap0 - tap4) * sp.sin(2 * sp.pi / 3),
                ),
            )
        ),
        domain=domain_of((tap0, tap1, tap2, tap3, tap4)),
        assumes=(CIRCULAR, LOCAL),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.4.kernel3",
        says="K = 3: gamma_k = w_0 + (w_1 + w_-1) cos omega_k - i (w_1 - w_-1) sin omega_k: a DC and a cosine and sine "
        "component",
        where="G.4",
        source="reconstructed",
        reading="as a trigonometric identity: w_-1 e^{i omega} + w_0 + w_1 e^{-i omega} times its complex conjugate, "
        "for any angle (cos and sin through the tangent of its half), is the modulus squared of the printed form",
        relation=Identity(
            tap0**2 + tap1**2 + tap2**2 + 2 * tap1 * (tap0 + tap2) * co + 2 * tap0 * tap2 * (co**2 - si**2),
            (tap1 + (tap2 + tap0) * co) ** 2 + ((tap2 - tap0) * si) ** 2,
        ),
        domain=domain_of((tap0, tap1, tap2, half)),
        assumes=(CIRCULAR, LOCAL),
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.G.4.kernel3.parts",
        says="K = 3: gamma_k = w_0 + (w_1 + w_-1) cos omega_k - i (w_1 - w_-1) sin omega_k: a DC and a cosine and sine "
        "component",
        where="G.4",
        source="reconstructed",
        reading="six pixels, k = 1: W applied to the Fourier vector, real and imaginary part of the first pixel",
        relation=Both(
            tuple(
                Identity((cyclic.weight(6, THREE) * cyclic.fourier(6)[part][:, k])[0] * sp.sqrt(6), value)
                for k in (1, 2)
                for part, value in (
                    (0, tap1 + (tap2 + tap0) * sp.cos(sp.pi * k / 3)),
                    (1, -(tap2 - tap0) * sp.sin(sp.pi * k / 3)),
                )
            )
        ),
        domain=domain_of((tap0, tap1, tap2)),
        assumes=(CIRCULAR, LOCAL),
        checks=EXACT,
    ),
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
    Claim(
        id="wp.G.4.order.rate",
        says=ORDER,
        where="G.4.1",
        source="as printed",
        reading="the deviation along an eigenvector of T decays as exp(-2 eta theta tau), theta its eigenvalue",
        relation=solved(decays(theta)),
        domain=domain_of((theta, eta, tau)),
        assumes=OPEN,
        checks=EXACT,
    ),
    Claim(
        id="wp.G.4.order.first",
        says=ORDER,
        where="G.4.1",
        source="as printed",
        reading="at every time the deviation left is smaller along the eigenvector of the higher eigenvalue",
        relation=Inequality(decays(theta1), "<", decays(theta2)),
        domain=domain_of((theta1, theta2, eta, tau)).where(theta1 > theta2, tau > 0),
        assumes=OPEN,
        checks=EXACT,
        formula=False,
        slips=(Inequality(decays(theta1), ">", decays(theta2)),),
    ),
    Claim(
        id="wp.G.4.circ.average",
        says=CYCLIC,
        where="G.4.1 cyclic",
        source="as printed",
        reading="six pixels, any covariance: the entries (a, b) = (1, 1), (0, 1), (1, -1) of T",
        relation=Both(tuple(Identity(traced(6, a, b), averaged(6, a, b)) for a, b in ((1, 1), (0, 1), (1, -1)))),
        domain=domain_of((*cyclic.entries(6), sigma)),
        assumes=(CIRCULAR,),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.4.circ.column",
        says=CYCLIC,
        where="G.4.1 cyclic",
        source="as printed",
        reading="any number of taps: w* is the central column of Sigma_patch (Sigma_patch + sigma^2 I)^-1, the weight of "
        "(3) for Gaussian patches",
        relation=MatrixIdentity(Sigma_patch * Inv(M) * e0, Inv(M) * Sigma_patch * e0, PATCHES[:1]),
        domain=domain_of((sigma,)),
        assumes=(CIRCULAR,),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.4.weight.gradient",
        says=WEIGHT,
        where="G.4.1 cyclic",
        source="reconstructed",
        reading="any number of pixels and taps: -eta times the gradient of N times the mean loss of a pixel",
        relation=MatrixIdentity(Grad(patch_loss, w), 2 * N * (M * w - Sigma_patch * e0), PATCHES),
        domain=domain_of((sigma, N)),
        assumes=PROP,
        derived_in="circulant: patch gradient",
        checks=(KERNEL, ODE_GRADIENT),
    ),
    Claim(
        id="wp.G.4.weight.solution",
        says=WEIGHT,
        where="G.4.1 cyclic",
        source="reconstructed",
        relation=filter_flow(filter_after()),
        domain=domain_of((sigma, N, eta, tau)),
        assumes=PROP,
        derived_in="circulant: filter",
        checks=(KERNEL, ODE_FILTER),
    ),
    Claim(
        id="wp.G.4.2",
        says=KEY,
        where="G.4.2",
        source="as printed",
        reading="five symmetric taps on six pixels, k = 1 and 2: W applied to the Fourier vector; the integral of the sum is "
        "the sum of the integrals",
        relation=Both(
            tuple(
                Identity(
                    (cyclic.weight(6, {-2: tap2, -1: tap1, 0: tap0, 1: tap1, 2: tap2}) * cyclic.fourier(6)[0][:, k])[0]
                    * sp.sqrt(6),
                    tap0 + 2 * tap1 * sp.cos(sp.pi * k / 3) + 2 * tap2 * sp.cos(2 * sp.pi * k / 3),
                )
                for k in (1, 2)
            )
        ),
        domain=domain_of((tap0, tap1, tap2)),
        assumes=("symmetric filter weights", CIRCULAR),
        checks=EXACT,
    ),
)
