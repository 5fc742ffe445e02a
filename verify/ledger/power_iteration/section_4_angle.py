"""Section 4, eq. (12): the angle of the leading component with the clean one, at leading order and as a number."""

import sympy as sp

from theory.domain import Domain, Range, domain_of
from theory.relation import Both, Identity, Inequality, LimitIs
from theory.small_noise import mean_turn
from theory.spiked import BELOW, RATIO, ell, gamma, lam2, overlap_squared, s, sine_squared
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.spiked import LARGE
from verify.ledger.ours.spiked_angle import NEEDED, eps, samples

(sig_bar,) = symbols("sig_bar")
ANGLE = "E sin theta_PCA = E sqrt(1 - <u^t, u>^2) ~ (sigmabar_t/lambda) sqrt(d/n), where sigmabar_t is assumed to be small and d >> 1"
COMPLEXITY = (
    "They bound the angle between the leading empirical eigenvector and its population counterpart with approximately O(d) "
    "sample complexity, and a linear dependence on the noise level"
)
RATE = "This result shows that the leading eigenvector rotates in a rate proportional to the noise level."
LEADING = "sigmabar_t to 0, in the limit of large d and n"
ONSET = (
    "X_0 = lambda u z^T with z ~ N(0, I_n), noise entries N(0, sigmabar_t^2)",
    "E sin theta/sigmabar_t tends to E chi_(d-1) E chi_n^-1/lambda, by our.spiked.small_noise",
)
GRID = RATIO.within(gamma=("1/4", "4"))
SMALL = Domain(((ell, Range(sp.Integer(100))), (gamma, Range(sp.Rational(1, 4), sp.Integer(4)))))
NOISE = Domain((*domain_of((sig_bar, lam2, gamma)).ranges,))

printed = gamma * s / lam2
sine2 = 1 - overlap_squared(s)
sine = sig_bar * sp.sqrt(gamma * (lam2 + sig_bar**2) / (lam2 * (lam2 + gamma * sig_bar**2)))
printed_samples = 1 / (eps**2 * ell)


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


def turns(value: sp.Expr) -> LimitIs:
    """Return that d(sin theta)/d(sigmabar) tends to `value` with the noise."""
    return LimitIs(expr=sp.Derivative(sine, sig_bar), var=sig_bar, point=sp.S.Zero, value=value)


def proportional(factor: sp.Expr) -> Identity:
    """Return that sin^2 at `factor` times the noise variance is `factor` times sin^2."""
    return Identity(sine2.xreplace({s: factor * s}), factor * sine2)


CLAIMS = (
    Claim(
        id="wdmg.eq12.leading",
        says=ANGLE,
        reading=f"leading order, {LEADING}: sin^2 over gamma s/lambda^2 tends to 1, at every gamma = d/n",
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
        relation=Identity(sine_squared(), gamma / ell),
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
        reading="numerically, at finite size as sigmabar_t tends to 0, for Gaussian rank-1 data with d = 784 and n = 6000: within 10 % "
        "of E chi_(d-1) E chi_n^-1/lambda",
        where="eq. (12)",
        source="as printed",
        relation=finite(784, 6000),
        domain=Domain(()),
        assumes=ONSET,
        derived_in="small noise: radial moments",
        checks=(KERNEL,),
        slips=(finite(784, 2), finite(2, 784), finite(784, 6000, percent=-1)),
        formula=False,
    ),
    Claim(
        id="wdmg.eq12.few_samples",
        says=ANGLE,
        reading="numerically, at finite size as sigmabar_t tends to 0, for Gaussian rank-1 data with d = 101 >> 1 and n = 2: within 10 "
        "% of E chi_(d-1) E chi_n^-1/lambda",
        where="eq. (12)",
        source="as printed",
        relation=finite(101, 2),
        domain=Domain(()),
        assumes=ONSET,
        checks=(KERNEL,),
        corrected_by="our.spiked.small_noise",
        formula=False,
    ),
    Claim(
        id="wdmg.eq12.O(d).dimension",
        says=COMPLEXITY,
        reading="in the limit of large d and n, at a given angle and given ell = lambda^2/s the number of samples n = d (1 + (1 - "
        "eps^2) ell)/(eps^2 ell^2) is proportional to d",
        where="sec. 4",
        source="as printed",
        relation=Identity(eps**2, sine_squared().xreplace({gamma: 1 / samples})),
        domain=NEEDED,
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq12.O(d).enough",
        says=COMPLEXITY,
        reading="the number that eq. (12) gives, n = d/(eps^2 ell), is enough for sin theta <= eps in the limit of large d and n",
        where="sec. 4, eq. (12)",
        source="as printed",
        relation=Inequality(printed_samples, ">=", samples),
        domain=NEEDED,
        assumes=LARGE,
        checks=EXACT,
        corrected_by="our.spiked.samples",
        formula=False,
    ),
    Claim(
        id="wdmg.eq12.O(d).noise",
        says=COMPLEXITY,
        reading=f"linear dependence of sin theta on sigmabar_t at leading order, {LEADING}: sin^2/s tends to gamma/lambda^2",
        where="sec. 4",
        source="as printed",
        relation=leading(sine2 / s, gamma / lam2),
        domain=BELOW.where(s > 0),
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=(KERNEL,),
    ),
    Claim(
        id="wdmg.eq12.O(d).exact",
        says=COMPLEXITY,
        reading="linear dependence of sin theta on sigmabar_t at all noise levels at which the component is seen, in the limit of "
        "large d and n: four times the noise variance, four times sin^2",
        where="sec. 4",
        source="as printed",
        relation=proportional(sp.Integer(4)),
        domain=BELOW.where(16 * gamma * s**2 < lam2**2, s > 0),
        assumes=LARGE,
        checks=EXACT,
        corrected_by="our.spiked.angle",
        formula=False,
    ),
    Claim(
        id="wdmg.eq12.rate.angle",
        says=RATE,
        reading=f"the angle is proportional to the noise level: d(sin theta)/d(sigmabar_t) tends to sqrt(gamma)/lambda, {LEADING}",
        where="sec. 4",
        source="as printed",
        relation=turns(sp.sqrt(gamma) / sp.sqrt(lam2)),
        domain=NOISE,
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=(KERNEL,),
    ),
    Claim(
        id="wdmg.eq12.rate.speed",
        says=RATE,
        reading=f"the speed of rotation is proportional to the noise level: d(sin theta)/d(sigmabar_t) vanishes with it, {LEADING}",
        where="sec. 4",
        source="as printed",
        relation=turns(sp.S.Zero),
        domain=NOISE,
        assumes=LARGE,
        checks=(KERNEL,),
        corrected_by="our.spiked.angle",
        formula=False,
    ),
)
