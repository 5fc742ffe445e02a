"""Section 4.1: the chain as an operator, power iteration, and the two assumptions of the theorem."""

import sympy as sp

from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.matrices import Eigenvector, Expect, Moments, Symmetric
from theory.projection_chain import (
    MODES,
    NOISY,
    PAIRED,
    C,
    chain,
    gamma,
    kappa,
    lam2_0,
    lam2_1,
    lam_sq,
    s_a,
    s_b,
    s_bar,
    xi,
)
from theory.projection_chain import d as dim
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity, Within
from theory.symbols import symbols
from theory.two_layer import narrowed
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL, PROPERTY

sigmaT, lam_i, lam_j, step, x, c_0, c_1 = symbols("sigmaT lam_i lam_j step x_pos c_0 c_1")
SECTION = "section 4.1"
ZERO, ONE = sp.S.Zero, sp.S.One
LARGE = "large dimension and sample number at d/n = gamma, everything else fixed (our.spiked.overlap)"
CHAIN = "x_g = P_T xi with the chain given"
FRESH = "E_t independent for each t"

P_0, P_1, P_2 = (sp.MatrixSymbol(f"P_{t}", dim, dim) for t in range(3))
Sigma_0, u_0 = sp.MatrixSymbol("Sigma_0", dim, dim), sp.MatrixSymbol("u_0", dim, 1)


def applied(product: sp.MatrixExpr) -> MatrixIdentity:
    """Return that applying P_2, then P_1, then P_0 is `product`."""
    return MatrixIdentity(P_0 * (P_1 * (P_2 * xi)), product * xi)


def generated(level: sp.Expr, covariance: sp.MatrixExpr) -> MatrixIdentity:
    """Return that noise of variance `level` in each direction generates `covariance`."""
    noise = Moments(xi, sp.ZeroMatrix(dim, 1), level * sp.Identity(dim))
    return MatrixIdentity(Expect((chain * xi) * (chain * xi).T), covariance, (noise,))


def power(value: sp.Expr) -> LimitIs:
    """Return the limit of the squared cosine, x being the energy of the rest of xi over that along u_0."""
    rest = x * (lam2_1 / lam2_0) ** (2 * step)
    return LimitIs(expr=1 / (1 + rest), var=step, point=sp.oo, value=value)


def first_order(value: sp.Expr) -> LimitIs:
    """Return the limit of sin^2 theta_i/s as the noise variance s tends to 0."""
    return LimitIs(expr=(1 - C(s_bar, lam_sq)) / s_bar, var=s_bar, point=sp.S.Zero, value=value)


def within(low: sp.Expr, high: sp.Expr) -> Both:
    """Return that sin^2 theta_i over its leading order lies between two numbers."""
    ratio = (1 - C(s_bar, lam_sq)) * lam_sq / (gamma * s_bar)
    return Both((Inequality(ratio, ">=", low), Inequality(ratio, "<=", high)))


def consecutive(value: sp.Expr) -> Identity:
    """Return that the scalar product of u_i at two steps with fresh noise is `value`."""
    return Identity(kappa(s_a, s_b, sp.S.Zero, lam_sq), value)


def ordered_levels(op: str) -> Inequality:
    """Return that the noise variance at which gamma s/lam^2 reaches a level x is ordered as the eigenvalues are."""
    return Inequality(x * lam_i**2 / gamma, op, x * lam_j**2 / gamma)


STARTED = domain_of((x, lam2_0, lam2_1, step)).where(lam2_1 < lam2_0)
NOISE = narrowed(NOISY, s=POSITIVE)
WEAK = narrowed(NOISY, s=POSITIVE).where(16 * s_bar <= lam_sq, 4 * gamma >= 1, gamma <= 4)
FACTORS = narrowed(domain_of((c_0, c_1, step)), c_0=POSITIVE).where(c_1 < c_0)
SMALL_ANGLE = Domain(((x, Range(sp.S.Zero, sp.S.One, low_open=True)),))
PRINTED_15 = "E sqrt(1 - <u_i^t, u_i>^2) ~ (sbar_t/lam_i) sqrt(d/n), for i = ..., r - 1"
PRINTED_16 = "For each index i there exists a time tau_i, where for t <= tau_i and j <= i, E<u_i^t, u_i^{t+1}> = 0"
MEAN = "we now turn to show how the reverse process performed by a repeated denoising converges in mean to PI"

CLAIMS = (
    Claim(
        id="wdmg.eq13",
        says="the generation process is essentially the linear transformation given by the matrix P_T = P_0 ... P_t ... "
        "P_T",
        reading="three denoisers, the noisiest first: the product applied to xi; each further one adds a factor",
        where="eq. (13)",
        source="as printed",
        relation=applied(P_0 * P_1 * P_2),
        domain=domain_of((gamma,)),
        checks=EXACT,
        slips=(applied(P_2 * P_1 * P_0), applied(P_0 * P_2 * P_1), applied(P_0 * P_1)),
    ),
    Claim(
        id="wdmg.eq14.level",
        says="x_g = P_T xi, where xi ~ N(0, sigma_T)",
        reading="sigma_T is the standard deviation, as in eq. (3): then E x_g x_g^T = sigma_T^2 P_T P_T^T, the chain given",
        where="eq. (14)",
        source="as printed",
        relation=generated(sigmaT**2, sigmaT**2 * chain * chain.T),
        domain=domain_of((sigmaT,)),
        assumes=(CHAIN,),
        derived_in="projection chain: generated covariance",
        checks=EXACT,
        slips=(generated(sigmaT**2, sigmaT**2 * chain.T * chain), generated(sigmaT**2, sigmaT * chain * chain.T)),
    ),
    Claim(
        id="wdmg.eq14.variance",
        says="x_g = P_T xi, where xi ~ N(0, sigma_T)",
        reading="sigma_T is the variance, as the letters say: then E x_g x_g^T = sigma_T P_T P_T^T, the chain given",
        where="eq. (14)",
        source="as printed",
        relation=generated(sigmaT, sigmaT * chain * chain.T),
        domain=domain_of((sigmaT,)),
        assumes=(CHAIN,),
        derived_in="projection chain: generated covariance",
        checks=EXACT,
        slips=(generated(sigmaT, sigmaT * chain.T * chain), generated(sigmaT, sigmaT**2 * chain * chain.T)),
    ),
    Claim(
        id="wdmg.pi.step",
        says="in this case the denoiser would be D_PI^t = Sigma_0 for all t",
        reading="one step multiplies the coordinate of xi along an eigenvector by its eigenvalue",
        where=SECTION,
        source="as printed",
        relation=MatrixIdentity(
            u_0.T * (Sigma_0 * xi), lam2_0 * u_0.T * xi, (Symmetric(Sigma_0), Eigenvector(u_0, Sigma_0, lam2_0))
        ),
        domain=domain_of((lam2_0,)),
        checks=EXACT,
    ),
    Claim(
        id="wdmg.pi",
        says="we ignore the normalization and focus on the direction of the final vector",
        reading="the squared cosine of Sigma_0^T xi with u_0 tends to 1 if lam_1 < lam_0 and <u_0, xi> != 0: it is at "
        "least 1/(1 + x (lam_1^2/lam_0^2)^(2 T)), x the energy of the rest of xi over that along u_0",
        where=SECTION,
        source="as printed",
        relation=power(sp.S.One),
        domain=STARTED,
        assumes=("lam_1 < lam_0",),
        checks=(KERNEL,),
        formula=False,
        slips=(power(sp.S.Zero), power(sp.S.Half), power(1 / (1 + x))),
    ),
    Claim(
        id="wdmg.eq15.leading",
        says=PRINTED_15,
        reading="sin^2 theta_i/s tends to gamma/lam_i^2 as the noise variance s tends to 0; u_i the clean principal component "
        "of the samples",
        where="assumption 4.1, eq. (15)",
        source="as printed",
        relation=first_order(gamma / lam_sq),
        domain=NOISE,
        assumes=(LARGE,),
        checks=(KERNEL,),
        slips=(first_order(gamma / sp.sqrt(lam_sq)), first_order(1 / lam_sq), first_order(sp.S.Zero)),
    ),
    Claim(
        id="wdmg.eq15.ten_percent",
        says=PRINTED_15,
        reading="for noise of at most a quarter of lam_i, gamma between 1/4 and 4, sin theta_i is within 10 % of eq. (15): "
        "81/100 <= sin^2 theta_i/(gamma s/lam_i^2) <= 121/100",
        where="assumption 4.1, eq. (15)",
        source="as printed",
        relation=within(sp.Rational(81, 100), sp.Rational(121, 100)),
        domain=WEAK,
        assumes=(LARGE,),
        checks=EXACT,
        slips=(within(sp.Rational(9, 10), ONE), within(ONE, sp.Rational(121, 100)), within(ZERO, sp.Rational(9, 10))),
        formula=False,
    ),
    Claim(
        id="wdmg.eq15.exact",
        says=PRINTED_15,
        reading="sin^2 theta_i = gamma s/lam_i^2 at every noise level below threshold, not only to leading order",
        where="assumption 4.1, eq. (15)",
        source="as printed",
        relation=Identity(1 - C(s_bar, lam_sq), gamma * s_bar / lam_sq),
        domain=NOISE,
        assumes=(LARGE,),
        checks=EXACT,
        corrected_by="our.chain.sine",
        formula=False,
    ),
    Claim(
        id="wdmg.eq16.printed",
        says=PRINTED_16,
        reading="as the letters say, the same index i at both steps; fresh noise below the threshold",
        where="assumption 4.2, eq. (16)",
        source="as printed",
        relation=consecutive(sp.S.Zero),
        domain=PAIRED,
        assumes=(LARGE, FRESH),
        checks=EXACT,
        corrected_by="our.chain.symmetry.sign",
        formula=False,
    ),
    Claim(
        id="wdmg.eq16.joint",
        says=PRINTED_16,
        reading="together with eq. (21), E<u_i^t, u_i^{t+1}> ~ cos x with x = sigma_{t+1}^2 d/(lam_i^2 n), while the angle x "
        "is at most 1: then cos x = 0",
        where="assumption 4.2, eq. (16), with eq. (21)",
        source="as printed",
        relation=Identity(sp.cos(x), sp.S.Zero),
        domain=SMALL_ANGLE,
        checks=(PROPERTY,),
        corrected_by="our.chain.symmetry.sign",
        formula=False,
    ),
    Claim(
        id="wdmg.A4.2.order",
        says="in addition, tau_i > tau_j for i < j",
        reading="tau_i is the time, on a continuous scale, at which gamma sbar_t^2/lam_i^2 reaches a level x: later means "
        "more noise",
        where="assumption 4.2",
        source="as printed",
        relation=ordered_levels(">"),
        domain=domain_of((gamma, lam_i, lam_j, x)).where(lam_j < lam_i),
        checks=EXACT,
        slips=(ordered_levels("<"), ordered_levels("<=")),
        formula=False,
    ),
    Claim(
        id="wdmg.mean-pi.constant",
        says=MEAN,
        reading="for fresh noise of one level s > 0 below threshold at every step, C_1/C_0 < 1: the mean of the chain turns "
        "to u_0 as the number of steps grows",
        where=SECTION,
        source="as printed",
        relation=Both(
            (
                Inequality(C(s_bar, lam2_1), "<", C(s_bar, lam2_0)),
                Within(LimitIs(expr=(c_1 / c_0) ** step, var=step, point=sp.oo, value=sp.S.Zero), FACTORS),
            )
        ),
        domain=narrowed(MODES, s=POSITIVE),
        assumes=(LARGE, FRESH),
        checks=(KERNEL,),
        formula=False,
    ),
)
