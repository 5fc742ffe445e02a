"""Table 2 of the spectral-bias paper as printed: a row is a variant of the loss, and what is claimed of it."""

from dataclasses import dataclass

import sympy as sp

from theory.domain import Domain
from theory.matrices import Inv
from theory.objectives import DOMAINS, OBJECTIVES, Objective, alpha, lam, mean, sigma, t
from theory.regression import Sigma, mu, unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The printed entries of a variant: first for data of covariance Sigma and mean mu, then for a mode (lam, mean)."""

    id: str
    variant: str
    says: str
    input_covariance: sp.MatrixExpr
    cross_covariance: sp.MatrixExpr
    input_mean: sp.MatrixExpr
    target_mean: sp.MatrixExpr
    W: sp.MatrixExpr
    b: sp.MatrixExpr
    least: sp.Expr
    rate: sp.Expr
    psi: sp.Expr
    bias: sp.Expr
    minloss: sp.Expr

    @property
    def objective(self) -> Objective:
        """The variant itself."""
        return OBJECTIVES[self.variant]

    @property
    def domain(self) -> Domain:
        """Where a mode has an optimum."""
        return DOMAINS[self.variant]


M = Sigma + sigma**2 * unit
C = alpha**2 * Sigma + sigma**2 * unit
A = t**2 * Sigma + (1 - t) ** 2 * unit
B = t * Sigma - (1 - t) * unit
m, c, A_t, B_t = lam + sigma**2, alpha**2 * lam + sigma**2, t**2 * lam + (1 - t) ** 2, t * lam - (1 - t)
nothing = 0 * mu

ROWS = (
    Row(
        id="wp.C.4.edm.x",
        variant="edm_x",
        says="x0 + sigma z; x0 / lam + sigma^2 / lam / mu, mu / lam/(lam + sigma^2) / sigma^2 mu/(lam + sigma^2) / "
        "lam sigma^2/(lam + sigma^2)",
        input_covariance=M,
        cross_covariance=Sigma,
        input_mean=mu,
        target_mean=mu,
        W=Sigma * Inv(M),
        b=sigma**2 * Inv(M) * mu,
        least=sigma**2 * sp.Trace(Sigma * Inv(M)),
        rate=m,
        psi=lam / m,
        bias=sigma**2 * mean / m,
        minloss=lam * sigma**2 / m,
    ),
    Row(
        id="wp.C.4.edm.eps",
        variant="edm_eps",
        says="x0 + sigma z; z / lam + sigma^2 / sigma / mu, 0 / sigma/(lam + sigma^2) / -sigma mu/(lam + sigma^2) / "
        "lam/(lam + sigma^2)",
        input_covariance=M,
        cross_covariance=sigma * unit,
        input_mean=mu,
        target_mean=nothing,
        W=sigma * Inv(M),
        b=-sigma * Inv(M) * mu,
        least=sp.Trace(Sigma * Inv(M)),
        rate=m,
        psi=sigma / m,
        bias=-sigma * mean / m,
        minloss=lam / m,
    ),
    Row(
        id="wp.C.4.vp.x",
        variant="vp_x",
        says="alpha x0 + sigma z; x0 / c := alpha^2 lam + sigma^2 / alpha lam / alpha mu, mu / alpha lam/c / "
        "sigma^2 mu/c / lam sigma^2/c",
        input_covariance=C,
        cross_covariance=alpha * Sigma,
        input_mean=alpha * mu,
        target_mean=mu,
        W=alpha * Sigma * Inv(C),
        b=sigma**2 * Inv(C) * mu,
        least=sigma**2 * sp.Trace(Sigma * Inv(C)),
        rate=c,
        psi=alpha * lam / c,
        bias=sigma**2 * mean / c,
        minloss=lam * sigma**2 / c,
    ),
    Row(
        id="wp.C.4.vp.eps",
        variant="vp_eps",
        says="alpha x0 + sigma z; z / c / sigma / alpha mu, 0 / sigma/c / -alpha sigma mu/c / alpha^2 lam/c",
        input_covariance=C,
        cross_covariance=sigma * unit,
        input_mean=alpha * mu,
        target_mean=nothing,
        W=sigma * Inv(C),
        b=-alpha * sigma * Inv(C) * mu,
        least=alpha**2 * sp.Trace(Sigma * Inv(C)),
        rate=c,
        psi=sigma / c,
        bias=-alpha * sigma * mean / c,
        minloss=alpha**2 * lam / c,
    ),
    Row(
        id="wp.C.4.vp.v",
        variant="vp_v",
        says="alpha x0 + sigma z; alpha z - sigma x0 / c / alpha sigma (1 - lam) / alpha mu, -sigma mu / "
        "alpha sigma (1 - lam)/c / -sigma (alpha^2 + sigma^2) mu/c / (alpha^2 + sigma^2)^2 lam/c",
        input_covariance=C,
        cross_covariance=alpha * sigma * (unit - Sigma),
        input_mean=alpha * mu,
        target_mean=-sigma * mu,
        W=alpha * sigma * (unit - Sigma) * Inv(C),
        b=-sigma * (alpha**2 + sigma**2) * Inv(C) * mu,
        least=(alpha**2 + sigma**2) ** 2 * sp.Trace(Sigma * Inv(C)),
        rate=c,
        psi=alpha * sigma * (1 - lam) / c,
        bias=-sigma * (alpha**2 + sigma**2) * mean / c,
        minloss=(alpha**2 + sigma**2) ** 2 * lam / c,
    ),
    Row(
        id="wp.C.4.fm",
        variant="flow",
        says="t x0 + (1-t) z; x0 - z / A_t = t^2 lam + (1-t)^2 / B_t = t lam - (1-t) / t mu, mu / B_t/A_t / "
        "(1-t) mu/A_t / lam/A_t",
        input_covariance=A,
        cross_covariance=B,
        input_mean=t * mu,
        target_mean=mu,
        W=B * Inv(A),
        b=(1 - t) * Inv(A) * mu,
        least=sp.Trace(Sigma * Inv(A)),
        rate=A_t,
        psi=B_t / A_t,
        bias=(1 - t) * mean / A_t,
        minloss=lam / A_t,
    ),
)
