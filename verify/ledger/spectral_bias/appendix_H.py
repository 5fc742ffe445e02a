"""Appendix H, up to H.1: the loss of flow matching, its gradients, optimum and asymptotics."""

import sympy as sp

from numerics.flow_matching import scenes
from theory.flow_matching import MODES, TIMES, TIMES_BEFORE, flow_rate, lam, loss, t, y
from theory.matrices import Grad, Inv, norm2
from theory.regression import DATA, Sigma, W, b, mu, unit
from theory.relation import Both, Identity, LimitIs, MatrixIdentity, Stationary
from verify.checks.matrices import Matrices, parts_of, point_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_H import LINEAR

A_t = (1 - t) ** 2 * unit + t**2 * Sigma
B_t = t * Sigma - (1 - t) * unit
printed_loss = sp.Trace(W * A_t * W.T) - 2 * sp.Trace(W * B_t) + sp.Trace(Sigma + unit) + norm2((unit - t * W) * mu - b)
printed_gradient_b = 2 * (b - (unit - t * W) * mu)
printed_gradient_W = 2 * (W * A_t - B_t) + printed_gradient_b * (t * mu).T
printed_optimum = B_t * Inv(A_t)
best = (t * lam - (1 - t)) / (t**2 * lam + (1 - t) ** 2)


def best_point(weights: sp.MatrixExpr, bias: sp.MatrixExpr) -> Stationary:
    """Return that the gradients vanish at these weights and this bias."""
    return Stationary(scalar=loss, letters=(W, b), at=sp.Tuple(weights, bias), given=DATA)


def gradients(in_W: sp.MatrixExpr, in_b: sp.MatrixExpr) -> Both:
    """Return that these are the gradients of the loss in W and in b."""
    return Both((MatrixIdentity(Grad(loss, W), in_W, DATA), MatrixIdentity(Grad(loss, b), in_b, DATA)))


def resting() -> sp.Expr:
    """Return the weight y at which the rate of a mode, linear in y, vanishes."""
    return -flow_rate().xreplace({y: sp.S.Zero}) / sp.diff(flow_rate(), y)


def expansion(point: sp.Expr, values: tuple[sp.Expr, ...]) -> Both:
    """Return that w* = values[0] + values[1] s + values[2] s^2 + ..., with s the distance of t from `point`."""
    distance, parts, rest = (t if point == 0 else 1 - t), [], best
    for order, value in enumerate(values):
        parts.append(LimitIs(expr=rest / distance**order, var=t, point=point, value=value))
        rest = rest - value * distance**order
    return Both(tuple(parts))


CLAIMS = (
    Claim(
        id="wp.H.loss",
        says=(
            "L_t = Tr[W A_t W^T] - 2 Tr[W B_t] + Tr(Sigma + I) + ||(I - t W) mu - b||^2 with A_t = (1-t)^2 I + t^2 "
            "Sigma, B_t = t Sigma - (1-t) I; it will also only depend on mean and covariance"
        ),
        where="H [326]-[343]",
        source="reconstructed",
        reading="L_t = E||W x_t + b - (x_0 - z)||^2 with x_t = t x_0 + (1-t) z, for every law of the data",
        relation=MatrixIdentity(loss, printed_loss, DATA),
        domain=TIMES,
        assumes=(LINEAR,),
        derived_in="flow matching: two moments",
        checks=(*EXACT, Matrices(scene=scenes.loss_value)),
    ),
    Claim(
        id="wp.H.grad",
        says="grad_W = 2 (W A_t - B_t) + grad_b L (t mu)^T, grad_b = 2 (b - (I - t W) mu)",
        where="H [344]-[347]",
        source="reconstructed",
        relation=gradients(printed_gradient_W, printed_gradient_b),
        domain=TIMES,
        assumes=(LINEAR,),
        derived_in="flow matching: gradient in W",
        checks=(KERNEL, Matrices(scene=scenes.gradients, formula=parts_of)),
        slips=(
            gradients(2 * (W * A_t - B_t) + printed_gradient_b * mu.T, printed_gradient_b),
            gradients(W * A_t - B_t + printed_gradient_b * (t * mu).T, printed_gradient_b),
        ),
    ),
    Claim(
        id="wp.H.opt.matrix",
        says="W* = B_t A_t^-1, b* = (I - t W*) mu",
        where="H [348], [349]",
        source="reconstructed",
        reading="for t < 1, where A_t has an inverse whatever the data",
        relation=best_point(printed_optimum, (unit - t * printed_optimum) * mu),
        domain=TIMES_BEFORE,
        assumes=(LINEAR,),
        derived_in="flow matching: optimum",
        checks=(KERNEL, Matrices(scene=scenes.minimiser, formula=point_of)),
        slips=(
            best_point(printed_optimum, (unit - printed_optimum) * mu),
            best_point(Sigma * Inv(A_t), (unit - t * Sigma * Inv(A_t)) * mu),
        ),
    ),
    Claim(
        id="wp.H.opt.mode",
        says="per mode w* = (t lam - (1-t))/(t^2 lam + (1-t)^2)",
        where="H [348], [349]",
        source="reconstructed",
        reading="the weight at which the gradient 2 (A_t w - B_t) of a mode vanishes",
        relation=Identity(resting(), best),
        domain=MODES,
        assumes=(LINEAR,),
        derived_in="flow matching: one mode",
        checks=EXACT,
    ),
    Claim(
        id="wp.H.asym0",
        says="t -> 0: w* = -1 + (lam - 1) t + O(t^2)",
        where="H [350], [351]",
        source="reconstructed",
        reading="the two coefficients are limits of quotients; the next one is the finite number 3 lam - 1",
        relation=expansion(sp.S.Zero, (-sp.S.One, lam - 1, 3 * lam - 1)),
        domain=MODES,
        assumes=(LINEAR,),
        derived_in="flow matching: optimum",
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.H.asym1",
        says="t -> 1: w* = 1 + ((lam - 1)/lam) (1-t) + O((1-t)^2)",
        where="H [352], [353]",
        source="reconstructed",
        reading="the two coefficients are limits of quotients; the next one is the finite number (lam - 3)/lam",
        relation=expansion(sp.S.One, (sp.S.One, (lam - 1) / lam, (lam - 3) / lam)),
        domain=MODES,
        assumes=(LINEAR, "lam > 0"),
        derived_in="flow matching: optimum",
        checks=(KERNEL,),
    ),
)
