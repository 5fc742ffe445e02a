"""Appendix D.1: the gradients and their solution, for zero-mean data."""

import sympy as sp

from numerics.scenes import training as training_scenes
from theory import regression
from theory.centred import DATA, W0, b0, b_tau, eta, mode_gradient, tau, v
from theory.centred import flow as matrix_flow
from theory.domain import domain_of
from theory.matrices import Grad
from theory.one_layer import lam, sigma
from theory.regression import W_opt, b, loss, u
from theory.relation import MatrixSolves
from verify.checks.matrices import Matrices, parts_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.lanes_4_2 import CENTRED, FLOW
from verify.ledger.spectral_bias.section_4_2 import decoupled


def projected(solution: sp.MatrixExpr) -> MatrixSolves:
    """Return that `solution` is W(tau) u for an eigenvector u, in gradient flow from W0."""
    return matrix_flow(solution, W0 * u, v, -eta * mode_gradient)


def printed_projection(speed: sp.Expr) -> sp.MatrixExpr:
    """Return W* u_k + (W(0) - W*) u_k exp(-speed tau)."""
    return W_opt * u + sp.exp(-speed * tau) * (W0 - W_opt) * u


full = 2 * eta * (sigma**2 + lam)

CLAIMS = (
    Claim(
        id="wp.D.1.decouple",
        says=(
            "The gradient to weights and bias decouples: grad_W L = -2 Sigma + 2 W (Sigma + sigma^2 I), grad_b L = 2 b"
        ),
        where="[72], [73]",
        source="reconstructed",
        relation=decoupled(DATA),
        domain=domain_of((sigma,)),
        assumes=(CENTRED,),
        derived_in="centred: gradient in b",
        checks=(*EXACT, Matrices(scene=training_scenes.gradients, formula=parts_of)),
        slips=(decoupled(regression.DATA),),
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
)
