"""Table 1, the columns of the convolutions, and what the abstract and section 7 say of them."""

import sympy as sp

from theory import convolution as conv
from theory import cyclic, one_layer
from theory.circulant import MODE, T, f, mode_rate, patch_loss, sigmaT, unit, w
from theory.convolution import N, S, eta, gam_re, sigma, tau, theta, y
from theory.domain import domain_of
from theory.matrices import Grad, Orthogonal
from theory.one_layer import later, sigma0
from theory.relation import Both, Identity, Inequality, MatrixIdentity, Solves
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.shared_three_taps import ar1
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR, FLOW, FULL, LOCAL, SAME_START
from verify.ledger.spectral_bias.section_5_2_full import speed_of

S1, S2, tap0, tap1, tap2 = symbols("S1 S2 tap0 tap1 tap2")
SHARING = (
    "weight sharing merely multiplies learning rates - accelerating but not eliminating the bias - whereas local "
    "convolution introduces a qualitatively different bias."
)
SEVEN = (
    "filter-weight learning dynamics are governed by the patch covariance, the ultimate image distribution is shaped by "
    "the convolution of those filters; the spectral bias in learning speed does not directly apply to the distribution of "
    "full images."
)
WEIGHT = (
    "Weight dyn.: PC, exp. (7) / PC, sigm. 5.1 / Fourier mode, exp. xN 5.3 / PC of patches, exp. xN 5.4; exp. and sigm. "
    "denotes exponential and sigmoidal convergence, xN denotes the N time speed up due to weight sharing"
)
lag1, lag3 = symbols("lag1 lag3")
LAGS = (sp.S.One, lag1, sp.S.Zero, lag3)
CIRCLE = sp.Matrix(6, 6, lambda a, b: LAGS[min((a - b) % 6, (b - a) % 6)])
POWER = {k: cyclic.power(6, k, CIRCLE) for k in (1, 2)}
SMOOTHED = {k: LAGS[0] + 2 * LAGS[1] * sp.cos(sp.pi * k / 3) for k in (1, 2)}


def decays(rate: sp.Expr, variance: sp.Expr, factor: sp.Expr) -> Solves:
    """Return that a deviation with the rate 2 `rate` (variance + sigma^2) decays with `factor` times one layer's rate."""
    return Solves(
        solution=sp.exp(-factor * 2 * eta * (variance + sigma**2) * tau),
        var=tau,
        unknown=y,
        rate=-2 * rate * (variance + sigma**2) * y,
        at=sp.S.Zero,
        start=sp.S.One,
    )


def of_time(expr: sp.Expr, speed: sp.Expr) -> sp.Expr:
    """Return a one-layer formula of a Fourier mode with `speed` times the training time."""
    return expr.xreplace({one_layer.lam: S, one_layer.Q: gam_re, tau: speed * tau})


def sped_up(speed: sp.Expr) -> Identity:
    """Return that the variance of full-width filters is that of one layer at `speed` times the training time."""
    return Identity(sp.log(conv.full_width(one_layer.variance())), sp.log(of_time(one_layer.variance(), speed)))


SAMPLED = later(conv.SAMPLED)
taken = tap0 * unit + tap1 * T + tap2 * T.T
generated = taken * taken.T

CLAIMS = (
    Claim(
        id="wp.T1.param",
        says="Full-width linear conv: W = Circ(w); Patch linear conv: W = Circ(w), K < N",
        where="Table 1",
        source="as printed",
        reading="definition; judged: Circ(w) of three taps commutes with the shift, for any number of pixels",
        relation=MatrixIdentity(T * taken, taken * T, (Orthogonal(T),)),
        domain=domain_of((tap0, tap1, tap2)),
        assumes=(CIRCULAR,),
        checks=(KERNEL,),
        formula=False,
        slips=(MatrixIdentity(T * taken, taken * T),),
    ),
    Claim(
        id="wp.T1.weight",
        says=WEIGHT,
        where="Table 1",
        source="as printed",
        reading="the deviation of a Fourier mode and that of a mode of the patches decay exponentially, with N times the "
        "rate of one layer",
        relation=Both((decays(N * eta, S, N), decays(N * eta, theta, N))),
        domain=domain_of((S, theta, sigma, N, eta, tau)),
        assumes=(CIRCULAR, FLOW),
        checks=EXACT,
        slips=(decays(N * eta, S, sp.S.One), decays(N * eta, theta, N / 2)),
    ),
    Claim(
        id="wp.T1.law",
        says="Learned distr.: Gaussian / Gaussian / Stationary GP 5.2 / Stationary GP",
        where="Table 1",
        source="as printed",
        reading="the two columns of convolutions: for a circulant transition matrix A (of three taps here) the covariance "
        "A A^T, up to sigma_T^2, commutes with the shift; wp.5.2.prop52.stationary says that the transition matrix is one",
        relation=MatrixIdentity(T * generated, generated * T, (Orthogonal(T),)),
        domain=domain_of((tap0, tap1, tap2)),
        assumes=(CIRCULAR,),
        checks=(KERNEL,),
        formula=False,
        slips=(MatrixIdentity(T * generated, generated * T),),
    ),
    Claim(
        id="wp.T1.distr",
        says="Distr. dyn.: PC, sigm., power law 4.2 / PC, sigm., power law 5.1 / Fourier, sigm., xN, power law 5.3 / "
        "Fourier, N.S.",
        where="Table 1",
        source="as printed",
        reading="third column: the variance of a Fourier mode is that of one layer at N times the training time; for the "
        "fourth, whose abbreviation the paper does not expand, see our.patch.variance",
        relation=sped_up(N),
        domain=SAMPLED,
        assumes=(CIRCULAR, FULL, FLOW, SAME_START),
        checks=EXACT,
        slips=(sped_up(sp.S.One), sped_up(N**2)),
    ),
    Claim(
        id="wp.0.sharing.multiplies",
        says=SHARING,
        where="Abstract",
        source="as printed",
        reading="full-width filters: the generated variance is that of one layer at N times the training time",
        relation=sped_up(N),
        domain=SAMPLED,
        assumes=(CIRCULAR, FULL, FLOW, SAME_START),
        checks=EXACT,
    ),
    Claim(
        id="wp.0.sharing.bias",
        says=SHARING,
        where="Abstract",
        source="as printed",
        reading="not eliminated: the ratio of the rates of two modes does not depend on N, and is larger for the larger "
        "variance",
        relation=Both(
            (
                Identity(speed_of(S1, N * eta) / speed_of(S2, N * eta), speed_of(S1, eta) / speed_of(S2, eta)),
                Inequality(speed_of(S1, N * eta), ">", speed_of(S2, N * eta)),
            )
        ),
        domain=domain_of((S1, S2, sigma, N, eta)).where(S1 > S2),
        assumes=(CIRCULAR, FULL, FLOW),
        checks=EXACT,
        formula=False,
        slips=(Inequality(speed_of(S2, N * eta), ">", speed_of(S1, N * eta)),),
    ),
    Claim(
        id="wp.0.sharing.local",
        says=SHARING,
        where="Abstract",
        source="as printed",
        reading="qualitatively different: with full width and zero filters every variance starts to grow, at the rate of "
        "S_k >= 0 (our.patch.early_order for K = N); with three taps it may start to fall, sum_m c_m cos m omega_k < 0, "
        "as for correlations (97/120)^|n| at the highest frequency",
        relation=Both(
            (
                Inequality(sum(a * value for value, a in ar1()), "<", sp.S.Zero),
                Inequality(4 * N * eta * S * sp.log(sigmaT / sigma0), ">=", sp.S.Zero),
            )
        ),
        domain=domain_of((S, N, eta, sigma0, sigmaT)).where(sigma0 < sigmaT),
        assumes=(CIRCULAR, FLOW, SAME_START),
        checks=(KERNEL,),
        formula=False,
        slips=(Inequality(sum(a * value for value, a in ar1()), ">=", sp.S.Zero),),
    ),
    Claim(
        id="wp.7.conv.governed",
        says=SEVEN,
        where="section 7",
        source="as printed",
        reading="along an eigenvector of the patch covariance the gradient acts on one number, at the rate of its "
        "eigenvalue, for any number of pixels and taps",
        relation=MatrixIdentity(-eta * f.T * Grad(patch_loss, w), mode_rate, MODE),
        domain=domain_of((sigma, N, eta, S)),
        assumes=(CIRCULAR, LOCAL, FLOW),
        derived_in="circulant: patch mode",
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.7.conv.indirect",
        says=SEVEN,
        where="section 7",
        source="as printed",
        reading="six pixels, three taps, zero filters: there are stationary data, of covariances 1, lag1, 0, lag3 at the "
        "lags 0 to 3, with modes 1 and 2 of which the one of "
        "larger variance starts to be learned at the lower rate, that of the smoothed spectrum (our.patch.early_order)",
        relation=Inequality((POWER[1] - POWER[2]) * (SMOOTHED[1] - SMOOTHED[2]), "<", sp.S.Zero, some=True),
        domain=domain_of((lag1, lag3)).within(lag1=("-1/8", "1/8"), lag3=("-1/8", "1/8")),
        assumes=(CIRCULAR, LOCAL, FLOW, SAME_START),
        checks=(KERNEL,),
        formula=False,
        slips=(Inequality((POWER[1] - POWER[2]) ** 2, "<", sp.S.Zero, some=True),),
    ),
)
