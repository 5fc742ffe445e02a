"""Appendix E.2: the distribution that two symmetric layers generate."""

import sympy as sp

from theory.domain import POSITIVE, Range, domain_of
from theory.one_layer import eta, final_variance, lam, sampled, sigma, sigma0, sigmaT, tau, y
from theory.relation import Antiderivative, LimitIs, Solves
from theory.symbols import symbols
from theory.two_layer import STARTED, STARTED_SAMPLED, narrowed, weight
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_5_1 import ODE_PRIMITIVE, ODE_TRANSITION, ODE_VARIANCE, SETTING, Q

(decayed,) = symbols("E")
ASSUMES = (*SETTING, "the initialization Q_k is the same for all sigma level, with no sigma dependency")
E = sp.exp(-8 * eta * lam * tau)
REMAINING = narrowed(
    domain_of((lam, Q, sigma0, sigmaT, decayed)), lam=POSITIVE, Q=POSITIVE, E=Range(sp.S.Zero, sp.S.One, high_open=True)
).where(sigma0 < sigmaT)


def Phi(sigma: sp.Expr, E: sp.Expr = E) -> sp.Expr:
    """Return sigma^(1 - alpha) [lam E + Q (1 - E)(lam + sigma^2)]^(alpha/2), alpha = Q/(Q + (1 - Q) E)."""
    alpha = Q / (Q + (1 - Q) * E)
    return sigma ** (1 - alpha) * (lam * E + Q * (1 - E) * (lam + sigma**2)) ** (alpha / 2)


def carried(factor: sp.Expr) -> Solves:
    """Return that `factor` carries the coordinate along a mode from sigma_T to sigma_0."""
    rate = (1 - weight(sigma0)) / sigma0 * y
    return Solves(solution=factor, var=sigma0, unknown=y, rate=rate, at=sigmaT, start=sp.S.One)


def bracket(sigma: sp.Expr) -> sp.Expr:
    """Return (1 - Q)(ln sigma - ln(lam + sigma^2)/2) + lam/(2 (lam + sigma^2))."""
    return (1 - Q) * (sp.log(sigma) - sp.log(lam + sigma**2) / 2) + lam / (2 * (lam + sigma**2))


CLAIMS = (
    Claim(
        id="wp.E.2.int",
        says=(
            "with E = e^{-8 eta lam tau}: int (psi - 1)/sigma dsigma = -ln Phi, Phi = sigma^{1-alpha} [lam E + Q (1 - "
            "E)(lam + sigma^2)]^{alpha/2}, alpha = Q/(Q + (1 - Q) E)"
        ),
        where="E.2 [299]-[309]",
        source="reconstructed",
        relation=Antiderivative(primitive=-sp.log(Phi(sigma)), integrand=(weight(sigma) - 1) / sigma, var=sigma),
        domain=STARTED,
        assumes=ASSUMES,
        derived_in="two layers: sampling factor",
        checks=(*EXACT, ODE_PRIMITIVE),
    ),
    Claim(
        id="wp.E.2.ratio",
        says="c_k(sigma_0)/c_k(sigma_T) = Phi_k(sigma_0)/Phi_k(sigma_T)",
        where="[310]-[313]",
        source="reconstructed",
        relation=carried(Phi(sigma0) / Phi(sigmaT)),
        domain=STARTED_SAMPLED,
        assumes=ASSUMES,
        derived_in="two layers: variance",
        checks=(*EXACT, ODE_TRANSITION),
        slips=(carried(Phi(sigmaT) / Phi(sigma0)), carried(Phi(sigma0) ** 2 / Phi(sigmaT) ** 2)),
    ),
    Claim(
        id="wp.E.2.late.shape",
        says="E -> 0: Phi -> const sqrt(lam + sigma^2)",
        where="[314], [315]",
        source="reconstructed",
        relation=LimitIs(
            expr=Phi(sigma0, decayed) / Phi(sigmaT, decayed),
            var=decayed,
            point=sp.S.Zero,
            value=sp.sqrt(lam + sigma0**2) / sp.sqrt(lam + sigmaT**2),
        ),
        domain=REMAINING,
        assumes=ASSUMES,
        derived_in="two layers: final level",
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.E.2.late.order",
        says=(
            "ln(lam~/lam~_{E=0}) = -(2 E/Q) [(1 - Q)(ln sigma - ln(lam + sigma^2)/2) + lam/(2 (lam + sigma^2))] from "
            "sigma_0 to sigma_T + O(E^2), lam~_{E=0} = sigma_T^2 (lam + sigma_0^2)/(lam + sigma_T^2)"
        ),
        reading="the logarithm over E has the limit that is printed",
        where="[314], [315]",
        source="reconstructed",
        relation=LimitIs(
            expr=(
                sp.log(sigmaT**2)
                + 2 * sp.log(Phi(sigma0, decayed))
                - 2 * sp.log(Phi(sigmaT, decayed))
                - sp.log(final_variance())
            )
            / decayed,
            var=decayed,
            point=sp.S.Zero,
            value=-2 / Q * (bracket(sigmaT) - bracket(sigma0)),
        ),
        domain=REMAINING,
        assumes=ASSUMES,
        derived_in="two layers: final level",
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.E.2.early.shape",
        says="tau -> 0: Phi -> const sigma^{1-Q}",
        where="[316]-[318]",
        source="reconstructed",
        relation=LimitIs(expr=Phi(sigma0) / Phi(sigmaT), var=tau, point=sp.S.Zero, value=(sigma0 / sigmaT) ** (1 - Q)),
        domain=STARTED_SAMPLED,
        assumes=ASSUMES,
        derived_in="two layers: initial level",
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.E.2.early.slope",
        says=("d ln lam~/dtau at 0 = 16 eta [lam Q (1 - Q) ln(sigma_T/sigma_0) - Q^2/2 (sigma_T^2 - sigma_0^2)]"),
        where="[316]-[318]",
        source="reconstructed",
        relation=LimitIs(
            expr=sp.Derivative(2 * sp.log(Phi(sigma0)) - 2 * sp.log(Phi(sigmaT)), tau),
            var=tau,
            point=sp.S.Zero,
            value=16 * eta * (lam * Q * (1 - Q) * sp.log(sigmaT / sigma0) - Q**2 / 2 * (sigmaT**2 - sigma0**2)),
        ),
        domain=STARTED_SAMPLED,
        assumes=ASSUMES,
        derived_in="two layers: initial slope",
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.E.2.variance",
        says="lam~_k = sigma_T^2 Phi_k^2(sigma_0)/Phi_k^2(sigma_T) with Phi of wp.E.2.int",
        where="[319]",
        source="reconstructed",
        relation=sampled(sigmaT**2 * Phi(sigma0) ** 2 / Phi(sigmaT) ** 2, weight(sigma0)),
        domain=STARTED_SAMPLED,
        assumes=ASSUMES,
        derived_in="two layers: variance",
        checks=(*EXACT, ODE_VARIANCE),
    ),
)
