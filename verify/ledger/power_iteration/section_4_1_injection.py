"""Section 4.1: noise injected at every step, what its three parts generate, and the measure of eq. (26)."""

from functools import partial

import sympy as sp

from theory.domain import POSITIVE, Range, domain_of
from theory.injection import P_0, P_1, xi_0, xi_1
from theory.matrices import Expect, Moments, Orthonormal
from theory.projection_chain import MODES, TWO, C, T, d, gamma, kept, lam2_0, lam2_1, s_bar, variation
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity, Monotone
from theory.symbols import symbols
from theory.two_layer import narrowed
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.power_iteration.section_4_1 import FACTORS, FRESH, LARGE
from verify.ledger.power_iteration.section_4_1_theorem import ONE as COLLAPSES
from verify.ledger.power_iteration.section_4_1_theorem import share

ZERO, ONE = sp.S.Zero, sp.S.One
c_0, c_1, step, x, z, s_injected = symbols("c_0 c_1 step x_pos z_pos s_injected")
P_2, xi_2 = sp.MatrixSymbol("P_2", d, d), sp.MatrixSymbol("xi_2", d, 1)
u_0, u_1 = sp.MatrixSymbol("u_0", d, 1), sp.MatrixSymbol("u_1", d, 1)
SECTION = "section 4.1"
EQ25 = "x_g = sum_{t=0}^T prod_{tau=0}^t P_tau xi_t = P_0 ... P_T xi_T + ... + P_0 xi_0"
FIRST = (
    "the first part of the sum, P_0 ... P_T xi_T, is the estimation of the eigenvector with the largest eigenvalue: the "
    "strongest noise is repeatedly correlated to be concentrated around the first eigenvector"
)
MIXED = (
    "the generated output is a combination of a noisy image that was repeatedly correlated to converge to v_0 (as shown "
    "above), with generally lower noise levels"
)
LAST_PART = "the last part, P_0 xi_0, is a weak noise level that is spread across all components"
BETWEEN = "as t grows, the total projection tends to retain only the components associated with larger eigenvalues"
CONTROL = "the freedom in choice of schedule {xi_t} allows control of the spread of the final distribution"
EQ26 = "c_i = (1/n) sum_j |<u_i, x_j>|/||x_j||"


def recursion(rhs: sp.MatrixExpr) -> MatrixIdentity:
    """Return that three steps of x <- P_t (x + xi_t), from xi_2 on, give `rhs`."""
    return MatrixIdentity(P_0 * (P_1 * (P_2 * xi_2 + xi_1) + xi_0), rhs)


def last_part(rhs: sp.MatrixExpr) -> MatrixIdentity:
    """Return that P_0 xi_0 has the covariance `rhs` if P_0 projects on two clean components."""
    part = (u_0 * u_0.T + u_1 * u_1.T) * xi_0
    noise = Moments(xi_0, sp.ZeroMatrix(d, 1), s_injected * sp.Identity(d))
    return MatrixIdentity(Expect(part * part.T), rhs, (noise, Orthonormal((u_0, u_1))))


def kept_by(model: str) -> sp.Expr:
    """Return what one step more multiplies the variance of a component by, for constant fresh noise, or keeps of it."""
    return {"fresh": C(s_bar, lam2_1) ** 2 / C(s_bar, lam2_0) ** 2, "accumulated": C(s_bar, lam2_1) / C(s_bar, lam2_0)}[
        model
    ]


def spread(first: sp.Expr, second: sp.Expr) -> sp.Expr:
    """Return the variance of component 1 over that of component 0 if xi_0 has variance `first`, a later one `second`."""
    return (first + second * c_1**2) / (first + second * c_0**2)


def fraction() -> sp.Expr:
    """Return |<u_i, x>|/||x|| for an image with the coordinate a > 0 along u_i and b > 0 across it."""
    return x / sp.sqrt(x**2 + z**2)


claim = partial(Claim, where=SECTION, source="as printed", checks=(KERNEL,), formula=False)
lost_when_fresh = partial(
    claim,
    relation=share(kept(variation("fresh"))),
    domain=TWO,
    assumes=(LARGE, FRESH),
    corrected_by="our.chain.collapse.fresh",
)
LIVE = narrowed(MODES, s=POSITIVE)
GAINS_AT = narrowed(domain_of((c_0, c_1, x)), c_0=Range(ZERO, ONE, low_open=True), c_1=POSITIVE).where(c_1 < c_0)
GAINS = GAINS_AT.joined(domain_of((z,)))
IMAGE = domain_of((x, z))
SCHEDULE = "sigma_t = 1/T"

CLAIMS = (
    claim(
        id="wdmg.eq25",
        says=EQ25,
        reading="the recursion x <- P_t (x + xi_t), from P_T xi_T down to t = 0, here with three steps; one more puts one "
        "projection in front of all",
        relation=recursion(P_0 * P_1 * P_2 * xi_2 + P_0 * P_1 * xi_1 + P_0 * xi_0),
        domain=domain_of((gamma,)),
        where="eq. (25)",
        derived_in="injection: sum",
        checks=EXACT,
        formula=True,
        slips=(
            recursion(P_2 * P_1 * P_0 * xi_2 + P_1 * P_0 * xi_1 + P_0 * xi_0),
            recursion(P_0 * P_1 * P_2 * xi_2 + P_0 * P_1 * xi_1 + xi_0),
        ),
    ),
    lost_when_fresh(
        id="wdmg.25.v0.fresh",
        says=MIXED,
        reading=f"fresh noise, {SCHEDULE}: in P_0 ... P_T xi_T {COLLAPSES}",
    ),
    claim(
        id="wdmg.25.v0.constant",
        says=MIXED,
        reading=f"fresh noise of one level at every step, below threshold: in P_0 ... P_T xi_T {COLLAPSES}, as the power 2 T - 1 of "
        "C_1/C_0 < 1",
        relation=LimitIs(expr=(c_1 / c_0) ** (2 * step + 1), var=step, point=sp.oo, value=ZERO),
        domain=FACTORS,
        assumes=(LARGE, FRESH),
        slips=(LimitIs(expr=(c_1 / c_0) ** (2 * step + 1), var=step, point=sp.oo, value=ONE),),
    ),
    lost_when_fresh(
        id="wdmg.25a.fresh",
        says=FIRST,
        reading=f"fresh noise, {SCHEDULE}: {COLLAPSES}",
    ),
    claim(
        id="wdmg.25a.shared",
        says=FIRST,
        reading=f"one shared draw of noise, {SCHEDULE}: {COLLAPSES}",
        relation=share(kept(variation("shared"))),
        domain=TWO,
        assumes=(LARGE,),
        corrected_by="our.chain.collapse.shared",
    ),
    claim(
        id="wdmg.25b.uniform",
        says=LAST_PART,
        reading="P_0 xi_0 has the covariance tau_0^2 sum_i u_i u_i^T, the same variance along all clean components; two of them",
        relation=last_part(s_injected * u_0 * u_0.T + s_injected * u_1 * u_1.T),
        domain=domain_of((s_injected,)),
        checks=EXACT,
        formula=True,
        slips=(last_part(s_injected * u_0 * u_0.T), last_part(s_injected * sp.Identity(d))),
    ),
    claim(
        id="wdmg.25b.weak",
        says=LAST_PART,
        reading="its variance is 1/T in every direction, and tends to 0 as T tends to infinity",
        relation=LimitIs(expr=1 / T, var=T, point=sp.oo, value=ZERO),
        domain=domain_of((T,)),
        slips=(
            LimitIs(expr=1 / T, var=T, point=sp.oo, value=ONE),
            LimitIs(expr=ONE - 1 / T, var=T, point=sp.oo, value=ZERO),
            LimitIs(expr=T / (T + 1), var=T, point=sp.oo, value=ZERO),
        ),
    ),
    claim(
        id="wdmg.25c.fresh",
        says=BETWEEN,
        reading="fresh noise of level s, below threshold: one step more multiplies the variance of component 1 over that of "
        "component 0 by (C_1/C_0)^2 < 1",
        relation=Inequality(kept_by("fresh"), "<", ONE),
        domain=LIVE,
        assumes=(LARGE, FRESH),
        checks=EXACT,
        slips=(Inequality(kept_by("fresh"), ">", ONE), Inequality(1 / kept_by("fresh"), "<", ONE)),
    ),
    claim(
        id="wdmg.25c.accumulated",
        says=BETWEEN,
        reading="accumulated noise: what is kept of component 1 over what is kept of component 0, C_1(s_t)/C_0(s_t), falls with "
        "s_t; the logarithm is judged",
        relation=Monotone(expr=sp.log(C(s_bar, lam2_1)) - sp.log(C(s_bar, lam2_0)), var=s_bar, op="<"),
        domain=LIVE,
        assumes=(LARGE,),
        checks=EXACT,
        slips=(Monotone(expr=sp.log(C(s_bar, lam2_0)) - sp.log(C(s_bar, lam2_1)), var=s_bar, op="<"),),
    ),
    lost_when_fresh(
        id="wdmg.25c.only",
        says=BETWEEN,
        reading=f"only the largest: with fresh noise and {SCHEDULE} component 1 is lost in the end",
    ),
    claim(
        id="wdmg.25d.some",
        says=CONTROL,
        reading="noise at two steps, of variances 1 - p and p, the later one kept with gains c_0 > c_1: the ratio of component 1 to "
        "component 0 falls as p grows, from 1",
        relation=Both(
            (
                Monotone(expr=spread(1 - x, x), var=x, op="<"),
                LimitIs(expr=spread(1 - x, x), var=x, point=ZERO, value=ONE),
            )
        ),
        domain=narrowed(GAINS_AT, x_pos=Range(ZERO, ONE, True, True)),
        slips=(Monotone(expr=spread(x, 1 - x), var=x, op="<"),),
    ),
    claim(
        id="wdmg.25d.any",
        says=CONTROL,
        reading="any spread: there is a schedule for which component 1, of the smaller eigenvalue, gets more variance than component "
        "0",
        relation=Inequality(spread(x, z), ">", ONE, some=True),
        domain=GAINS,
        corrected_by="our.chain.injection.order",
    ),
    claim(
        id="wdmg.eq26.range",
        says=EQ26,
        reading="each term lies between 0 and 1: it is a/sqrt(a^2 + b^2), a = |<u_i, x>| and b the length of x across u_i, both "
        "positive here",
        relation=Both((Inequality(fraction(), ">=", ZERO), Inequality(fraction(), "<", ONE))),
        domain=IMAGE,
        where="eq. (26)",
        checks=EXACT,
        slips=(Both((Inequality(fraction(), "<", ZERO),)), Both((Inequality(fraction(), "<", sp.S.Half),))),
    ),
    claim(
        id="wdmg.eq26.distribution",
        says="we can plot the empirical absolute distribution of generated images over the clean PCs, given by c_i = (1/n) sum_j "
        "|<u_i, x_j>|/||x_j||",
        reading="a distribution sums to 1: for one image (a, b) in the span of two components, (|a| + |b|)/||x|| = 1",
        relation=Identity((x + z) / sp.sqrt(x**2 + z**2), ONE),
        domain=domain_of((x, z)),
        where="eq. (26)",
        checks=EXACT,
        corrected_by="our.chain.shares",
    ),
)
