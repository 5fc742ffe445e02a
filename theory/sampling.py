"""The probability flow of an affine denoiser is affine; where its weights commute it is an exponential.

Letters at the noise level considered: W, b of the denoiser D(x) = W x + b; A the transition matrix from
sigma_T down to sigma_0, L the integral of (W_s - I)/s from sigma_0 to sigma_T, J that of A(s)^-1 b_s/s.

Source: spectral-bias paper, section 4.3, appendix C.5.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import domain_of
from theory.matrices import Commute, Eigenvector, Expect, Flow, Inv, MatrixExp, Moments, Nonsingular, Rate
from theory.one_layer import SAMPLED, later, log_Phi, variance, weight, y
from theory.relation import Identity, MatrixIdentity, MatrixSolves, Solves
from theory.symbols import symbols

d, sigma, sigma0, sigmaT, psi, tau = symbols("d sigma sigma0 sigmaT psi tau")
W, A, L, K = (sp.MatrixSymbol(name, d, d) for name in "WALK")
b, c, x, xT, u, J = (sp.MatrixSymbol(name, d, 1) for name in ("b", "c", "x", "x_T", "u", "J"))
unit, nothing = sp.Identity(d), sp.ZeroMatrix(d, 1)

LEVEL = domain_of((sigma,))
LEVELS = domain_of((sigma0, sigmaT)).where(sigma0 < sigmaT)
MODE = domain_of((sigma, psi))


def velocity(x: sp.MatrixExpr, sigma: sp.Expr = sigma) -> sp.MatrixExpr:
    """Return dx/dsigma of the probability flow at x."""
    return -((W - unit) * x + b) / sigma


def linear_velocity(x: sp.MatrixExpr, sigma: sp.Expr = sigma) -> sp.MatrixExpr:
    """Return the part of dx/dsigma that is linear in x."""
    return -(W - unit) * x / sigma


score_velocity = -sigma * ((W * x + b - x) / sigma**2)
STEEPER = (Flow(L, sigma0, -(W - unit) / sigma0), Commute(L, W))
CARRIED = (Flow(A, sigma0, linear_velocity(A, sigma0)), Flow(J, sigma0, -Inv(A) * b / sigma0), Nonsingular(A))
NOISE = (Moments(xT, nothing, sigmaT**2 * unit),)
COMMON = (Flow(x, sigma, velocity(x)), Eigenvector(u, W, psi))
coordinate = u.T * x
offset = A * J


def transition() -> sp.Expr:
    """Return x(sigma_0)/x(sigma_T) along a mode of the one-layer denoiser, for tau > 0."""
    return sp.exp(log_Phi(sigma0) - log_Phi(sigmaT))


DERIVATION = Derivation(
    name="sampling",
    steps=(
        Step(
            name="probability flow",
            states=velocity(x),
            relation=MatrixIdentity(score_velocity, velocity(x)),
            domain=LEVEL,
            because="dx/dsigma = -sigma s(x), with the score s = (D - x)/sigma^2 of the denoiser D = W x + b",
        ),
        Step(
            name="transition",
            states=MatrixExp(L),
            relation=MatrixSolves(
                solution=MatrixExp(L),
                var=sigma0,
                unknown=A,
                rate=linear_velocity(A, sigma0),
                at=((L, sp.ZeroMatrix(d, d)),),
                start=unit,
                given=STEEPER,
            ),
            domain=LEVELS,
            because="L commutes with its derivative -(W - I)/sigma_0, because every W_s commutes with W",
        ),
        Step(
            name="offset",
            states=offset,
            relation=MatrixSolves(
                solution=offset,
                var=sigma0,
                unknown=c,
                rate=velocity(c, sigma0),
                at=((J, nothing),),
                start=nothing,
                given=CARRIED,
            ),
            domain=LEVELS,
            because="variation of constants: A(sigma_0, s) = A(sigma_0) A(s)^-1 carries b_s/s from s to sigma_0",
        ),
        Step(
            name="covariance",
            states=sigmaT**2 * A * A.T,
            relation=MatrixIdentity(Expect(A * xT * (A * xT).T), sigmaT**2 * A * A.T, NOISE),
            domain=LEVELS,
            because="the initial noise is white with variance sigma_T^2, and c does not vary",
        ),
        Step(
            name="mode",
            states=-((psi - 1) * coordinate + u.T * b) / sigma,
            relation=MatrixIdentity(Rate(coordinate, sigma), -((psi - 1) * coordinate + u.T * b) / sigma, COMMON),
            domain=MODE,
            because="u is an eigenvector of W, so that the flow closes on the coordinate along u",
        ),
        Step(
            name="one-layer transition",
            states=transition(),
            relation=Solves(
                solution=transition(),
                var=sigma0,
                unknown=y,
                rate=(1 - weight(sigma0)) / sigma0 * y,
                at=sigmaT,
                start=sp.S.One,
            ),
            domain=later(SAMPLED),
            because="ln Phi is a primitive of (1 - psi)/sigma",
        ),
        Step(
            name="one-layer variance",
            states=sigmaT**2 * transition() ** 2,
            relation=Identity(variance(), sigmaT**2 * transition() ** 2),
            domain=later(SAMPLED),
            because="the noise starts with variance sigma_T^2",
        ),
    ),
)
