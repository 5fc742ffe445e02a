"""Appendix H.3: two symmetric layers under flow matching."""

import sympy as sp

from numerics.flow_matching import scenes
from theory import flow_two_layer as two
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.flow_matching import CENTRED, MODES, TIMES, Q, eta, lam, t, tau, timed, y
from theory.flow_two_layer import EARLY, LATE, P, loss, product
from theory.matrices import Eigenvector, Grad
from theory.regression import PSD, Sigma, u, unit
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity, Within
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.lanes_network import HALVED_VELOCITY_TWO_LAYER
from verify.ledger.spectral_bias.lanes_H import ALIGNED, ODE_TWO_LAYER, TWO_LAYERS

A_t, B_t = (1 - t) ** 2 + t**2 * lam, t * lam - (1 - t)
A = (1 - t) ** 2 * unit + t**2 * Sigma
B = t * Sigma - (1 - t) * unit
q = P.T * u
printed_gradient = (2 * (product * A + A * product) - 4 * B) * P
printed_projection = 2 * A_t * P.T * P * q + 2 * P.T * A * P * q - 4 * B_t * q
ALIGNED_LAYERS = (*TWO_LAYERS, ALIGNED)
NORMAL = "when t > 1/(1 + lam_k), the dynamics is normal, converging to w*"
STUCK = (
    "when t < 1/(1 + lam_k), the ideal solution is 'non-achievable' by a two layer network; 0 becomes a stable fixed "
    "point instead of w*, and the solution will be attracted to and stuck at 0"
)


def printed_weight(exponent: sp.Expr) -> sp.Expr:
    """Return B Q/((B - Q A) exp(-exponent) + Q A)."""
    return B_t * Q / ((B_t - Q * A_t) * sp.exp(-exponent) + Q * A_t)


def on_both_sides(solution: sp.Expr) -> Both:
    """Return that `solution` is the weight of a mode in gradient flow from Q, after and before t*."""
    return Both(tuple(Within(two.solves(solution), side) for side in (LATE, EARLY)))


def gradient(found: sp.MatrixExpr) -> MatrixIdentity:
    """Return that `found` is the gradient in P."""
    return MatrixIdentity(Grad(loss, P), found, CENTRED)


def projection(found: sp.MatrixExpr) -> MatrixIdentity:
    """Return that `found` is the transposed gradient times u, an eigenvector of Sigma."""
    return MatrixIdentity(printed_gradient.T * u, found, (PSD, Eigenvector(u, Sigma, lam)))


def ends_at(side: Range, value: sp.Expr) -> LimitIs:
    """Return that the weight where B_t = b in `side` tends to `value` in training, from any Q > 0."""
    del side
    return LimitIs(expr=two.by_b(), var=tau, point=sp.oo, value=value)


def sided(side: Range) -> Domain:
    """Return where training from Q > 0 is seen at b in `side`."""
    return Domain(((two.b, side), (lam, POSITIVE), (Q, POSITIVE), (eta, POSITIVE), (tau, POSITIVE)))


def pull(at: sp.Expr) -> sp.Expr:
    """Return the derivative of the rate of the weight at a fixed point."""
    return sp.diff(two.rate(), y).xreplace({y: at})


AFTER, BEFORE = POSITIVE, Range(-sp.S.One, sp.S.Zero, high_open=True)
DARK, LIT = MODES.where(B_t < 0), MODES.where(B_t > 0)
b_optimum = two.b * (1 + lam) / (two.b**2 + lam)
RATED = MODES.joined(domain_of((eta,)))

CLAIMS = (
    Claim(
        id="wp.H.3.grad.matrix",
        says="W = P P^T: grad_P L = [2 (W A_t + A_t W) - 4 B_t] P (zero mean)",
        where="H.3 [385]-[399]",
        source="reconstructed",
        reading="for P of any width",
        relation=gradient(printed_gradient),
        domain=TIMES,
        assumes=TWO_LAYERS,
        derived_in="flow matching, two layers: gradient",
        checks=(KERNEL, Matrices(scene=scenes.two_layer_gradient)),
        slips=(
            gradient((2 * (product * A + A * product) - 2 * B) * P),
            gradient((4 * product * A - 4 * B) * P),
        ),
    ),
    Claim(
        id="wp.H.3.grad.modes",
        says="and its projections q_k = P^T u_k",
        where="H.3 [385]-[399]",
        source="reconstructed",
        reading=(
            "(grad_P L)^T u_k = 2 A_t,k P^T P q_k + 2 P^T A_t P q_k - 4 B_t,k q_k, where P^T P = sum_m q_m q_m^T and "
            "P^T A_t P = sum_m A_t,m q_m q_m^T"
        ),
        relation=projection(printed_projection),
        domain=timed(domain_of((t, lam))),
        assumes=TWO_LAYERS,
        derived_in="flow matching, two layers: projection",
        checks=(KERNEL, Matrices(scene=scenes.two_layer_projection)),
        slips=(projection(4 * A_t * P.T * P * q - 4 * B_t * q),),
    ),
    Claim(
        id="wp.H.3.weight.solution",
        says="dw/dtau = 8 eta w (B_t - A_t w), w(tau) = B_t Q/((B_t - Q A_t) e^{-8 eta B_t tau} + Q A_t)",
        where="H.3 [400]-[408]",
        source="reconstructed",
        reading="for t > t* and for t < t*, t* = 1/(1 + lam), and every Q >= 0",
        relation=on_both_sides(printed_weight(8 * eta * B_t * tau)),
        domain=two.restricted(two.ALL),
        assumes=ALIGNED_LAYERS,
        derived_in="flow matching, two layers: weight after t*",
        checks=(*EXACT, ODE_TWO_LAYER, HALVED_VELOCITY_TWO_LAYER),
        slips=(on_both_sides(printed_weight(4 * eta * B_t * tau)), on_both_sides(printed_weight(8 * eta * A_t * tau))),
    ),
    Claim(
        id="wp.H.3.weight.turn",
        says="dw/dtau = 8 eta w (B_t - A_t w), w(tau) = B_t Q/((B_t - Q A_t) e^{-8 eta B_t tau} + Q A_t)",
        where="H.3 [400]-[408]",
        source="reconstructed",
        reading="at t*, where the printed quotient is 0/0, its limit Q/(1 + 8 eta tau Q lam/(1 + lam))",
        relation=LimitIs(
            expr=two.by_b(), var=two.b, point=sp.S.Zero, value=Q / (1 + 8 * eta * tau * Q * lam / (1 + lam))
        ),
        domain=sided(AFTER),
        assumes=ALIGNED_LAYERS,
        derived_in="flow matching, two layers: by b",
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.H.3.obstruction.sign",
        says="the optimal solution W* is non positive definite",
        where="after [409]",
        source="as printed",
        reading="for every lam the weight w* = B_t/A_t of a mode is negative whenever t < 1/(1 + lam), positive after",
        relation=Both(
            (Within(Inequality(B_t / A_t, "<", sp.S.Zero), DARK), Within(Inequality(B_t / A_t, ">", sp.S.Zero), LIT))
        ),
        domain=MODES,
        assumes=TWO_LAYERS,
        checks=EXACT,
        slips=(Inequality(B_t / A_t, ">=", sp.S.Zero), Within(Inequality(B_t / A_t, ">", sp.S.Zero), DARK)),
        formula=False,
    ),
    Claim(
        id="wp.H.3.obstruction.normal",
        says=NORMAL,
        where="after [409]",
        source="as printed",
        reading="where b = B_t > 0, from any Q > 0; there A_t = (b^2 + lam)/(1 + lam), w* = b/A_t",
        relation=ends_at(AFTER, b_optimum),
        domain=sided(AFTER),
        assumes=ALIGNED_LAYERS,
        derived_in="flow matching, two layers: limit after t*",
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.H.3.obstruction.stuck",
        says=STUCK,
        where="after [409]",
        source="as printed",
        reading="where b = B_t < 0, from any Q > 0, the weight tends to 0",
        relation=ends_at(BEFORE, sp.S.Zero),
        domain=sided(BEFORE),
        assumes=ALIGNED_LAYERS,
        derived_in="flow matching, two layers: limit before t*",
        checks=(KERNEL,),
        slips=(ends_at(BEFORE, b_optimum),),
        formula=False,
    ),
    Claim(
        id="wp.H.3.obstruction.stable",
        says=STUCK,
        where="after [409]",
        source="as printed",
        reading="the rate 8 eta w (B_t - A_t w) falls through 0 at w = 0 for t < t*, and at w = w* for t > t*",
        relation=Both(
            (
                Within(Inequality(pull(sp.S.Zero), "<", sp.S.Zero), RATED.where(B_t < 0)),
                Within(Inequality(pull(B_t / A_t), "<", sp.S.Zero), RATED.where(B_t > 0)),
            )
        ),
        domain=RATED,
        assumes=ALIGNED_LAYERS,
        checks=EXACT,
        slips=(
            Within(Inequality(pull(sp.S.Zero), "<", sp.S.Zero), RATED.where(B_t > 0)),
            Within(Inequality(pull(B_t / A_t), "<", sp.S.Zero), RATED.where(B_t < 0)),
        ),
        formula=False,
    ),
    Claim(
        id="wp.H.3.approx.field",
        says=(
            "asymptotically speaking, the symmetric network architecture will not approximate this vector field very well"
        ),
        where="H.3",
        source="as printed",
        reading=(
            "at every t < t* any weight w >= 0 is at least |w*| away from w*, and |w*| tends to 1, the size of the "
            "best weight itself, as t -> 0"
        ),
        relation=Both(
            (
                Within(
                    Inequality((y - B_t / A_t) ** 2, ">=", (B_t / A_t) ** 2),
                    DARK.joined(Domain(((y, Range(sp.S.Zero)),))),
                ),
                LimitIs(expr=(B_t / A_t) ** 2, var=t, point=sp.S.Zero, value=sp.S.One),
            )
        ),
        domain=MODES,
        assumes=TWO_LAYERS,
        checks=(KERNEL,),
        slips=(
            Within(
                Inequality((y - B_t / A_t) ** 2, ">=", (B_t / A_t) ** 2), LIT.joined(Domain(((y, Range(sp.S.Zero)),)))
            ),
        ),
        formula=False,
    ),
    Claim(
        id="wp.H.3.approx.variance",
        says=(
            "asymptotically speaking, the symmetric network architecture will not approximate this vector field very well"
        ),
        where="H.3",
        source="as printed",
        reading=(
            "the weights max(w*, 0) that full training reaches carry the noise to the variance A_1/A_{t*} = 1 + lam "
            "at t = 1, not lam"
        ),
        relation=Identity(A_t.xreplace({t: sp.S.One}) / A_t.xreplace({t: 1 / (1 + lam)}), 1 + lam),
        domain=Domain(((lam, POSITIVE),)),
        assumes=ALIGNED_LAYERS,
        derived_in="flow matching, two layers: final level",
        checks=EXACT,
    ),
)
