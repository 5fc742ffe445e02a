"""Section 4.1: a linear denoiser is a ridge regression that sees two moments of the data."""

import sympy as sp

from numerics import scenes
from numerics.scenes import joint as joint_scenes
from numerics.scenes import moments as moment_scenes
from theory import joint, regression
from theory.domain import domain_of
from theory.matrices import Expect, Grad, Inv, Orthogonal, norm2
from theory.relation import Both, MatrixIdentity, Stationary
from theory.symbols import symbols
from verify.checks.matrices import Matrices, parts_of, point_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT

d, sigma = symbols("d sigma")
a_X, s_X, a_Y, s_Y = symbols("a_X s_X a_Y s_Y")
W, b, mu, Sigma, x0, z, unit = (
    regression.W,
    regression.b,
    regression.mu,
    regression.Sigma,
    regression.x0,
    regression.z,
    regression.unit,
)

EQUIVALENCE = 'L(W, b) = E_{p(X,Y)} |W X + b - Y|^2 "depends on p only through the first two moments of (X, Y)"'
DENOISER = 'a linear denoiser "interacts with the data solely via its mean mu and covariance Sigma"'


def printed_gradient_b(W: sp.MatrixExpr, b: sp.MatrixExpr) -> sp.MatrixExpr:
    """Return the gradient in b as printed in (5)."""
    return 2 * (b - (unit - W) * mu)


def printed_gradient_W(W: sp.MatrixExpr, b: sp.MatrixExpr, sigma: sp.Symbol) -> sp.MatrixExpr:
    """Return the gradient in W as printed in (5)."""
    return -2 * Sigma + 2 * W * (Sigma + sigma**2 * unit) + printed_gradient_b(W, b) * mu.T


W_printed = Sigma * Inv(Sigma + sigma**2 * unit)
b_printed = (unit - W_printed) * mu
X, Y = a_X * x0 + s_X * z, a_Y * x0 + s_Y * z
VARIANT = Expect(norm2(W * X + b - Y))
VARIANT_b = 2 * (W * (a_X * mu) + b - a_Y * mu)
VARIANT_W = (
    2 * (W * (a_X**2 * Sigma + s_X**2 * unit) - (a_X * a_Y * Sigma + s_X * s_Y * unit)) + VARIANT_b * (a_X * mu).T
)
U = sp.MatrixSymbol("U", d, d)
turned_loss = Expect(norm2(W * (U * x0 + sigma * z) + b - U * x0))

CLAIMS = (
    Claim(
        id="wp.4.1.gausseq.regression",
        says=EQUIVALENCE,
        reading="for every joint law with these means and covariances the loss is |W mu_X + b - mu_Y|^2 + Tr W Sigma_XX W^T - 2 Tr W Sigma_YX^T + Tr Sigma_YY",
        where="sec. 4.1",
        source="as printed",
        relation=MatrixIdentity(joint.loss, joint.moment_loss, joint.LAW),
        domain=joint.ANYWHERE,
        assumes=("any joint distribution",),
        derived_in="joint regression: two moments",
        checks=(*EXACT, Matrices(scene=joint_scenes.loss_value)),
    ),
    Claim(
        id="wp.4.1.gausseq.denoiser",
        says=DENOISER,
        reading="for every law of the data with mean mu and covariance Sigma, Gaussian or not, the loss is |b - (I - W) mu|^2 + Tr (W - I) Sigma (W - I)^T + sigma^2 |W|^2",
        where="sec. 4.1",
        source="as printed",
        relation=MatrixIdentity(regression.loss, regression.moment_loss, regression.DATA),
        domain=regression.NOISE,
        assumes=("any distribution of the data",),
        derived_in="regression: two moments",
        checks=(*EXACT, Matrices(scene=scenes.loss_value)),
    ),
    Claim(
        id="wp.4.1.moments",
        says="X = x0 + sigma z, Y = x0: Sigma_XX = Sigma + sigma^2 I, Sigma_YX = Sigma",
        where="sec. 4.1",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(
                    Expect((x0 + sigma * z - mu) * (x0 + sigma * z - mu).T), Sigma + sigma**2 * unit, regression.DATA
                ),
                MatrixIdentity(Expect((x0 - mu) * (x0 + sigma * z - mu).T), Sigma, regression.DATA),
            )
        ),
        domain=regression.NOISE,
        assumes=("EDM loss (2)",),
        checks=(*EXACT, Matrices(scene=moment_scenes.noised_moments, formula=parts_of)),
    ),
    Claim(
        id="wp.4.1.grad",
        says="grad_W L = -2 Sigma + 2 W (Sigma + sigma^2 I) + grad_b L mu^T, grad_b L = 2 (b - (I - W) mu)",
        where="eq. (5)",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(Grad(regression.loss, W), printed_gradient_W(W, b, sigma), regression.DATA),
                MatrixIdentity(Grad(regression.loss, b), printed_gradient_b(W, b), regression.DATA),
            )
        ),
        domain=regression.NOISE,
        derived_in="regression: gradient in b",
        checks=(*EXACT, Matrices(scene=scenes.gradients, formula=parts_of)),
    ),
    Claim(
        id="wp.4.1.opt",
        says="W* = Sigma (Sigma + sigma^2 I)^-1, b* = (I - W*) mu",
        reading="both gradients vanish there; the loss is convex (wp.C.3.square), so it is the minimum",
        where="eq. (6)",
        source="as printed",
        relation=Stationary(
            scalar=regression.loss, letters=(W, b), at=sp.Tuple(W_printed, b_printed), given=regression.DATA
        ),
        domain=regression.NOISE,
        derived_in="regression: optimal weights",
        checks=(*EXACT, Matrices(scene=scenes.minimiser, formula=point_of)),
    ),
    Claim(
        id="wp.4.1.minloss.value",
        says="min L_sigma = sigma^2 Tr[Sigma (Sigma + sigma^2 I)^-1]",
        where="below eq. (6)",
        source="as printed",
        relation=MatrixIdentity(
            regression.loss.xreplace({W: W_printed, b: b_printed}),
            sigma**2 * sp.Trace(Sigma * Inv(Sigma + sigma**2 * unit)),
            regression.DATA,
        ),
        domain=regression.NOISE,
        derived_in="regression: completed square",
        checks=(*EXACT, Matrices(scene=scenes.least_loss)),
    ),
    Claim(
        id="wp.4.1.minloss.spectrum",
        says="its best achievable loss is set purely by the data spectrum",
        reading="at a given sigma: for data turned by any orthogonal U the optimum is U W* U^T, U b*, and the loss there is the same sum over the spectrum of Sigma, without the mean",
        where="below eq. (6)",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(
                    turned_loss.xreplace({W: U * W_printed * U.T, b: U * b_printed}),
                    sigma**2 * sp.Trace(Sigma * Inv(Sigma + sigma**2 * unit)),
                    (*regression.DATA, Orthogonal(U)),
                ),
                Stationary(
                    scalar=turned_loss,
                    letters=(W, b),
                    at=sp.Tuple(U * W_printed * U.T, U * b_printed),
                    given=(*regression.DATA, Orthogonal(U)),
                ),
            )
        ),
        domain=regression.NOISE,
        checks=(*EXACT, Matrices(scene=scenes.least_loss_turned)),
    ),
    Claim(
        id="wp.4.1.same3",
        says="the optimal linear denoiser reproduces the denoiser for the Gaussian approximation of data (3)",
        reading="W* x + b* of (6) equals mu + (Sigma + sigma^2 I)^-1 Sigma (x - mu) for every x, although the factors stand in the other order",
        where="sec. 4.1",
        source="as printed",
        relation=MatrixIdentity(
            W_printed * regression.point + b_printed,
            mu + Inv(Sigma + sigma**2 * unit) * Sigma * (regression.point - mu),
            (regression.PSD,),
        ),
        domain=regression.NOISE,
        checks=(*EXACT, Matrices(scene=scenes.denoised)),
    ),
    Claim(
        id="wp.4.1.others",
        says="we have worked out the gradients, optima, and learning dynamics for several popular variants used in diffusion and flow-matching literature",
        reading="for every input X = a_X x0 + s_X z and target Y = a_Y x0 + s_Y z the gradients are those of Lemma C.1 with Sigma_XX = a_X^2 Sigma + s_X^2 I and Sigma_YX = a_X a_Y Sigma + s_X s_Y I; the variants themselves are claims of app. C.4",
        where="sec. 4.1",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(Grad(VARIANT, W), VARIANT_W, regression.DATA),
                MatrixIdentity(Grad(VARIANT, b), VARIANT_b, regression.DATA),
            )
        ),
        domain=domain_of((a_X, s_X, a_Y, s_Y)),
        checks=(*EXACT, Matrices(scene=moment_scenes.variant, formula=parts_of)),
    ),
    Claim(
        id="wp.4.1.ridge",
        says='L_sigma = E_{x~p_0} |W x + b - x|^2 + sigma^2 |W|_F^2: "auto-encoding with ridge regularisation of strength sigma^2"',
        where="sec. 4.1",
        source="as printed",
        relation=MatrixIdentity(regression.loss, Expect(norm2(W * x0 + b - x0)) + sigma**2 * norm2(W), regression.DATA),
        domain=regression.NOISE,
        assumes=("full batch",),
        derived_in="regression: ridge form",
        checks=(*EXACT, Matrices(scene=scenes.loss_value)),
    ),
)
