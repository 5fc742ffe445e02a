"""Appendix C.1: the gradient flow of a linear regression, its target and its rate."""

import sympy as sp

from numerics.scenes import joint as joint_scenes
from theory import joint
from theory.matrices import Covariance, Expect, Inv, MatrixExp, Moments, Rate, norm2
from theory.relation import MatrixIdentity, MatrixSolves, Stationary
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT

d, tau, eta = symbols("d tau eta")
x, W, b, mu_x, mu_y = joint.x, joint.W, joint.b, joint.mu_x, joint.mu_y
Sigma_xx, Sigma_yx = joint.Sigma_xx, joint.Sigma_yx

FLOWS = "The gradient flow dynamics read dW/dtau = -2 eta (W Sigma_xx - Sigma_yx) - 2 eta grad_b L mu_x^T, db/dtau = -2 eta (W mu_x + b - mu_y)"
ROLE = "The Sigma_xx determines the gradient flow dynamics and convergence rate of W, while Sigma_xx^-1 Sigma_yx determines the target level or optimal solution of the regression."

# targets of as many components as inputs, for which Sigma_xx^-1 Sigma_yx has a shape
v, c, mu_v = (sp.MatrixSymbol(name, d, 1) for name in ("y", "b", "mu_y"))
V, S, T = (sp.MatrixSymbol(name, d, d) for name in ("W", "Sigma_yx", "Sigma_yy"))
SQUARE = (Moments(x, mu_x, Sigma_xx), Moments(v, mu_v, T), Covariance(v, x, S), joint.REGULAR)
square_loss = Expect(norm2(V * x + c - v))

gradient_b = 2 * (W * mu_x + b - mu_y)
W_printed = Sigma_yx * Inv(Sigma_xx)
deviation = W - W_printed

CLAIMS = (
    Claim(
        id="wp.C.1.gf.weights",
        says=FLOWS,
        reading="the first equation, with grad_b L the gradient of the loss in b",
        where="eq. (13)",
        source="as printed",
        relation=MatrixIdentity(
            Rate(W, tau),
            -2 * eta * (W * Sigma_xx - Sigma_yx) - 2 * eta * gradient_b * mu_x.T,
            (*joint.LAW, *joint.FLOW),
        ),
        domain=joint.TRAINED,
        assumes=("gradient flow of the loss above",),
        derived_in="joint regression: flow of W",
        corrected_by="our.regression.flow",
        checks=(*EXACT, Matrices(scene=joint_scenes.speed_of_W)),
    ),
    Claim(
        id="wp.C.1.gf.bias",
        says=FLOWS,
        reading="the second equation",
        where="eq. (14)",
        source="as printed",
        relation=MatrixIdentity(Rate(b, tau), -2 * eta * (W * mu_x + b - mu_y), (*joint.LAW, *joint.FLOW)),
        domain=joint.TRAINED,
        assumes=("gradient flow of the loss above",),
        derived_in="joint regression: flow of b",
        checks=(*EXACT, Matrices(scene=joint_scenes.speed_of_b)),
    ),
    Claim(
        id="wp.C.1.role.target",
        says=ROLE,
        reading="the target level: as many targets as inputs, and W = Sigma_xx^-1 Sigma_yx is the optimum",
        where="end of the proof of Lemma C.1",
        source="as printed",
        relation=Stationary(
            scalar=square_loss,
            letters=(V, c),
            at=sp.Tuple(Inv(Sigma_xx) * S, mu_v - Inv(Sigma_xx) * S * mu_x),
            given=SQUARE,
        ),
        domain=joint.ANYWHERE,
        corrected_by="our.regression.target",
        checks=EXACT,
    ),
    Claim(
        id="wp.C.1.role.rate",
        says=ROLE,
        reading="the convergence rate, whatever the mean of the inputs: the deviation of W from its optimum decays as d(W - W*)/dtau = -2 eta (W - W*) Sigma_xx",
        where="end of the proof of Lemma C.1",
        source="as printed",
        relation=MatrixIdentity(
            Rate(deviation, tau), -2 * eta * deviation * Sigma_xx, (*joint.LAW, joint.REGULAR, *joint.FLOW)
        ),
        domain=joint.TRAINED,
        corrected_by="our.regression.rate",
        checks=(*EXACT, Matrices(scene=joint_scenes.speed_of_W)),
    ),
    Claim(
        id="wp.C.1.role.centred",
        says=ROLE,
        reading="centred inputs: W(tau) = W* + (W_0 - W*) exp(-2 eta tau Sigma_xx) solves the gradient flow of W, so the eigenvalues of Sigma_xx are the rates",
        where="end of the proof of Lemma C.1",
        source="as printed",
        relation=MatrixSolves(
            solution=W_printed + (joint.W0 - W_printed) * MatrixExp(-2 * eta * tau * Sigma_xx),
            var=tau,
            unknown=W,
            rate=-2 * eta * (W * Sigma_xx - Sigma_yx),
            at=((tau, sp.S.Zero),),
            start=joint.W0,
            given=(joint.REGULAR,),
        ),
        domain=joint.TRAINED,
        assumes=("centred inputs",),
        derived_in="joint regression: relaxation",
        checks=(*EXACT, Matrices(scene=joint_scenes.trained_W)),
    ),
)
