"""Appendix C.5: the sampling equation of a linear denoiser, mode by mode."""

import sympy as sp

from theory.domain import domain_of
from theory.matrices import Expect, Flow, Inv, Moments, Nonsingular, Rate
from theory.one_layer import lam, optimum
from theory.relation import Antiderivative, Both, MatrixIdentity, MatrixSolves
from theory.sampling import COMMON, LEVEL, MODE, W, b, coordinate, psi, score_velocity, sigma, sigmaT, u, unit, x
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.lanes_4_3 import ODE_BEST_PRIMITIVE

ALIGNED = "W_sigma is diagonal in the eigenbasis of the data"
one = sp.Identity(1)
xi, m, g = (sp.MatrixSymbol(name, 1, 1) for name in ("xi", "m", "g"))
Phi = sp.MatrixSymbol("Phi", *unit.shape)
J, beta, c_T, c = (sp.MatrixSymbol(name, unit.shape[0], 1) for name in ("J", "beta", "c_T", "c"))
MOVING = (Flow(Phi, sigma, -(psi - 1) / sigma * Phi), Flow(J, sigma, -Inv(Phi) * beta / sigma), Nonsingular(Phi))
NOISE = (Moments(xi, sp.ZeroMatrix(1, 1), sigmaT**2 * one),)


def printed_velocity(level: sp.Expr, sign: int = -1) -> sp.MatrixExpr:
    """Return -((W - I) x + b)/sigma, or what another noise level or sign makes of it."""
    return sign * ((W - unit) * x + b) / level


def printed_rate(coupling: sp.Expr, source: sp.MatrixExpr) -> sp.MatrixExpr:
    """Return -(coupling c_k + source)/sigma."""
    return -(coupling * coordinate + source) / sigma


CLAIMS = (
    Claim(
        id="wp.C.5.linear",
        says="when the denoiser is a linear function of x, then the sampling ODE is also a linear (time-varying) "
        "dynamic system",
        where="app. C.5, [42]",
        source="reconstructed",
        reading="-sigma times the score (D - x)/sigma^2 of D = W x + b is -sigma^-1 [(W - I) x + b]",
        relation=MatrixIdentity(score_velocity, printed_velocity(sigma)),
        domain=LEVEL,
        assumes=("linear denoiser",),
        derived_in="sampling: probability flow",
        checks=EXACT,
        slips=(
            MatrixIdentity(score_velocity, printed_velocity(sigma, sign=1)),
            MatrixIdentity(score_velocity, printed_velocity(sigma**2)),
        ),
    ),
    Claim(
        id="wp.C.5.proj",
        says="d c_k/d sigma = -(1/sigma)[(psi_k(sigma) - 1) c_k + b_k(sigma)], c_k = u_k^T x, b_k = u_k^T b_sigma",
        where="app. C.5, [43]-[47]",
        source="reconstructed",
        relation=MatrixIdentity(Rate(coordinate, sigma), printed_rate(psi - 1, u.T * b), COMMON),
        domain=MODE,
        assumes=(ALIGNED,),
        derived_in="sampling: mode",
        checks=EXACT,
        slips=(
            MatrixIdentity(Rate(coordinate, sigma), printed_rate(psi, u.T * b), COMMON),
            MatrixIdentity(Rate(coordinate, sigma), printed_rate(psi - 1, -u.T * b), COMMON),
        ),
    ),
    Claim(
        id="wp.C.5.sol",
        says="Phi_k(sigma) = exp(-int^sigma (psi_k(s) - 1)/s ds), c_k(sigma) = Phi_k(sigma)/Phi_k(sigma_T) "
        "c_k(sigma_T) + Phi_k(sigma) int_sigma^sigma_T b_k(s)/(s Phi_k(s)) ds",
        where="app. C.5, [48]-[52]",
        source="reconstructed",
        reading="with d Phi/d sigma = -(psi - 1)/sigma Phi, J = int_sigma^sigma_T b/(s Phi) ds and "
        "c_T = c(sigma_T)/Phi(sigma_T), Phi c_T + Phi J solves the equation and starts as Phi c_T where J = 0; "
        "d coordinates at once",
        relation=MatrixSolves(
            solution=Phi * c_T + Phi * J,
            var=sigma,
            unknown=c,
            rate=-((psi - 1) * c + beta) / sigma,
            at=((J, sp.ZeroMatrix(unit.shape[0], 1)),),
            start=Phi * c_T,
            given=MOVING,
        ),
        domain=MODE,
        assumes=(ALIGNED,),
        derived_in="sampling: offset",
        checks=EXACT,
    ),
    Claim(
        id="wp.C.5.var",
        says="Var c_k(sigma_0) = sigma_T^2 Phi_k^2(sigma_0)/Phi_k^2(sigma_T), mean the integral term",
        where="app. C.5, [53]-[60]",
        source="reconstructed",
        reading="with g = Phi(sigma_0)/Phi(sigma_T) and m the integral term, g xi + m has variance sigma_T^2 g^2 and "
        "mean m for xi of mean 0 and variance sigma_T^2",
        relation=Both(
            (
                MatrixIdentity(Expect(g * xi * (g * xi).T), sigmaT**2 * g * g.T, NOISE),
                MatrixIdentity(Expect(g * xi + m), m, NOISE),
            )
        ),
        domain=domain_of((sigmaT,)),
        assumes=(ALIGNED, "x_T ~ N(0, sigma_T^2 I)"),
        derived_in="sampling: covariance",
        checks=EXACT,
    ),
    Claim(
        id="wp.C.5.opt",
        says="at W*: Phi_k(sigma) = sqrt(lam_k + sigma^2)",
        where="section 4.3 (i), app. C.5",
        source="reconstructed",
        reading="ln sqrt(lam + sigma^2) is a primitive of (1 - w*)/sigma",
        relation=Antiderivative(
            primitive=sp.log(lam + sigma**2) / 2, integrand=(1 - optimum(sigma)) / sigma, var=sigma
        ),
        domain=domain_of((lam, sigma)),
        assumes=("optimal weights",),
        checks=(*EXACT, ODE_BEST_PRIMITIVE),
    ),
)
