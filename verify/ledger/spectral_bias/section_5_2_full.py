"""Section 5.2, filters as wide as the circle: Prop. 5.3 and its interpretation."""

import sympy as sp

from theory import convolution as conv
from theory import cyclic, one_layer
from theory.circulant import MODE, Sigma, f, mode_rate, patch_loss, unit, w
from theory.circulant import T as SHIFTED
from theory.convolution import N, S, eta, gam_im, gam_re, optimum, response, response_rate, sigma, tau, y
from theory.domain import domain_of
from theory.matrices import Grad, Orthogonal
from theory.one_layer import later, sigma0, sigmaT
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity, Solves
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_conv import (
    CIRCULAR,
    FLOW,
    FULL,
    ODE_PHASE,
    ODE_SYMMETRIC,
    ODE_VARIANCE,
    ODE_WEIGHT,
    SAME_START,
)
from verify.ledger.spectral_bias.shared_printed import Phi

S1, S2 = symbols("S1 S2")
PROP = (CIRCULAR, FULL, FLOW)
WEIGHT = (
    "w_sigma(tau) = N^-1/2 F* gamma(tau, sigma); gamma_k(tau, sigma) = gamma_k*(sigma) + (gamma_k(tau, sigma) - "
    "gamma_k*(sigma)) e^{-2 N eta (sigma^2 + S_k) tau}, gamma_k*(sigma) = S_k/(sigma^2 + S_k), S_k = [F* Sigma F]_kk"
)
VARIANCE = (
    "The generated distribution has diagonal covariance in the Fourier basis and follows exactly Prop. 4.2 after the "
    "replacement lam_k -> S_k, eta -> N eta, U -> F."
)
SPEED = "convolutional weight sharing simply multiplies every rate by N, accelerating convergence without altering the inverse-variance law"
SHIFTS = (
    "the learned distribution is asymptotically equivalent to the Gaussian approximation to the original training data "
    "with all possible spatial shifts as augmentations"
)
full_speed = 2 * N * eta * (sigma**2 + S)
printed_final = sigmaT**2 * (S + sigma0**2) / (S + sigmaT**2)


def printed_response(speed: sp.Expr, start: sp.Expr = gam_re) -> sp.Expr:
    """Return gamma_k(tau) of (10) with exp(-speed tau), from `start`."""
    return S / (sigma**2 + S) + (start - S / (sigma**2 + S)) * sp.exp(-speed * tau)


def grows(solution: sp.Expr, start: sp.Expr = gam_re, *, real: bool = True) -> Solves:
    """Return that `solution` is the real (or imaginary) part of gamma_k in gradient flow on the taps."""
    rate = response_rate(sigma) if real else response_rate(sigma) - 2 * N * eta * S
    return Solves(solution=solution, var=tau, unknown=y, rate=rate, at=sp.S.Zero, start=start)


def printed_variance(rate: sp.Expr = N * eta) -> sp.Expr:
    """Return the variance of Prop. 4.2 with the replacements, and Q_k -> Re gamma_k(0)."""
    moved = {one_layer.lam: S, one_layer.Q: gam_re, eta: rate}
    return sigmaT**2 * (Phi(sigma0) ** 2 / Phi(sigmaT) ** 2).xreplace(moved)


def along_fourier(solution: sp.Expr) -> Solves:
    """Return that `solution` is the variance generated along a Fourier vector, with the trained Re gamma_k."""
    return one_layer.sampled(solution, response(sigma0))


def phase_of_ratio() -> sp.Expr:
    """Return the argument of Phi_k^2(sigma0)/Phi_k^2(sigmaT) with the complex gamma_k(0) in place of Q_k."""
    a = 2 * N * eta * tau
    return -gam_im * sp.exp(-a * S) * (sp.Ei(-a * sigma0**2) - sp.Ei(-a * sigmaT**2))


def speed_of(S: sp.Expr, rate: sp.Expr) -> sp.Expr:
    """Return the rate -(dy/dtau)/(y - y*) of a linear mode with variance S at learning rate `rate`."""
    return 2 * rate * (S + sigma**2)


def squared_filter(solution: sp.Expr) -> Solves:
    """Return that `solution` is gamma_k of W = Circ(w) Circ(w)^T in gradient flow on w, from gam_re > 0."""
    return Solves(
        solution=solution,
        var=tau,
        unknown=y,
        rate=-8 * N * eta * y * ((S + sigma**2) * y - S),
        at=sp.S.Zero,
        start=gam_re,
    )


def logistic(rate: sp.Expr = N * eta) -> sp.Expr:
    """Return the law of the symmetric two-layer mode with lam -> S, eta -> `rate`, Q -> |g_k(0)|^2."""
    best = S / (S + sigma**2)
    return best / (1 + (best / gam_re - 1) * sp.exp(-8 * rate * S * tau))


FOUR = cyclic.taps(4)
THREE = tuple(FOUR.values())[:3]
TAKEN = THREE[0] * unit + THREE[1] * SHIFTED + THREE[2] * SHIFTED.T
GAMMA = [cyclic.coefficient(4, k, FOUR) for k in range(4)]


def inverted(n: int) -> sp.Expr:
    """Return entry n of N^-1/2 F* gamma for gamma = sqrt(N) F w, four pixels."""
    real, imaginary = cyclic.fourier(4)
    return sum(real[n, k] * p + imaginary[n, k] * q for k, (p, q) in enumerate(GAMMA)) / 2


CONVERGED = domain_of((S, sigma0, sigmaT)).where(sigma0 < sigmaT)
TWO_LAYER = domain_of((S, sigma, gam_re, N, eta, tau)).where(gam_re > 0, S > 0)

CLAIMS = (
    Claim(
        id="wp.5.3.reduce",
        says="the gradient flow is diagonal and unconstrained in the Fourier domain. Thus, the analyses in Sec. 4 "
        "re-emerge with variance of Fourier mode [F* Sigma F]_kk taking the place of lam_k.",
        where="section 5.2",
        source="as printed",
        reading="for any number of pixels: f, the cosines or the sines of a mode, is an eigenvector of the patch "
        "covariance of the whole circle; then f.w moves by its own value alone, as a mode of one layer with lam -> S_k",
        relation=MatrixIdentity(-eta * f.T * Grad(patch_loss, w), mode_rate, MODE),
        domain=domain_of((sigma, N, eta, S)),
        assumes=PROP,
        derived_in="circulant: patch mode",
        checks=EXACT,
        slips=(MatrixIdentity(-eta * f.T * Grad(patch_loss, w), mode_rate / N, MODE),),
    ),
    Claim(
        id="wp.5.3.weight.literal",
        says=WEIGHT,
        reading="as printed, with gamma_k(tau, sigma) itself in the place of the initial value",
        where="Prop. 5.3, (10)",
        source="as printed",
        relation=Identity(response(sigma), printed_response(full_speed, response(sigma))),
        domain=conv.TRAINED,
        assumes=PROP,
        checks=EXACT,
        corrected_by="our.conv.weight",
    ),
    Claim(
        id="wp.5.3.weight.real",
        says=WEIGHT,
        reading="the factor of the exponential is gamma_k(0, sigma) - gamma_k*(sigma); real part",
        where="Prop. 5.3, (10)",
        source="as printed",
        relation=grows(printed_response(full_speed)),
        domain=conv.TRAINED,
        assumes=PROP,
        derived_in="full-width convolution: weight",
        checks=(*EXACT, ODE_WEIGHT),
        slips=(grows(printed_response(full_speed / N)), grows(printed_response(full_speed / 2))),
    ),
    Claim(
        id="wp.5.3.weight.imaginary",
        says=WEIGHT,
        reading="the factor of the exponential is gamma_k(0, sigma) - gamma_k*(sigma); imaginary part, of a filter that "
        "need not be symmetric",
        where="Prop. 5.3, (10)",
        source="as printed",
        relation=grows(gam_im * sp.exp(-full_speed * tau), gam_im, real=False),
        domain=domain_of((S, sigma, gam_im, N, eta, tau)),
        assumes=PROP,
        checks=(*EXACT, ODE_PHASE),
    ),
    Claim(
        id="wp.5.3.weight.filter",
        says=WEIGHT,
        reading="w = N^-1/2 F* gamma for gamma_k = sum_j w_j exp(-2 pi i j k/N), four pixels, every tap",
        where="Prop. 5.3, (10)",
        source="as printed",
        relation=Both(tuple(Identity(FOUR[n], inverted(n) + sp.S.Zero) for n in range(4))),
        domain=domain_of(tuple(FOUR.values())),
        assumes=PROP,
        checks=EXACT,
        slips=(Both(tuple(Identity(FOUR[n], inverted((-n) % 4)) for n in range(4))),),
        formula=False,
    ),
    Claim(
        id="wp.5.3.variance.real_part",
        says=VARIANCE,
        reading="with Q_k -> Re gamma_k(0), for any initial filter, symmetric or not",
        where="Prop. 5.3",
        source="as printed",
        relation=along_fourier(printed_variance()),
        domain=later(conv.SAMPLED),
        assumes=(*PROP, SAME_START),
        derived_in="full-width convolution: variance",
        checks=(*EXACT, ODE_VARIANCE),
        slips=(along_fourier(printed_variance(eta)), along_fourier(printed_variance(N**2 * eta))),
    ),
    Claim(
        id="wp.5.3.variance.complex",
        says=VARIANCE,
        reading="with Q_k -> gamma_k(0) = f_k* W(0) f_k itself, which is complex for a filter that is not symmetric: "
        "then sigma_T^2 Phi_k^2(sigma_0)/Phi_k^2(sigma_T) has to be real, its argument 0",
        where="Prop. 5.3",
        source="as printed",
        relation=Identity(phase_of_ratio(), sp.S.Zero),
        domain=later(domain_of((S, gam_im, N, eta, tau, sigma0, sigmaT)).where(sigma0 < sigmaT)),
        assumes=(*PROP, SAME_START),
        checks=(KERNEL,),
        corrected_by="our.conv.variance",
        formula=False,
    ),
    Claim(
        id="wp.5.3.Nspeed.rate",
        says=SPEED,
        reading="the rate of a Fourier mode is N times that of a one-layer mode of the same variance; the law of the "
        "variance over time is that of one layer with time N tau",
        where="section 5.2",
        source="as printed",
        relation=Both(
            (
                Identity(
                    -response_rate(sigma) / (y - optimum(sigma)),
                    N * speed_of(S, eta),
                ),
                Identity(
                    sp.log(conv.full_width(one_layer.variance())),
                    sp.log(one_layer.variance().xreplace({one_layer.lam: S, one_layer.Q: gam_re, tau: N * tau})),
                ),
            )
        ),
        domain=later(
            domain_of((S, gam_re, N, eta, tau, sigma, sigma0, sigmaT, y)).where(
                sigma0 < sigmaT, sp.Ne(y * (S + sigma**2), S)
            )
        ),
        assumes=PROP,
        checks=EXACT,
    ),
    Claim(
        id="wp.5.3.Nspeed.order",
        says=SPEED,
        reading="the spectral bias stays: a Fourier mode of higher variance converges at the higher rate",
        where="section 5.2",
        source="as printed",
        relation=Inequality(N * speed_of(S1, eta), ">", N * speed_of(S2, eta)),
        domain=domain_of((S1, S2, sigma, N, eta)).where(S1 > S2),
        assumes=PROP,
        checks=EXACT,
        slips=(Inequality(speed_of(S2, eta), ">", speed_of(S1, eta)),),
        formula=False,
    ),
    Claim(
        id="wp.5.3.shift.loss",
        says=SHIFTS,
        reading="training: data shifted by one pixel (hence by any number, and mixed) leave Tr V Sigma as it is for "
        "every V = v_0 I + v_1 T + v_2 T^T (more taps by linearity), and the loss Tr (W - I)^T (W - I) Sigma + sigma^2 "
        "|W|^2 with it",
        where="section 5.2, app. G.3.2",
        source="as printed",
        relation=MatrixIdentity(
            sp.Trace(TAKEN * SHIFTED * Sigma * SHIFTED.T), sp.Trace(TAKEN * Sigma), (Orthogonal(SHIFTED),)
        ),
        domain=domain_of(THREE),
        assumes=(CIRCULAR,),
        derived_in="circulant: shifted data",
        checks=EXACT,
        slips=(MatrixIdentity(sp.Trace(TAKEN * SHIFTED * Sigma * SHIFTED.T), sp.Trace(TAKEN * Sigma)),),
        formula=False,
    ),
    Claim(
        id="wp.5.3.shift.limit",
        says=SHIFTS,
        reading="sampling: what long training generates along a Fourier mode (our.conv.converged) tends to S_k, that of "
        "the shifted data, as sigma_T to infinity, then sigma_0 to 0",
        where="section 5.2, app. G.3.2",
        source="as printed",
        relation=Both(
            (
                LimitIs(expr=printed_final, var=sigmaT, point=sp.oo, value=S + sigma0**2),
                LimitIs(expr=S + sigma0**2, var=sigma0, point=sp.S.Zero, value=S),
            )
        ),
        domain=CONVERGED,
        assumes=(*PROP, SAME_START),
        derived_in="full-width convolution: final level",
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.5.3.shift.trained",
        says=SHIFTS,
        reading="sampling: long training alone suffices, at fixed noise levels sigma_0 and sigma_T",
        where="section 5.2, app. G.3.2",
        source="as printed",
        relation=Identity(printed_final, S),
        domain=CONVERGED,
        assumes=(*PROP, SAME_START),
        checks=EXACT,
        corrected_by="our.conv.converged",
        formula=False,
    ),
    Claim(
        id="wp.5.3.twolayer",
        says="Similarly, two-layer linear conv net with full-width filter can be treated as in Sec 5.1.",
        reading="W = Circ(w) Circ(w)^T: gamma_k = |g_k|^2, g = sqrt(N) F w, obeys the symmetric two-layer law with "
        "lam -> S_k, Q -> |g_k(0)|^2, eta -> N eta",
        where="section 5.2",
        source="as printed",
        relation=squared_filter(logistic()),
        domain=TWO_LAYER,
        assumes=PROP,
        checks=(*EXACT, ODE_SYMMETRIC),
        slips=(squared_filter(logistic(eta)),),
    ),
)
