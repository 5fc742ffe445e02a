"""Section 6, the conclusion: noisy PCA, and what the generation process has in common with power iteration."""

import sympy as sp

from theory.domain import Domain, Range, domain_of
from theory.jacobian import ANYWHERE
from theory.matrices import Eigenvector, Orthonormal
from theory.relation import Both, LimitIs, MatrixIdentity
from theory.shrinkage import PSD, Sigma, d, lam2, quotient, s, u, unit
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

T, c = symbols("T c_ratio")
SPIKED = (
    "we discuss a simple diffusion model with a linear denoiser and normalization free sampler, that allows us to cast the "
    "diffusion problem as noisy PCA, and make the connection to the spiked covariance model assuming that the natural data "
    "distribution reside in a low dimensional subspace"
)
MACHINE = (
    'in the linear case, the generation process acts as a "correlation machine", where initial random noise is repeatedly '
    "correlated to noisy estimations of the natural data basis, to finally embody the true distribution, in a manner "
    "similar to the power iteration method"
)
REGIME = (
    "regime (L), one noise variance s for all steps, two components of the data",
    "the amplitudes after T steps as in our.chain.gain; u_0 and u_1 have lam_0^2 = q lam_1^2 and C_0 = c C_1",
)
off, v, x = (sp.MatrixSymbol(name, d, 1) for name in ("w", "v", "x"))
ONE, ZERO = sp.S.One, sp.S.Zero
ABOVE_ONE = Range(ONE, sp.oo, low_open=True)
LONG = Domain(((c, ABOVE_ONE), (quotient, ABOVE_ONE), *domain_of((T,)).ranges))


def ratio(exponent: sp.Expr) -> sp.Expr:
    """Return (C_1/C_0)^exponent = c^-exponent, the variance along u_1 over that along u_0."""
    return sp.exp(-exponent * sp.log(c))


def tends(expr: sp.Expr, value: sp.Expr) -> LimitIs:
    """Return that `expr` tends to `value` as T grows."""
    return LimitIs(expr=expr, var=T, point=sp.oo, value=value)


def noisy(vector: sp.MatrixExpr, value: sp.Expr) -> MatrixIdentity:
    """Return that the vector is an eigenvector of Sigma_0 + s I with this eigenvalue."""
    given = (PSD, Eigenvector(u, Sigma, lam2), Eigenvector(off, Sigma, ZERO))
    return MatrixIdentity((Sigma + s * unit) * vector, value * vector, given)


CLAIMS = (
    Claim(
        id="wdmg.concl.spiked",
        says=SPIKED,
        reading="the noisy covariance Sigma_0 + s I has the components u_i of the data with eigenvalues lam_i^2 + s, and s "
        "along every direction w in which the data do not vary",
        where="section 6",
        source="as printed",
        relation=Both((noisy(u, lam2 + s), noisy(off, s))),
        domain=domain_of((lam2, s)),
        checks=EXACT,
    ),
    Claim(
        id="wdmg.concl.correlated",
        says=MACHINE,
        reading="a projection on components u and v correlates its input with each: P x = u <u, x> + v <v, x>; P^2 = P",
        where="section 6",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity((u * u.T + v * v.T) * x, u * (u.T * x) + v * (v.T * x)),
                MatrixIdentity((u * u.T + v * v.T) ** 2, u * u.T + v * v.T, (Orthonormal((u, v)),)),
            )
        ),
        domain=ANYWHERE,
        checks=EXACT,
    ),
    Claim(
        id="wdmg.concl.power.fresh",
        says=MACHINE,
        reading="fresh noise at every step: the variance along u_1 over that along u_0, (C_1/C_0)^(2T-1), tends to 0, as for "
        "power iteration, where it is (lam_1^2/lam_0^2)^(2T)",
        where="section 6",
        source="as printed",
        relation=Both((tends(ratio(2 * T - 1), ZERO), tends(sp.exp(-2 * T * sp.log(quotient)), ZERO))),
        domain=LONG,
        assumes=REGIME,
        checks=(KERNEL,),
        slips=(tends(ratio(2 * T - 1), ONE), tends(ratio(2 * T - 1), 1 / c), tends(ratio(1 - 2 * T), ZERO)),
        formula=False,
    ),
    Claim(
        id="wdmg.concl.power.accumulated",
        says=MACHINE,
        reading="accumulated noise of the final variance s: the ratio, which is C_1/C_0 for every T, tends to 0",
        where="section 6",
        source="as printed",
        relation=tends(ratio(ONE), ZERO),
        domain=LONG,
        assumes=REGIME,
        checks=(KERNEL,),
        corrected_by="our.shrinkage.power_iteration.accumulated",
        formula=False,
    ),
    Claim(
        id="wdmg.concl.distribution",
        says=MACHINE,
        reading="fresh noise at every step: to embody the true distribution the ratio of the variances would tend to that of "
        "the data, lam_1^2/lam_0^2 = 1/q",
        where="section 6",
        source="as printed",
        relation=tends(ratio(2 * T - 1), 1 / quotient),
        domain=LONG,
        assumes=REGIME,
        checks=(KERNEL,),
        corrected_by="our.shrinkage.sampler.limit",
        formula=False,
    ),
)
