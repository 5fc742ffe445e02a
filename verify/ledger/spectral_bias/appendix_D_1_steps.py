"""Appendix D.1.1, gradient descent in discrete time; zero-mean data."""

import sympy as sp

from numerics import one_layer as measured
from numerics.networks.linear import modes
from theory.domain import Domain, Range, domain_of
from theory.one_layer import Q, descent_weight, eta, flow_rate, lam, n, optimum, sigma, y
from theory.relation import Both, Inequality, LimitIs, Recurrence, Relation, Within
from theory.symbols import symbols
from verify.checks.enclosure import Enclosure
from verify.checks.network import Network
from verify.checks.ode import Ode
from verify.claim import Claim
from verify.ledger.lanes import EXACT, PROPERTY
from verify.ledger.spectral_bias.lanes_4_2 import CENTRED, DISCRETE, ODE_BIAS_STEPS, ODE_STEPS, STEPS, left

b0, delta = symbols("b0 delta")
DESCENT = (CENTRED, DISCRETE)
CONVERGING = "This iteration is exponentially converging to the fixed point W*."
NO_CHANGE = "So, there is no significant change from the continuous-time version."
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
    return sp.exp(-curvature * steps) - (1 - curvature) ** steps


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
        (eta, Range(sp.Rational(1, 20), sp.Rational(9, 20))),
        (n, Range(sp.S.One, sp.Integer(8))),
    )
)

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
        checks=(*EXACT, ODE_STEPS, Network(scenes=(modes.one_layer,), states=(y,))),
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
        reading=(
            "for every learning rate, every step from a weight w* + delta that is not optimal ends nearer to the "
            "optimum w*"
        ),
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
        reading=(
            "if 0 < eta (lam + sigma^2) < 1, the weight tends to the optimum as n grows, and every step ends nearer "
            "to it"
        ),
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
        reading=(
            "after n steps the weight differs from that of the flow at tau = n by no more than the deviation at the "
            "start, for every eta"
        ),
        where="appendix D.1.1",
        source="as printed",
        relation=Inequality(lag(n) ** 2, "<=", sp.S.One),
        domain=domain_of((lam, sigma, eta, n)),
        assumes=DESCENT,
        checks=EXACT,
        corrected_by="our.descent.step_error",
        formula=False,
    ),
    Claim(
        id="wp.D.1.1.stab.small",
        says=NO_CHANGE,
        reading=(
            "for n <= 8 steps with 1/20 <= eta (lam + sigma^2) <= 9/20, here with lam + sigma^2 = 1, descent is "
            "ahead of the flow at tau = n by at most the fraction eta (lam + sigma^2) of the deviation at the start"
        ),
        where="appendix D.1.1",
        source="as printed",
        relation=within_bound(lag(n), eta * (lam + sigma**2)),
        domain=UNIT_RATE,
        assumes=DESCENT,
        derived_in="one layer: descent",
        checks=(
            Enclosure(boxes=2000, samples=20),
            PROPERTY,
            Ode(measure=measured.lag, box=STEPS, formula=relative_lag),
        ),
        slips=(within_bound(lag(n), eta**2 / 4), within_bound(-lag(n), eta)),
        formula=False,
    ),
)
