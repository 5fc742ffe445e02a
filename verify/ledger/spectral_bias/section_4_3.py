"""Section 4.3, up to Lemma 4.1 and its interpretation: the probability flow of a linear denoiser."""

import sympy as sp

from numerics.scenes import sampling as measured
from theory.domain import domain_of
from theory.matrices import Eigenvector, Expect, Flow, MatrixExp, Rate
from theory.one_layer import SAMPLED, later, sampled, sigma0, sigmaT, tau, weight, y
from theory.relation import Both, Inequality, MatrixIdentity, MatrixSolves, Solves
from theory.sampling import (
    CARRIED,
    LEVEL,
    LEVELS,
    MODE,
    NOISE,
    STEEPER,
    A,
    J,
    L,
    W,
    b,
    c,
    coordinate,
    d,
    linear_velocity,
    nothing,
    psi,
    score_velocity,
    sigma,
    u,
    unit,
    velocity,
    x,
    xT,
)
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_4_3 import ODE_TRANSITION
from verify.ledger.spectral_bias.shared_printed import Phi, commutator_entry

LINEAR = "linear (affine) denoiser, weights and bias free at each noise level"
COMMUTING = "[W_sigma, W_sigma'] = 0 for all sigma, sigma'"
lam1, lam2, sigma1, sigma2, eta, delta = symbols("lam1 lam2 sigma1 sigma2 eta delta")

MAPPED = MatrixSolves(
    solution=A * xT + A * J,
    var=sigma0,
    unknown=c,
    rate=velocity(c, sigma0),
    at=((J, nothing), (A, unit)),
    start=xT,
    given=CARRIED,
)
RATE = (
    "For each common eigenvector u_k, the term (u_k^T W_sigma u_k - 1)/sigma is the instantaneous expansion "
    "(or contraction) rate of the sample variance along u_k; the final variance is obtained by integrating "
    "this rate over noise scales sigma"
)
UNBIASED = (Flow(x, sigma, linear_velocity(x)), Eigenvector(u, W, psi))
square = sp.Trace(coordinate * coordinate.T)


def transition_matrix(exponent: sp.MatrixExpr) -> MatrixSolves:
    """Return that exp(exponent) carries x(sigma_T) to x(sigma_0), L being the integral of (W_s - I)/s."""
    return MatrixSolves(
        solution=MatrixExp(exponent),
        var=sigma0,
        unknown=A,
        rate=linear_velocity(A, sigma0),
        at=((L, sp.ZeroMatrix(d, d)),),
        start=unit,
        given=STEEPER,
    )


def transition_factor(factor: sp.Expr) -> Solves:
    """Return that `factor` carries the coordinate along a mode from sigma_T to sigma_0."""
    return Solves(
        solution=factor, var=sigma0, unknown=y, rate=-(weight(sigma0) - 1) / sigma0 * y, at=sigmaT, start=sp.S.One
    )


CLAIMS = (
    Claim(
        id="wp.4.3.pf",
        says="dx/dsigma = -sigma^-1 [(W_sigma - I) x + b_sigma]",
        where="(PF)",
        source="as printed",
        reading="the velocity -sigma s(x, sigma) of (1), with the score s = (D - x)/sigma^2 of D = W_sigma x + b_sigma",
        relation=MatrixIdentity(score_velocity, -(sigma**-1) * ((W - unit) * x + b)),
        domain=LEVEL,
        assumes=(LINEAR,),
        derived_in="sampling: probability flow",
        checks=EXACT,
    ),
    Claim(
        id="wp.4.3.affine",
        says="x(sigma_0) = A(sigma_0; sigma_T) x(sigma_T) + c(sigma_0; sigma_T); the distribution of x(sigma_0) "
        "remains Gaussian, with covariance sigma_T^2 A(sigma_0; sigma_T) A^T(sigma_0; sigma_T)",
        where="section 4.3",
        source="as printed",
        reading="for any weights, commuting or not: with A the transition matrix of the homogeneous flow, A x_T + c "
        "solves (PF) from x_T for some c that does not depend on x_T, and its covariance is sigma_T^2 A A^T; an "
        "affine image of a Gaussian is Gaussian",
        relation=Both((MatrixIdentity(Expect(A * xT * (A * xT).T), sigmaT**2 * A * A.T, NOISE), MAPPED)),
        domain=LEVELS,
        assumes=(LINEAR,),
        derived_in="sampling: covariance",
        checks=(*EXACT, Matrices(scene=measured.covariance)),
    ),
    Claim(
        id="wp.4.3.timeordered",
        says="in general, the state-transition matrix A(sigma_0; sigma_T) is hard to evaluate, as it involves "
        "time-ordered matrix exponential, and the weight matrices at different noise scales W_sigma may not commute",
        where="section 4.3",
        source="as printed",
        reading="there are two modes, two noise levels and an initial weight delta between the modes from which "
        "gradient flow leads to weights whose commutator is not zero",
        relation=Inequality(commutator_entry() ** 2, ">", sp.S.Zero, some=True),
        domain=domain_of((lam1, lam2, sigma1, sigma2, eta, tau, delta)),
        assumes=(LINEAR,),
        checks=(KERNEL,),
        slips=(
            Inequality(commutator_entry().xreplace({delta: sp.S.Zero}) ** 2, ">", sp.S.Zero, some=True),
            Inequality(commutator_entry().xreplace({sigma2: sigma1}) ** 2, ">", sp.S.Zero, some=True),
        ),
        formula=False,
    ),
    Claim(
        id="wp.4.3.lemma41.A",
        says="A(sigma_0, sigma_T) = exp[-int_{sigma_0}^{sigma_T} (W_s - I)/s ds]",
        where="Lemma 4.1",
        source="as printed",
        reading="in any dimension: A solves the homogeneous (PF) in sigma_0 and is I at sigma_0 = sigma_T; L stands "
        "for the integral, and commutes with each W_s",
        relation=transition_matrix(-L),
        domain=LEVELS,
        assumes=(LINEAR, COMMUTING),
        checks=(*EXACT, Matrices(scene=measured.commuting)),
        corrected_by="our.sampling.transition",
    ),
    Claim(
        id="wp.4.3.lemma41.A.mode",
        says="A(sigma_0, sigma_T) = exp[-int_{sigma_0}^{sigma_T} (W_s - I)/s ds]",
        where="Lemma 4.1",
        source="as printed",
        reading="along a mode of the aligned one-layer denoiser, whose weights commute: the integral is "
        "ln Phi(sigma_T)^-1 - ln Phi(sigma_0)^-1 with the Phi of Prop. 4.2",
        relation=transition_factor(sp.exp(-(-sp.log(Phi(sigmaT)) + sp.log(Phi(sigma0))))),
        domain=later(SAMPLED),
        assumes=(LINEAR, COMMUTING),
        checks=(*EXACT, ODE_TRANSITION),
        corrected_by="our.sampling.transition_mode",
    ),
    Claim(
        id="wp.4.3.lemma41.c",
        says="c(sigma_0, sigma_T) = int_{sigma_0}^{sigma_T} A(sigma_0, s) b_s ds/s",
        where="Lemma 4.1",
        source="reconstructed",
        reading="in any dimension: c solves (PF) in sigma_0 and vanishes at sigma_0 = sigma_T; the integral is A J "
        "with J = int A(s, sigma_T)^-1 b_s ds/s, because A(sigma_0, s) A(s, sigma_T) = A(sigma_0, sigma_T)",
        relation=MatrixSolves(
            solution=A * J,
            var=sigma0,
            unknown=c,
            rate=velocity(c, sigma0),
            at=((J, nothing),),
            start=nothing,
            given=CARRIED,
        ),
        domain=LEVELS,
        assumes=(LINEAR, COMMUTING),
        derived_in="sampling: offset",
        checks=(*EXACT, Matrices(scene=measured.offset)),
    ),
    Claim(
        id="wp.4.3.rate.coordinate",
        says=RATE,
        where="after Lemma 4.1",
        source="as printed",
        reading="logarithmic rate of the coordinate along u_k, per decrease of sigma, where b_sigma is orthogonal to "
        "u_k",
        relation=MatrixIdentity(-Rate(coordinate, sigma), (psi - 1) / sigma * coordinate, UNBIASED),
        domain=MODE,
        assumes=(LINEAR, COMMUTING),
        derived_in="sampling: mode",
        checks=EXACT,
    ),
    Claim(
        id="wp.4.3.rate.variance",
        says=RATE,
        where="after Lemma 4.1",
        source="as printed",
        reading="logarithmic rate of the square of the coordinate along u_k (its mean is the variance), per decrease "
        "of sigma, where b_sigma is orthogonal to u_k",
        relation=MatrixIdentity(-Rate(square, sigma), (psi - 1) / sigma * square, UNBIASED),
        domain=MODE,
        assumes=(LINEAR, COMMUTING),
        checks=EXACT,
        corrected_by="our.sampling.rate",
    ),
    Claim(
        id="wp.4.3.rate.integral",
        says=RATE,
        where="after Lemma 4.1",
        source="as printed",
        reading="ln of the variance at sigma_0 is ln sigma_T^2 plus the integral of the printed rate from sigma_0 to "
        "sigma_T, for the one-layer weights",
        relation=sampled(sigmaT**2 * Phi(sigma0) / Phi(sigmaT), weight(sigma0)),
        domain=later(SAMPLED),
        assumes=(LINEAR, COMMUTING),
        checks=EXACT,
        corrected_by="our.sampling.variance",
    ),
)
