"""Section 5.1: two symmetric layers, their weight and the variance they generate."""

import sympy as sp

from theory.domain import domain_of
from theory.one_layer import eta, lam, optimum, sampled, sigma, sigma0, sigmaT, tau, y
from theory.relation import Identity, Inequality, Solves
from theory.two_layer import STARTED, STARTED_SAMPLED, rate, weight
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.lanes_network import HALVED_TWO_LAYER
from verify.ledger.spectral_bias.lanes_5_1 import (
    ODE_VARIANCE,
    ODE_WEIGHT,
    SETTING,
    Q,
    logistic,
    printed_weight,
)

SIGMOID = "Compared to one-layer case, here, the weight converges along the PCs via sigmoidal dynamics"
HARMONIC = (
    "the emergence time (reaching harmonic mean of initial and final value) tau_k* = ln 2/(8 eta lam_k) [of the weight]"
)
BELOW = domain_of((lam, sigma, eta, y)).where(y > 0, y * (lam + sigma**2) < lam)
bend = sp.Derivative(rate(sigma), y) * rate(sigma)  # the second derivative in tau of a weight y
from_middle = optimum(sigma) / 2 - y


def Phi(sigma: sp.Expr) -> sp.Expr:
    """Return Phi_k(sigma) as printed in Prop. 5.1."""
    E = sp.exp(-8 * eta * tau * lam)
    inner = lam * E + Q * (1 - E) * (lam + sigma**2)
    return sigma ** ((1 - Q) * E / (Q + (1 - Q) * E)) * inner ** (Q / (2 * Q + 2 * (1 - Q) * E))


def scaled(factor: sp.Expr) -> Solves:
    """Return that `factor` times sigma_T^2 is the variance that the probability flow generates."""
    return sampled(sigmaT**2 * factor, weight(sigma0))


def passed(time: sp.Expr) -> Identity:
    """Return that the weight is the harmonic mean of its initial and its final value at `time`."""
    mean = 2 / (1 / Q + 1 / optimum(sigma))
    return Identity(mean, weight(sigma).xreplace({tau: time}))


CLAIMS = (
    Claim(
        id="wp.5.1.weight",
        says=(
            "W_sigma(tau) = P P^T = sum_k lam_k/(sigma^2 + lam_k) u_k u_k^T "
            "(Q_k/((lam_k/(sigma^2 + lam_k) - Q_k) e^{-8 eta lam_k tau} + Q_k))"
        ),
        reading="u_k.W u_k, for lam_k > 0 and Q_k > 0; for Q_k = 0 or lam_k = 0 see our.two_layer.weight",
        where="Prop. 5.1 (8)",
        source="as printed",
        relation=logistic(printed_weight(8 * eta * lam)),
        domain=STARTED,
        assumes=SETTING,
        derived_in="two layers: weight",
        checks=(*EXACT, ODE_WEIGHT, HALVED_TWO_LAYER),
        slips=(logistic(printed_weight(4 * eta * lam)), logistic(printed_weight(8 * eta * (lam + sigma**2)))),
    ),
    Claim(
        id="wp.5.1.variance",
        says=(
            "lam~_k(tau) = sigma_T^2 Phi_k^2(sigma_0)/Phi_k^2(sigma_T), Phi_k(sigma) = "
            "sigma^{(1-Q)E/(Q+(1-Q)E)} [lam E + Q (1-E)(lam + sigma^2)]^{Q/(2Q+2(1-Q)E)}, E = e^{-8 eta tau lam}"
        ),
        where="Prop. 5.1",
        source="as printed",
        relation=scaled(Phi(sigma0) ** 2 / Phi(sigmaT) ** 2),
        domain=STARTED_SAMPLED,
        assumes=SETTING,
        derived_in="two layers: variance",
        checks=(*EXACT, ODE_VARIANCE),
        slips=(
            scaled(Phi(sigma0) / Phi(sigmaT)),
            scaled((Phi(sigma0) ** 2 / Phi(sigmaT) ** 2).xreplace({tau: tau / 4})),
        ),
    ),
    Claim(
        id="wp.5.1.sigmoid.logistic",
        says=SIGMOID,
        reading="a logistic curve: (w* - w)/w decays exponentially, at the rate 8 eta lam",
        where="section 5.1",
        source="as printed",
        relation=Identity(
            (optimum(sigma) - weight(sigma)) / weight(sigma), (optimum(sigma) - Q) / Q * sp.exp(-8 * eta * lam * tau)
        ),
        domain=STARTED,
        assumes=SETTING,
        derived_in="two layers: weight",
        checks=EXACT,
    ),
    Claim(
        id="wp.5.1.sigmoid.shape",
        says=SIGMOID,
        reading=(
            "for 0 < Q < w*: the curve is convex while the weight is below w*/2 and concave above, so that from "
            "Q < w*/2 it has both bends"
        ),
        where="section 5.1",
        source="as printed",
        relation=Inequality(bend * from_middle, ">=", sp.S.Zero),
        domain=BELOW,
        assumes=SETTING,
        derived_in="two layers: weight",
        checks=EXACT,
        slips=(Inequality(bend * from_middle, "<=", sp.S.Zero), Inequality(bend, ">=", sp.S.Zero)),
        formula=False,
    ),
    Claim(
        id="wp.5.1.sigmoid.always",
        says=SIGMOID,
        reading="from every weight 0 < y < w* the curve is convex at first: its speed grows",
        where="section 5.1",
        source="as printed",
        relation=Inequality(bend, ">", sp.S.Zero),
        domain=BELOW,
        assumes=SETTING,
        checks=EXACT,
        corrected_by="our.two_layer.inflection",
        formula=False,
    ),
    Claim(
        id="wp.5.1.emerge.harmonic",
        says=HARMONIC,
        where="section 5.1",
        source="as printed",
        relation=passed(sp.log(2) / (8 * eta * lam)),
        domain=STARTED,
        assumes=SETTING,
        derived_in="two layers: weight",
        checks=EXACT,
        slips=(passed(sp.log(2) / (4 * eta * lam)), passed(sp.log(2) / (8 * eta * (lam + sigma**2)))),
    ),
)
