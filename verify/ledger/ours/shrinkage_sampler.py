"""The same denoisers inside a sampler: what it generates, how fast its steps converge, and what a projection does in it."""

import sympy as sp

from numerics import noised_law
from numerics.scenes import shrinkage as shrinkage_scenes
from theory.domain import domain_of
from theory.matrices import Inv, Nonsingular
from theory.one_layer import final_variance, lam, sampled, sigma0, sigmaT, y
from theory.relation import Antiderivative, Both, LimitIs, MatrixIdentity, Solves, Within
from theory.sampling import W, d, unit, x
from theory.shrinkage import (
    FLOWING,
    euler_factor,
    exact_factor,
    h,
    local_error,
    log_level,
    noise_share,
)
from theory.symbols import symbols
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

sigma1, sigma_next, rank = symbols("sigma1 sigma_next rank")
MODES = domain_of((lam, sigma0, sigmaT)).where(sigma0 < sigmaT)
STEP = domain_of((sigma1, sigma_next))
X = sp.MatrixSymbol("X", d, rank)
P = X * Inv(X.T * X) * X.T
REGULAR = (Nonsingular(X.T * X),)
WHERE = "sampling with optimal linear denoisers"
BOX = box(lam=("0.05", "2.0"), sigma0=("0.05", "0.5"), sigmaT=("1.5", "10.0"))
COARSE = box(lam=("0.3", "2.0"), sigma0=("0.2", "0.5"), sigmaT=("1.5", "4.0"))
r = sigma_next / sigma1
ZERO = sp.S.Zero


def updated(denoised: sp.MatrixExpr) -> sp.MatrixExpr:
    """Return D + sigma_{t-1}/sigma_t (x - D)."""
    return denoised + r * (x - denoised)


def share(sigma: sp.Expr) -> sp.Expr:
    """Return sigma^2/(lam + sigma^2)."""
    return sigma**2 / (lam + sigma**2)


CLAIMS = (
    Claim(
        id="our.shrinkage.sampler.variance",
        says="the flow dx/dsigma = (x - D_sigma x)/sigma from variance S = sigma_T^2 to s_0 = sigma_0^2 gives the mode "
        "variance S (lam^2 + s_0)/(lam^2 + S)",
        reading="lam here is the variance lam^2 of the mode",
        where=WHERE,
        source="ours",
        relation=sampled(sigmaT**2 * (lam + sigma0**2) / (lam + sigmaT**2), lam / (lam + sigma0**2)),
        domain=MODES,
        derived_in="one layer: final level",
        checks=(*EXACT, Ode(measure=noised_law.converged_variance, box=BOX)),
    ),
    Claim(
        id="our.shrinkage.sampler.limit",
        says="... -> lam^2 (s_0 -> 0, S -> infinity)",
        reading="in either order; lam here is the variance lam^2 of the mode",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                LimitIs(expr=final_variance(), var=sigma0, point=ZERO, value=lam * sigmaT**2 / (lam + sigmaT**2)),
                LimitIs(expr=lam * sigmaT**2 / (lam + sigmaT**2), var=sigmaT, point=sp.oo, value=lam),
                LimitIs(expr=final_variance(), var=sigmaT, point=sp.oo, value=lam + sigma0**2),
            )
        ),
        domain=MODES,
        derived_in="one layer: final level",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.shrinkage.sampler.update",
        says="the update x <- D + sigma_{t-1}/sigma_t (x - D) is an Euler step of the flow",
        where=WHERE,
        source="ours",
        relation=MatrixIdentity(x + (sigma_next - sigma1) * (x - W * x) / sigma1, W * x + r * (x - W * x)),
        domain=STEP,
        derived_in="samplers: Euler",
        checks=EXACT,
    ),
    Claim(
        id="our.shrinkage.sampler.order",
        says="the update converges to the flow as the mesh of ln sigma tends to 0, S and s_0 fixed",
        reading="in a step of size h ln x is off by -p (1 - p)/2 h^2 to second order, p = s/(lam^2 + s), the derivative in "
        "ln sigma of -p/4: the sum over ln(sigma_T/sigma_0)/h steps vanishes with h",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Within(
                    LimitIs(
                        expr=(euler_factor() - exact_factor()) / h**2,
                        var=h,
                        point=ZERO,
                        value=-noise_share(log_level) * (1 - noise_share(log_level)) / 2,
                    ),
                    FLOWING.joined(domain_of((h,))),
                ),
                Within(
                    Antiderivative(primitive=-noise_share(log_level) / 4, integrand=local_error(), var=log_level),
                    FLOWING,
                ),
            )
        ),
        domain=MODES,
        derived_in="shrinkage: global error",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.shrinkage.sampler.error",
        says="over equal steps h of ln sigma the logarithm of the generated variance is off by h (p_0 - p_T)/2 to first "
        "order, p = s/(lam^2 + s): the update is of order 1",
        reading="twice the integral of -p (1 - p)/2 over ln sigma",
        where=WHERE,
        source="ours",
        relation=Solves(
            solution=(share(sigma0) - share(sigmaT)) / 2,
            var=sigmaT,
            unknown=y,
            rate=-share(sigmaT) * (1 - share(sigmaT)) / sigmaT,
            at=sigma0,
            start=ZERO,
        ),
        domain=MODES,
        derived_in="shrinkage: global error",
        checks=(*EXACT, Ode(measure=shrinkage_scenes.first_order_error, box=COARSE, points=3)),
    ),
    Claim(
        id="our.shrinkage.sampler.projection",
        reading="P projects on the span of the columns of any X",
        says="with D = P_0 it keeps in-plane components and scales the others by sigma_{t-1}/sigma_t",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                MatrixIdentity(P * updated(P * x), P * x, REGULAR),
                MatrixIdentity((unit - P) * updated(P * x), r * (unit - P) * x, REGULAR),
            )
        ),
        domain=STEP,
        checks=EXACT,
    ),
)
