"""Section 4.2, zero-mean data: the gradient flow, that it decouples, and the bias."""

import sympy as sp

from numerics import scenes
from numerics.scenes import training as training_scenes
from theory import regression
from theory.centred import DATA, gradient_b, gradient_W
from theory.domain import domain_of
from theory.matrices import Flow, Grad, Rate, norm2
from theory.one_layer import eta, sigma, tau, y
from theory.regression import W, b, loss
from theory.relation import Both, MatrixIdentity, Solves
from theory.symbols import symbols
from verify.checks.matrices import Matrices, parts_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.lanes_4_2 import CENTRED, FLOW, ODE_BIAS

(b0,) = symbols("b0")
NOISE, MATRICES = domain_of((sigma,)), domain_of((sigma, eta, tau))
MOVING = (Flow(W, tau, -eta * Grad(loss, W)), Flow(b, tau, -eta * Grad(loss, b)))


def decoupled(given: tuple[object, ...]) -> Both:
    """Return that the gradients of the loss do not mix W and b, given what is known of the data."""
    return Both((MatrixIdentity(Grad(loss, W), gradient_W, given), MatrixIdentity(Grad(loss, b), gradient_b, given)))


def solves(solution: sp.Expr, rate: sp.Expr, start: sp.Expr) -> Solves:
    """Return that `solution` solves dy/dtau = rate from `start` at tau = 0."""
    return Solves(solution=solution, var=tau, unknown=y, rate=rate, at=sp.S.Zero, start=start)


CLAIMS = (
    Claim(
        id="wp.4.2.gf",
        says="dW/dtau = -eta grad_W L, db/dtau = -eta grad_b L (GF)",
        reading=(
            "definition; judged: along the flow the loss falls at the rate eta (|grad_W L|^2 + |grad_b L|^2), "
            "gradients as in (5)"
        ),
        where="(GF)",
        source="as printed",
        relation=MatrixIdentity(
            Rate(loss, tau),
            -eta * (norm2(regression.gradient_W) + norm2(regression.gradient_b)),
            (*regression.DATA, *MOVING),
        ),
        domain=MATRICES,
        derived_in="regression: gradient in b",
        checks=(*EXACT, Matrices(scene=scenes.loss_speed)),
    ),
    Claim(
        id="wp.4.2.decouple",
        says="the gradients to W, b decouple (5)",
        reading=(
            "for data of mean zero the gradient in W is -2 Sigma + 2 W (sigma^2 I + Sigma), whatever b, and the one "
            "in b is 2 b, whatever W"
        ),
        where="section 4.2",
        source="as printed",
        relation=decoupled(DATA),
        domain=NOISE,
        assumes=(CENTRED,),
        derived_in="centred: gradient in b",
        checks=(*EXACT, Matrices(scene=training_scenes.gradients, formula=parts_of)),
        slips=(decoupled(regression.DATA),),
    ),
    Claim(
        id="wp.4.2.bias",
        says="b(tau) = b(0) e^{-2 eta tau}",
        reading="along any direction, from any b(0): the gradient of the loss in b is 2 b",
        where="(7)",
        source="as printed",
        relation=solves(b0 * sp.exp(-2 * eta * tau), -eta * 2 * y, b0),
        domain=domain_of((b0, eta, tau)),
        assumes=FLOW,
        derived_in="centred: bias",
        checks=(*EXACT, ODE_BIAS),
        slips=(solves(b0 * sp.exp(-eta * tau), -eta * 2 * y, b0), solves(b0 * (1 - 2 * eta * tau), -eta * 2 * y, b0)),
    ),
)
