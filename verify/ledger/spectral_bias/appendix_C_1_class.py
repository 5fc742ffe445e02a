"""Appendix C.1: the losses of all variants are regressions of this class."""

import sympy as sp

from numerics.scenes import joint as joint_scenes
from numerics.scenes import moments as moment_scenes
from theory import joint, regression
from theory.domain import domain_of
from theory.matrices import Covariance, Expect, Independent, Moments, norm2
from theory.relation import Both, MatrixIdentity
from theory.symbols import symbols
from verify.checks.matrices import Matrices, parts_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT

d, e = symbols("d e")


CLASS = "For all the loss variant, with linear denoiser, the loss is of this class."

a_X, s_X, a_Y, s_Y, sigma, c_skip, c_out, c_in = symbols("a_X s_X a_Y s_Y sigma c_skip c_out c_in")
X, Y, noisy = (
    a_X * regression.x0 + s_X * regression.z,
    a_Y * regression.x0 + s_Y * regression.z,
    regression.x0 + sigma * regression.z,
)
MIXED = domain_of((a_X, s_X, a_Y, s_Y))
DEPENDENT = (*regression.DATA[:3], Covariance(regression.x0, regression.z, sp.MatrixSymbol("K", d, d)))

# two random vectors and four maps of them
p, mu_p = sp.MatrixSymbol("x", d, 1), sp.MatrixSymbol("mu_x", d, 1)
q, mu_q = sp.MatrixSymbol("y", e, 1), sp.MatrixSymbol("mu_y", e, 1)
Sigma_p, Sigma_q = sp.MatrixSymbol("Sigma_x", d, d), sp.MatrixSymbol("Sigma_y", e, e)
A, C = (sp.MatrixSymbol(name, d, d) for name in "AC")
B, D = (sp.MatrixSymbol(name, d, e) for name in "BD")
PAIR = (Moments(p, mu_p, Sigma_p), Moments(q, mu_q, Sigma_q))


CLAIMS = (
    Claim(
        id="wp.C.1.class.variants",
        says=CLASS,
        reading="the loss of every input X = a_X x0 + s_X z and target Y = a_Y x0 + s_Y z is E|W X + b - Y|^2, written in the moments of (X, Y)",
        where="Remark C.2",
        source="as printed",
        relation=MatrixIdentity(
            Expect(norm2(regression.W * X + regression.b - Y)),
            norm2(regression.W * (a_X * regression.mu) + regression.b - a_Y * regression.mu)
            + sp.Trace(regression.W * (a_X**2 * regression.Sigma + s_X**2 * regression.unit) * regression.W.T)
            - 2 * sp.Trace(regression.W * (a_X * a_Y * regression.Sigma + s_X * s_Y * regression.unit).T)
            + sp.Trace(a_Y**2 * regression.Sigma + s_Y**2 * regression.unit),
            regression.DATA,
        ),
        domain=MIXED,
        assumes=("the losses of app. C.4",),
        checks=(*EXACT, Matrices(scene=moment_scenes.variant_loss)),
    ),
    Claim(
        id="wp.C.1.class.preconditioned",
        says=CLASS,
        reading="a preconditioned denoiser c_skip x + c_out (W c_in x + b), c_out not 0, has c_out^2 times the loss of the regression of (x0 - c_skip x)/c_out on c_in x",
        where="Remark C.2",
        source="as printed",
        relation=MatrixIdentity(
            Expect(norm2(c_skip * noisy + c_out * (regression.W * (c_in * noisy) + regression.b) - regression.x0)),
            c_out**2
            * Expect(norm2(regression.W * (c_in * noisy) + regression.b - (regression.x0 - c_skip * noisy) / c_out)),
            regression.DATA,
        ),
        domain=domain_of((sigma, c_skip, c_in, c_out)).where(sp.Ne(c_out, 0)),
        assumes=("the losses of app. C.4",),
        checks=(*EXACT, Matrices(scene=moment_scenes.preconditioned_loss)),
    ),
    Claim(
        id="wp.C.1.cov",
        says="Cov(A x + B y, C x + D y) = A Sigma_x C^T + B Sigma_y D^T",
        where="Lemma C.3",
        source="reconstructed",
        relation=MatrixIdentity(
            Expect((A * p + B * q - (A * mu_p + B * mu_q)) * (C * p + D * q - (C * mu_p + D * mu_q)).T),
            A * Sigma_p * C.T + B * Sigma_q * D.T,
            (*PAIR, Independent(p, q)),
        ),
        domain=joint.ANYWHERE,
        assumes=("two independent random variable",),
        checks=(*EXACT, Matrices(scene=joint_scenes.mixed_covariance)),
        slips=(
            MatrixIdentity(
                Expect((A * p + B * q - (A * mu_p + B * mu_q)) * (C * p + D * q - (C * mu_p + D * mu_q)).T),
                A * Sigma_p * C.T + B * Sigma_q * D.T,
                (*PAIR, Covariance(p, q, sp.MatrixSymbol("K", d, e))),
            ),
        ),
    ),
    Claim(
        id="wp.C.1.indep",
        says="the clean image samples and the noise patterns are designed to be sampled independently. Thus we can use [14] to calculate the covariance of input and outputs.",
        reading="independence of x0 and z gives Cov(X, X) = a_X^2 Sigma + s_X^2 I and Cov(Y, X) = a_X a_Y Sigma + s_X s_Y I for the inputs and targets of all variants",
        where="Remark C.4",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(
                    Expect((X - a_X * regression.mu) * (X - a_X * regression.mu).T),
                    a_X**2 * regression.Sigma + s_X**2 * regression.unit,
                    regression.DATA,
                ),
                MatrixIdentity(
                    Expect((Y - a_Y * regression.mu) * (X - a_X * regression.mu).T),
                    a_X * a_Y * regression.Sigma + s_X * s_Y * regression.unit,
                    regression.DATA,
                ),
            )
        ),
        domain=MIXED,
        checks=(*EXACT, Matrices(scene=moment_scenes.variant_moments, formula=parts_of)),
        slips=(
            MatrixIdentity(
                Expect((X - a_X * regression.mu) * (X - a_X * regression.mu).T),
                a_X**2 * regression.Sigma + s_X**2 * regression.unit,
                DEPENDENT,
            ),
        ),
    ),
)
