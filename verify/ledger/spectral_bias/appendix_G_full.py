"""Appendix G.3.1: filters as wide as the circle, in training."""

import sympy as sp

from theory import convolution as conv
from theory import cyclic
from theory.circulant import MODE, f, mode_rate, patch_loss, w
from theory.convolution import N, S, eta, gam_re, sigma, tau, y
from theory.domain import domain_of
from theory.matrices import Grad
from theory.relation import Both, Identity, Inequality, MatrixIdentity, Solves
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR, FULL, ODE_WEIGHT
from verify.ledger.spectral_bias.section_5_2_full import (
    FOUR,
    GAMMA,
    PROP,
    full_speed,
    grows,
    inverted,
    printed_response,
)

COVARIANCE = cyclic.covariance(4)
POWERS = [cyclic.power(4, k, COVARIANCE) for k in range(4)]
LOSS = cyclic.loss(cyclic.weight(4, FOUR), COVARIANCE)
TAPS, ENTRIES = tuple(FOUR.values()), cyclic.entries(4)
OPEN_FILTER = domain_of((*TAPS, *ENTRIES, sigma))
g_p, g_q, S1, S2, sigma1, sigma2 = symbols("g_p g_q S1 S2 sigma1 sigma2")
GRADIENT = (
    "L = sum_k [(sigma^2 + S_k)|gamma_k|^2 - 2 S_k Re gamma_k] + Tr Sigma; grad_{gamma_k} = 2 [(sigma^2 + S_k) gamma_k - "
    "S_k]; gamma_k* = S_k/(sigma^2 + S_k)"
)
REMARKS = (
    "exactly the same story as the one layer linear case, where S_k determines the convergence speed per mode; Spectral "
    "model with higher power will converge faster. -> usually the lower spatial frequency modes; Higher noise level will "
    "converge faster"
)
G2 = (
    "we can solve gradient flow in any representation, but translating to solution of the other variable just by "
    "rescaling the learning rate; only works when the kernel width is N; Direct spectral parametrization without any "
    "constraint is basically equivalent to the entry wise parametrization. It does not provide extra inductive bias."
)


def mode_loss(p: sp.Expr, q: sp.Expr, S: sp.Expr) -> sp.Expr:
    """Return (sigma^2 + S)|gamma|^2 - 2 S Re gamma."""
    return (sigma**2 + S) * (p**2 + q**2) - 2 * S * p


def spectral_loss() -> sp.Expr:
    """Return the printed loss of four pixels, written in the taps and the covariance."""
    return sum(mode_loss(p, q, S) for (p, q), S in zip(GAMMA, POWERS, strict=True)) + COVARIANCE.trace()


def pulled_back(n: int) -> sp.Expr:
    """Return entry n of sqrt(N) F* grad_gamma L for four pixels."""
    real, imag = cyclic.fourier(4)
    slopes = [(2 * ((sigma**2 + S) * p - S), 2 * (sigma**2 + S) * q) for (p, q), S in zip(GAMMA, POWERS, strict=True)]
    return 2 * sum(real[n, k] * u + imag[n, k] * v for k, (u, v) in enumerate(slopes))


def flow(solution: sp.Expr, rate: sp.Expr) -> Solves:
    """Return that `solution` solves dy/dtau = -2 rate [(sigma^2 + S) y - S] from gamma_k(0)."""
    return Solves(
        solution=solution,
        var=tau,
        unknown=y,
        rate=-2 * rate * ((sigma**2 + S) * y - S),
        at=sp.S.Zero,
        start=gam_re,
    )


def speed(S: sp.Expr, sigma: sp.Expr) -> sp.Expr:
    """Return the rate of a Fourier mode."""
    return 2 * N * eta * (sigma**2 + S)


THREE = {-1: TAPS[0], 0: TAPS[1], 1: TAPS[2]}
coupled = cyclic.coupled_rate(4, 1, THREE, COVARIANCE)

CLAIMS = (
    Claim(
        id="wp.G.3.grad.loss",
        says=GRADIENT,
        where="G.3.1",
        source="reconstructed",
        reading="the loss, four pixels, any taps and any covariance",
        relation=Identity(LOSS, spectral_loss()),
        domain=OPEN_FILTER,
        assumes=(CIRCULAR, FULL),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.3.grad.gradient",
        says=GRADIENT,
        where="G.3.1",
        source="reconstructed",
        reading="the gradient of the loss of a mode in the real and the imaginary part of gamma_k, and where it vanishes",
        relation=Both(
            (
                Identity(sp.Derivative(mode_loss(g_p, g_q, S), g_p), 2 * ((sigma**2 + S) * g_p - S)),
                Identity(sp.Derivative(mode_loss(g_p, g_q, S), g_q), 2 * (sigma**2 + S) * g_q),
                Identity(S - (sigma**2 + S) * y + (sigma**2 + S) * y, (sigma**2 + S) * (S / (sigma**2 + S))),
            )
        ),
        domain=domain_of((g_p, g_q, S, sigma, y)),
        assumes=(CIRCULAR, FULL),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.3.modes",
        says="gradient flow on gamma itself: d gamma_k/d tau = -2 eta [(sigma^2 + S_k) gamma_k - S_k]; this is basically "
        "a first order dynamics ODE",
        where="G.3.1",
        source="reconstructed",
        reading="its solution is (10) without the factor N",
        relation=flow(printed_response(full_speed / N), eta),
        domain=domain_of((S, sigma, gam_re, eta, tau)),
        assumes=("gamma as the optimisation parameter",),
        checks=EXACT,
        slips=(flow(printed_response(full_speed / (2 * N)), eta),),
    ),
    Claim(
        id="wp.G.3.remarks.power",
        says=REMARKS,
        where="G.3.1 Remarks",
        source="as printed",
        reading="the rate of a Fourier mode increases with its power S_k",
        relation=Inequality(speed(S1, sigma), ">", speed(S2, sigma)),
        domain=domain_of((S1, S2, sigma, N, eta)).where(S1 > S2),
        assumes=(CIRCULAR, FULL),
        checks=EXACT,
        formula=False,
        slips=(Inequality(speed(S2, sigma), ">", speed(S1, sigma)),),
    ),
    Claim(
        id="wp.G.3.remarks.noise",
        says=REMARKS,
        where="G.3.1 Remarks",
        source="as printed",
        reading="the rate of a Fourier mode increases with the noise level",
        relation=Inequality(speed(S, sigma1), ">", speed(S, sigma2)),
        domain=domain_of((S, sigma1, sigma2, N, eta)).where(sigma1 > sigma2),
        assumes=(CIRCULAR, FULL),
        checks=EXACT,
        formula=False,
        slips=(Inequality(speed(S, sigma2), ">", speed(S, sigma1)),),
    ),
    Claim(
        id="wp.G.3.LemmaG1",
        says="w = N^-1/2 F* gamma, gamma = sqrt(N) F w, w the vector of the first row in W",
        where="Lemma G.1",
        source="reconstructed",
        reading="four pixels: W = sum_j w_j S(j) has w as its first row and the gamma_k as eigenvalues (wp.5.2.fourier); "
        "then every tap is that of N^-1/2 F* gamma",
        relation=Both(tuple(Identity(cyclic.weight(4, FOUR)[0, n], inverted(n)) for n in range(4))),
        domain=domain_of(TAPS),
        assumes=(CIRCULAR,),
        checks=EXACT,
        formula=False,
        slips=(Both(tuple(Identity(cyclic.weight(4, FOUR)[n, 0], inverted(n)) for n in range(4))),),
    ),
    Claim(
        id="wp.G.3.gradrel",
        says="grad_w L = sqrt(N) F* grad_gamma L; gradient flow in w space is equivalent to gradient flow in gamma, but "
        "scaling learning rate by N!",
        where="after Lemma G.1",
        source="as printed",
        reading="four pixels, any covariance: the derivative of the loss in each tap",
        relation=Both(tuple(Identity(sp.Derivative(LOSS, TAPS[n]), pulled_back(n)) for n in range(4))),
        domain=OPEN_FILTER,
        assumes=(CIRCULAR, FULL),
        checks=EXACT,
        slips=(Both(tuple(Identity(sp.Derivative(LOSS, TAPS[n]), pulled_back(n) / 2) for n in range(4))),),
    ),
    Claim(
        id="wp.G.3.G2.rescaled",
        says=G2,
        where="Remark G.2",
        source="as printed",
        reading="for any number of pixels: along the cosines (or sines) f of a mode the flow of the taps is the flow on "
        "gamma with N eta for eta",
        relation=MatrixIdentity(-eta * f.T * Grad(patch_loss, w), mode_rate, MODE),
        domain=domain_of((sigma, N, eta, S)),
        assumes=PROP,
        derived_in="circulant: patch mode",
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.G.3.G2.only",
        says=G2,
        where="Remark G.2",
        source="as printed",
        reading="'only works when the kernel width is N': with three taps on four pixels there are a filter and a "
        "covariance for which gamma_1 does not move with N eta times its own gradient",
        relation=Inequality((coupled - cyclic.free_rate(4, 1, THREE, COVARIANCE)) ** 2, ">", sp.S.Zero, some=True),
        domain=domain_of((*TAPS[:3], *ENTRIES, sigma)),
        assumes=(CIRCULAR,),
        checks=(KERNEL,),
        formula=False,
        slips=(
            Inequality(
                (cyclic.coupled_rate(4, 1, FOUR, COVARIANCE) - cyclic.free_rate(4, 1, FOUR, COVARIANCE)) ** 2,
                ">",
                sp.S.Zero,
                some=True,
            ),
        ),
    ),
    Claim(
        id="wp.G.3.cor",
        says="filter flow: w = N^-1/2 F* gamma where gamma_k solves d gamma_k/d tau = -2 N eta [(sigma^2 + S_k) gamma_k - "
        "S_k] from the initial filter",
        where="Cor. G.3",
        source="reconstructed",
        reading="real part of gamma_k",
        relation=grows(printed_response(full_speed)),
        domain=conv.TRAINED,
        assumes=PROP,
        derived_in="full-width convolution: weight",
        checks=(*EXACT, ODE_WEIGHT),
        slips=(grows(printed_response(full_speed / N)),),
    ),
)
