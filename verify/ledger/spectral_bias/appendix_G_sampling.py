"""Appendix G.3.2: what filters as wide as the circle generate."""

import sympy as sp

from theory import convolution as conv
from theory import cyclic
from theory.convolution import N, S, eta, gam_re, optimum, response, sigma, tau
from theory.domain import domain_of
from theory.one_layer import later, sampled, sigma0, sigmaT
from theory.relation import Antiderivative, Both, Identity, Inequality
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR, FULL, ODE_VARIANCE, SAME_START
from verify.ledger.spectral_bias.section_5_2_full import (
    FOUR,
    GAMMA,
    PROP,
    along_fourier,
    printed_final,
)

COVARIANCE = cyclic.covariance(4)
POWERS = [cyclic.power(4, k, COVARIANCE) for k in range(4)]
TAPS, ENTRIES = tuple(FOUR.values()), cyclic.entries(4)
SHIFT = (
    "It treats the data as if it's stationary / translation invariant; F diag(S_k) F* = (1/N) sum_s T^s Sigma T^-s; the "
    "generated data will be independent along each Fourier mode; this amounts to decorrelate the original covariance in "
    "the spectral domain"
)
CONVERGED = "converged denoiser: Phi_k = sqrt(S_k + sigma^2), variance sigma_T^2 (S_k + sigma_0^2)/(S_k + sigma_T^2)"
VARIANCE = (
    "variance sigma_T^2 |Phi_k(sigma_0)|^2/|Phi_k(sigma_T)|^2, Phi_k = sqrt(S_k + sigma^2) exp[(1 - gamma_k(0))/2 e^{-a "
    "S_k} Ei(-a sigma^2) - 1/2 Ei(-a (sigma^2 + S_k))], a = 2 N eta tau (flow on gamma: a = 2 eta tau)"
)


def printed_Phi(sigma: sp.Expr, a: sp.Expr) -> sp.Expr:
    """Return |Phi_k| as printed: the imaginary part of gamma_k(0) has modulus 1 in the exponential."""
    inner = (1 - gam_re) / 2 * sp.exp(-a * S) * sp.Ei(-a * sigma**2) - sp.Ei(-a * (sigma**2 + S)) / 2
    return sp.sqrt(S + sigma**2) * sp.exp(inner)


def generated(a: sp.Expr) -> sp.Expr:
    """Return the printed variance."""
    return sigmaT**2 * printed_Phi(sigma0, a) ** 2 / printed_Phi(sigmaT, a) ** 2


def diagonalised(m: int, n: int) -> sp.Expr:
    """Return entry (m, n) of F diag(S_k) F* for four pixels; it is real."""
    real, imag = cyclic.fourier(4)
    return sum(S * (real[m, k] * real[n, k] + imag[m, k] * imag[n, k]) for k, S in enumerate(POWERS))


CLAIMS = (
    Claim(
        id="wp.G.3.2.conv.factor",
        says=CONVERGED,
        where="G.3.2",
        source="reconstructed",
        reading="ln Phi_k is a primitive of (1 - gamma_k*)/sigma",
        relation=Antiderivative(
            primitive=sp.log(sp.sqrt(S + sigma**2)), integrand=(1 - optimum(sigma)) / sigma, var=sigma
        ),
        domain=domain_of((S, sigma)),
        assumes=(CIRCULAR, FULL),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.3.2.conv.variance",
        says=CONVERGED,
        where="G.3.2",
        source="reconstructed",
        reading="the variance of a mode with gamma_k = gamma_k* at every noise level",
        relation=sampled(printed_final, optimum(sigma0)),
        domain=domain_of((S, sigma0, sigmaT)).where(sigma0 < sigmaT),
        assumes=(CIRCULAR, FULL),
        derived_in="full-width convolution: final level",
        checks=EXACT,
    ),
    Claim(
        id="wp.G.3.2.shift.average",
        says=SHIFT,
        where="Remark G.4",
        source="as printed",
        reading="four pixels, any covariance: entries (0, n) and (1, 3) of both sides",
        relation=Both(
            tuple(
                Identity(diagonalised(*at), cyclic.averaged(COVARIANCE)[at]) for at in ((0, 0), (0, 1), (0, 2), (1, 3))
            )
        ),
        domain=domain_of(ENTRIES),
        assumes=(CIRCULAR, FULL),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.3.2.shift.independent",
        says=SHIFT,
        where="Remark G.4",
        source="as printed",
        reading="four pixels: the shift-averaged covariance has no covariance between different Fourier modes, and on "
        "each the S_k of the data",
        relation=Both(
            tuple(Identity(cyclic.power(4, k, cyclic.averaged(COVARIANCE)), POWERS[k]) for k in range(3))
            + tuple(
                Identity(part, sp.S.Zero)
                for k, m in ((0, 1), (0, 2), (1, 2), (1, 3))
                for part in cyclic.cross(4, k, m, cyclic.averaged(COVARIANCE))
            )
        ),
        domain=domain_of(ENTRIES),
        assumes=(CIRCULAR, FULL),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.3.2.variance.filter",
        says=VARIANCE,
        where="G.3.2",
        source="reconstructed",
        reading="flow on the taps; |Phi_k| has Re gamma_k(0) in the place of gamma_k(0)",
        relation=along_fourier(generated(2 * N * eta * tau)),
        domain=later(conv.SAMPLED),
        assumes=(*PROP, SAME_START),
        derived_in="full-width convolution: variance",
        checks=(KERNEL, ODE_VARIANCE),
        slips=(along_fourier(generated(2 * eta * tau)),),
    ),
    Claim(
        id="wp.G.3.2.variance.spectral",
        says=VARIANCE,
        where="G.3.2",
        source="reconstructed",
        reading="flow on gamma: the same with eta for N eta",
        relation=sampled(generated(2 * eta * tau), response(sigma0).xreplace({N: sp.S.One})),
        domain=later(domain_of((S, gam_re, eta, tau, sigma0, sigmaT)).where(sigma0 < sigmaT)),
        assumes=("gamma as the optimisation parameter", SAME_START),
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.G.3.2.foot",
        says="it's highly likely that the initial value of gamma_k can differ for each Fourier mode, due to the filter "
        "initialization",
        where="footnote 2",
        source="as printed",
        reading="gamma_1 - gamma_0 of four pixels is a linear function of the taps that is not 0 everywhere, so that any "
        "random filter with a density has gamma_1 != gamma_0 with probability 1",
        relation=Inequality((GAMMA[1][0] - GAMMA[0][0]) ** 2 + GAMMA[1][1] ** 2, ">", sp.S.Zero, some=True),
        domain=domain_of(TAPS),
        assumes=(CIRCULAR,),
        checks=(KERNEL,),
        formula=False,
        slips=(Inequality((GAMMA[1][0] - GAMMA[3][0]) ** 2, ">", sp.S.Zero, some=True),),
    ),
)
