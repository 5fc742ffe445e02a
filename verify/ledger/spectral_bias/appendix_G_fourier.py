"""Appendices G.1, G.2 and G.5: circulant matrices, the Fourier transform, and the sampler of circulant weights."""

import sympy as sp

from theory import cyclic
from theory.circulant import TURNING, d, g_p, g_q, mode_power, sigma
from theory.domain import domain_of
from theory.matrices import Commute, Expect, Orthogonal, Rate
from theory.one_layer import sigmaT
from theory.relation import Both, Identity, MatrixIdentity
from theory.sampling import LEVELS, NOISE, A, L, xT
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR
from verify.ledger.spectral_bias.section_4_3 import transition_matrix

TAPS = cyclic.taps(6)
SIX = {j: TAPS[j] for j in range(6)}
RESPONSES = {k: cyclic.coefficient(6, k, SIX) for k in range(6)}
REAL_SPECTRUM = tuple(TAPS.values())
COVARIANCE = cyclic.covariance(6)
STATIONARY = (
    "Since the generated covariance is diagonalized by discrete Fourier transform, it is circulant i.e. translation "
    "invariant. Given that the generated x is Gaussian distributed, conform to a stationary Gaussian process."
)
U, D = (sp.MatrixSymbol(name, d, d) for name in ("U", "D"))
T = sp.MatrixSymbol("T", d, d)
E_T = sp.MatrixSymbol("E_T", d, d)


def entry(m: int, n: int) -> sp.Expr:
    """Return (1/N) sum_k gamma_k exp(-2 pi i k (m - n)/N), real part, for six pixels and gamma = sqrt(N) F w."""
    angle = [sp.pi * sp.Rational(k * (m - n) % 6, 3) for k in range(6)]
    return sum(p * sp.cos(a) + q * sp.sin(a) for (p, q), a in zip(RESPONSES.values(), angle, strict=True)) / 6


def imaginary(m: int, n: int) -> sp.Expr:
    """Return the imaginary part of the same."""
    angle = [sp.pi * sp.Rational(k * (m - n) % 6, 3) for k in range(6)]
    return sum(q * sp.cos(a) - p * sp.sin(a) for (p, q), a in zip(RESPONSES.values(), angle, strict=True)) / 6


def applied(vector: sp.Matrix) -> tuple[sp.Expr, ...]:
    """Return real and imaginary parts of F F* v for six pixels: the sums over the intermediate index, written out."""
    real, imag = cyclic.fourier(6)
    back = (real.T * vector, -imag.T * vector)  # F* v for a symmetric F
    forth = (real * back[0] - imag * back[1], real * back[1] + imag * back[0])
    return tuple(forth[0]) + tuple(forth[1])


def kernel_of(n: int, spectrum: tuple[sp.Expr, ...]) -> tuple[sp.Expr, sp.Expr]:
    """Return c_n = (1/N) sum_k gamma_k exp(2 pi i k n/N), real and imaginary part, six pixels."""
    angle = [sp.pi * sp.Rational(k * n % 6, 3) for k in range(6)]
    return (
        sum(v * sp.cos(a) for v, a in zip(spectrum, angle, strict=True)) / 6,
        sum(v * sp.sin(a) for v, a in zip(spectrum, angle, strict=True)) / 6,
    )


def product_entry(m: int, n: int, spectrum: tuple[sp.Expr, ...]) -> tuple[sp.Expr, sp.Expr]:
    """Return entry (m, n) of F diag(gamma) F*, real and imaginary part, six pixels."""
    real, imag = cyclic.fourier(6)
    return (
        sum(v * (real[m, k] * real[n, k] + imag[m, k] * imag[n, k]) for k, v in enumerate(spectrum)),
        sum(v * (imag[m, k] * real[n, k] - real[m, k] * imag[n, k]) for k, v in enumerate(spectrum)),
    )


CIRCULANT = "circulant W = F Gamma F*: W_mn = (1/N) sum_k gamma_k e^{-2 pi i k (m-n)/N}"
SAMPLED = (
    "c = F* x: c_k(sigma_0) = c_k(sigma_T) exp int_{sigma_0}^{sigma_T} (gamma_k(s) - 1)/s ds; generated covariance F "
    "diag(sigma_T^2 |exp int_{sigma_0}^{sigma_T} (gamma_k - 1)/s ds|^2) F*"
)
DFT = "F^T = F, conj(F) = F* = F^-1"
CIRC = (
    "F diag(gamma) F* depends on m - n only; c_n = (1/N) sum_k gamma_k e^{2 pi i k n/N}; more generally c_n, c_-n are "
    "complex conjugate, or equal in the real case"
)
symbols6 = symbols_of = cyclic.entries(6)

CLAIMS = (
    Claim(
        id="wp.G.1",
        says=CIRCULANT,
        where="G, G.1 [322]",
        source="reconstructed",
        reading="six pixels, any six taps: the sum over k is the tap w_(n-m), and its imaginary part vanishes; row 2",
        relation=Both(
            tuple(Identity(TAPS[(n - 2) % 6], entry(2, n)) for n in range(6))
            + tuple(Identity(sp.S.Zero, imaginary(2, n)) for n in range(2))
        ),
        domain=domain_of(REAL_SPECTRUM),
        assumes=(CIRCULAR, "no bias, zero mean"),
        checks=EXACT,
        formula=False,
        slips=(Both(tuple(Identity(TAPS[(2 - n) % 6], entry(2, n)) for n in range(6))),),
    ),
    Claim(
        id="wp.G.2.sampling.coordinate",
        says=SAMPLED,
        where="G.2 [323]-[325]",
        source="reconstructed",
        reading="for any number of pixels: exp(L), L the integral of (W_s - I)/s from sigma_0 to sigma_T, is the "
        "transition matrix, since circulant weights commute; on a Fourier vector it is the printed factor",
        relation=transition_matrix(L),
        domain=LEVELS,
        assumes=(CIRCULAR,),
        derived_in="sampling: transition",
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.G.2.sampling.covariance",
        says=SAMPLED,
        where="G.2 [323]-[325]",
        source="reconstructed",
        reading="for any number of pixels: the covariance is sigma_T^2 A A^T for the transition matrix A",
        relation=MatrixIdentity(Expect(A * xT * (A * xT).T), sigmaT**2 * A * A.T, NOISE),
        domain=LEVELS,
        assumes=(CIRCULAR,),
        derived_in="sampling: covariance",
        checks=EXACT,
    ),
    Claim(
        id="wp.G.2.sampling.power",
        says=SAMPLED,
        where="G.2 [323]-[325]",
        source="reconstructed",
        reading="the coordinate X + i Y of a mode with gamma_k = p + i q: the rate of its power is that of |exp int|^2 = "
        "exp(2 int (p - 1)/s ds)",
        relation=MatrixIdentity(-Rate(mode_power, sigma), 2 * (g_p - 1) / sigma * mode_power, TURNING),
        domain=domain_of((sigma, g_p, g_q)),
        assumes=(CIRCULAR,),
        derived_in="circulant: power",
        checks=EXACT,
    ),
    Claim(
        id="wp.G.2.proof",
        says=STATIONARY,
        where="proof of Prop. 5.2",
        source="as printed",
        reading="for any number of pixels: a covariance U D U^T in a real Fourier basis U in which the shift is U E U^T "
        "with E commuting with D (cosine and sine of a mode share its variance) commutes with the shift",
        relation=MatrixIdentity(
            (U * E_T * U.T) * (U * D * U.T), (U * D * U.T) * (U * E_T * U.T), (Orthogonal(U), Commute(D, E_T))
        ),
        domain=domain_of((sigma,)),
        assumes=(CIRCULAR,),
        checks=EXACT,
        formula=False,
        slips=(MatrixIdentity((U * E_T * U.T) * (U * D * U.T), (U * D * U.T) * (U * E_T * U.T), (Orthogonal(U),)),),
    ),
    Claim(
        id="wp.G.5.dft.inverse",
        says=DFT,
        where="G.5",
        source="reconstructed",
        reading="F F* v = v for six pixels and any real v, real and imaginary parts",
        relation=Both(
            tuple(
                Identity(value, got)
                for value, got in zip(
                    (*TAPS.values(), *(sp.S.Zero for _ in range(6))),
                    applied(sp.Matrix(list(TAPS.values()))),
                    strict=True,
                )
            )
        ),
        domain=domain_of(REAL_SPECTRUM),
        checks=EXACT,
        formula=False,
        slips=(
            Both((Identity(TAPS[1], applied(sp.Matrix(list(TAPS.values())))[2]),)),
            Both((Identity(TAPS[1], 6 * applied(sp.Matrix(list(TAPS.values())))[1]),)),
        ),
    ),
    Claim(
        id="wp.G.5.circ.kernel",
        says=CIRC,
        where="G.5",
        source="as printed",
        reading="six pixels, real gamma: entry (m, n) of F diag(gamma) F* is c_(n-m), for the entries of row 1",
        relation=Both(
            tuple(
                Identity(left, right)
                for n in range(6)
                for left, right in zip(product_entry(1, n, REAL_SPECTRUM), kernel_of(n - 1, REAL_SPECTRUM), strict=True)
            )
        ),
        domain=domain_of(REAL_SPECTRUM),
        assumes=("gamma real",),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.5.circ.conjugate",
        says=CIRC,
        where="G.5",
        source="as printed",
        reading="six pixels, real gamma: c_-1 and c_1 are complex conjugate, c_-2 and c_2 too",
        relation=Both(
            tuple(
                Identity(left, right)
                for n in (1, 2)
                for left, right in zip(
                    kernel_of(-n, REAL_SPECTRUM),
                    (kernel_of(n, REAL_SPECTRUM)[0], -kernel_of(n, REAL_SPECTRUM)[1]),
                    strict=True,
                )
            )
        ),
        domain=domain_of(REAL_SPECTRUM),
        assumes=("gamma real",),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.5.mirror",
        says="Since Sigma is real symmetric, the eigenvalues exhibit mirror, i.e. even symmetry S_k = S_{N-k}; N odd: k = 0 "
        "unpaired; N even: k = 0 and k = N/2 unpaired",
        where="G.5",
        source="as printed",
        reading="six pixels, any covariance: S_1 = S_5 and S_2 = S_4, so that k = 0 and 3 remain",
        relation=Both(
            tuple(Identity(cyclic.raw_power(6, 6 - k, COVARIANCE), cyclic.power(6, k, COVARIANCE)) for k in (1, 2))
        ),
        domain=domain_of(cyclic.entries(6)),
        assumes=("Sigma real symmetric",),
        checks=EXACT,
    ),
)
