"""Appendix H.2: one layer in training under flow matching, and the variance that its samples reach."""

import sympy as sp

from numerics.flow_matching import scenes
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.flow_matching import (
    MODES,
    SAMPLED,
    VARIED,
    W0,
    Q,
    b0,
    b_tau,
    eta,
    flow_rate,
    lam,
    live,
    loss,
    t,
    tau,
    timed,
    v,
    variance_at,
    y,
)
from theory.flow_matching import flow as matrix_flow
from theory.matrices import Grad
from theory.regression import b, u
from theory.relation import Identity, Inequality, LimitIs, MatrixSolves, Monotone, Solves
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.lanes_network import HALVED_VELOCITY
from verify.ledger.spectral_bias.appendix_H import best
from verify.ledger.spectral_bias.lanes_H import ALIGNED, FLOW, ODE_RATE_RATIO, ODE_VARIANCE, ODE_WEIGHT

lam1, lam2, s = symbols("lam1 lam2 s")
SOLUTION = "w_k(tau; t) = w_k* + (w_k(0) - w_k*) e^{-2 eta tau A_t}, b(tau) = b(0) e^{-2 eta tau}"
SPEED = "the convergence speed of each mode is A_t = (1-t)^2 + t^2 lam_k"
SPECIAL = (
    "for each eigenvalue there is a special time point t* = 1/(1 + lam_k) where the convergence speed is maximized"
)
full = 2 * eta * tau
LATER = Domain(tuple((x, Range(sp.S.Zero, sp.S.One, low_open=True) if x == t else r) for x, r in MODES.ranges))
POSITIVE_PAIR = Domain(((lam1, POSITIVE), (lam2, POSITIVE), (t, MODES.range_of(t))))


def speed(variance: sp.Expr = lam, time: sp.Expr = t) -> sp.Expr:
    """Return the printed convergence speed."""
    return (1 - time) ** 2 + time**2 * variance


def rate_of(variance: sp.Expr) -> sp.Expr:
    """Return -(dw/dtau)/(w - w*) of a mode in gradient flow, at the weight y."""
    moved = {lam: variance}
    return -flow_rate().xreplace(moved) / (y - best.xreplace(moved))


def printed_weight(exponent: sp.Expr) -> Solves:
    """Return that w* + (Q - w*) exp(-exponent) is the weight of a mode in gradient flow from Q."""
    solution = best + (Q - best) * sp.exp(-exponent)
    return Solves(solution=solution, var=tau, unknown=y, rate=flow_rate(), at=sp.S.Zero, start=Q)


def projected(exponent: sp.Expr) -> MatrixSolves:
    """Return that w* u + (W0 u - w* u) exp(-exponent) is W(tau) u in gradient flow from W0."""
    solution = best * u + sp.exp(-exponent) * (W0 * u - best * u)
    return matrix_flow(solution, W0 * u, v, -eta * (2 * speed() * v - 2 * (t * lam - (1 - t)) * u))


def printed_bias(decay: sp.Expr) -> MatrixSolves:
    """Return that exp(-decay) b0 is b(tau) in gradient flow from b0."""
    return matrix_flow(sp.exp(-decay) * b0, b0, b_tau, -eta * Grad(loss, b, b_tau))


def printed_variance(kappa: sp.Expr, factor: sp.Expr = Q) -> sp.Expr:
    """Return the generated variance as printed, with `factor` before the square root."""
    root = sp.sqrt(kappa / (1 + lam))
    bracket = sp.erf(root) + sp.erf(lam * root)
    kept = factor * sp.sqrt(sp.pi / (kappa * (1 + lam))) * sp.exp(-kappa * lam / (1 + lam)) * bracket
    return lam * sp.exp(sp.Ei(-kappa) - sp.Ei(-kappa * lam) + kept)


def generated(value: sp.Expr) -> Identity:
    """Return that the variance of the samples, which follows dx/dt = w x from 1 at t = 0, is `value` at t = 1."""
    return Identity(variance_at().xreplace({t: sp.S.One}), value)


OFF_OPTIMUM = timed(domain_of((lam1, lam2, t, eta, y))).where(
    sp.Ne(y * speed(lam1), t * lam1 - (1 - t)), sp.Ne(y * speed(lam2), t * lam2 - (1 - t))
)
OFF_OPTIMUM = Domain(
    tuple((x, POSITIVE if x in (lam1, lam2) else r) for x, r in OFF_OPTIMUM.ranges), OFF_OPTIMUM.conditions
)
INSIDE = Domain(((lam, POSITIVE), (s, Range(sp.S.Zero, sp.S.One, low_open=True, high_open=True))))
extreme = speed(time=1 / (1 + lam))

CLAIMS = (
    Claim(
        id="wp.H.2.weight.mode",
        says=SOLUTION,
        reading="the weight of a mode, at every t, from any w_k(0) = Q",
        where="H.2 [364]-[370]",
        source="reconstructed",
        relation=printed_weight(full * speed()),
        domain=VARIED,
        assumes=FLOW,
        derived_in="flow matching: weight",
        checks=(*EXACT, ODE_WEIGHT, HALVED_VELOCITY),
        slips=(printed_weight(full * speed() / 2), printed_weight(full * (1 + lam)), printed_weight(full * lam)),
    ),
    Claim(
        id="wp.H.2.weight.matrix",
        says=SOLUTION,
        reading="W(tau) u_k for every eigenvector u_k of Sigma and any W(0), symmetric or not; t < 1",
        where="H.2 [364]-[370]",
        source="reconstructed",
        relation=projected(full * speed()),
        domain=timed(domain_of((t, lam, eta, tau)), data=False),
        assumes=FLOW,
        derived_in="flow matching: one mode",
        checks=(KERNEL, Matrices(scene=scenes.projection)),
        slips=(projected(full * speed() / 2), projected(full)),
    ),
    Claim(
        id="wp.H.2.weight.bias",
        says=SOLUTION,
        reading="the bias",
        where="H.2 [364]-[370]",
        source="reconstructed",
        relation=printed_bias(full),
        domain=timed(domain_of((t, eta, tau))),
        assumes=FLOW,
        derived_in="flow matching: bias",
        checks=(KERNEL, Matrices(scene=scenes.bias)),
        slips=(printed_bias(full / 2), printed_bias(full * t)),
    ),
    Claim(
        id="wp.H.2.speed.rate",
        says=SPEED,
        reading="the speeds (dw/dtau)/(w* - w) of any two modes at any time t are in the ratio of their A_t",
        where="H.2, remarks",
        source="as printed",
        relation=Identity(rate_of(lam1) / rate_of(lam2), speed(lam1) / speed(lam2)),
        domain=OFF_OPTIMUM,
        assumes=FLOW,
        derived_in="flow matching: weight",
        checks=(*EXACT, ODE_RATE_RATIO),
    ),
    Claim(
        id="wp.H.2.speed.order",
        says="at the same time t, the higher the data variance lam_k the faster the convergence speed",
        reading="A_t grows with lam for every t > 0",
        where="H.2, remarks",
        source="as printed",
        relation=Monotone(expr=speed(), var=lam, op=">"),
        domain=LATER,
        assumes=FLOW,
        checks=EXACT,
        slips=(Monotone(expr=speed(), var=lam, op="<"), Monotone(expr=speed() / lam, var=lam, op=">")),
        formula=False,
    ),
    Claim(
        id="wp.H.2.speed.small",
        says="at smaller t, all eigenmodes converge at similar speed",
        reading="the ratio of the speeds of any two modes tends to 1 as t -> 0",
        where="H.2, remarks",
        source="as printed",
        relation=LimitIs(expr=speed(lam1) / speed(lam2), var=t, point=sp.S.Zero, value=sp.S.One),
        domain=POSITIVE_PAIR,
        assumes=FLOW,
        checks=(KERNEL,),
        slips=(LimitIs(expr=speed(lam1) / speed(lam2), var=t, point=sp.S.Zero, value=lam1 / lam2),),
        formula=False,
    ),
    Claim(
        id="wp.H.2.speed.large",
        says="at larger t, the eigenmodes are resolved at distinct speed depend on the eigenvalues",
        reading="the ratio of the speeds of two modes tends to that of their variances as t -> 1",
        where="H.2, remarks",
        source="as printed",
        relation=LimitIs(expr=speed(lam1) / speed(lam2), var=t, point=sp.S.One, value=lam1 / lam2),
        domain=POSITIVE_PAIR,
        assumes=FLOW,
        checks=(KERNEL,),
        slips=(LimitIs(expr=speed(lam1) / speed(lam2), var=t, point=sp.S.One, value=sp.S.One),),
        formula=False,
    ),
    Claim(
        id="wp.H.2.tstar.formula",
        says=SPECIAL,
        reading="no t in [0, 1] has a larger A_t than t* = 1/(1 + lam)",
        where="H.2, remarks",
        source="as printed",
        relation=Inequality(speed(), "<=", extreme),
        domain=MODES,
        assumes=FLOW,
        checks=EXACT,
        corrected_by="our.flow.slowest",
        formula=False,
    ),
    Claim(
        id="wp.H.2.tstar.somewhere",
        says=SPECIAL,
        reading=(
            "whatever the formula of t*: there is an s strictly between 0 and 1 where A_s is maximal, so at least the "
            "mean (1-s) A_0 + s A_1 of the speeds at the two ends"
        ),
        where="H.2, remarks",
        source="as printed",
        relation=Inequality(speed(time=s), ">=", (1 - s) + s * lam, some=True),
        domain=INSIDE,
        assumes=FLOW,
        checks=(KERNEL,),
        corrected_by="our.flow.slowest",
        formula=False,
    ),
    Claim(
        id="wp.H.2.variance",
        says=(
            "kappa = 2 eta tau: lam~ = lam exp{Ei(-kappa) - Ei(-kappa lam) + Q sqrt(pi/(kappa (1 + lam))) "
            "e^{-kappa lam/(1 + lam)} [erf sqrt(kappa/(1 + lam)) + erf(lam sqrt(kappa/(1 + lam)))]}"
        ),
        where="H.2.1 [371]-[384]",
        source="reconstructed",
        relation=generated(printed_variance(full)),
        domain=live(SAMPLED),
        assumes=(*FLOW, ALIGNED),
        derived_in="flow matching: variance",
        checks=(*EXACT, ODE_VARIANCE),
        slips=(
            generated(printed_variance(full / 2)),
            generated(printed_variance(full, 2 * Q)),
            generated(printed_variance(full, Q / 2)),
        ),
    ),
)
