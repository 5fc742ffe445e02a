"""Sections 1 and 2: denoising and the law of the data, shrinkage, decay with the noise, dependence on the image."""

import sympy as sp

from theory.denoiser import CENTRED, MODE, NOISY, PSD, Sigma, W, W_star, error, lam2, s, unit
from theory.domain import POSITIVE, Domain, domain_of
from theory.matrices import Eigenvector, norm2
from theory.relation import Both, Identity, Inequality, MatrixIdentity, Monotone, Within
from theory.spiked import BELOW, RATIO, cosine_squared, ell, gamma, overlap_squared, sensitivity, sine_squared
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.denoiser import DATA
from verify.ledger.ours.spiked import LARGE
from verify.ledger.ours.spiked_angle import NEEDED, eps, samples

x, mu, d = symbols("x mu d")
u = sp.MatrixSymbol("u", d, 1)
gain = lam2 / (lam2 + s)
POINT = MODE.joined(domain_of((x,)))
SHIFTED = POINT.joined(domain_of((mu,)))

DECAY = (
    "the correlation of the noisy basis eigenvectors with their clean version decays as the noise level increases, with a "
    "rate determined by the eigenvalues and the size of the training dataset"
)
JACOBIAN = (
    "Although the network is not linear, its application can be written as a linear operation of the Jacobian calculated "
    "on the input image"
)
DEPENDS = "In this case, the (optimal) denoiser does depend on the underlying image"


def by_jacobian(denoiser: sp.Expr) -> Identity:
    """Return that a denoiser of one variable is its derivative times its input."""
    return Identity(denoiser, sp.Derivative(denoiser, x) * x)


def falls(op: str) -> Monotone:
    """Return that the overlap changes with the noise in this direction."""
    return Monotone(expr=overlap_squared(s), var=s, op=op)


def learned(op: str) -> Inequality:
    """Return how the gain of the best denoiser changes with the variance of the training images."""
    return Inequality(sp.Derivative(gain, lam2), op, sp.S.Zero)


def moment_error() -> sp.Expr:
    """Return E|x0 - W x|^2 by the second moments of data and noise."""
    return sp.Trace((unit - W) * Sigma * (unit - W).T) + s * norm2(W)


def two_valued(x: sp.Expr) -> sp.Expr:
    """Return E[x0 | x] for data with the two equally likely values -1 and 1, tanh(x/s)."""
    return (sp.exp(2 * x / s) - 1) / (sp.exp(2 * x / s) + 1)


CLAIMS = (
    Claim(
        id="wdmg.bg-denoise",
        says="learning the underlying distribution is equivalent to optimal denoising at all noise levels",
        reading="Gaussian data: the law gives the optimal denoiser W* = Sigma (Sigma + s I)^-1, and W* at one noise level gives "
        "the law, (I - W*) Sigma = s W*; in a mode lambda^2 = s w/(1 - w)",
        where="sec. 1",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity((unit - W_star) * Sigma, s * W_star, (PSD,)),
                Within(Identity(lam2, s * gain / (1 - gain)), MODE),
            )
        ),
        domain=NOISY,
        assumes=(DATA, "Gaussian data"),
        derived_in="denoiser: completed square",
        checks=EXACT,
    ),
    Claim(
        id="wdmg.bg-shrink",
        says="the learned denoising functions are equivalent to a shrinkage operation in a basis adapted to the underlying image",
        reading="Gaussian data, where the optimal denoiser is known: along a principal component it is the shrinkage by "
        "lambda^2/(lambda^2 + s)",
        where="sec. 2",
        source="as printed",
        relation=MatrixIdentity(W_star * u, gain * u, (PSD, Eigenvector(u, Sigma, lam2))),
        domain=MODE,
        assumes=(DATA, "Gaussian data"),
        derived_in="denoiser: mode",
        checks=EXACT,
    ),
    Claim(
        id="wdmg.decay.noise",
        says=DECAY,
        reading="in large dimension: the limit C of <u^t, u>^2 falls with the noise wherever the component is seen",
        where="sec. 1",
        source="as printed",
        relation=falls("<"),
        domain=BELOW,
        assumes=LARGE,
        derived_in="spiked: monotone",
        checks=EXACT,
        slips=(falls(">"), falls(">="), Monotone(expr=1 - overlap_squared(s), var=s, op="<")),
        formula=False,
    ),
    Claim(
        id="wdmg.decay.rate",
        says=DECAY,
        reading="in large dimension: the relative rate d ln C/d ln ell = gamma/(ell + gamma) (ell^2 + 2 ell + gamma)/(ell^2 - "
        "gamma) is given by ell = lambda^2/s and gamma = d/n alone",
        where="sec. 1",
        source="as printed",
        relation=Identity(ell * sp.Derivative(sp.log(cosine_squared), ell), sensitivity()),
        domain=RATIO,
        assumes=LARGE,
        derived_in="spiked: sensitivity",
        checks=EXACT,
    ),
    Claim(
        id="wdmg.bound.upper",
        says="this corresponds to the spiked covariance model, in which we bound this decay for the leading eigenvector",
        reading="eq. (12) read as an upper bound, in large dimension: sin^2 is at most gamma/ell",
        where="sec. 1, eq. (12)",
        source="as printed",
        relation=Inequality(sine_squared(), "<=", gamma / ell),
        domain=RATIO,
        assumes=LARGE,
        checks=EXACT,
        corrected_by="our.spiked.angle",
        formula=False,
    ),
    Claim(
        id="wdmg.bound.fewer",
        says="this corresponds to the spiked covariance model, in which we bound this decay for the leading eigenvector",
        reading="the same where there are no more samples than dimensions, n <= d",
        where="sec. 1, eq. (12)",
        source="as printed",
        relation=Inequality(sine_squared(), "<=", gamma / ell),
        domain=RATIO.where(gamma >= 1),
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=EXACT,
        slips=(
            Inequality(sine_squared(), ">", gamma / ell),
            Inequality(sine_squared(), "<=", gamma / (2 * ell)),
            Inequality(sine_squared(), "<=", 1 / ell),
        ),
        formula=False,
    ),
    Claim(
        id="wdmg.intro-jac.linear",
        says=JACOBIAN,
        reading="the optimal denoiser of centred Gaussian data, D(x) = w x",
        where="sec. 1",
        source="as printed",
        relation=by_jacobian(gain * x),
        domain=POINT,
        assumes=(DATA, "Gaussian data"),
        derived_in="denoiser: mode",
        checks=EXACT,
        slips=(by_jacobian(gain * x + 1), by_jacobian(gain * x**2), by_jacobian(gain)),
        formula=False,
    ),
    Claim(
        id="wdmg.intro-jac.affine",
        says=JACOBIAN,
        reading="the optimal denoiser of Gaussian data of mean mu, D(x) = mu + w (x - mu)",
        where="sec. 1",
        source="as printed",
        relation=by_jacobian(mu + gain * (x - mu)),
        domain=SHIFTED,
        assumes=("Gaussian data",),
        checks=EXACT,
        corrected_by="our.diffusion.jacobian",
        formula=False,
    ),
    Claim(
        id="wdmg.intro-jac.nonlinear",
        says=JACOBIAN,
        reading="the optimal denoiser of data with the two values -1 and 1, D(x) = tanh(x/s), centred but not linear",
        where="sec. 1",
        source="as printed",
        relation=by_jacobian(two_valued(x)),
        domain=Domain((*domain_of((x,)).ranges, (s, POSITIVE))),
        assumes=("data -1 or 1 with equal probability",),
        checks=EXACT,
        corrected_by="our.diffusion.jacobian",
        formula=False,
    ),
    Claim(
        id="wdmg.dep.input",
        says=DEPENDS,
        reading="the operator of the optimal linear denoiser, dD/dx = lambda^2/(lambda^2 + s), differs between images x",
        where="sec. 2",
        source="as printed",
        relation=Inequality(sp.Derivative(gain * x, (x, 2)), "!=", sp.S.Zero),
        domain=POINT,
        assumes=(DATA,),
        checks=EXACT,
        corrected_by="our.denoiser.optimal",
        formula=False,
    ),
    Claim(
        id="wdmg.dep.training",
        says=DEPENDS,
        reading="it depends on the images it was trained on: its gain grows with their variance along a component",
        where="sec. 2",
        source="as printed",
        relation=learned(">"),
        domain=MODE,
        assumes=(DATA,),
        derived_in="denoiser: mode",
        checks=EXACT,
        slips=(learned("<"), learned("<="), Inequality(sp.Derivative(1 - gain, lam2), ">", sp.S.Zero)),
        formula=False,
    ),
    Claim(
        id="wdmg.linear-sc",
        says="we consider linear models and deduce a linear sample complexity bound associated with learning the score function",
        reading="in large dimension, at a given angle sin^2 = eps^2 and given ell = lambda^2/s: n = d (1 + (1 - eps^2) ell)/(eps^2 "
        "ell^2), a multiple of d",
        where="sec. 2",
        source="as printed",
        relation=Identity(eps**2, sine_squared().xreplace({gamma: 1 / samples})),
        domain=NEEDED,
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=EXACT,
    ),
    Claim(
        id="wdmg.data",
        says="we consider data that reside in a low dimensional subspace, with no specific distribution",
        reading="no distribution is needed: the error of a linear denoiser depends on the law of the data through its covariance "
        "alone, which may be singular",
        where="sec. 2",
        source="as printed",
        relation=MatrixIdentity(error, moment_error(), CENTRED),
        domain=NOISY,
        assumes=(DATA,),
        derived_in="denoiser: completed square",
        checks=(KERNEL,),
    ),
)
