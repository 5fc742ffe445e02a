"""Appendix D.1.1, gradient descent in discrete time, and D.1.2, the residual parametrisation; zero-mean data."""

import sympy as sp

from numerics import one_layer as measured
from numerics import preconditioned_scenes
from theory.centred import DATA, W_prime, c_out, c_skip, wrapped
from theory.domain import Domain, Range, domain_of
from theory.matrices import Grad
from theory.one_layer import Q, descent_weight, eta, flow_rate, lam, n, optimum, sigma, tau, weight, y
from theory.regression import Sigma, W, loss, unit
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity, Recurrence, Relation, Solves, Within
from theory.symbols import symbols
from verify.checks.enclosure import Enclosure
from verify.checks.matrices import Matrices
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT, PROPERTY, TRAINED
from verify.ledger.spectral_bias.lanes_4_2 import CENTRED, DISCRETE, FLOW, ODE_BIAS_STEPS, ODE_STEPS, STEPS, left
from verify.ledger.spectral_bias.section_4_2 import solves

b0, delta = symbols("b0 delta")
DESCENT = (CENTRED, DISCRETE)
CONVERGING = "This iteration is exponentially converging to the fixed point W*."
NO_CHANGE = "So, there is no significant change from the continuous-time version."
ONLY = "The only difference is scaling the learning rate by a factor of c_out^2."
INITIAL = "Also potentially depend on whether we choose to initialize W or W' from a fixed distribution, we would get different initial value for the dynamics."

stepped = domain_of((lam, sigma, Q, eta, n))
one_step = domain_of((lam, sigma, delta, eta)).where(sp.Ne(delta, 0))
GENTLE = eta * (lam + sigma**2) < 1
curvature = 2 * eta * (lam + sigma**2)


def printed_steps(factor: sp.Expr) -> Recurrence:
    """Return that w* + (Q - w*) factor^n is the weight of a mode after n steps of gradient descent from Q."""
    best = lam / (lam + sigma**2)
    solution = best + (Q - best) * factor**n
    return Recurrence(solution=solution, var=n, unknown=y, following=y + flow_rate(sigma), start=Q)


def bias_steps(factor: sp.Expr) -> Recurrence:
    """Return that b_0 factor^n is the bias after n steps of gradient descent, whose gradient is 2 b."""
    return Recurrence(solution=b0 * factor**n, var=n, unknown=y, following=y - eta * 2 * y, start=b0)


def nearer(op: str = "<") -> Inequality:
    """Return that a step of gradient descent from w* + delta ends nearer to w*, or the comparison named."""
    after = (y + flow_rate(sigma)).xreplace({y: optimum(sigma) + delta})
    return Inequality((after - optimum(sigma)) ** 2 / delta**2, op, sp.S.One)


def lag(steps: sp.Expr) -> sp.Expr:
    """Return how far descent is ahead of the flow after `steps`, relative to the deviation at the start."""
    flow = weight(sigma).xreplace({tau: steps})
    return (flow - descent_weight(sigma).xreplace({n: steps})) / (Q - optimum(sigma))


def outer(solution: sp.Expr, start: sp.Expr) -> Solves:
    """Return that `solution` is the weight c_skip + c_out W' of a mode, where W' follows the gradient of the loss."""
    inner_rate = c_out * flow_rate(sigma)  # chain rule: grad in W' is c_out times grad in W
    return solves(solution, c_out * inner_rate, start)


def printed_residual(start: sp.Expr, speed: sp.Expr) -> sp.Expr:
    """Return w* + (start - w*) exp(-2 eta speed tau (lam + sigma^2))."""
    return optimum(sigma) + (start - optimum(sigma)) * sp.exp(-2 * eta * speed * tau * (lam + sigma**2))


def relative_lag(relation: Relation) -> sp.Expr:
    """Return what a relative lag makes of the deviation at the start."""
    return left(relation) * (Q - optimum(sigma))


def within_bound(ahead: sp.Expr, bound: sp.Expr) -> Both:
    """Return 0 <= ahead <= bound."""
    return Both((Inequality(ahead, "<=", bound), Inequality(ahead, ">=", sp.S.Zero)))


UNIT_RATE = Domain(
    (
        (lam, Range(sp.S.Zero, sp.S.Zero)),
        (sigma, Range(sp.S.One, sp.S.One)),
        (Q, Range(sp.S.One, sp.S.One)),
        (eta, Range(sp.Rational(1, 20), sp.Rational(9, 20))),
        (n, Range(sp.S.One, sp.Integer(20))),
    )
)
RESIDUAL = domain_of((lam, sigma, Q, c_skip, c_out, eta, tau))
RESIDUAL_BOX = (*TRAINED, ("c_skip", "-0.5", "0.8"), ("c_out", "0.4", "1.5"))
BIAS_BOX = box(b0=("-2.0", "2.0"), eta=("0.1", "1.0"), tau=("0.05", "2.0"), c_skip=("-0.5", "0.8"), c_out=("0.4", "1.5"))

CLAIMS = (
    Claim(
        id="wp.D.1.1.gd.weights",
        says="W_n = W* + sum_k (W_0 - W*) u_k u_k^T [1 - 2 eta (lam_k + sigma^2)]^n",
        reading="the weight u_k.W_n u_k of a mode, for every n and every eta",
        where="[102]-[117]",
        source="reconstructed",
        relation=printed_steps(1 - curvature),
        domain=stepped,
        assumes=DESCENT,
        derived_in="one layer: descent",
        checks=(*EXACT, ODE_STEPS),
        slips=(printed_steps(1 - curvature / 2), printed_steps(1 + curvature), printed_steps(sp.exp(-curvature))),
    ),
    Claim(
        id="wp.D.1.1.gd.bias",
        says="b_n = (1 - 2 eta)^n b_0",
        reading="along any direction, for every n and every eta",
        where="[102]-[117]",
        source="reconstructed",
        relation=bias_steps(1 - 2 * eta),
        domain=domain_of((b0, eta, n)),
        assumes=DESCENT,
        derived_in="centred: gradient in b",
        checks=(*EXACT, ODE_BIAS_STEPS),
        slips=(bias_steps(1 - eta), bias_steps(sp.exp(-2 * eta))),
    ),
    Claim(
        id="wp.D.1.1.conv.always",
        says=CONVERGING,
        reading="for every learning rate, every step from a weight w* + delta that is not optimal ends nearer to the optimum w*",
        where="appendix D.1.1",
        source="as printed",
        relation=nearer(),
        domain=one_step,
        assumes=DESCENT,
        checks=EXACT,
        corrected_by="our.descent.converges",
        formula=False,
    ),
    Claim(
        id="wp.D.1.1.conv.small",
        says=CONVERGING,
        reading="if 0 < eta (lam + sigma^2) < 1, the weight tends to the optimum as n grows, and every step ends nearer to it",
        where="appendix D.1.1",
        source="as printed",
        relation=Both(
            (
                LimitIs(expr=descent_weight(sigma), var=n, point=sp.oo, value=lam / (lam + sigma**2)),
                Within(nearer(), one_step.where(GENTLE)),
            )
        ),
        domain=stepped.where(GENTLE),
        assumes=DESCENT,
        derived_in="one layer: descent",
        checks=EXACT,
        slips=(Within(nearer(">="), one_step.where(GENTLE)), Within(nearer(), one_step)),
        formula=False,
    ),
    Claim(
        id="wp.D.1.1.stab.always",
        says=NO_CHANGE,
        reading="after n steps the weight differs from that of the flow at tau = n by no more than the deviation at the start, for every eta",
        where="appendix D.1.1",
        source="as printed",
        relation=Inequality(lag(n) ** 2, "<=", sp.S.One),
        domain=stepped.where(sp.Ne(Q * (lam + sigma**2), lam)),
        assumes=DESCENT,
        checks=EXACT,
        corrected_by="our.descent.step_error",
        formula=False,
    ),
    Claim(
        id="wp.D.1.1.stab.small",
        says=NO_CHANGE,
        reading="for n <= 20 steps with 1/20 <= eta (lam + sigma^2) <= 9/20, here with lam + sigma^2 = 1, descent is ahead of the flow at tau = n by at most the fraction eta (lam + sigma^2) of the deviation at the start",
        where="appendix D.1.1",
        source="as printed",
        relation=within_bound(lag(n), eta * (lam + sigma**2)),
        domain=UNIT_RATE,
        assumes=DESCENT,
        derived_in="one layer: descent",
        checks=(Enclosure(boxes=2000), PROPERTY, Ode(measure=measured.lag, box=STEPS, formula=relative_lag)),
        slips=(within_bound(lag(n), eta**2 / 4), within_bound(-lag(n), eta)),
        formula=False,
    ),
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
        reading="from the same W(0), the weight of a mode is that without residual connection at the learning rate c_out^2 eta",
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
        reading="started at u_k.W' u_k = Q, the weight of a mode follows the same law from c_skip + c_out Q, which is not Q for some coefficients",
        where="appendix D.1.2",
        source="as printed",
        relation=Both(
            (
                outer(printed_residual(c_skip + c_out * Q, c_out**2), c_skip + c_out * Q),
                Within(Inequality((c_skip + c_out * Q - Q) ** 2, ">", sp.S.Zero, some=True), domain_of((c_skip, c_out, Q))),
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
