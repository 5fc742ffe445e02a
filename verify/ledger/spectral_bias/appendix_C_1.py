"""Appendix C.1: any linear regression sees two moments; its gradient and optimum."""

import sympy as sp

from numerics.scenes import joint as joint_scenes
from theory import joint
from theory.domain import domain_of
from theory.matrices import Covariance, Expect, Grad, Inv, Moments, norm2
from theory.relation import Both, Inequality, MatrixIdentity, Stationary
from theory.symbols import symbols
from verify.checks.matrices import Matrices, parts_of, point_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT

d, e, lam = symbols("d e lam")
x, y, W, b, mu_x, mu_y = joint.x, joint.y, joint.W, joint.b, joint.mu_x, joint.mu_y
Sigma_xx, Sigma_yx, Sigma_yy = joint.Sigma_xx, joint.Sigma_yx, joint.Sigma_yy

LEMMA = "its optimal solution and gradient only depend the first two moments of x, y"
CHAIN = "grad_W L = 2 E[e x^T] = 2 E[(W x + b - y) x^T] = 2 (W E[x x^T] + b E[x^T] - E[y x^T]) = 2 (W (Sigma_xx + mu_x mu_x^T) + b mu_x^T - (Sigma_yx + mu_y mu_x^T)) = 2 W (Sigma_xx + mu_x mu_x^T) + 2 (b - mu_y) mu_x^T - 2 Sigma_yx) = 2 (W Sigma_xx - Sigma_yx) + 2 (W mu_x + b - mu_y) mu_x^T"
ANY = "arbitrary joint distribution with finite moments"

# a second law with the same moments
x2, y2 = sp.MatrixSymbol("x_2", d, 1), sp.MatrixSymbol("y_2", e, 1)
OTHER = (Moments(x2, mu_x, Sigma_xx), Moments(y2, mu_y, Sigma_yy), Covariance(y2, x2, Sigma_yx))
other_loss = Expect(norm2(W * x2 + b - y2))

error = W * x + b - y
gradient_b = 2 * (W * mu_x + b - mu_y)
MEMBERS = (
    2 * Expect(error * x.T),
    2 * (W * Expect(x * x.T) + b * Expect(x.T) - Expect(y * x.T)),
    2 * (W * (Sigma_xx + mu_x * mu_x.T) + b * mu_x.T - (Sigma_yx + mu_y * mu_x.T)),
    2 * W * (Sigma_xx + mu_x * mu_x.T) + 2 * (b - mu_y) * mu_x.T - 2 * Sigma_yx,
    2 * (W * Sigma_xx - Sigma_yx) + 2 * (W * mu_x + b - mu_y) * mu_x.T,
)
W_printed = Sigma_yx * Inv(Sigma_xx)
b_printed = mu_y - W_printed * mu_x

CLAIMS = (
    Claim(
        id="wp.C.1.lemma",
        says=LEMMA,
        reading="two pairs (x, y), (x', y') with the same means and covariances, otherwise arbitrary, give the same gradients at every W and b, hence the same optimum",
        where="Lemma C.1",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(Grad(joint.loss, W), Grad(other_loss, W), (*joint.LAW, *OTHER)),
                MatrixIdentity(Grad(joint.loss, b), Grad(other_loss, b), (*joint.LAW, *OTHER)),
            )
        ),
        domain=joint.ANYWHERE,
        assumes=(ANY,),
        derived_in="joint regression: gradient in b",
        checks=EXACT,
        formula=False,
        slips=(
            MatrixIdentity(Grad(joint.loss, W), 2 * Grad(other_loss, W), (*joint.LAW, *OTHER)),
            MatrixIdentity(
                Grad(joint.loss, W),
                Grad(other_loss, W),
                (*joint.LAW, OTHER[0], OTHER[1], Covariance(y2, x2, 2 * Sigma_yx), Moments(y2, mu_y, 4 * Sigma_yy)),
            ),
        ),
    ),
    Claim(
        id="wp.C.1.chain",
        says=CHAIN,
        where="proof of Lemma C.1",
        source="as printed",
        relation=Both(tuple(MatrixIdentity(Grad(joint.loss, W), member, joint.LAW) for member in reversed(MEMBERS))),
        domain=joint.ANYWHERE,
        assumes=(ANY,),
        derived_in="joint regression: gradient in W",
        checks=(*EXACT, Matrices(scene=joint_scenes.gradient_in_W)),
    ),
    Claim(
        id="wp.C.1.moments",
        says="E[y x^T] = Sigma_yx + mu_y mu_x^T, E[x x^T] = Sigma_xx + mu_x mu_x^T",
        where="proof of Lemma C.1",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(Expect(y * x.T), Sigma_yx + mu_y * mu_x.T, joint.LAW),
                MatrixIdentity(Expect(x * x.T), Sigma_xx + mu_x * mu_x.T, joint.LAW),
            )
        ),
        domain=joint.ANYWHERE,
        checks=(*EXACT, Matrices(scene=joint_scenes.mixed_moment)),
    ),
    Claim(
        id="wp.C.1.grad",
        says="grad_W L = 2 (W Sigma_xx - Sigma_yx) + grad_b L mu_x^T, grad_b L = 2 (W mu_x + b - mu_y)",
        where="proof of Lemma C.1",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(Grad(joint.loss, W), 2 * (W * Sigma_xx - Sigma_yx) + gradient_b * mu_x.T, joint.LAW),
                MatrixIdentity(Grad(joint.loss, b), gradient_b, joint.LAW),
            )
        ),
        domain=joint.ANYWHERE,
        assumes=(ANY,),
        derived_in="joint regression: gradient in b",
        checks=(*EXACT, Matrices(scene=joint_scenes.gradients, formula=parts_of)),
    ),
    Claim(
        id="wp.C.1.opt.regular",
        says="W* = Sigma_yx Sigma_xx^-1, b* = mu_y - W* mu_x",
        reading="both gradients vanish there, for every law whose Sigma_xx is invertible",
        where="eqs. (11), (12)",
        source="as printed",
        relation=Stationary(
            scalar=joint.loss, letters=(W, b), at=sp.Tuple(W_printed, b_printed), given=(*joint.LAW, joint.REGULAR)
        ),
        domain=joint.ANYWHERE,
        derived_in="joint regression: optimum",
        checks=(*EXACT, Matrices(scene=joint_scenes.minimiser, formula=point_of)),
    ),
    Claim(
        id="wp.C.1.opt.any",
        says="W* = Sigma_yx Sigma_xx^-1, b* = mu_y - W* mu_x",
        reading='literally, with the assumption of Lemma C.1, "arbitrary joint distribution with finite moments": the formula has a value for each of them, so the variance of x in every direction, at least 0, is not 0',
        where="eqs. (11), (12)",
        source="as printed",
        relation=Inequality(lam, "!=", sp.S.Zero),
        domain=domain_of((lam,)),
        assumes=(ANY,),
        corrected_by="our.regression.singular",
        checks=EXACT,
        formula=False,
    ),
)
