"""Section 4.2, non-centred data: what couples W and b."""

import sympy as sp

from numerics import one_layer as measured
from numerics.scenes import training as training_scenes
from theory import regression
from theory.domain import domain_of
from theory.matrices import Covariance, Expect, Grad, Moments, norm2
from theory.mean_coupling import b, lam, loss, mu, w
from theory.regression import W, d, sigma
from theory.relation import Both, Identity, MatrixIdentity
from verify.checks.matrices import Matrices, parts_of
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.lanes_4_2 import CONTINUOUS

COUPLING = "A non-zero mean introduces a rank-one coupling between W and b (matrix M in Prop D.2)."
ASSUMES = ("non-centred data, mu != 0", CONTINUOUS)
MEAN = box(lam=("0.05", "3.0"), sigma=("0.2", "1.5"), mu=("0.2", "2.0"))

k = sp.Symbol("k", integer=True, positive=True)
X, mean_X = (sp.MatrixSymbol(name, k, 1) for name in ("X", "v"))
Y, mean_Y = (sp.MatrixSymbol(name, d, 1) for name in ("Y", "m_Y"))
S, C, S_Y, Theta = (
    sp.MatrixSymbol(name, *shape) for name, shape in (("S", (k, k)), ("C", (d, k)), ("S_Y", (d, d)), ("Theta", (d, k)))
)
stacked_loss = Expect(norm2(Theta * X - Y))
STACKED = (Moments(X, mean_X, S), Moments(Y, mean_Y, S_Y), Covariance(Y, X, C))


def mixed(moved: sp.MatrixSymbol, other: sp.MatrixSymbol) -> sp.MatrixExpr:
    """Return how much `other` changes the gradient of the loss in `moved`."""
    alone = regression.loss.xreplace({other: sp.ZeroMatrix(*other.shape)})
    return Grad(regression.loss, moved) - Grad(alone, moved)


def curvature(*wrt: sp.Symbol) -> sp.Derivative:
    """Return half the second derivative of the loss of a mode with the mean along it."""
    return sp.Derivative(loss, *wrt) / 2


minor = (curvature(w, w) - (lam + sigma**2)) * (curvature(b, b) - 1) - curvature(w, b) ** 2
ODE_MINOR = Ode(measure=measured.coupling_minor, box=MEAN)

CLAIMS = (
    Claim(
        id="wp.4.2.coupling.block",
        says=COUPLING,
        reading=(
            "in any dimension, b enters the gradient in W as the matrix of rank one 2 b mu^T, and W the one in b as "
            "2 W mu"
        ),
        where="section 4.2",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(mixed(W, regression.b), 2 * regression.b * regression.mu.T, regression.DATA),
                MatrixIdentity(mixed(regression.b, W), 2 * W * regression.mu, regression.DATA),
            )
        ),
        domain=domain_of((sigma,)),
        assumes=ASSUMES,
        derived_in="regression: gradient in W",
        checks=(*EXACT, Matrices(scene=training_scenes.coupling, formula=parts_of)),
    ),
    Claim(
        id="wp.4.2.coupling.diagonal",
        says=COUPLING,
        reading=(
            "acting on [W b], half the curvature of the loss is the covariance S of the input [x; 1], which leaves b "
            "alone, plus the matrix of rank one v v^T, v = [mu; 1]"
        ),
        where="section 4.2",
        source="as printed",
        relation=MatrixIdentity(
            Grad(stacked_loss, Theta) - Grad(stacked_loss, Theta, sp.ZeroMatrix(d, k)),
            2 * Theta * (S + mean_X * mean_X.T),
            STACKED,
        ),
        domain=domain_of(()),
        assumes=ASSUMES,
        derived_in="joint regression: gradient in W",
        checks=(*EXACT, Matrices(scene=training_scenes.dynamics)),
    ),
    Claim(
        id="wp.4.2.coupling.centred",
        says=COUPLING,
        reading=(
            "half the curvature of the loss differs by a matrix of rank one from that of centred data, diag(sigma^2 "
            "+ lam_k, 1): its minor in (w_k, b) vanishes"
        ),
        where="section 4.2",
        source="as printed",
        relation=Identity(minor, sp.S.Zero),
        domain=domain_of((lam, sigma, mu, w, b)).where(sp.Ne(mu, 0)),
        assumes=(*ASSUMES, "the mean is along u_k"),
        checks=(*EXACT, ODE_MINOR),
        corrected_by="our.mean.rank_two",
        formula=False,
    ),
)
