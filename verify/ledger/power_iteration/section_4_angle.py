"""Section 4, eq. (12): the angle of the leading component with the clean one, at leading order and as a number."""

import sympy as sp

from theory.domain import Domain, Range, domain_of
from theory.relation import Both, Identity, Inequality, LimitIs
from theory.small_noise import mean_turn
from theory.spiked import BELOW, RATIO, cosine_squared, ell, gamma, lam2, overlap_squared, s, sine_squared
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.spiked import LARGE

ANGLE = "E sin theta_PCA = E sqrt(1 - <u^t, u>^2) ~ (sigmabar_t/lambda) sqrt(d/n), where sigmabar_t is assumed to be small and d >> 1"
ONSET = (
    "X_0 = lambda u z^T with z ~ N(0, I_n), noise entries N(0, sigmabar_t^2)",
    "E sin theta/sigmabar_t tends to E chi_(d-1) E chi_n^-1/lambda, by our.spiked.small_noise",
)
GRID = RATIO.within(gamma=("1/4", "4"))
SMALL = Domain(((ell, Range(sp.Integer(100))), (gamma, Range(sp.Rational(1, 4), sp.Integer(4)))))

printed = gamma * s / lam2
sine2 = 1 - overlap_squared(s)


def within(percent: int) -> Both:
    """Return that sqrt(gamma/ell) differs from the exact sine by at most so many percent, squared."""
    exact, low, high = sine_squared(), 1 - sp.Rational(percent, 100), 1 + sp.Rational(percent, 100)
    return Both((Inequality(gamma / ell, ">=", low**2 * exact), Inequality(gamma / ell, "<=", high**2 * exact)))


def finite(d: int, n: int, percent: int = 10) -> Both:
    """Return that sqrt(d/n) differs from E chi_(d-1) E chi_n^-1 by at most so many percent, squared."""
    exact, ratio = mean_turn(d, n) ** 2, sp.Rational(d, n)
    low, high = 1 - sp.Rational(percent, 100), 1 + sp.Rational(percent, 100)
    return Both((Inequality(ratio, ">=", low**2 * exact), Inequality(ratio, "<=", high**2 * exact)))


def leading(ratio: sp.Expr, value: sp.Expr) -> LimitIs:
    """Return that an expression tends to `value` with the noise."""
    return LimitIs(expr=ratio, var=s, point=sp.S.Zero, value=value)


CLAIMS = (
    Claim(
        id="wdmg.eq12.leading",
        says=ANGLE,
        reading="leading order, sigmabar_t to 0, in the limit of large d and n: sin^2 over gamma s/lambda^2 tends to 1, at every gamma = d/n",
        where="eq. (12)",
        source="as printed",
        relation=leading(sine2 / printed, sp.S.One),
        domain=BELOW.where(s > 0),
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=(KERNEL,),
        slips=(
            leading(sine2 / (s / lam2), sp.S.One),
            leading(sine2 / (gamma * s / lam2), gamma),
            leading(sine2 / (gamma**2 * s / lam2), sp.S.One),
            leading(sine2 / (2 * gamma * s / lam2), sp.S.One),
        ),
        formula=False,
    ),
    Claim(
        id="wdmg.eq12.small",
        says=ANGLE,
        reading="numerically, in the limit of large d and n, for small noise sigmabar_t <= lambda/10 and 1/4 <= d/n <= 4: within 10 "
        "% of the exact angle",
        where="eq. (12)",
        source="as printed",
        relation=within(10),
        domain=SMALL,
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=EXACT,
        slips=(within(1), within(-10), Both((Inequality(1 / ell, "<=", sp.Rational(121, 100) * sine_squared()),))),
        formula=False,
    ),
    Claim(
        id="wdmg.eq12.range",
        says=ANGLE,
        reading="numerically, in the limit of large d and n, at all noise levels at which the component is seen and 1/4 <= d/n <= 4: "
        "within 10 % of the exact angle",
        where="eq. (12)",
        source="as printed",
        relation=within(10),
        domain=GRID,
        assumes=LARGE,
        checks=EXACT,
        corrected_by="our.spiked.angle",
        formula=False,
    ),
    Claim(
        id="wdmg.eq12.equality",
        says=ANGLE,
        reading="as an equality, in the limit of large d and n",
        where="eq. (12)",
        source="as printed",
        relation=Identity(1 - cosine_squared, gamma / ell),
        domain=RATIO,
        assumes=LARGE,
        checks=EXACT,
        corrected_by="our.spiked.angle",
        formula=False,
    ),
    Claim(
        id="wdmg.eq12.square",
        says=ANGLE,
        reading="as an equality, in the limit of large d and n, for as many samples as dimensions",
        where="eq. (12)",
        source="as printed",
        relation=Identity(sine2.xreplace({gamma: sp.S.One}), s / lam2),
        domain=domain_of((lam2, s)).where(s < lam2),
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq12.finite",
        says=ANGLE,
        reading="numerically, at finite size as sigmabar_t tends to 0, for Gaussian rank-1 data with d = 30 and n = 60: within 10 % "
        "of E chi_(d-1) E chi_n^-1/lambda",
        where="eq. (12)",
        source="as printed",
        relation=finite(30, 60),
        domain=Domain(()),
        assumes=ONSET,
        derived_in="small noise: radial moments",
        checks=(KERNEL,),
        slips=(finite(30, 2), finite(2, 60), finite(30, 60, percent=-1)),
        formula=False,
    ),
    Claim(
        id="wdmg.eq12.few_samples",
        says=ANGLE,
        reading="numerically, at finite size as sigmabar_t tends to 0, for Gaussian rank-1 data with d = 40 >> 1 and n = 2: within 10 "
        "% of E chi_(d-1) E chi_n^-1/lambda",
        where="eq. (12)",
        source="as printed",
        relation=finite(40, 2),
        domain=Domain(()),
        assumes=ONSET,
        checks=(KERNEL,),
        corrected_by="our.spiked.small_noise",
        formula=False,
    ),
)
