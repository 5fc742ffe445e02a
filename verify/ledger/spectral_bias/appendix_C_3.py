"""Appendix C.3: the denoising score matching loss of a linear denoiser, expanded, averaged and completed."""

import sympy as sp

from numerics import scenes
from numerics.scenes import moments as moment_scenes
from theory import regression
from theory.domain import domain_of
from theory.matrices import Covariance, Expect, Flow, Grad, Inv, Rate, norm2
from theory.relation import Both, MatrixIdentity, Stationary
from theory.symbols import symbols
from verify.checks.matrices import Matrices, parts_of, point_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT

d, sigma, eta, tau = symbols("d sigma eta tau")
W, b, mu, Sigma, x0, z, unit, DATA = (
    regression.W,
    regression.b,
    regression.mu,
    regression.Sigma,
    regression.x0,
    regression.z,
    regression.unit,
    regression.DATA,
)
zero, none = sp.ZeroMatrix(d, 1), sp.ZeroMatrix(d, d)
UNCORRELATED = (*DATA[:3], Covariance(x0, z, none))
FLOW = (*DATA, Flow(W, tau, -eta * Grad(regression.loss, W)), Flow(b, tau, -eta * Grad(regression.loss, b)))
FULL_BATCH = ("full batch",)

gradient_b = 2 * (b - (unit - W) * mu)
gradient_W = -2 * Sigma + 2 * W * (Sigma + sigma**2 * unit) + gradient_b * mu.T
W_opt = Sigma * Inv(Sigma + sigma**2 * unit)
b_opt = (unit - W_opt) * mu
expanded = (
    sp.Trace(x0.T * (W - unit).T * (W - unit) * x0)
    + sigma**2 * sp.Trace(z.T * W.T * W * z)
    + sp.Trace(b.T * b)
    + 2 * sigma * sp.Trace(x0.T * (W - unit).T * W * z)
    + 2 * sp.Trace(b.T * (W - unit) * x0)
    + 2 * sigma * sp.Trace(b.T * W * z)
)


def gradients(given: tuple[object, ...]) -> Both:
    """Return that both gradients of the loss are the printed ones under what is given."""
    in_W = MatrixIdentity(Grad(regression.loss, W), gradient_W, given)
    return Both((in_W, MatrixIdentity(Grad(regression.loss, b), gradient_b, given)))


CLAIMS = (
    Claim(
        id="wp.C.3.expand",
        says="|(W - I) x0 + sigma W z + b|^2 = x0^T (W-I)^T (W-I) x0 + sigma^2 z^T W^T W z + b^T b + 2 sigma x0^T (W-I)^T W z + 2 b^T (W-I) x0 + 2 sigma b^T W z",
        where="eqs. [16]-[24]",
        source="reconstructed",
        relation=MatrixIdentity(norm2((W - unit) * x0 + sigma * W * z + b), expanded),
        domain=regression.NOISE,
        assumes=("linear denoiser", "fixed sigma"),
        checks=(*EXACT, Matrices(scene=scenes.sample_loss)),
    ),
    Claim(
        id="wp.C.3.moments",
        says="E x0 = mu, E x0 x0^T = Sigma + mu mu^T, E z = 0, E z z^T = I, E x0 z^T = 0",
        where="eqs. [25]-[29]",
        source="reconstructed",
        relation=Both(
            (
                MatrixIdentity(Expect(x0 * x0.T), Sigma + mu * mu.T, DATA),
                MatrixIdentity(Expect(x0), mu, DATA),
                MatrixIdentity(Expect(z), zero, DATA),
                MatrixIdentity(Expect(z * z.T), unit, DATA),
                MatrixIdentity(Expect(x0 * z.T), none, DATA),
            )
        ),
        domain=regression.NOISE,
        assumes=("full batch", "independence"),
        checks=(*EXACT, Matrices(scene=moment_scenes.second_moment)),
        slips=(MatrixIdentity(Expect(x0 * z.T), mu * mu.T, DATA), MatrixIdentity(Expect(z), mu, DATA)),
    ),
    Claim(
        id="wp.C.3.gauss",
        says="the data do not need to be Gaussian, as long as the expectations or the first two moments are as computed above, the results should be the same",
        reading="both gradients are as in [36], [37] for every law of (x0, z) with these moments, x0 and z uncorrelated but not necessarily independent",
        where="after [29]",
        source="as printed",
        relation=gradients(UNCORRELATED),
        domain=regression.NOISE,
        assumes=("linear function approximator",),
        checks=(*EXACT, Matrices(scene=scenes.gradients, formula=parts_of)),
    ),
    Claim(
        id="wp.C.3.full",
        says="L = Tr[(W-I)^T (W-I) (Sigma + mu mu^T)] + sigma^2 Tr W^T W + b^T b + 2 b^T (W-I) mu",
        where="eqs. [30], [31]",
        source="reconstructed",
        relation=MatrixIdentity(
            regression.loss,
            sp.Trace((W - unit).T * (W - unit) * (Sigma + mu * mu.T))
            + sigma**2 * sp.Trace(W.T * W)
            + sp.Trace(b.T * b)
            + 2 * sp.Trace(b.T * (W - unit) * mu),
            DATA,
        ),
        domain=regression.NOISE,
        assumes=FULL_BATCH,
        derived_in="regression: two moments",
        checks=(*EXACT, Matrices(scene=scenes.loss_value)),
    ),
    Claim(
        id="wp.C.3.square",
        says="L = |b - (I-W) mu|^2 + Tr[(W - W*)(Sigma + sigma^2 I)(W - W*)^T] + sigma^2 Tr[Sigma (Sigma + sigma^2 I)^-1]",
        where="eqs. [32]-[35]",
        source="reconstructed",
        relation=MatrixIdentity(
            regression.loss,
            norm2(b - (unit - W) * mu)
            + sp.Trace((W - W_opt) * (Sigma + sigma**2 * unit) * (W - W_opt).T)
            + sigma**2 * sp.Trace(Sigma * Inv(Sigma + sigma**2 * unit)),
            DATA,
        ),
        domain=regression.NOISE,
        assumes=FULL_BATCH,
        derived_in="regression: completed square",
        checks=(*EXACT, Matrices(scene=scenes.loss_value)),
    ),
    Claim(
        id="wp.C.3.grad",
        says="grad_W L = -2 Sigma + 2 W (Sigma + sigma^2 I) + grad_b L mu^T, grad_b L = 2 (b - (I-W) mu)",
        where="eqs. [36], [37]",
        source="reconstructed",
        relation=gradients(DATA),
        domain=regression.NOISE,
        assumes=FULL_BATCH,
        derived_in="regression: gradient in b",
        checks=(*EXACT, Matrices(scene=scenes.gradients, formula=parts_of)),
    ),
    Claim(
        id="wp.C.3.opt.value",
        says="W* = Sigma (Sigma + sigma^2 I)^-1, b* = (I - W*) mu",
        reading="both gradients vanish there",
        where="eqs. [38], [39]",
        source="reconstructed",
        relation=Stationary(scalar=regression.loss, letters=(W, b), at=sp.Tuple(W_opt, b_opt), given=DATA),
        domain=regression.NOISE,
        assumes=FULL_BATCH,
        derived_in="regression: optimal weights",
        checks=(*EXACT, Matrices(scene=scenes.minimiser, formula=point_of)),
    ),
    Claim(
        id="wp.C.3.opt.recovers",
        says='"which recovers the Gaussian denoiser"',
        reading="W* x + b* = mu + (Sigma + sigma^2 I)^-1 Sigma (x - mu) for every x",
        where="after [39]",
        source="as printed",
        relation=MatrixIdentity(
            mu + Inv(Sigma + sigma**2 * unit) * Sigma * (regression.point - mu),
            W_opt * regression.point + b_opt,
            (regression.PSD,),
        ),
        domain=regression.NOISE,
        assumes=FULL_BATCH,
        checks=(*EXACT, Matrices(scene=scenes.denoised)),
    ),
    Claim(
        id="wp.C.3.gf",
        says="dW/dtau = -2 eta [W (Sigma + sigma^2 I) - Sigma + (b - (I-W) mu) mu^T], db/dtau = -2 eta (b - (I-W) mu)",
        where="eqs. [40], [41]",
        source="reconstructed",
        relation=Both(
            (
                MatrixIdentity(
                    Rate(W, tau),
                    -2 * eta * (W * (Sigma + sigma**2 * unit) - Sigma + (b - (unit - W) * mu) * mu.T),
                    FLOW,
                ),
                MatrixIdentity(Rate(b, tau), -2 * eta * (b - (unit - W) * mu), FLOW),
            )
        ),
        domain=domain_of((sigma, eta, tau)),
        assumes=("gradient flow",),
        checks=(*EXACT, Matrices(scene=scenes.speed, formula=parts_of)),
    ),
)
