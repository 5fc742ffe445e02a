"""Section 4: what turns a component, and how fast."""

import sympy as sp

from theory.domain import domain_of
from theory.relation import Both, Identity, Inequality, LimitIs, Monotone, Within
from theory.spiked import ABOVE, BELOW, MODE, detected, gamma, lam2, overlap_squared, s
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL, PROPERTY
from verify.ledger.ours.spiked import LARGE

u_1, u_2, z_11, z_12, z_21, z_22 = symbols("u_1 u_2 z_11 z_12 z_21 z_22")
lam_0, lam_1 = symbols("lam_0 lam_1")
PLANE = domain_of((u_1, u_2, lam2, s))
TWO = domain_of((z_11, z_12, z_21, z_22, lam_0, lam_1))
sine2 = 1 - overlap_squared(s)
speed = sp.Derivative(sine2, s)

PRODUCT = "we analyze the decay of the product <u_t^i, u_i> over time"
DRIVERS = (
    "there are two drivers of change in the perturbation of u_i to u_i^t. The first being the added noise, i.e., |Sigma_t - "
    "Sigma_0|; the second is in the finite sample approximation |Sigmahat_t - Sigma_t|"
)
SLOPE = (
    "in Equation 12 the angle is inversely linked to the eigenvalue, inferring a slower change with higher eigenvalues"
)


def turned(isotropic: sp.Expr) -> sp.Expr:
    """Return u x (lam2 u u^T + isotropic I) u in the plane: 0 iff u is an eigenvector."""
    size = u_1**2 + u_2**2
    first, second = (lam2 * x * size + isotropic * x for x in (u_1, u_2))
    return u_1 * second - u_2 * first


def mixed() -> sp.Expr:
    """Return the entry between two components of the sample second moment of two noiseless samples."""
    return lam_0 * lam_1 * (z_11 * z_12 + z_21 * z_22) / 2


def decays(op: str) -> Both:
    """Return how sqrt C changes with the noise while the component is seen; beyond it is 0."""
    return Both(
        (
            Monotone(expr=sp.sqrt(overlap_squared(s)), var=s, op=op),
            Within(Identity(detected(s), sp.S.Zero), ABOVE),
        )
    )


def slope(expr: sp.Expr, op: str = "<") -> Monotone:
    """Return that an expression changes with the eigenvalue in this direction."""
    return Monotone(expr=expr, var=lam2, op=op)


CLAIMS = (
    Claim(
        id="wdmg.product",
        says=PRODUCT,
        reading="in the limit of large d and n: sqrt C falls with the noise while the component is seen, and is 0 from the threshold "
        "on",
        where="sec. 4",
        source="as printed",
        relation=decays("<"),
        domain=BELOW,
        assumes=LARGE,
        derived_in="spiked: every noise",
        checks=EXACT,
        slips=(decays(">"), decays(">="), Both((Monotone(expr=-sp.sqrt(overlap_squared(s)), var=s, op="<"),))),
        formula=False,
    ),
    Claim(
        id="wdmg.drivers.noise",
        says=DRIVERS,
        reading="the added noise alone, with the population covariance Sigma_0 + s I, turns a component: u is no eigenvector of "
        "lambda^2 u u^T + s I; two dimensions",
        where="sec. 4",
        source="as printed",
        relation=Inequality(turned(s), "!=", sp.S.Zero),
        domain=PLANE,
        checks=(PROPERTY,),
        corrected_by="our.spiked.drivers",
        formula=False,
    ),
    Claim(
        id="wdmg.drivers.sample.rank_one",
        says=DRIVERS,
        reading="the finite sample alone, without noise, turns the component of rank-1 data: u is no eigenvector of X_0 X_0^T, a "
        "multiple of u u^T; two dimensions",
        where="sec. 4",
        source="as printed",
        relation=Inequality(turned(sp.S.Zero), "!=", sp.S.Zero),
        domain=PLANE,
        checks=EXACT,
        corrected_by="our.spiked.drivers",
        formula=False,
    ),
    Claim(
        id="wdmg.drivers.sample.rank_two",
        says=DRIVERS,
        reading="the finite sample alone, without noise, may turn the population components of rank-2 data: the entry of X_0 X_0^T/n "
        "between them is not always 0; two samples",
        where="sec. 4",
        source="as printed",
        relation=Inequality(mixed(), "!=", sp.S.Zero, some=True),
        domain=TWO,
        checks=(KERNEL,),
        slips=tuple(
            Inequality(entry, ">", sp.S.Zero, some=True) for entry in (-(z_11**2), -lam_0 * z_11**2, -lam_0 * lam_1)
        ),
        formula=False,
    ),
    Claim(
        id="wdmg.slope.order",
        says=SLOPE,
        reading="in the limit of large d and n: the angle falls as the eigenvalue grows, at every noise at which the component is "
        "seen",
        where="sec. 4",
        source="as printed",
        relation=slope(sine2),
        domain=BELOW.where(s > 0),
        assumes=LARGE,
        derived_in="spiked: monotone",
        checks=EXACT,
        slips=(slope(sine2, ">"), slope(sine2, ">="), slope(-sine2), slope(1 / sine2)),
        formula=False,
    ),
    Claim(
        id="wdmg.slope.inverse",
        says=SLOPE,
        reading="sin theta is inversely proportional to lambda at leading order in 1/lambda: lambda^2 sin^2 tends to gamma s",
        where="sec. 4",
        source="as printed",
        relation=LimitIs(expr=lam2 * sine2, var=lam2, point=sp.oo, value=gamma * s),
        domain=MODE,
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=(KERNEL,),
    ),
    Claim(
        id="wdmg.slope.exact",
        says=SLOPE,
        reading="sin theta is inversely proportional to lambda, in the limit of large d and n: four times lambda^2, a quarter of "
        "sin^2",
        where="sec. 4",
        source="as printed",
        relation=Identity(sine2.xreplace({lam2: 4 * lam2}), sine2 / 4),
        domain=BELOW.where(s > 0),
        assumes=LARGE,
        checks=EXACT,
        corrected_by="our.spiked.angle",
        formula=False,
    ),
    Claim(
        id="wdmg.slope.slower",
        says=SLOPE,
        reading="in the limit of large d and n, for d/n <= 4: sin^2 rises more slowly with the noise variance the larger the "
        "eigenvalue, wherever the component is seen",
        where="sec. 4",
        source="as printed",
        relation=slope(speed),
        domain=BELOW.where(s > 0, gamma <= 4),
        assumes=LARGE,
        derived_in="spiked: monotone",
        checks=EXACT,
        slips=(slope(speed, ">"), slope(-speed), slope(1 / speed)),
        formula=False,
    ),
    Claim(
        id="wdmg.slope.slower.few_samples",
        says=SLOPE,
        reading="the same for every d/n",
        where="sec. 4",
        source="as printed",
        relation=slope(speed),
        domain=BELOW.where(s > 0),
        assumes=LARGE,
        checks=EXACT,
        corrected_by="our.spiked.angle.slower",
        formula=False,
    ),
)
