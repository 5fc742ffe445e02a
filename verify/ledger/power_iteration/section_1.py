"""Section 1: denoising and the law of the data, decay with the noise, Jacobians."""

import sympy as sp

from theory.denoiser import MODE, NOISY, PSD, Sigma, W_star, lam2, s, unit
from theory.domain import POSITIVE, Domain, domain_of
from theory.relation import Both, Identity, Inequality, MatrixIdentity, Monotone, Within
from theory.spiked import BELOW, RATIO, cosine_squared, ell, gamma, overlap_squared, sensitivity, sine_squared
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.ours.denoiser import DATA
from verify.ledger.ours.spiked import LARGE

x, mu = symbols("x mu")
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


def by_jacobian(denoiser: sp.Expr) -> Identity:
    """Return that a denoiser of one variable is its derivative times its input."""
    return Identity(denoiser, sp.Derivative(denoiser, x) * x)


def falls(op: str) -> Monotone:
    """Return that the overlap changes with the noise in this direction."""
    return Monotone(expr=overlap_squared(s), var=s, op=op)


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
)
