"""Appendix D.1.2, the residual parametrisation W = c_skip I + c_out W'; zero-mean data."""

import sympy as sp

from numerics import one_layer as measured
from numerics.scenes import preconditioned as preconditioned_scenes
from theory.centred import DATA, W_prime, c_out, c_skip, wrapped
from theory.domain import domain_of
from theory.matrices import Grad
from theory.one_layer import Q, eta, flow_rate, lam, optimum, sigma, tau, weight, y
from theory.regression import Sigma, W, loss, unit
from theory.relation import Both, Identity, Inequality, MatrixIdentity, Solves, Within
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT, TRAINED
from verify.ledger.spectral_bias.lanes_4_2 import CENTRED, FLOW
from verify.ledger.spectral_bias.section_4_2 import solves

(b0,) = symbols("b0")
ONLY = "The only difference is scaling the learning rate by a factor of c_out^2."
INITIAL = (
    "Also potentially depend on whether we choose to initialize W or W' from a fixed distribution, we would get "
    "different initial value for the dynamics."
)


def outer(solution: sp.Expr, start: sp.Expr) -> Solves:
    """Return that `solution` is the weight c_skip + c_out W' of a mode, where W' follows the gradient of the loss."""
    inner_rate = c_out * flow_rate(sigma)  # chain rule: grad in W' is c_out times grad in W
    return solves(solution, c_out * inner_rate, start)


def printed_residual(start: sp.Expr, speed: sp.Expr) -> sp.Expr:
    """Return w* + (start - w*) exp(-2 eta speed tau (lam + sigma^2))."""
    return optimum(sigma) + (start - optimum(sigma)) * sp.exp(-2 * eta * speed * tau * (lam + sigma**2))


RESIDUAL = domain_of((lam, sigma, Q, c_skip, c_out, eta, tau))
RESIDUAL_BOX = (*TRAINED, ("c_skip", "-0.5", "0.8"), ("c_out", "0.4", "1.5"))
BIAS_BOX = box(
    b0=("-2.0", "2.0"), eta=("0.1", "1.0"), tau=("0.05", "2.0"), c_skip=("-0.5", "0.8"), c_out=("0.4", "1.5")
)

CLAIMS = (
    Claim(
        id="wp.D.1.2.residual.gradient",
        says="grad_W' = c_out grad_W for W = c_skip I + c_out W', b = c_out b'",
        where="D.1.2 [118]-[132]",
        source="reconstructed",
        relation=MatrixIdentity(
            Grad(wrapped(loss), W_prime),
            c_out * (-2 * Sigma + 2 * (c_skip * unit + c_out * W_prime) * (Sigma + sigma**2 * unit)),
            DATA,
        ),
        domain=domain_of((sigma, c_skip, c_out)),
        assumes=(CENTRED,),
        derived_in="centred: chain rule",
        checks=(*EXACT, Matrices(scene=preconditioned_scenes.gradient_in_W_prime)),
        slips=(MatrixIdentity(Grad(wrapped(loss), W_prime), Grad(loss, W, c_skip * unit + c_out * W_prime), DATA),),
    ),
    Claim(
        id="wp.D.1.2.residual.weights",
        says="W(tau) = W* + sum_k (W(0) - W*) u_k u_k^T e^(-2 eta c_out^2 tau (lam_k + sigma^2))",
        reading="the weight u_k.W u_k of a mode, from Q; c_out may be any number",
        where="D.1.2 [133]-[138]",
        source="reconstructed",
        relation=outer(printed_residual(Q, c_out**2), Q),
        domain=RESIDUAL,
        assumes=FLOW,
        derived_in="centred: preconditioned weights",
        checks=(*EXACT, Ode(measure=measured.residual_weight, box=RESIDUAL_BOX)),
        slips=(outer(printed_residual(Q, c_out), Q), outer(printed_residual(Q, sp.S.One), Q)),
    ),
    Claim(
        id="wp.D.1.2.residual.bias",
        says="b(tau) = b(0) e^(-2 eta c_out^2 tau)",
        reading="along any direction, from any b(0)",
        where="D.1.2 [133]-[138]",
        source="reconstructed",
        relation=solves(b0 * sp.exp(-2 * eta * c_out**2 * tau), c_out * (-eta * c_out * 2 * y), b0),
        domain=domain_of((b0, c_out, eta, tau)),
        assumes=FLOW,
        derived_in="centred: chain rule",
        checks=(*EXACT, Ode(measure=measured.residual_bias, box=BIAS_BOX)),
    ),
    Claim(
        id="wp.D.1.2.residual.only",
        says=ONLY,
        reading=(
            "from the same W(0), the weight of a mode is that without residual connection at the learning rate "
            "c_out^2 eta"
        ),
        where="appendix D.1.2",
        source="as printed",
        relation=Identity(printed_residual(Q, c_out**2), weight(sigma).xreplace({eta: c_out**2 * eta})),
        domain=RESIDUAL,
        assumes=FLOW,
        derived_in="centred: preconditioned weights",
        checks=(*EXACT, Ode(measure=measured.residual_weight, box=RESIDUAL_BOX)),
    ),
    Claim(
        id="wp.D.1.2.init",
        says=INITIAL,
        reading=(
            "started at u_k.W' u_k = Q, the weight of a mode follows the same law from c_skip + c_out Q, which is "
            "not Q for some coefficients"
        ),
        where="appendix D.1.2",
        source="as printed",
        relation=Both(
            (
                outer(printed_residual(c_skip + c_out * Q, c_out**2), c_skip + c_out * Q),
                Within(
                    Inequality((c_skip + c_out * Q - Q) ** 2, ">", sp.S.Zero, some=True), domain_of((c_skip, c_out, Q))
                ),
            )
        ),
        domain=RESIDUAL,
        assumes=FLOW,
        derived_in="centred: preconditioned weights",
        checks=(*EXACT, Ode(measure=measured.residual_weight_from_inner, box=RESIDUAL_BOX)),
        slips=(outer(printed_residual(Q, c_out**2), c_skip + c_out * Q),),
        formula=False,
    ),
)
