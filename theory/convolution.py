"""Linear convolutional denoisers on a circle: Fourier coefficients and generated spectrum from the loss of the filter.

A filter w acts as (W x)_m = sum_j w_j x_{m+j}; its Fourier coefficient is gamma_k = sum_j w_j exp(-2 pi i j k/N). S is
the data variance of a Fourier mode. Source: spectral-bias paper, section 5.2 and appendix G; the loss in matrices is in
`theory.circulant`.
"""

import sympy as sp

from theory import circulant
from theory import one_layer as one
from theory.derivation import Derivation, Step
from theory.domain import domain_of
from theory.functions import Ein
from theory.one_layer import later, sampled
from theory.relation import Antiderivative, Identity, LimitIs, Solves
from theory.symbols import symbols

lam, sigma, sigma0, sigmaT, eta, tau, y = symbols("lam sigma sigma0 sigmaT eta tau y")
N, S, gam_re, gam_im, theta, theta1, theta2 = symbols("N S gam_re gam_im theta theta1 theta2")
a_k, b_k1, b_k2 = symbols("a_k b_k1 b_k2")

FULL_WIDTH = {lam: S, eta: N * eta, one.Q: gam_re}
"""One layer becomes a full-width filter: the mode's variance, N times the rate, the real part of the start."""

kappa = 2 * N * eta * tau


def full_width(expr: sp.Expr) -> sp.Expr:
    """Return a one-layer formula as that of a Fourier mode of a full-width filter; Prop. 5.3."""
    return expr.xreplace(FULL_WIDTH)


def optimum(sigma: sp.Expr) -> sp.Expr:
    """Return gamma* = S/(S + sigma^2)."""
    return full_width(one.optimum(sigma))


def response(sigma: sp.Expr) -> sp.Expr:
    """Return the real part of gamma_k after training time tau."""
    return full_width(one.weight(sigma))


def phase(sigma: sp.Expr) -> sp.Expr:
    """Return the imaginary part of gamma_k after training time tau."""
    return gam_im * sp.exp(-kappa * (S + sigma**2))


def share(theta: sp.Expr, a: sp.Expr, b: sp.Expr, sigma: sp.Expr) -> sp.Expr:
    """Return what an eigenvector of the patch covariance adds to Re gamma_k: a of the centre, b of the first filter."""
    best = theta / (theta + sigma**2)
    return a * best + (b - a * best) * sp.exp(-kappa * (theta + sigma**2))


def patch_response(sigma: sp.Expr) -> sp.Expr:
    """Return Re gamma_k of a filter with two patch modes; the shares a of the centre add up to 1."""
    return share(theta1, a_k, b_k1, sigma) + share(theta2, 1 - a_k, b_k2, sigma)


def log_factor(theta: sp.Expr, a: sp.Expr, b: sp.Expr, sigma: sp.Expr) -> sp.Expr:
    """Return the summand of ln Phi_k of one patch mode, for tau > 0."""
    kept = a / 2 * (sp.log(theta + sigma**2) - sp.Ei(-kappa * (theta + sigma**2)))
    return kept + (a - b) / 2 * sp.exp(-kappa * theta) * sp.Ei(-kappa * sigma**2)


def log_Phi(sigma: sp.Expr) -> sp.Expr:
    """Return ln Phi_k of a filter with two patch modes, for tau > 0."""
    return log_factor(theta1, a_k, b_k1, sigma) + log_factor(theta2, 1 - a_k, b_k2, sigma)


def kept(theta: sp.Expr) -> sp.Expr:
    """Return what a patch mode adds to ln(variance) per share of the centre, finite for tau >= 0."""
    return Ein(kappa * (theta + sigma0**2)) - Ein(kappa * (theta + sigmaT**2))


def spread() -> sp.Expr:
    """Return what is still to be learned adds to ln(variance), before it decays; finite for tau >= 0."""
    return sp.log(sigma0**2 / sigmaT**2) + Ein(kappa * sigmaT**2) - Ein(kappa * sigma0**2)


def log_share(theta: sp.Expr, a: sp.Expr, b: sp.Expr) -> sp.Expr:
    """Return the summand of ln(variance) of one patch mode, finite for tau >= 0 and theta >= 0."""
    return a * kept(theta) + (a - b) * sp.exp(-kappa * theta) * spread()


def log_variance() -> sp.Expr:
    """Return ln of the variance that a filter with two patch modes generates, finite for tau >= 0."""
    return sp.log(sigmaT**2) + log_share(theta1, a_k, b_k1) + log_share(theta2, 1 - a_k, b_k2)


def variance() -> sp.Expr:
    """Return the same variance for tau > 0, through the exponential integral."""
    return sigmaT**2 * sp.exp(2 * log_Phi(sigma0) - 2 * log_Phi(sigmaT))


def final_share(theta: sp.Expr, a: sp.Expr) -> sp.Expr:
    """Return the summand of ln(variance) of one patch mode as tau tends to infinity."""
    return a * sp.log((theta + sigma0**2) / (theta + sigmaT**2))


def gained(theta: sp.Expr, a: sp.Expr, b: sp.Expr) -> sp.Expr:
    """Return the summand of ln(variance) of one patch mode for tau > 0, through the exponential integral."""
    return 2 * log_factor(theta, a, b, sigma0) - 2 * log_factor(theta, a, b, sigmaT)


def response_rate(sigma: sp.Expr) -> sp.Expr:
    """Return the rate of Re gamma_k in gradient flow on a full-width filter, written in y."""
    return -2 * N * eta * ((S + sigma**2) * y - S)


TRAINED = domain_of((S, sigma, gam_re, N, eta, tau))
SAMPLED = domain_of((S, gam_re, N, eta, tau, sigma0, sigmaT)).where(sigma0 < sigmaT)
PATCH_TRAINED = domain_of((theta1, theta2, a_k, b_k1, b_k2, sigma, N, eta, tau))
PATCH_SAMPLED = domain_of((theta1, theta2, a_k, b_k1, b_k2, N, eta, tau, sigma0, sigmaT)).where(sigma0 < sigmaT)

SUMMAND = domain_of((theta, a_k, b_k1, N, eta, tau, sigma0, sigmaT)).where(sigma0 < sigmaT)


FULL = Derivation(
    name="full-width convolution",
    continues=circulant.DERIVATION,
    steps=(
        Step(
            name="weight",
            states=response(sigma),
            relation=Solves(
                solution=response(sigma), var=tau, unknown=y, rate=response_rate(sigma), at=sp.S.Zero, start=gam_re
            ),
            domain=TRAINED,
            because="with K = N the cosines of a Fourier mode are an eigenvector of the patch covariance",
        ),
        Step(
            name="variance",
            states=full_width(one.variance()),
            relation=sampled(full_width(one.variance()), response(sigma0)),
            domain=later(SAMPLED),
            because="the power of a Fourier mode follows the real part of its coefficient, as in one layer",
        ),
        Step(
            name="entire form",
            states=full_width(one.log_variance_entire()),
            relation=Identity(sp.log(full_width(one.variance())), full_width(one.log_variance_entire())),
            domain=later(SAMPLED),
            because="Ei(-u) = gamma + ln u - Ein(u), and the logarithms of tau cancel",
        ),
        Step(
            name="final level",
            states=full_width(one.final_variance()),
            relation=LimitIs(
                expr=full_width(one.variance()), var=tau, point=sp.oo, value=full_width(one.final_variance())
            ),
            domain=later(SAMPLED),
            because="the exponential integrals vanish as tau grows",
        ),
    ),
)

LOCAL = Derivation(
    name="local convolution",
    continues=circulant.DERIVATION,
    steps=(
        Step(
            name="sampling factor",
            states=log_Phi(sigma),
            relation=Antiderivative(primitive=log_Phi(sigma), integrand=(1 - patch_response(sigma)) / sigma, var=sigma),
            domain=later(PATCH_TRAINED),
            because="Re gamma_k is a sum over the patch modes, and each summand is one of a single layer",
        ),
        Step(
            name="variance",
            states=variance(),
            relation=sampled(variance(), patch_response(sigma0)),
            domain=later(PATCH_SAMPLED),
            because="the power of a Fourier mode follows the real part of its coefficient",
        ),
        Step(
            name="entire form",
            states=log_variance(),
            relation=Identity(sp.log(variance()), log_variance()),
            domain=later(PATCH_SAMPLED),
            because="Ei(-u) = gamma + ln u - Ein(u), and the logarithms of tau cancel since the shares add up to 1",
        ),
        Step(
            name="final level",
            states=final_share(theta, a_k),
            relation=LimitIs(expr=gained(theta, a_k, b_k1), var=tau, point=sp.oo, value=final_share(theta, a_k)),
            domain=later(SUMMAND),
            because="the exponential integrals vanish as tau grows",
        ),
    ),
)
