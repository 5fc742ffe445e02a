"""Section 3, eqs. (6), (7): mean and variance of the reverse step."""

import sympy as sp

from theory.denoiser import d
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.relation import Identity, LimitIs
from theory.reverse import BETWEEN, STEP, alpha, alpha_bar, posterior_mean, posterior_variance, s, sig, x
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.power_iteration.section_3 import law

eps, e_t, y = symbols("eps_hat e_t y_noise")
mean, z, u, v, x_t = (sp.MatrixSymbol(name, d, 1) for name in ("m", "z", "u", "v", "x_t"))
beta = 1 - alpha
SCALES = Domain(((alpha, BETWEEN), (alpha_bar, Range(sp.S.Zero, sp.S.One, low_open=True))))
REVERSE = SCALES.joined(domain_of((x, eps)))
CHAIN = Domain(((alpha, BETWEEN), (e_t, POSITIVE), (y, POSITIVE)))

MEAN = "mu_theta(x_t, t) = 1/sqrt(alpha_t) (x_t - beta_t/sqrt(1 - abar_t) eps_theta(x_t, t))"
VARIANCE = "Sigma_theta(x_t, t) = e_t^2 I, and e_t is a designed schedule (usually chosen to be equal to sigma_t)"
STOCHASTIC = (
    "D_t(x_t) = 1/sqrt(alpha_t) (x_t - beta_t/sqrt(1 - abar_t) eps_theta(x_t, t)) + e_t z, where z ~ N(0, I) and z_1 = 0; "
    "a stochastic denoiser, which preserves the Markovian property of the forward process"
)


def printed_mean() -> sp.Expr:
    """Return mu of eq. (6) along a mode."""
    return (x - beta / sp.sqrt(1 - alpha * alpha_bar) * eps) / sp.sqrt(alpha)


def reverse_variance(variance: sp.Expr) -> sp.Expr:
    """Return the variance of x_{t-1} given x_t where x_{t-1} has this variance along a mode."""
    return variance - alpha * variance**2 / (alpha * variance + beta)


def markov(shared: sp.Expr) -> Identity:
    """Return that x_{t-1} and x_{t+1} are uncorrelated given x_t; two steps x -> sqrt(alpha) x + e z from variance y.

    `shared` is the covariance of the noises of the two steps.
    """
    a = sp.sqrt(alpha)
    middle, outer = alpha * y + e_t**2, a * (a * y)
    last = a * middle + shared
    return Identity(outer, last * (a * y) / middle)


CLAIMS = (
    Claim(
        id="wdmg.eq6.mean",
        says=MEAN,
        reading="with the true noise, x_t = sqrt(abar_t) x_0 + sqrt(1 - abar_t) eps, it is E[x_{t-1} | x_t, x_0] of eqs. (1), (2)",
        where="eq. (6)",
        source="as printed",
        relation=Identity(
            posterior_mean((x - sp.sqrt(1 - alpha * alpha_bar) * eps) / sp.sqrt(alpha * alpha_bar), x), printed_mean()
        ),
        domain=REVERSE,
        assumes=("eqs. (1), (2)",),
        derived_in="reverse step: posterior",
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq6.variance.white",
        says=VARIANCE,
        reading="sigma_t^2 = beta_t, white data: it is the variance of x_{t-1} given x_t",
        where="eq. (6)",
        source="as printed",
        relation=Identity(reverse_variance(alpha_bar * 1 + 1 - alpha_bar), beta),
        domain=SCALES,
        assumes=("eqs. (1), (2)", "data N(0, I)"),
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq6.variance.clean",
        says=VARIANCE,
        reading="sigma_t^2 = beta_t, any data: it is the variance of x_{t-1} given x_t and x_0, whose mean eq. (6) is",
        where="eq. (6)",
        source="as printed",
        relation=Identity(posterior_variance(), beta),
        domain=SCALES,
        assumes=("eqs. (1), (2)",),
        checks=EXACT,
        corrected_by="our.diffusion.posterior",
        formula=False,
    ),
    Claim(
        id="wdmg.eq6.variance.unscaled",
        says=VARIANCE,
        reading="sigma_t of eq. (3): it is the variance of x_{t-1} given x_t and x_0 in the unscaled process",
        where="eqs. (3), (6)",
        source="as printed",
        relation=Identity(s - s**2 / (s + sig**2), sig**2),
        domain=STEP,
        assumes=("eq. (3)",),
        checks=EXACT,
        corrected_by="our.diffusion.posterior.unscaled",
        formula=False,
    ),
    Claim(
        id="wdmg.eq6.variance.late",
        says=VARIANCE,
        reading="the same at leading order where much noise has accumulated: the ratio tends to 1",
        where="eqs. (3), (6)",
        source="as printed",
        relation=LimitIs(expr=s / (s + sig**2), var=s, point=sp.oo, value=sp.S.One),
        domain=STEP,
        assumes=("eq. (3)",),
        checks=(KERNEL,),
        slips=tuple(
            LimitIs(expr=s / (s + sig**2), var=s, point=point, value=value)
            for point, value in ((sp.S.Zero, sp.S.One), (sp.oo, sp.S.Zero), (sp.oo, sp.Rational(1, 2)))
        ),
        formula=False,
    ),
    Claim(
        id="wdmg.eq7.law",
        says=STOCHASTIC,
        reading="D_t(x_t) = m + e_t z has the mean m and the covariance e_t^2 I that eqs. (5), (6) ask for",
        where="eq. (7)",
        source="as printed",
        relation=law(mean + e_t * z, mean, e_t**2),
        domain=domain_of((e_t,)),
        assumes=("eqs. (5), (6)",),
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq7.last",
        says=STOCHASTIC,
        reading="z_1 = 0: the last step adds no noise, and still has the covariance e_1^2 I of eqs. (5), (6) with e_1 > 0",
        where="eq. (7)",
        source="as printed",
        relation=law(mean, mean, e_t**2),
        domain=Domain(((e_t, POSITIVE),)),
        assumes=("eqs. (5), (6)",),
        checks=EXACT,
        corrected_by="our.diffusion.last",
        formula=False,
    ),
    Claim(
        id="wdmg.eq7.markov",
        says=STOCHASTIC,
        reading="linear steps with fresh noise: given the present the past and the future are uncorrelated",
        where="eq. (7)",
        source="as printed",
        relation=markov(sp.S.Zero),
        domain=CHAIN,
        assumes=("eqs. (5), (6)",),
        checks=EXACT,
        slips=(markov(e_t**2), markov(e_t**2 / 2), markov(-(e_t**2))),
    ),
)
