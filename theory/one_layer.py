"""One linear layer on centred data: weight, generated variance and emergence times of a mode, from the loss.

Source: spectral-bias paper, sections 4.2 and 4.3, appendices D.1 and D.3; the loss and its gradient are
derived in `theory.regression`.
"""

import sympy as sp

from theory import regression
from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, domain_of
from theory.functions import Ein, phi1
from theory.relation import Antiderivative, Identity, LimitIs, Solves
from theory.symbols import symbols

lam, sigma, sigma0, sigmaT, Q, eta, tau, n, y = symbols("lam sigma sigma0 sigmaT Q eta tau n y")


def optimum(sigma: sp.Expr) -> sp.Expr:
    """Return w* = lam/(lam + sigma^2), the weight that minimises the loss of a mode; eq. (6)."""
    return lam / (lam + sigma**2)


def weight(sigma: sp.Expr) -> sp.Expr:
    """Return the weight psi of a mode after training time tau from Q; eq. (7)."""
    return optimum(sigma) + (Q - optimum(sigma)) * sp.exp(-2 * eta * tau * (lam + sigma**2))


def descent_weight(sigma: sp.Expr) -> sp.Expr:
    """Return the weight of a mode after n gradient-descent steps of size eta from Q; app. D.1.1."""
    return optimum(sigma) + (Q - optimum(sigma)) * (1 - 2 * eta * (lam + sigma**2)) ** n


def log_Phi(sigma: sp.Expr) -> sp.Expr:
    """Return ln Phi, a primitive of (1 - psi)/sigma in sigma, for tau > 0; app. D.3."""
    a = 2 * eta * tau
    lost = (1 - Q) * sp.exp(-a * lam) * sp.Ei(-a * sigma**2)
    return (sp.log(lam + sigma**2) + lost - sp.Ei(-a * (lam + sigma**2))) / 2


def variance() -> sp.Expr:
    """Return the generated variance of a mode, for tau > 0; Prop. 4.2."""
    return sigmaT**2 * sp.exp(2 * log_Phi(sigma0) - 2 * log_Phi(sigmaT))


def log_variance_entire() -> sp.Expr:
    """Return ln of the generated variance through Ein, finite for every tau >= 0, lam >= 0 and real Q."""
    a = 2 * eta * tau
    spread = sp.log(sigma0**2 / sigmaT**2) + Ein(a * sigmaT**2) - Ein(a * sigma0**2)
    kept = Ein(a * (lam + sigma0**2)) - Ein(a * (lam + sigmaT**2))
    return sp.log(sigmaT**2) + (1 - Q) * sp.exp(-a * lam) * spread + kept


def log_variance_rate() -> sp.Expr:
    """Return d ln(variance)/d tau, finite for every tau >= 0."""
    a = 2 * eta * tau
    spread = sp.log(sigmaT**2 / sigma0**2) - Ein(a * sigmaT**2) + Ein(a * sigma0**2)
    shed = sigmaT**2 * phi1(-a * sigmaT**2) - sigma0**2 * phi1(-a * sigma0**2)
    return 2 * eta * sp.exp(-a * lam) * ((1 - Q) * lam * spread - Q * shed)


def initial_variance() -> sp.Expr:
    """Return the generated variance at tau = 0."""
    return sigmaT ** (2 * Q) * sigma0 ** (2 - 2 * Q)


def final_variance() -> sp.Expr:
    """Return the generated variance as tau tends to infinity."""
    return sigmaT**2 * (lam + sigma0**2) / (lam + sigmaT**2)


def log_level(criterion: str) -> sp.Expr:
    """Return ln of the named mean (geometric, harmonic, arithmetic) of the first and the last level."""
    first, last = initial_variance(), final_variance()
    return {
        "geometric": (sp.log(first) + sp.log(last)) / 2,
        "harmonic": sp.log(2 / (1 / first + 1 / last)),
        "arithmetic": sp.log((first + last) / 2),
    }[criterion]


def flow_rate(sigma: sp.Expr) -> sp.Expr:
    """Return the gradient-flow rate of a weight y: -eta times the mode's gradient 2 (lam + sigma^2) y - 2 lam."""
    return -eta * (2 * (lam + sigma**2) * y - 2 * lam)


def sampled(solution: sp.Expr, weight: sp.Expr) -> Solves:
    """Return that `solution` is the variance that denoisers of this weight at sigma0 generate, from sigma_T^2."""
    rate = 2 * (1 - weight) / sigma0 * y
    return Solves(solution=solution, var=sigma0, unknown=y, rate=rate, at=sigmaT, start=sigmaT**2)


TRAINED = domain_of((lam, sigma, Q, eta, tau))
SAMPLED = domain_of((lam, Q, eta, tau, sigma0, sigmaT)).where(sigma0 < sigmaT)


def later(domain: Domain) -> Domain:
    """Return the part of `domain` with tau > 0, where the exponential integrals have values."""
    return Domain(tuple((s, POSITIVE if s == tau else r) for s, r in domain.ranges), domain.conditions)


DERIVATION = Derivation(
    name="one layer",
    continues=regression.DERIVATION,
    steps=(
        Step(
            name="weight",
            states=weight(sigma),
            relation=Solves(solution=weight(sigma), var=tau, unknown=y, rate=flow_rate(sigma), at=sp.S.Zero, start=Q),
            domain=TRAINED,
            because="the gradient of the loss acts on one mode at a time: a linear equation from the initial weight Q",
        ),
        Step(
            name="sampling factor",
            states=log_Phi(sigma),
            relation=Antiderivative(primitive=log_Phi(sigma), integrand=(1 - weight(sigma)) / sigma, var=sigma),
            domain=later(TRAINED),
            because="a mode of the sampler obeys d ln x / d ln sigma = 1 - psi; partial fractions in sigma^2 give Ei",
        ),
        Step(
            name="variance",
            states=variance(),
            relation=sampled(variance(), weight(sigma0)),
            domain=later(SAMPLED),
            because="the variance along the mode starts as sigma_T^2 and follows the square of the sampling factor",
        ),
        Step(
            name="entire form",
            states=log_variance_entire(),
            relation=Identity(sp.log(variance()), log_variance_entire()),
            domain=later(SAMPLED),
            because="Ei(-u) = gamma + ln u - Ein(u), and the logarithms of tau cancel",
        ),
        Step(
            name="initial level",
            states=initial_variance(),
            relation=LimitIs(expr=variance(), var=tau, point=sp.S.Zero, value=initial_variance()),
            domain=later(SAMPLED),
            because="in the entire form every Ein vanishes with tau",
        ),
        Step(
            name="final level",
            states=final_variance(),
            relation=LimitIs(expr=variance(), var=tau, point=sp.oo, value=final_variance()),
            domain=later(SAMPLED),
            because="the exponential integrals vanish as tau grows; what is left is the optimal denoiser's",
        ),
        Step(
            name="rate",
            states=log_variance_rate(),
            relation=Identity(sp.Derivative(sp.log(variance()), tau), log_variance_rate()),
            domain=later(SAMPLED),
            because="differentiate the entire form; the derivative of Ein is (1 - exp(-u))/u",
        ),
        Step(
            name="descent",
            states=descent_weight(sigma),
            relation=Identity(
                descent_weight(sigma).xreplace({n: n + 1}),
                descent_weight(sigma) + flow_rate(sigma).xreplace({y: descent_weight(sigma)}),
            ),
            domain=domain_of((lam, sigma, Q, eta, n)),
            because="one step multiplies the deviation from the optimum by 1 - 2 eta (lam + sigma^2)",
        ),
    ),
)
