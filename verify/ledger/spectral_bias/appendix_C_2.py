"""Appendix C.2: white noise acts as a ridge penalty."""

import sympy as sp

from numerics import scenes
from numerics.scenes import moments as moment_scenes
from theory import regression
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.matrices import Expect, Independent, Inv, Moments, Rate, norm2
from theory.relation import Identity, Inequality, MatrixIdentity, Monotone
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT

d, sigma, sigma1, sigma2, lam, mu, w, b = symbols("d sigma sigma1 sigma2 lam mu w b")
c_noise, z_size, c_2 = symbols("c_noise z_size c_2")
C = sp.MatrixSymbol("C", d, d)
COLOURED = (
    regression.DATA[0],
    regression.DATA[1],
    Moments(regression.z, sp.ZeroMatrix(d, 1), C),
    Independent(regression.x0, regression.z),
)

DEPENDS = "This derivation depends on the linearity of the denoiser and the white Gaussian nature of noise z."
RESOLVED = "at higher noise scale, fewer modes of the data will be 'resolved'"
MODE = domain_of((lam, mu, w, b, sigma))
BRIGHT = Domain(((lam, POSITIVE), (sigma, POSITIVE)))


def mode_loss(noise: sp.Expr) -> sp.Expr:
    """Return E(w x0 + b - x0)^2 plus `noise`, what the noise adds, for a mode of mean mu and variance lam."""
    return (w - 1) ** 2 * lam + ((w - 1) * mu + b) ** 2 + noise


def three_point_loss() -> sp.Expr:
    """Return the loss of a mode for noise +-z_1 with probability 1/(2 z_1^2) each, else 0: white, not Gaussian."""
    mean = (w - 1) * mu + b
    chance = 1 / (2 * z_size**2)
    shifted = [(mean + w * sigma * z) ** 2 for z in (z_size, -z_size)]
    return (w - 1) ** 2 * lam + chance * sum(shifted) + (1 - 2 * chance) * mean**2


def curved_excess(c_2: sp.Expr) -> sp.Expr:
    """Return the loss of D(x) = w x + c_2 x^2 for data and noise +-1, less its autoencoding loss and sigma^2 E D'^2."""
    pairs = [(x0, z) for x0 in (1, -1) for z in (1, -1)]
    loss = sum((w * (x0 + sigma * z) + c_2 * (x0 + sigma * z) ** 2 - x0) ** 2 for x0, z in pairs) / 4
    plain = sum((w * x0 + c_2 * x0**2 - x0) ** 2 + sigma**2 * (w + 2 * c_2 * x0) ** 2 for x0 in (1, -1)) / 2
    return loss - plain


def gain(sigma: sp.Expr) -> sp.Expr:
    """Return the optimal weight of a mode."""
    return lam / (lam + sigma**2)


CLAIMS = (
    Claim(
        id="wp.C.2.ridge",
        says="L_sigma = E_{x0} |W x0 + b - x0|^2 + sigma^2 |W|_F^2",
        where="Lemma C.5, eq. [15]",
        source="reconstructed",
        relation=MatrixIdentity(
            regression.loss,
            Expect(norm2(regression.W * regression.x0 + regression.b - regression.x0)) + sigma**2 * norm2(regression.W),
            regression.DATA,
        ),
        domain=regression.NOISE,
        assumes=("linear denoiser", "full batch"),
        derived_in="regression: ridge form",
        checks=(*EXACT, Matrices(scene=scenes.loss_value)),
    ),
    Claim(
        id="wp.C.2.white.white",
        says=DEPENDS,
        reading="whiteness: some zero-mean noise of another variance c_noise gives a mode a loss that differs from the ridge loss",
        where="proof of Lemma C.5",
        source="as printed",
        relation=Inequality(
            (mode_loss(sigma**2 * w**2 * c_noise) - mode_loss(sigma**2 * w**2)) ** 2, ">", sp.S.Zero, some=True
        ),
        domain=MODE.joined(domain_of((c_noise,))),
        checks=EXACT[:1],
        formula=False,
        slips=(Inequality((mode_loss(sigma**2 * w**2) - mode_loss(sigma**2 * w**2)) ** 2, ">", sp.S.Zero, some=True),),
    ),
    Claim(
        id="wp.C.2.white.gaussian",
        says=DEPENDS,
        reading="the Gaussian law: some white noise that is not Gaussian (three values, 0 and +-z_1, of variance 1) gives a mode a loss that differs from the ridge loss",
        where="proof of Lemma C.5",
        source="as printed",
        relation=Inequality((three_point_loss() - mode_loss(sigma**2 * w**2)) ** 2, ">", sp.S.Zero, some=True),
        domain=MODE.joined(Domain(((z_size, Range(sp.S.One)),))),
        corrected_by="our.ridge.white",
        checks=EXACT[:1],
        formula=False,
    ),
    Claim(
        id="wp.C.2.white.linear",
        says=DEPENDS,
        reading="linearity: for some D(x) = w x + c_2 x^2 the loss differs from the autoencoding loss plus sigma^2 E D'(x0)^2, which for c_2 = 0 is the ridge form",
        where="proof of Lemma C.5",
        source="as printed",
        relation=Inequality(curved_excess(c_2) ** 2, ">", sp.S.Zero, some=True),
        domain=domain_of((w, c_2, sigma)),
        checks=EXACT[:1],
        formula=False,
        slips=(Inequality(curved_excess(sp.S.Zero) ** 2, ">", sp.S.Zero, some=True),),
    ),
    Claim(
        id="wp.C.2.resolved.gain",
        says=RESOLVED,
        reading="the gain lam/(lam + sigma^2) of every mode with lam > 0 falls strictly with sigma",
        where="Remark C.6",
        source="as printed",
        relation=Monotone(expr=gain(sigma), var=sigma, op="<"),
        domain=BRIGHT,
        checks=EXACT,
        formula=False,
        slips=(
            Monotone(expr=gain(1 / sigma), var=sigma, op="<"),
            Monotone(expr=-gain(sigma), var=sigma, op="<"),
            Monotone(expr=sigma * gain(sigma), var=sigma, op="<"),
        ),
    ),
    Claim(
        id="wp.C.2.resolved.sum",
        says=RESOLVED,
        reading="the sum of the gains, Tr Sigma (Sigma + sigma^2 I)^-1, the number of modes resolved, has the derivative -2 sigma Tr (Sigma + sigma^2 I)^-1 Sigma (Sigma + sigma^2 I)^-1 <= 0 in sigma",
        where="Remark C.6",
        source="as printed",
        relation=MatrixIdentity(
            Rate(sp.Trace(regression.Sigma * Inv(regression.M)), sigma),
            -2 * sigma * sp.Trace(Inv(regression.M) * regression.Sigma * Inv(regression.M)),
            (regression.PSD,),
        ),
        domain=regression.NOISE,
        checks=(*EXACT, Matrices(scene=scenes.gain_slope)),
    ),
    Claim(
        id="wp.C.2.resolved.count",
        says=RESOLVED,
        reading="between sigma_1 and sigma_2 every gain falls by lam (sigma_2^2 - sigma_1^2)/((lam + sigma_1^2)(lam + sigma_2^2)), so that of the modes above any level of gain none is gained and some may be lost as sigma grows",
        where="Remark C.6",
        source="as printed",
        relation=Identity(
            gain(sigma1) - gain(sigma2),
            lam * (sigma2**2 - sigma1**2) / ((lam + sigma1**2) * (lam + sigma2**2)),
        ),
        domain=domain_of((lam, sigma1, sigma2)),
        checks=EXACT,
    ),
    Claim(
        id="wp.C.2.nonwhite",
        says="if the noise is zero-mean but not white, the final term will impose other types of weighted regularization on the weights: penalty Tr(W C_noise W^T)",
        reading="for noise sigma z, z of covariance C and independent of the data, the loss is the autoencoding loss plus sigma^2 Tr(W C W^T)",
        where="Remark C.6",
        source="as printed",
        relation=MatrixIdentity(
            regression.loss,
            Expect(norm2(regression.W * regression.x0 + regression.b - regression.x0))
            + sigma**2 * sp.Trace(regression.W * C * regression.W.T),
            COLOURED,
        ),
        domain=regression.NOISE,
        assumes=("zero-mean noise",),
        checks=(*EXACT, Matrices(scene=moment_scenes.coloured)),
    ),
)
