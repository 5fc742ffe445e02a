"""Appendix D.1: gradients, their solution, and Remark D.1, for zero-mean data."""

import sympy as sp

from numerics import training_scenes
from theory.centred import DATA, W0, b0, b_tau, eta, gradient_b, gradient_W, mode_gradient, tau, v
from theory.centred import flow as matrix_flow
from theory.domain import domain_of
from theory.matrices import Grad
from theory.one_layer import TRAINED as MODE_TRAINED
from theory.one_layer import flow_rate, lam, optimum, sigma, y
from theory.regression import Sigma, W, W_opt, b, loss, u, unit
from theory.relation import Identity, MatrixIdentity, MatrixSolves
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.lanes_4_2 import (
    CENTRED,
    FLOW,
    ODE_RELATIVE,
    ODE_SPREAD,
    ODE_SPREAD_IS,
    ODE_TIMESCALE,
    SPREAD,
    lam1,
    lam2,
    time_constant,
)
from verify.ledger.spectral_bias.section_4_2_order import BURIED, MOVING, eps, falls, relative, remaining, spread_within

CONSTANT = "The deviation on eigen mode u_k has the time constant 1/(2 eta (lam_k + sigma^2)) i.e. the larger eigen dimensions will be learned faster."
NON_RESOLVED = "While the 'non-resolved' dimensions will learn at the same speed"
ACROSS = "Comparing across noise scale sigma, the larger noise scales will be learned faster."


def projected(solution: sp.MatrixExpr) -> MatrixSolves:
    """Return that `solution` is W(tau) u for an eigenvector u, in gradient flow from W0."""
    return matrix_flow(solution, W0 * u, v, -eta * mode_gradient)


def printed_projection(speed: sp.Expr) -> sp.MatrixExpr:
    """Return W* u_k + (W(0) - W*) u_k exp(-speed tau)."""
    return W_opt * u + sp.exp(-speed * tau) * (W0 - W_opt) * u


from_flow = -(y - optimum(sigma)) / flow_rate(sigma)
full = 2 * eta * (sigma**2 + lam)

CLAIMS = (
    Claim(
        id="wp.D.1.decouple.weights",
        says="The gradient to weights and bias decouples: grad_W L = -2 Sigma + 2 W (Sigma + sigma^2 I)",
        where="[72]",
        source="reconstructed",
        relation=MatrixIdentity(Grad(loss, W), gradient_W, DATA),
        domain=domain_of((sigma,)),
        assumes=(CENTRED,),
        derived_in="centred: gradient in W",
        checks=(*EXACT, Matrices(scene=training_scenes.gradient_in_W)),
        slips=(MatrixIdentity(Grad(loss, W), -2 * Sigma + 2 * (Sigma + sigma**2 * unit) * W, DATA),),
    ),
    Claim(
        id="wp.D.1.decouple.bias",
        says="The gradient to weights and bias decouples: grad_b L = 2 b",
        where="[73]",
        source="reconstructed",
        relation=MatrixIdentity(Grad(loss, b), gradient_b, DATA),
        domain=domain_of((sigma,)),
        assumes=(CENTRED,),
        derived_in="centred: gradient in b",
        checks=(*EXACT, Matrices(scene=training_scenes.gradient_in_b)),
        slips=(MatrixIdentity(Grad(loss, b), b, DATA),),
    ),
    Claim(
        id="wp.D.1.bias",
        says="The solution of b is an exponential decay: b(tau) = b(0) e^{-2 eta tau}",
        where="[74], [75]",
        source="reconstructed",
        relation=matrix_flow(sp.exp(-2 * eta * tau) * b0, b0, b_tau, -eta * Grad(loss, b, b_tau)),
        domain=domain_of((sigma, eta, tau)),
        assumes=FLOW,
        derived_in="centred: bias",
        checks=(*EXACT, Matrices(scene=training_scenes.bias)),
    ),
    Claim(
        id="wp.D.1.sol",
        says="W(tau) u_k = W* u_k + (W(0) - W*) u_k e^{-2 eta tau (sigma^2 + lam_k)}",
        reading="for every eigenvector of Sigma and any W(0); the sum over k against u_k^T is wp.4.2.weights.matrix",
        where="[76]-[88]",
        source="reconstructed",
        relation=projected(printed_projection(full)),
        domain=domain_of((sigma, lam, eta, tau)),
        assumes=FLOW,
        derived_in="centred: projection",
        checks=(*EXACT, Matrices(scene=training_scenes.projection)),
        slips=(projected(printed_projection(full / 2)), projected(printed_projection(2 * eta * lam))),
    ),
    Claim(
        id="wp.D.1.tc.constant",
        says=CONSTANT,
        reading="-(deviation)/(its derivative in tau) is 1/(2 eta (lam_k + sigma^2)), for any weight y that is not the optimum",
        where="Remark D.1",
        source="as printed",
        relation=Identity(from_flow, time_constant(lam)),
        domain=domain_of((lam, sigma, eta, y)).where(sp.Ne(y * (lam + sigma**2), lam)),
        assumes=FLOW,
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_TIMESCALE),
    ),
    Claim(
        id="wp.D.1.tc.faster",
        says=CONSTANT,
        reading="the time constant falls with lam_k",
        where="Remark D.1",
        source="as printed",
        relation=falls(time_constant(lam), lam),
        domain=domain_of((lam, sigma, eta)),
        assumes=FLOW,
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_TIMESCALE),
        slips=(falls(-time_constant(lam), lam),),
        formula=False,
    ),
    Claim(
        id="wp.D.1.nonres.bound",
        says=NON_RESOLVED,
        reading="if lam1, lam2 <= eps sigma^2, their time constants differ by at most the factor 1 + eps",
        where="Remark D.1",
        source="as printed",
        relation=spread_within(1 + eps),
        domain=BURIED,
        assumes=FLOW,
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_SPREAD),
        slips=(spread_within(sp.S.One), spread_within(1 + eps / 2), spread_within(1 + eps**2)),
        formula=False,
    ),
    Claim(
        id="wp.D.1.nonres.same",
        says=NON_RESOLVED,
        reading="modes with lam <= sigma^2/100 have one and the same time constant",
        where="Remark D.1",
        source="as printed",
        relation=Identity(SPREAD, sp.S.One),
        domain=domain_of((lam1, lam2, sigma, eta)).where(100 * lam1 <= sigma**2, 100 * lam2 <= sigma**2),
        assumes=FLOW,
        checks=(*EXACT, ODE_SPREAD_IS),
        corrected_by="our.one_layer.floor",
        formula=False,
    ),
    Claim(
        id="wp.D.1.noise.relative",
        says=ACROSS,
        reading="the deviation from the optimum, relative to that at the start, falls with sigma at every time tau > 0",
        where="Remark D.1",
        source="as printed",
        relation=falls(relative, sigma),
        domain=MOVING,
        assumes=FLOW,
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_RELATIVE),
        slips=(falls(-relative, sigma), falls(1 / relative, sigma)),
        formula=False,
    ),
    Claim(
        id="wp.D.1.noise.absolute",
        says=ACROSS,
        reading="the deviation from the optimum does not grow with sigma, at any time, from any start",
        where="Remark D.1",
        source="as printed",
        relation=falls(remaining, sigma, "<="),
        domain=MODE_TRAINED,
        assumes=FLOW,
        checks=EXACT,
        corrected_by="our.one_layer.noise_order",
        formula=False,
    ),
)
