"""Section 3.1: other forms of the probability flow, the score of a denoiser, and its loss."""

import sympy as sp

from numerics import noised_law, scenes
from theory import regression
from theory.domain import Domain, Range, domain_of
from theory.gaussian import (
    ATOMS,
    noised,
    normal,
    posterior_mean,
)
from theory.matrices import Flow, Grad, Inv, Rate, norm2
from theory.relation import Both, Identity, MatrixIdentity
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.section_3_2 import denoised

x, y1, sigma = symbols("x y1 sigma")
alpha, alpha_rate, sigma_rate, score, eta, tau, t = symbols("alpha alpha_rate sigma_rate score eta tau t")

EQUIVALENT = "other common diffusion formalisms are equivalent up to simple rescalings of space and time"

TIMED = Domain(((x, Range()), (score, Range()), (t, Range(sp.S.Zero, sp.S.One, True, True))))

ODE_ATOMS = box(x=("-2.0", "2.0"), y1=("-1.5", "0.5"), y2=("0.1", "2.0"), share=("0.1", "0.9"), sigma=("0.4", "2.0"))


def preserving_flow() -> Identity:
    """Return that d(alpha x)/dt, with x on the flow (1) at noise sigma/alpha, is the drift of the preserving flow."""
    level = sigma / alpha
    level_rate = (sigma_rate * alpha - sigma * alpha_rate) / alpha**2
    drift, diffusion = alpha_rate / alpha, 2 * sigma * sigma_rate - 2 * alpha_rate / alpha * sigma**2
    moved = alpha_rate * x + alpha * level_rate * (-level * score)
    return Identity(moved, drift * (alpha * x) - diffusion / 2 * (score / alpha))


def flow_matching() -> Identity:
    """Return that d(t x)/dt, with x on the flow (1) at noise (1-t)/t, is E[x0 - z | x]."""
    level = (1 - t) / t
    denoised = x + level**2 * score
    return Identity(x + t * sp.Derivative(level, t) * (-level * score), denoised - (x - denoised) / level)


LOSS_FALLS = MatrixIdentity(
    Rate(regression.loss, tau),
    -eta * (norm2(regression.gradient_W) + norm2(regression.gradient_b)),
    (
        *regression.DATA,
        Flow(regression.W, tau, -eta * Grad(regression.loss, regression.W)),
        Flow(regression.b, tau, -eta * Grad(regression.loss, regression.b)),
    ),
)

CLAIMS = (
    Claim(
        id="wp.3.1.equiv.preserving",
        says=EQUIVALENT,
        reading="alpha_t x0 + sigma_t z, any smooth positive alpha_t and sigma_t: scaling space by alpha_t and running at the noise level sigma_t/alpha_t turns the flow (1) into the probability flow with drift dlog alpha/dt and diffusion g^2 = d(sigma^2)/dt - 2 sigma^2 dlog alpha/dt; density and score scale along",
        where="sec. 3.1",
        source="as printed",
        relation=Both(
            (
                preserving_flow(),
                Identity(normal(x, y1, (sigma / alpha) ** 2), alpha * normal(alpha * x, alpha * y1, sigma**2)),
            )
        ),
        domain=domain_of((x, y1, score, alpha, alpha_rate, sigma, sigma_rate)),
        checks=EXACT,
    ),
    Claim(
        id="wp.3.1.equiv.flow",
        says=EQUIVALENT,
        reading="flow matching, t x0 + (1-t) z with 0 < t < 1: scaling space by t and running at the noise level (1-t)/t turns the flow (1) into dx/dt = E[x0 - z | x]",
        where="sec. 3.1",
        source="as printed",
        relation=flow_matching(),
        domain=TIMED,
        checks=EXACT,
    ),
    Claim(
        id="wp.3.1.score.posterior",
        says="s_theta(x, sigma) = (D_theta(x, sigma) - x)/sigma^2",
        reading="the score of p(.; sigma) is (D - x)/sigma^2 with D = E[x0 | x], for every law of two possible values",
        where="sec. 3.1",
        source="as printed",
        relation=Identity(sp.Derivative(sp.log(noised()), x), (posterior_mean() - x) / sigma**2),
        domain=ATOMS,
        derived_in="noised law: score",
        checks=(*EXACT, Ode(measure=noised_law.two_point_score, box=ODE_ATOMS)),
    ),
    Claim(
        id="wp.3.1.score.gaussian",
        says="s_theta(x, sigma) = (D_theta(x, sigma) - x)/sigma^2",
        reading="Gaussian data in any dimension: (D* - x)/sigma^2 with D* of (3) is the score -(Sigma + sigma^2 I)^-1 (x - mu) of N(mu, Sigma + sigma^2 I)",
        where="sec. 3.1",
        source="as printed",
        relation=MatrixIdentity(
            -Inv(regression.M) * (regression.point - regression.mu),
            (denoised(regression.point) - regression.point) / regression.sigma**2,
            (regression.PSD,),
        ),
        domain=regression.NOISE,
        checks=(*EXACT, Matrices(scene=noised_law.gaussian_score)),
    ),
    Claim(
        id="wp.3.1.loss",
        says="L_sigma = E_{x0~p_0, z~N(0,I)} |D_theta(x0 + sigma z; sigma) - x0|_2^2; L = int dsigma w(sigma) L_sigma",
        reading="definition; judged: for a linear denoiser the gradient flow makes L_sigma fall at the rate eta (|grad_W|^2 + |grad_b|^2)",
        where="eq. (2)",
        source="as printed",
        relation=LOSS_FALLS,
        domain=domain_of((sigma, eta, tau)),
        checks=(*EXACT, Matrices(scene=scenes.loss_speed)),
    ),
)
