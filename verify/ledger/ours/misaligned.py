"""Initial weights that are almost aligned with the data: what the generated covariance has to first order."""

import sympy as sp

from theory.domain import domain_of
from theory.matrices import Eigenvector, Flow, MatrixExp, Rate, Rule
from theory.one_layer import eta, sigma, tau
from theory.regression import PSD, M, Sigma, d, lam, u, unit
from theory.relation import MatrixIdentity
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

psi, share, eps = symbols("psi y delta")
D, R, C0, C1 = (sp.MatrixSymbol(name, d, d) for name in ("D", "R", "C_0", "C_1"))
ORDERS = (
    "initial weights W_sigma(0) = diag(Q) + eps R in the data eigenbasis, R off-diagonal, bounded, possibly depending on "
    "sigma; eps -> 0 at fixed tau: diagonal generated variances change by O(eps^2), off-diagonal covariances by O(eps)"
)
ALIGNED = (Eigenvector(u, D, psi), Eigenvector(u, C0, share))
OFF = Rule(u.T * R * u, sp.ZeroMatrix(1, 1))
zero_order, first_order = (D - unit) * C0 + C0 * (D - unit), (D - unit) * C1 + C1 * (D - unit)
source = R * C0 + C0 * R.T
square = u.T * C1 * u


def closed(*given: object, rate: sp.Expr = -2 * (psi - 1) / sigma) -> MatrixIdentity:
    """Return that the first-order variance along u obeys an equation without a source."""
    return MatrixIdentity(
        Rate(square, sigma), rate * square, (Flow(C1, sigma, -(first_order + source) / sigma), *given)
    )


CLAIMS = (
    Claim(
        id="our.one_layer.misaligned.training",
        says=ORDERS,
        reading="R moves as R exp(-2 eta tau M), M = Sigma + sigma^2 I, and stays off-diagonal: along an eigenvector u "
        "of the data u^T R exp(-2 eta tau M) u is exp(-2 eta tau (lam + sigma^2)) u^T R u",
        where="one layer, initial weights not aligned",
        source="ours",
        relation=MatrixIdentity(
            u.T * R * MatrixExp(-2 * eta * tau * M) * u,
            sp.exp(-2 * eta * tau * (lam + sigma**2)) * u.T * R * u,
            (PSD, Eigenvector(u, Sigma, lam)),
        ),
        domain=domain_of((eta, tau, sigma, lam)),
        assumes=("zero-mean data", "gradient flow"),
        checks=(KERNEL,),
    ),
    Claim(
        id="our.one_layer.misaligned.variance",
        says=ORDERS,
        reading="with W = D + eps R and covariance C_0 + eps C_1 + O(eps^2), u an eigenvector of D and of C_0 and u^T R u "
        "= 0: the variance u^T C_1 u obeys the homogeneous equation of the mode and starts from 0, so it stays 0",
        where="one layer, initial weights not aligned",
        source="ours",
        relation=closed(*ALIGNED, OFF),
        domain=domain_of((sigma, psi, share)),
        assumes=("zero-mean data", "probability flow of the trained denoisers"),
        checks=EXACT,
        slips=(closed(*ALIGNED), closed(*ALIGNED, OFF, rate=-(psi - 1) / sigma)),
        formula=False,
    ),
    Claim(
        id="our.one_layer.misaligned.orders",
        says=ORDERS,
        reading="the equation dC/dsigma = -[(W - I) C + C (W - I)^T]/sigma at W = D + eps R, D "
        "symmetric, C = C_0 + eps C_1, has the "
        "term C_0' at order 1 and -[(D - I) C_1 + C_1 (D - I) + R C_0 + C_0 R^T]/sigma at order eps, the rest is of "
        "order eps^2",
        where="one layer, initial weights not aligned",
        source="ours",
        relation=MatrixIdentity(
            (D + eps * R - unit) * (C0 + eps * C1) + (C0 + eps * C1) * (D + eps * R.T - unit),
            zero_order + eps * (first_order + source) + eps**2 * (R * C1 + C1 * R.T),
        ),
        domain=domain_of((eps,)),
        assumes=("zero-mean data", "probability flow of the trained denoisers"),
        checks=EXACT,
    ),
)
