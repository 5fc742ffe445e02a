"""Corrections to what the power-iteration paper says of covariances, their eigenvectors and the Jacobian of a denoiser."""

import sympy as sp

from theory.denoiser import MODE, NOISY, SHIFTED, Sigma, d, eps, lam2, mean, s, unit, x0
from theory.domain import Domain, Range, domain_of
from theory.matrices import Expect, Orthogonal, Orthonormal
from theory.relation import Both, Identity, Inequality, MatrixIdentity
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT

x, mu, codim, x_1, x_2 = symbols("x mu codim x_1 x_2")
noisy, u, U = x0 + eps, sp.MatrixSymbol("u", d, 1), sp.MatrixSymbol("U", d, d)
gain = lam2 / (lam2 + s)


def affine(x: sp.Expr) -> sp.Expr:
    """Return the optimal denoiser of Gaussian data of mean mu along a mode."""
    return mu + gain * (x - mu)


def spare(op: str) -> Inequality:
    """Return how the number of directions without data compares with 1."""
    return Inequality(codim, op, sp.S.One)


CLAIMS = (
    Claim(
        id="our.diffusion.jacobian",
        says="a denoiser is its Jacobian times its input only up to D(x) - D'(x) x, which for Gaussian data of mean mu is (1 - "
        "lambda^2/(lambda^2 + s)) mu",
        where="corrects sec. 1 and eq. (27) of the power-iteration paper",
        source="ours",
        relation=Identity(affine(x) - sp.Derivative(affine(x), x) * x, s / (lam2 + s) * mu),
        domain=MODE.joined(domain_of((x, mu))),
        assumes=("Gaussian data",),
        derived_in="denoiser: mode",
        checks=EXACT,
    ),
    Claim(
        id="our.diffusion.covariance",
        says="for data of mean m and covariance Sigma the covariance of x_t is Sigma + s I and E x_t x_t^T = Sigma + m m^T + s I",
        where="corrects eq. (9) of the power-iteration paper",
        source="ours",
        relation=Both(
            (
                MatrixIdentity(Expect((noisy - mean) * (noisy - mean).T), Sigma + s * unit, SHIFTED),
                MatrixIdentity(Expect(noisy * noisy.T), Sigma + mean * mean.T + s * unit, SHIFTED),
            )
        ),
        domain=NOISY,
        checks=EXACT,
    ),
    Claim(
        id="our.diffusion.spectrum",
        says="Sigma_0 has the eigenvalue lambda_i^2, not lambda_i, and Sigma_t the eigenvalue lambda_i^2 + s",
        where="corrects the words after eq. (9) of the power-iteration paper",
        source="ours",
        relation=MatrixIdentity((lam2 * u * u.T + s * unit) * u, (lam2 + s) * u, (Orthonormal((u,)),)),
        domain=MODE,
        checks=EXACT,
    ),
    Claim(
        id="our.diffusion.rank",
        says="the data reside in a proper subspace iff r < d, that is r <= d - 1",
        where="corrects the words after eq. (9) of the power-iteration paper",
        source="ours",
        reading="for integers: d - r >= 1 directions are left without data",
        relation=spare(">="),
        domain=Domain(((codim, Range(sp.S.One)),)),
        checks=EXACT,
        slips=(spare("<="), Inequality(codim, ">", sp.S.One), Inequality(codim, ">=", sp.Integer(2))),
        formula=False,
    ),
    Claim(
        id="our.diffusion.sample_covariance",
        says="for two samples the second moment (x_1^2 + x_2^2)/2 is the sample covariance plus the squared sample mean",
        where="corrects the words before eq. (10) of the power-iteration paper",
        source="ours",
        relation=Identity((x_1**2 + x_2**2) / 2, ((x_1 - x_2) / 2) ** 2 + ((x_1 + x_2) / 2) ** 2),
        domain=domain_of((x_1, x_2)),
        checks=EXACT,
    ),
    Claim(
        id="our.diffusion.complete",
        says="for the complete, orthogonal U of a diagonalisation U U^T is the identity: P_t takes the leading columns only",
        where="corrects eqs. (10), (11) of the power-iteration paper",
        source="ours",
        relation=MatrixIdentity(U * U.T, unit, (Orthogonal(U),)),
        domain=Domain(()),
        checks=EXACT,
        slips=tuple(MatrixIdentity(U * U.T, wrong, (Orthogonal(U),)) for wrong in (2 * unit, U, sp.ZeroMatrix(d, d))),
        formula=False,
    ),
)
