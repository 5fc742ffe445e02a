"""Section 5.2, up to Prop. 5.2: circulant weights, and what they can generate."""

import sympy as sp

from theory import cyclic
from theory.circulant import T2, C, L, T, covariance, d, sigmaT, unit
from theory.domain import domain_of
from theory.matrices import Commute, Eigenvector, Orthogonal, Orthonormal
from theory.relation import Both, Identity, MatrixIdentity
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR, ODE_STATIONARY

FOURIER = (
    "w_sigma * x = W_sigma x circulant, W_sigma = F Gamma_sigma F*, F_mk = N^-1/2 exp(-2 pi i m k/N); thus all weights "
    "W_sigma commute"
)
MODELS = (
    "Linear convolutional denoisers with circular boundary can only model stationary Gaussian processes (GP), with "
    "independent Fourier modes"
)
TAPS = cyclic.taps(6)
S1, S2 = symbols("S1 S2")
c1, c2 = (sp.MatrixSymbol(name, d, 1) for name in ("c1", "c2"))
IMAGE = (Orthogonal(T), Orthogonal(T2), Commute(T, T2))
transition = TAPS[0] * unit + TAPS[1] * T + TAPS[2] * T2
generated = transition * transition.T
STATIONARY = (Orthogonal(T), Commute(T, L))
MODES = (Orthonormal((c1, c2)), Eigenvector(c1, C, S1), Eigenvector(c2, C, S2))


def of_taps(a: sp.Expr, b: sp.Expr, c: sp.Expr) -> sp.MatrixExpr:
    """Return a I + b T + c T^T."""
    return a * unit + b * T + c * T.T


def diagonal(N: int, k: int, w: cyclic.Taps) -> tuple[Identity, ...]:
    """Return that W f_k = gamma_k f_k for the column f_k of F: real and imaginary part of each pixel."""
    real, imaginary = (part[:, k] for part in cyclic.fourier(N))
    weight, (p, q) = cyclic.weight(N, w), cyclic.coefficient(N, k, w)
    lines = [*zip(weight * real, p * real - q * imaginary, strict=True)]
    lines += [*zip(weight * imaginary, q * real + p * imaginary, strict=True)]
    return tuple(Identity(a, b) for a, b in lines if a != 0)


first, second = (of_taps(*(TAPS[j] for j in group)) for group in ((0, 1, 2), (3, 4, 5)))
SIX = {j: TAPS[j] for j in range(6)}

CLAIMS = (
    Claim(
        id="wp.5.2.fourier.commute",
        says=FOURIER,
        reading="weights of any two filters of three taps commute, for any number of pixels; more taps by repetition",
        where="(9)",
        source="as printed",
        relation=MatrixIdentity(first * second, second * first, (Orthogonal(T),)),
        domain=domain_of(tuple(TAPS.values())),
        assumes=(CIRCULAR,),
        checks=EXACT,
        slips=(MatrixIdentity(first * second, second * first),),
    ),
    Claim(
        id="wp.5.2.fourier.diagonal",
        says=FOURIER,
        reading="six pixels, any six taps: each column f_k of F is an eigenvector of W, with the eigenvalue sum_j w_j "
        "exp(-2 pi i j k/N)",
        where="(9)",
        source="as printed",
        relation=Both(tuple(part for k in (1, 2) for part in diagonal(6, k, SIX))),
        domain=domain_of(tuple(TAPS.values())),
        assumes=(CIRCULAR,),
        checks=EXACT,
    ),
    Claim(
        id="wp.5.2.2d",
        says="The analysis could be easily generalized to 2d convolution.",
        reading="on a circular image with the commuting shifts T and T_2, a transition matrix A = a I + b T + c T_2 (more "
        "powers by repetition), generates a covariance A A^T, up to sigma_T^2, that commutes with both; the laws of the "
        "filter are our.conv.two_d",
        where="section 5.2",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(T * generated, generated * T, IMAGE),
                MatrixIdentity(T2 * generated, generated * T2, IMAGE),
            )
        ),
        domain=domain_of((TAPS[0], TAPS[1], TAPS[2])),
        assumes=(CIRCULAR,),
        derived_in="circulant: stationarity",
        checks=(KERNEL,),
        slips=(MatrixIdentity(T2 * generated, generated * T2, IMAGE[:2]),),
        formula=False,
    ),
    Claim(
        id="wp.5.2.prop52.stationary",
        says=MODELS,
        reading="whatever the filters at the noise levels, the generated covariance commutes with the shift T, so that "
        "it depends on differences of positions only; L is the integral of (W_s - I)/s",
        where="Prop. 5.2",
        source="as printed",
        relation=MatrixIdentity(T * covariance, covariance * T, STATIONARY),
        domain=domain_of((sigmaT,)),
        assumes=(CIRCULAR,),
        derived_in="circulant: stationarity",
        checks=(KERNEL, ODE_STATIONARY),
        slips=(MatrixIdentity(T * covariance, covariance * T, (Orthogonal(T),)),),
        formula=False,
    ),
    Claim(
        id="wp.5.2.prop52.independent",
        says=MODELS,
        reading="two different vectors of the real Fourier basis, eigenvectors of the generated covariance C, give "
        "uncorrelated coordinates, which are independent since they are jointly Gaussian",
        where="Prop. 5.2",
        source="as printed",
        relation=MatrixIdentity(c1.T * C * c2, sp.ZeroMatrix(1, 1), MODES),
        domain=domain_of((S1, S2)),
        assumes=(CIRCULAR,),
        checks=EXACT,
        slips=(MatrixIdentity(c1.T * C * c2, sp.ZeroMatrix(1, 1), MODES[1:2]),),
        formula=False,
    ),
)
