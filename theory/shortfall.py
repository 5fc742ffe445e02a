"""How far the generated variance of a mode is from its end, as one integral over the noise levels.

With a = 2 eta tau, s = sigma^2 and the optimal weight psi* = lam/(lam + s), a weight that relaxes to psi* from psi_0(s)
at the rate kappa(s) (lam + s) generates a variance short of its end by

    H = ln(final/generated) = int [psi*(s) - psi_0(s)]/s exp(-a kappa(s) (lam + s)) ds, sigma_0^2 < s < sigma_T^2.

Where kappa = 1 and psi_0 = Q the integral is elementary but for exponential integrals, and the signs of the integrands
give those of its derivatives in the training time and in lam.

Source: derived here from Prop. 4.2 of the spectral-bias paper.
"""

import sympy as sp

from theory import one_layer
from theory.derivation import Derivation, Step
from theory.domain import Domain, Range, domain_of
from theory.one_layer import (
    SAMPLED,
    Q,
    eta,
    final_variance,
    lam,
    later,
    log_variance_entire,
    log_variance_rate,
    optimum,
    sigma,
    sigma0,
    sigmaT,
    tau,
    weight,
)
from theory.relation import Both, Identity
from theory.symbols import symbols

psi_s, kappa_s = symbols("psi_s kappa_s")
ZERO, ONE = sp.S.Zero, sp.S.One
a = 2 * eta * tau


def starting(domain: Domain, low: sp.Expr, high: sp.Expr, *, low_open: bool = False, high_open: bool = False) -> Domain:
    """Return the part of `domain` where Q is between `low` and `high`."""
    between = Range(low, high, low_open, high_open)
    return Domain(tuple((s, between if s == Q else r) for s, r in domain.ranges), domain.conditions)


def from_zero(domain: Domain) -> Domain:
    """Return `domain` without the range of Q, which is 0."""
    return Domain(tuple((s, r) for s, r in domain.ranges if s != Q), domain.conditions)


VARIED = SAMPLED.where(lam > 0)
PARTLY = starting(VARIED, ZERO, ONE, low_open=True, high_open=True)
UNTRAINED = from_zero(VARIED)
MASTER = domain_of((lam, eta, tau, psi_s, kappa_s, sigma0, sigmaT)).where(sigma0 < sigmaT)


def H() -> sp.Expr:
    """Return ln of the final over the generated variance."""
    return sp.log(final_variance()) - log_variance_entire()


def H_zero() -> sp.Expr:
    """Return H for Q = 0."""
    return H().xreplace({Q: ZERO})


def way() -> sp.Expr:
    """Return H at tau = 0 for Q = 0: ln of the final over the initial variance."""
    return sp.log(final_variance() / sigma0**2)


def lag(sigma: sp.Expr, start: sp.Expr = psi_s, pace: sp.Expr = kappa_s) -> sp.Expr:
    """Return the integrand of H at s = sigma^2."""
    return (optimum(sigma) - start) / sigma**2 * sp.exp(-a * pace * (lam + sigma**2))


def bracket(sigma: sp.Expr) -> sp.Expr:
    """Return (1 - Q)/s - 1/(lam + s) at s = sigma^2."""
    return (1 - Q) / sigma**2 - 1 / (lam + sigma**2)


def push(sigma: sp.Expr) -> sp.Expr:
    """Return (1 - Q) lam/s - Q at s = sigma^2, which has the sign of s* - s."""
    return (1 - Q) * lam / sigma**2 - Q


def turn() -> sp.Expr:
    """Return s*, the noise variance at which the optimal weight of the mode is Q."""
    return (1 - Q) * lam / Q


def tilted() -> sp.Expr:
    """Return d ln(variance)/d tau times exp(a (lam + s*))."""
    return log_variance_rate() * sp.exp(a * (lam + turn()))


def mean_rate() -> sp.Expr:
    """Return the mean of lam + s under the density proportional to 1/(s (lam + s))."""
    return lam * (1 + sp.log((lam + sigmaT**2) / (lam + sigma0**2)) / way())


def integral(total: sp.Expr, integrand: sp.Expr) -> Both:
    """Return that `total` is the integral over s, from sigma_0^2 to sigma_T^2, of `integrand`, given at sigma_0^2."""
    return Both(
        (
            Identity(sp.Derivative(total, sigma0), -2 * sigma0 * integrand),
            Identity(total.xreplace({sigma0: sigmaT}), ZERO),
        )
    )


DERIVATION = Derivation(
    name="shortfall",
    continues=one_layer.DERIVATION,
    steps=(
        Step(
            name="integrand",
            states=lag(sigma),
            relation=Identity(
                (psi_s + (optimum(sigma) - psi_s) * (1 - sp.exp(-a * kappa_s * (lam + sigma**2))) - optimum(sigma))
                / sigma**2,
                -lag(sigma),
            ),
            domain=domain_of((lam, sigma, eta, tau, psi_s, kappa_s)),
            because="d ln(variance)/d ln s = 1 - psi for the trained and 1 - psi* for the optimal denoisers: subtract",
        ),
        Step(
            name="integral",
            states=H(),
            relation=integral(H(), sp.exp(-a * (lam + sigma0**2)) * bracket(sigma0)),
            domain=SAMPLED,
            because="kappa = 1, psi_0 = Q",
        ),
        Step(
            name="rate",
            states=log_variance_rate(),
            relation=integral(log_variance_rate(), 2 * eta * sp.exp(-a * (lam + sigma0**2)) * push(sigma0)),
            domain=SAMPLED,
            because="differentiate under the integral; (lam + s) times the bracket is (1 - Q) lam/s - Q",
        ),
        Step(
            name="one extremum",
            states=tilted(),
            relation=integral(
                sp.Derivative(tilted(), tau),
                4 * eta**2 * Q * (turn() - sigma0**2) ** 2 / sigma0**2 * sp.exp(a * (turn() - sigma0**2)),
            ),
            domain=later(PARTLY),
            because="(1 - Q) lam/s - Q = Q (s* - s)/s, and the exponential brings down another s* - s",
        ),
        Step(
            name="order",
            states=sp.Derivative(log_variance_entire(), lam),
            relation=integral(
                sp.Derivative(log_variance_entire(), lam), sp.Derivative(weight(sigma0), lam) / sigma0**2
            ),
            domain=later(SAMPLED),
            because="the noise levels enter the logarithm of the variance through the weight over s",
        ),
        Step(
            name="mean",
            states=mean_rate(),
            relation=integral(
                lam * (way() + sp.log((lam + sigmaT**2) / (lam + sigma0**2))),
                (lam + sigma0**2) * lam / (sigma0**2 * (lam + sigma0**2)),
            ),
            domain=UNTRAINED,
            because="the integrand of H at Q = 0 is lam/(s (lam + s)) exp(-a (lam + s))",
        ),
    ),
)
