"""Section 4 set-up and section 4.1: a linear denoiser is a ridge regression that sees two moments of the data."""

import sympy as sp

from numerics import joint_scenes, scenes
from theory import joint
from theory import regression as re
from theory.domain import domain_of
from theory.matrices import Expect, Grad, Inv, Orthogonal, norm2
from theory.relation import Both, MatrixIdentity, Stationary
from theory.symbols import symbols
from verify.checks.matrices import Matrices, parts_of, point_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT

d, sigma, sigma1, sigma2, w_sigma1, w_sigma2 = symbols("d sigma sigma1 sigma2 w_sigma1 w_sigma2")
a_X, s_X, a_Y, s_Y = symbols("a_X s_X a_Y s_Y")
W, b, mu, Sigma, x0, z, unit, M = re.W, re.b, re.mu, re.Sigma, re.x0, re.z, re.unit, re.M
W1, W2 = (sp.MatrixSymbol(name, d, d) for name in ("W1", "W2"))
b1, b2 = (sp.MatrixSymbol(name, d, 1) for name in ("b1", "b2"))

LINEAR = "D(x; sigma) = W_sigma x + b_sigma"
DECOUPLED = "Since the parameters W_sigma, b_sigma are decoupled across noise scales, each sigma can be analysed independently."
UMBRELLA = "this umbrella form captures linear residual nets, deep linear nets, and linear convolutional nets"
EQUIVALENCE = 'L(W, b) = E_{p(X,Y)} |W X + b - Y|^2 "depends on p only through the first two moments of (X, Y)"'
DENOISER = 'a linear denoiser "interacts with the data solely via its mean mu and covariance Sigma"'
INDEPENDENT = "linear (affine) and independent across scales"


def loss_at(sigma: sp.Symbol, W: sp.MatrixSymbol, b: sp.MatrixSymbol) -> sp.Expr:
    """Return the loss of the denoiser at one noise level."""
    return re.loss.xreplace({re.sigma: sigma, re.W: W, re.b: b})


def printed_gradient_b(W: sp.MatrixExpr, b: sp.MatrixExpr) -> sp.MatrixExpr:
    """Return the gradient in b as printed in (5)."""
    return 2 * (b - (unit - W) * mu)


def printed_gradient_W(W: sp.MatrixExpr, b: sp.MatrixExpr, sigma: sp.Symbol) -> sp.MatrixExpr:
    """Return the gradient in W as printed in (5)."""
    return -2 * Sigma + 2 * W * (Sigma + sigma**2 * unit) + printed_gradient_b(W, b) * mu.T


W_printed = Sigma * Inv(Sigma + sigma**2 * unit)
b_printed = (unit - W_printed) * mu
TOTAL = w_sigma1 * loss_at(sigma1, W1, b1) + w_sigma2 * loss_at(sigma2, W2, b2)
X, Y = a_X * x0 + s_X * z, a_Y * x0 + s_Y * z
VARIANT = Expect(norm2(W * X + b - Y))
VARIANT_b = 2 * (W * (a_X * mu) + b - a_Y * mu)
VARIANT_W = 2 * (W * (a_X**2 * Sigma + s_X**2 * unit) - (a_X * a_Y * Sigma + s_X * s_Y * unit)) + VARIANT_b * (a_X * mu).T
U = sp.MatrixSymbol("U", d, d)
turned = U * Sigma * U.T

CLAIMS = (
    Claim(
        id="wp.4.0.linear",
        says=LINEAR,
        reading="definition; judged: the Bayes denoiser (3) of Gaussian data is of this form at every sigma, with W = (Sigma + sigma^2 I)^-1 Sigma and b = mu - W mu",
        where="eq. (4)",
        source="as printed",
        relation=MatrixIdentity(
            mu + Inv(M) * Sigma * (re.point - mu), Inv(M) * Sigma * re.point + (mu - Inv(M) * Sigma * mu), (re.PSD,)
        ),
        domain=re.NOISE,
        assumes=(INDEPENDENT,),
        checks=(*EXACT, Matrices(scene=scenes.denoised)),
    ),
    Claim(
        id="wp.4.0.decoupled",
        says=DECOUPLED,
        reading="the gradient of the sum of w(sigma) L_sigma over two noise levels in the parameters of one is w(sigma) times the gradient of its own loss: independent of the other's parameters, with w(sigma) as a factor of the learning rate",
        where="sec. 4",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(Grad(TOTAL, W1), w_sigma1 * printed_gradient_W(W1, b1, sigma1), re.DATA),
                MatrixIdentity(Grad(TOTAL, b1), w_sigma1 * printed_gradient_b(W1, b1), re.DATA),
            )
        ),
        domain=domain_of((sigma1, sigma2, w_sigma1, w_sigma2)),
        assumes=(INDEPENDENT,),
        checks=(*EXACT, Matrices(scene=scenes.two_levels, formula=parts_of)),
    ),
    Claim(
        id="wp.4.0.umbrella",
        says=UMBRELLA,
        reading="a residual layer, two layers in sequence and a filter of three taps (S the cyclic shift) are affine maps, with these end-to-end W and b; more layers and taps by repetition",
        where="sec. 4",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(re.point + (W1 * re.point + b1), (unit + W1) * re.point + b1),
                MatrixIdentity(W2 * (W1 * re.point + b1) + b2, (W2 * W1) * re.point + (W2 * b1 + b2)),
                MatrixIdentity(
                    a_X * U.T * re.point + s_X * re.point + a_Y * U * re.point + b1,
                    (a_X * U.T + s_X * unit + a_Y * U) * re.point + b1,
                    (Orthogonal(U),),
                ),
            )
        ),
        domain=domain_of((a_X, s_X, a_Y)),
        checks=EXACT,
    ),
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
        relation=MatrixIdentity(re.loss, re.moment_loss, re.DATA),
        domain=re.NOISE,
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
                    Expect((x0 + sigma * z - mu) * (x0 + sigma * z - mu).T), Sigma + sigma**2 * unit, re.DATA
                ),
                MatrixIdentity(Expect((x0 - mu) * (x0 + sigma * z - mu).T), Sigma, re.DATA),
            )
        ),
        domain=re.NOISE,
        assumes=("EDM loss (2)",),
        checks=(*EXACT, Matrices(scene=scenes.noised_moments, formula=parts_of)),
    ),
    Claim(
        id="wp.4.1.grad",
        says="grad_W L = -2 Sigma + 2 W (Sigma + sigma^2 I) + grad_b L mu^T, grad_b L = 2 (b - (I - W) mu)",
        where="eq. (5)",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(Grad(re.loss, W), printed_gradient_W(W, b, sigma), re.DATA),
                MatrixIdentity(Grad(re.loss, b), printed_gradient_b(W, b), re.DATA),
            )
        ),
        domain=re.NOISE,
        derived_in="regression: gradient in b",
        checks=(*EXACT, Matrices(scene=scenes.gradients, formula=parts_of)),
    ),
    Claim(
        id="wp.4.1.opt",
        says="W* = Sigma (Sigma + sigma^2 I)^-1, b* = (I - W*) mu",
        reading="both gradients vanish there; the loss is convex (wp.C.3.square), so it is the minimum",
        where="eq. (6)",
        source="as printed",
        relation=Stationary(scalar=re.loss, letters=(W, b), at=sp.Tuple(W_printed, b_printed), given=re.DATA),
        domain=re.NOISE,
        derived_in="regression: optimal weights",
        checks=(*EXACT, Matrices(scene=scenes.minimiser, formula=point_of)),
    ),
    Claim(
        id="wp.4.1.minloss.value",
        says="min L_sigma = sigma^2 Tr[Sigma (Sigma + sigma^2 I)^-1]",
        where="below eq. (6)",
        source="as printed",
        relation=MatrixIdentity(
            re.loss.xreplace({W: W_printed, b: b_printed}),
            sigma**2 * sp.Trace(Sigma * Inv(Sigma + sigma**2 * unit)),
            re.DATA,
        ),
        domain=re.NOISE,
        derived_in="regression: completed square",
        checks=(*EXACT, Matrices(scene=scenes.least_loss)),
    ),
    Claim(
        id="wp.4.1.minloss.spectrum",
        says="its best achievable loss is set purely by the data spectrum",
        reading="at a given sigma it does not change when the data are rotated, Sigma -> U Sigma U^T, and it does not contain the mean",
        where="below eq. (6)",
        source="as printed",
        relation=MatrixIdentity(
            sigma**2 * sp.Trace(turned * Inv(turned + sigma**2 * unit)),
            sigma**2 * sp.Trace(Sigma * Inv(Sigma + sigma**2 * unit)),
            (re.PSD, Orthogonal(U)),
        ),
        domain=re.NOISE,
        checks=(*EXACT, Matrices(scene=scenes.least_loss_turned)),
    ),
    Claim(
        id="wp.4.1.same3",
        says="the optimal linear denoiser reproduces the denoiser for the Gaussian approximation of data (3)",
        reading="W* x + b* of (6) equals mu + (Sigma + sigma^2 I)^-1 Sigma (x - mu) for every x, although the factors stand in the other order",
        where="sec. 4.1",
        source="as printed",
        relation=MatrixIdentity(
            W_printed * re.point + b_printed, mu + Inv(Sigma + sigma**2 * unit) * Sigma * (re.point - mu), (re.PSD,)
        ),
        domain=re.NOISE,
        checks=(*EXACT, Matrices(scene=scenes.denoised)),
    ),
    Claim(
        id="wp.4.1.others",
        says="we have worked out the gradients, optima, and learning dynamics for several popular variants used in diffusion and flow-matching literature",
        reading="for every input X = a_X x0 + s_X z and target Y = a_Y x0 + s_Y z the gradients are those of Lemma C.1 with Sigma_XX = a_X^2 Sigma + s_X^2 I and Sigma_YX = a_X a_Y Sigma + s_X s_Y I; the variants themselves are claims of app. C.4",
        where="sec. 4.1",
        source="as printed",
        relation=Both(
            (MatrixIdentity(Grad(VARIANT, W), VARIANT_W, re.DATA), MatrixIdentity(Grad(VARIANT, b), VARIANT_b, re.DATA))
        ),
        domain=domain_of((a_X, s_X, a_Y, s_Y)),
        checks=(*EXACT, Matrices(scene=scenes.variant, formula=parts_of)),
    ),
    Claim(
        id="wp.4.1.ridge",
        says='L_sigma = E_{x~p_0} |W x + b - x|^2 + sigma^2 |W|_F^2: "auto-encoding with ridge regularisation of strength sigma^2"',
        where="sec. 4.1",
        source="as printed",
        relation=MatrixIdentity(re.loss, Expect(norm2(W * x0 + b - x0)) + sigma**2 * norm2(W), re.DATA),
        domain=re.NOISE,
        assumes=("full batch",),
        derived_in="regression: ridge form",
        checks=(*EXACT, Matrices(scene=scenes.loss_value)),
    ),
)
