"""Section 4, set-up: the linear denoiser, its noise levels, and the networks it stands for."""

import sympy as sp

from numerics import scenes
from numerics.scenes import moments as moment_scenes
from theory import regression
from theory.domain import domain_of
from theory.matrices import Grad, Inv, Orthogonal
from theory.relation import Both, MatrixIdentity
from theory.symbols import symbols
from verify.checks.matrices import Matrices, parts_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.section_4_1 import printed_gradient_b, printed_gradient_W

d, sigma, sigma1, sigma2, w_sigma1, w_sigma2 = symbols("d sigma sigma1 sigma2 w_sigma1 w_sigma2")
a_X, s_X, a_Y = symbols("a_X s_X a_Y")
W, b, mu, Sigma, unit, M = regression.W, regression.b, regression.mu, regression.Sigma, regression.unit, regression.M
W1, W2 = (sp.MatrixSymbol(name, d, d) for name in ("W1", "W2"))
b1, b2 = (sp.MatrixSymbol(name, d, 1) for name in ("b1", "b2"))

LINEAR = "D(x; sigma) = W_sigma x + b_sigma"
DECOUPLED = (
    "Since the parameters W_sigma, b_sigma are decoupled across noise scales, each sigma can be analysed independently."
)
UMBRELLA = "this umbrella form captures linear residual nets, deep linear nets, and linear convolutional nets"
INDEPENDENT = "linear (affine) and independent across scales"


def loss_at(sigma: sp.Symbol, W: sp.MatrixSymbol, b: sp.MatrixSymbol) -> sp.Expr:
    """Return the loss of the denoiser at one noise level."""
    return regression.loss.xreplace({regression.sigma: sigma, regression.W: W, regression.b: b})


TOTAL = w_sigma1 * loss_at(sigma1, W1, b1) + w_sigma2 * loss_at(sigma2, W2, b2)
U = sp.MatrixSymbol("U", d, d)

CLAIMS = (
    Claim(
        id="wp.4.0.linear",
        says=LINEAR,
        reading="definition; judged: the Bayes denoiser (3) of Gaussian data is of this form at every sigma, with W = (Sigma + sigma^2 I)^-1 Sigma and b = mu - W mu",
        where="eq. (4)",
        source="as printed",
        relation=MatrixIdentity(
            mu + Inv(M) * Sigma * (regression.point - mu),
            Inv(M) * Sigma * regression.point + (mu - Inv(M) * Sigma * mu),
            (regression.PSD,),
        ),
        domain=regression.NOISE,
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
                MatrixIdentity(Grad(TOTAL, W1), w_sigma1 * printed_gradient_W(W1, b1, sigma1), regression.DATA),
                MatrixIdentity(Grad(TOTAL, b1), w_sigma1 * printed_gradient_b(W1, b1), regression.DATA),
            )
        ),
        domain=domain_of((sigma1, sigma2, w_sigma1, w_sigma2)),
        assumes=(INDEPENDENT,),
        checks=(*EXACT, Matrices(scene=moment_scenes.two_levels, formula=parts_of)),
    ),
    Claim(
        id="wp.4.0.umbrella",
        says=UMBRELLA,
        reading="a residual layer, two layers in sequence and a filter of three taps (S the cyclic shift) are affine maps, with these end-to-end W and b; more layers and taps by repetition",
        where="sec. 4",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(regression.point + (W1 * regression.point + b1), (unit + W1) * regression.point + b1),
                MatrixIdentity(W2 * (W1 * regression.point + b1) + b2, (W2 * W1) * regression.point + (W2 * b1 + b2)),
                MatrixIdentity(
                    a_X * U.T * regression.point + s_X * regression.point + a_Y * U * regression.point + b1,
                    (a_X * U.T + s_X * unit + a_Y * U) * regression.point + b1,
                    (Orthogonal(U),),
                ),
            )
        ),
        domain=domain_of((a_X, s_X, a_Y)),
        checks=EXACT,
    ),
)
