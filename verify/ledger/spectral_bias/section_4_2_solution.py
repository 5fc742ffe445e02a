"""Section 4.2, zero-mean data: the solution (7) in matrices, off the axes, and the rate of each mode."""

import sympy as sp

from numerics.scenes import training as training_scenes
from theory.centred import W0, W_tau
from theory.centred import flow as matrix_flow
from theory.domain import domain_of
from theory.matrices import Grad, MatrixExp
from theory.one_layer import TRAINED as MODE_TRAINED
from theory.one_layer import Q, eta, flow_rate, lam, optimum, sigma, tau, y
from theory.regression import M, W, W_opt, loss
from theory.relation import Identity, Relation, Solves
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, ODE_WEIGHT
from verify.ledger.lanes_network import HALVED_ONE_LAYER
from verify.ledger.spectral_bias.lanes_4_2 import (
    FLOW,
    ODE_DEVIATION,
    ODE_OFF_AXIS,
    ODE_RATE_RATIO,
    lam1,
    lam2,
    sigma1,
    sigma2,
)
from verify.ledger.spectral_bias.section_4_2 import MATRICES, solves

SOLUTION = "Projecting (GF) onto this basis yields the closed-form solution (7)"
RATE = (
    "Each eigenmode projection of the weight W u_k converges to the optimal value exponentially with rate (sigma^2 + "
    "lam_k)"
)


def printed_mode(speed: sp.Expr) -> sp.Expr:
    """Return u_k^T W(tau) u_k of (7) with exp(-speed tau)."""
    return lam / (sigma**2 + lam) + (Q - lam / (sigma**2 + lam)) * sp.exp(-speed * tau)


def mode(solution: sp.Expr) -> Relation:
    """Return that `solution` is the weight of a mode in gradient flow from Q."""
    return solves(solution, flow_rate(sigma), Q)


def decaying(speed: sp.Expr) -> Solves:
    """Return that the deviation of a mode from its optimum decays as exp(-speed tau)."""
    from_optimum = flow_rate(sigma).xreplace({y: y + optimum(sigma)})
    return solves((Q - optimum(sigma)) * sp.exp(-speed * tau), from_optimum, Q - optimum(sigma))


def speed_of(mode: sp.Expr, level: sp.Expr) -> sp.Expr:
    """Return -(dy/dtau)/(y - y*) for a weight y of the mode in gradient flow."""
    moved = {lam: mode}
    return -flow_rate(level).xreplace(moved) / (y - optimum(level).xreplace(moved))


full = 2 * eta * (sigma**2 + lam)
PAIR = domain_of((lam1, lam2, sigma1, sigma2, eta, y)).where(
    sp.Ne(y * (lam1 + sigma1**2), lam1), sp.Ne(y * (lam2 + sigma2**2), lam2)
)

CLAIMS = (
    Claim(
        id="wp.4.2.weights.mode",
        says=f"{SOLUTION}: W(tau) = W* + sum_k [W(0) - W*] u_k u_k^T e^{{-2 eta tau (sigma^2 + lam_k)}}",
        reading="u_k.W(tau) u_k, from any u_k.W(0) u_k = Q",
        where="(7)",
        source="as printed",
        relation=mode(printed_mode(full)),
        domain=MODE_TRAINED,
        assumes=FLOW,
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_WEIGHT, HALVED_ONE_LAYER),
        slips=(
            mode(printed_mode(full / 2)),
            mode(printed_mode(full.xreplace({sigma: sp.sqrt(sigma)}))),
            mode(printed_mode(2 * eta * lam)),
            mode(printed_mode(full) - lam / (sigma**2 + lam)),
        ),
    ),
    Claim(
        id="wp.4.2.weights.cross",
        says=f"{SOLUTION}: W(tau) = W* + sum_k [W(0) - W*] u_k u_k^T e^{{-2 eta tau (sigma^2 + lam_k)}}",
        reading="u_j.W(tau) u_k for j != k, from any u_j.W(0) u_k = Q; it decays with lam_k, the mode of the input",
        where="(7)",
        source="as printed",
        relation=solves(Q * sp.exp(-full * tau), -eta * 2 * (lam + sigma**2) * y, Q),
        domain=MODE_TRAINED,
        assumes=FLOW,
        derived_in="centred: projection",
        checks=(*EXACT, ODE_OFF_AXIS),
    ),
    Claim(
        id="wp.4.2.weights.matrix",
        says=f"{SOLUTION}: W(tau) = W* + sum_k [W(0) - W*] u_k u_k^T e^{{-2 eta tau (sigma^2 + lam_k)}}",
        reading=(
            "for any W(0), symmetric or not; sum_k u_k u_k^T e^{-2 eta tau (sigma^2 + lam_k)} is exp(-2 eta tau "
            "(sigma^2 I + Sigma))"
        ),
        where="(7)",
        source="as printed",
        relation=matrix_flow(
            W_opt + (W0 - W_opt) * MatrixExp(-2 * eta * tau * M), W0, W_tau, -eta * Grad(loss, W, W_tau)
        ),
        domain=MATRICES,
        assumes=FLOW,
        derived_in="centred: weights",
        checks=(*EXACT, Matrices(scene=training_scenes.weights)),
        slips=(
            matrix_flow(W_opt + MatrixExp(-2 * eta * tau * M) * (W0 - W_opt), W0, W_tau, -eta * Grad(loss, W, W_tau)),
        ),
    ),
    Claim(
        id="wp.4.2.rate.exact",
        says=RATE,
        reading="the deviation from the optimum decays as exp(-(sigma^2 + lam_k) tau), for every learning rate eta",
        where="section 4.2",
        source="as printed",
        relation=decaying(sigma**2 + lam),
        domain=MODE_TRAINED,
        assumes=FLOW,
        checks=(*EXACT, ODE_DEVIATION),
        corrected_by="our.one_layer.rate",
    ),
    Claim(
        id="wp.4.2.rate.proportional",
        says=RATE,
        reading="rates are proportional to sigma^2 + lam_k: for any two modes and noise levels they are in that ratio",
        where="section 4.2",
        source="as printed",
        relation=Identity(speed_of(lam1, sigma1) / speed_of(lam2, sigma2), (sigma1**2 + lam1) / (sigma2**2 + lam2)),
        domain=PAIR,
        assumes=FLOW,
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_RATE_RATIO),
    ),
)
