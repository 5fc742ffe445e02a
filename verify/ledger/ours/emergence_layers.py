"""When the weight of a mode emerges, for two symmetric layers, separate layers and depth, and the generated variance."""

import sympy as sp

from theory.deep import L, infinite_time
from theory.domain import POSITIVE, Range, domain_of
from theory.one_layer import Q, eta, lam, optimum, sigma, sigma0, sigmaT, tau
from theory.relation import Both, Identity, LimitIs
from theory.symbols import symbols
from theory.two_layer import STARTED, narrowed, weight
from theory.untied import SPLIT, Y0, mass, sum_square
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.untied import KAPPA, ROOTS, R
from verify.ledger.spectral_bias.appendix_E_2 import Phi
from verify.ledger.spectral_bias.lanes_5_1 import SETTING

ZERO = sp.S.Zero
E, span, delta, odds = symbols("E span eps odds")
w_star = optimum(sigma)
MEANS = {
    "harmonic": (2 / (1 / Q + 1 / w_star), sp.log(2)),
    "geometric": (sp.sqrt(Q) * sp.sqrt(w_star), sp.log(1 + sp.sqrt(w_star) / sp.sqrt(Q))),
    "arithmetic": ((Q + w_star) / 2, sp.log(1 + w_star / Q)),
}
HALFWAY = narrowed(domain_of((lam, sigma, Q, eta)), lam=POSITIVE, Q=POSITIVE).where(Q * mass() < lam)
SMALL = narrowed(domain_of((lam, sigma, Q, eta, L)), lam=POSITIVE, Q=POSITIVE).where(L > 2, Q * mass() < lam)
SHARE = Range(ZERO, sp.S.One, low_open=True, high_open=True)
LONG = narrowed(domain_of((lam, Q, sigma0, sigmaT, E)), lam=POSITIVE, Q=POSITIVE, E=SHARE)
NEAR = narrowed(domain_of((lam, Q, sigma0, E)), lam=POSITIVE, Q=POSITIVE, E=SHARE)
WIDE = narrowed(domain_of((span, odds, delta)), span=POSITIVE, odds=POSITIVE).where(odds * delta < span)


def reached(criterion: str) -> Identity:
    """Return that the weight is the named mean at the printed time over 8 eta lam."""
    mean, folds = MEANS[criterion]
    return Identity(mean, weight(sigma).xreplace({tau: folds / (8 * eta * lam)}))


def share(E: sp.Expr) -> sp.Expr:
    """Return alpha_E = Q/(Q + (1 - Q) E)."""
    return Q / (Q + (1 - Q) * E)


def log_error(E: sp.Expr, span: sp.Expr) -> sp.Expr:
    """Return -(1 - alpha_E) span - alpha_E ln[alpha_E (1 - E)], the limit of ln(variance/lam)."""
    return -(1 - share(E)) * span - share(E) * sp.log(share(E) * (1 - E))


def narrowing() -> sp.Expr:
    """Return sigma_T^2 D(sigma_0)/D(sigma_T), D(sigma) = lam E + Q (1 - E)(lam + sigma^2)."""
    first, last = (lam * E + Q * (1 - E) * (lam + sigma**2) for sigma in (sigma0, sigmaT))
    return sigmaT**2 * first / last


def matched(value: sp.Expr) -> LimitIs:
    """Return that at the time of the match ln(variance/lam) tends to `value` as the span grows."""
    at_match = log_error(odds * delta / span, span).xreplace({Q: odds / (1 + odds)})
    return LimitIs(expr=at_match, var=span, point=sp.oo, value=value)


CLAIMS = (
    *(
        Claim(
            id=f"our.emergence.two_layer.{criterion}",
            says="8 eta lam tau = {ln 2, ln(1 + sqrt(w*/Q)), ln(1 + w*/Q)} at the {harmonic, geometric, arithmetic} mean "
            "of Q and w*",
            where="new",
            source="ours",
            reading=f"the {criterion} mean",
            relation=reached(criterion),
            domain=STARTED,
            assumes=SETTING,
            derived_in="two layers: weight",
            checks=EXACT,
        )
        for criterion in MEANS
    ),
    Claim(
        id="our.emergence.untied",
        says="tau = ln(Z(Q)/Z(w))/R, Z = (Y - Y_+)/(Y - Y_-), Y = 2 w + sqrt(4 w^2 + C^2)",
        where="new",
        source="ours",
        reading=f"Z decays as exp(-R tau) along the flow, and (p + q)^2 = 2 p q + p^2 + q^2; {KAPPA}",
        relation=Identity(
            (sum_square() - ROOTS[0]) / (sum_square() - ROOTS[1]), (Y0 - ROOTS[0]) / (Y0 - ROOTS[1]) * sp.exp(-R * tau)
        ),
        domain=SPLIT,
        assumes=SETTING,
        derived_in="untied: sum",
        checks=EXACT,
    ),
    Claim(
        id="our.emergence.infinite_depth",
        says="infinite depth: the harmonic mean is passed at tau = (ln 2 + (w*/Q - 1)/2)/(2 eta lam w*)",
        where="new",
        source="ours",
        reading="eta stands for eta L^2; from Q < w*",
        relation=Identity(
            (infinite_time(2 / (1 / Q + 1 / w_star)) - infinite_time(Q)) / (2 * eta),
            (sp.log(2) + (w_star / Q - 1) / 2) / (2 * eta * lam * w_star),
        ),
        domain=HALFWAY,
        assumes=SETTING,
        derived_in="deep: implicit time",
        checks=EXACT,
    ),
    Claim(
        id="our.emergence.deep_small_init",
        says="tied depth L > 2, Q -> 0: tau ~ Q^-(1-2/L)/(2 eta L (L-2) lam), for the passage of any fixed level in (0, w*)",
        where="new",
        source="ours",
        reading="by l'Hopital: both sides tend to infinity, and Q^(2-2/L) times the derivative in Q of the left one, that of "
        "the integral of 1/(2 eta L^2 v^(2-2/L)(lam - M v)) from Q, tends to that factor in the right one's",
        relation=LimitIs(
            expr=Q ** (2 - 2 / L) * (-1 / (2 * eta * L**2 * Q ** (2 - 2 / L) * (lam - mass() * Q))),
            var=Q,
            point=ZERO,
            value=-(1 - 2 / L) / (2 * eta * L * (L - 2) * lam),
        ),
        domain=SMALL,
        assumes=SETTING,
        derived_in="deep: tied",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.emergence.two_layer_variance.wide",
        says="sigma_T -> infinity, sigma_0 -> 0: ln(lam~/lam) = -(1 - alpha_E) ln(lam/sigma_0^2) - alpha_E ln[alpha_E (1 - "
        "E)], E = e^{-8 eta lam tau}",
        where="new",
        source="ours",
        reading="sigma_T -> infinity: the generated variance tends to sigma_0^(2 (1 - alpha_E)) [lam/(alpha_E (1 - E)) + "
        "sigma_0^2]^alpha_E",
        relation=Both(
            (
                Identity(
                    sp.log(sigmaT**2) + 2 * sp.log(Phi(sigma0, E)) - 2 * sp.log(Phi(sigmaT, E)),
                    (1 - share(E)) * sp.log(sigma0**2) + share(E) * sp.log(narrowing()),
                ),
                LimitIs(expr=narrowing(), var=sigmaT, point=sp.oo, value=lam / (share(E) * (1 - E)) + sigma0**2),
            )
        ),
        domain=LONG,
        assumes=SETTING,
        derived_in="two layers: variance",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.emergence.two_layer_variance.fine",
        says="sigma_T -> infinity, sigma_0 -> 0: ln(lam~/lam) = -(1 - alpha_E) ln(lam/sigma_0^2) - alpha_E ln[alpha_E (1 - "
        "E)], E = e^{-8 eta lam tau}",
        where="new",
        source="ours",
        reading="sigma_0 -> 0 after that: the rest beside -(1 - alpha_E) ln(lam/sigma_0^2)",
        relation=LimitIs(
            expr=share(E) * sp.log((lam / (share(E) * (1 - E)) + sigma0**2) / lam),
            var=sigma0,
            point=ZERO,
            value=-share(E) * sp.log(share(E) * (1 - E)),
        ),
        domain=NEAR,
        assumes=SETTING,
        derived_in="two layers: variance",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.emergence.two_layer_variance.match",
        says="match within delta: tau* ~ ln((1 - Q) span/(Q delta))/(8 eta lam), span = ln(lam/sigma_0^2)",
        where="new",
        source="ours",
        reading="at this time ln(lam~/lam) of the double limit tends to -delta as span tends to infinity; delta is written "
        "eps, and Q = odds/(1 + odds)",
        relation=matched(-delta),
        domain=WIDE,
        assumes=SETTING,
        derived_in="two layers: variance",
        checks=(KERNEL,),
        slips=(matched(delta), matched(-delta / 2), matched(-2 * delta)),
        formula=False,
    ),
)
