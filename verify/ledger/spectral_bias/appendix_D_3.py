"""Appendix D.3: the integrals behind Prop. 4.2, for one layer and centred data."""

import sympy as sp

from theory.one_layer import (
    SAMPLED,
    TRAINED,
    Q,
    eta,
    flow_rate,
    lam,
    later,
    sampled,
    sigma,
    sigma0,
    sigmaT,
    tau,
    weight,
    y,
)
from theory.relation import Antiderivative, Both, Solves
from verify.claim import Claim
from verify.ledger.lanes import EXACT, ODE_VARIANCE, ODE_WEIGHT
from verify.ledger.spectral_bias.lanes_4_3 import ODE_PRIMITIVE

ASSUMES = ("zero-mean data", "W(0) = sum_k Q_k u_k u_k^T at every noise level", "full-batch gradient flow")
a = 2 * eta * tau
decay = sp.exp(-a * lam)


def printed_weight(sigma: sp.Expr) -> sp.Expr:
    """Return psi_k(sigma, tau)."""
    w_opt = lam / (lam + sigma**2)
    return w_opt + (Q - w_opt) * sp.exp(-2 * eta * tau * (sigma**2 + lam))


def printed_exponent(sigma: sp.Expr) -> sp.Expr:
    """Return the exponent of Phi_k(sigma, tau)."""
    return (1 - Q) / 2 * decay * sp.Ei(-a * sigma**2) - sp.Ei(-a * (sigma**2 + lam)) / 2


def printed_Phi(sigma: sp.Expr) -> sp.Expr:
    """Return Phi_k(sigma, tau)."""
    return sp.sqrt(lam + sigma**2) * sp.exp(printed_exponent(sigma))


CLAIMS = (
    Claim(
        id="wp.D.3.psi",
        says="psi_k(sigma, tau) = lam_k/(lam_k + sigma^2) + (Q_k - lam_k/(lam_k + sigma^2)) e^(-2 eta tau (sigma^2 + lam_k))",
        where="app. D.3, [206]-[208]",
        source="reconstructed",
        relation=Solves(
            solution=printed_weight(sigma), var=tau, unknown=y, rate=flow_rate(sigma), at=sp.S.Zero, start=Q
        ),
        domain=TRAINED,
        assumes=ASSUMES,
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_WEIGHT),
    ),
    Claim(
        id="wp.D.3.int",
        says="Using some integration results",
        where="app. D.3",
        source="reconstructed",
        reading="both antiderivatives, of e^(-a sigma^2)/sigma and of sigma e^(-a(lam + sigma^2))/(lam + sigma^2), a = 2 eta tau",
        relation=Both(
            (
                Antiderivative(primitive=sp.Ei(-a * sigma**2) / 2, integrand=sp.exp(-a * sigma**2) / sigma, var=sigma),
                Antiderivative(
                    primitive=sp.Ei(-a * (lam + sigma**2)) / 2,
                    integrand=sigma * sp.exp(-a * (lam + sigma**2)) / (lam + sigma**2),
                    var=sigma,
                ),
            )
        ),
        domain=later(TRAINED),
        checks=EXACT,
    ),
    Claim(
        id="wp.D.3.Phi",
        says="Phi_k = sqrt(lam_k + sigma^2) exp[(1 - Q_k)/2 e^(-a lam_k) Ei(-a sigma^2) - Ei(-a(sigma^2 + lam_k))/2]",
        where="app. D.3, [209]-[213]",
        source="reconstructed",
        reading="sigma d/dsigma ln Phi_k = 1 - psi_k with a = 2 eta tau, that is, ln Phi_k is a primitive of (1 - psi_k)/sigma",
        relation=Antiderivative(
            primitive=sp.log(lam + sigma**2) / 2 + printed_exponent(sigma),
            integrand=(1 - weight(sigma)) / sigma,
            var=sigma,
        ),
        domain=later(TRAINED),
        assumes=ASSUMES,
        derived_in="one layer: sampling factor",
        checks=(*EXACT, ODE_PRIMITIVE),
    ),
    Claim(
        id="wp.D.3",
        says="Sigma~ = sum_k lam~_k u_k u_k^T, lam~_k = sigma_T^2 Phi_k^2(sigma_0)/Phi_k^2(sigma_T)",
        where="app. D.3, [214]-[216]",
        source="reconstructed",
        relation=sampled(sigmaT**2 * printed_Phi(sigma0) ** 2 / printed_Phi(sigmaT) ** 2, weight(sigma0)),
        domain=later(SAMPLED),
        assumes=ASSUMES,
        derived_in="one layer: variance",
        checks=(*EXACT, ODE_VARIANCE),
    ),
)
