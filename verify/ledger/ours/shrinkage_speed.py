"""Steps to one component: shrinkage, power iteration and projections learned from noisy data compared."""

import sympy as sp

from theory.domain import Domain, Range, domain_of
from theory.relation import Both, Identity, Inequality, Within
from theory.shrinkage import (
    BELOW,
    MODE,
    PAIR,
    gamma,
    lam2,
    lam2_0,
    lam2_1,
    quotient,
    s,
    step_ratio,
    steps_to,
    y_noise,
)
from theory.spiked import overlap_squared
from theory.symbols import symbols
from verify.checks.enclosure import Enclosure
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

(eps,) = symbols("eps")
WHERE = "repeated denoising without new noise"
ZERO, ONE = sp.S.Zero, sp.S.One
SMALL = Domain(((eps, Range(ZERO, ONE, low_open=True, high_open=True)),))
COVER = Enclosure(boxes=400, samples=15)


def fresh_ratio() -> sp.Expr:
    """Return C_1/C_0 at d = n, the amplitude ratio of one projection learned from fresh noise."""
    return (1 - s / lam2_1) / (1 - s / lam2_0)


def relative(expr: sp.Expr) -> sp.Expr:
    """Return a function of s/lam_1^2 and lam_0^2/lam_1^2 as one of y and q."""
    return expr.xreplace({lam2_0: quotient * lam2_1, s: y_noise * lam2_1}).xreplace({lam2_1: ONE})


def counted(ratio: sp.Expr, noise: str, low: str, high: str) -> Both:
    """Return that the number of steps to the variance ratio 1e-6 is between two decimals at lam_0^2 = 2 lam_1^2 = 1."""
    example = {lam2_0: ONE, lam2_1: sp.Rational(1, 2), s: sp.Rational(noise)}
    steps = steps_to(ratio, sp.Rational(1, 10**6)).xreplace(example)
    return Both((Inequality(steps, ">", sp.Rational(low)), Inequality(steps, "<", sp.Rational(high))))


CLAIMS = (
    Claim(
        id="our.shrinkage.power_iteration.link",
        says="C_i(s) = lam_i^2/(lam_i^2 + gamma s) (1 - gamma s^2/lam_i^4): a shrinkage step at noise gamma s times a "
        "threshold factor",
        reading="at gamma = 1 it is 1 - s/lam_i^2",
        where="projections learned from fresh noise, large dimension",
        source="ours",
        relation=Both(
            (
                Identity(overlap_squared(s), lam2 / (lam2 + gamma * s) * (1 - gamma * s**2 / lam2**2)),
                Identity(overlap_squared(s).xreplace({gamma: ONE}), 1 - s / lam2),
            )
        ),
        domain=MODE.joined(domain_of((gamma,))),
        checks=EXACT,
    ),
    Claim(
        id="our.shrinkage.power_iteration.projection",
        says="fresh-noise PCA at gamma = 1 has a smaller ratio C_1/C_0 than power iteration, below the threshold "
        "s < lam_1^2, iff s > lam_0^2 lam_1^2/(lam_0^2 + lam_1^2)",
        reading="with q = lam_0^2/lam_1^2 > 1 and y = s/lam_1^2 < 1 the difference of the two ratios has the sign of "
        "y - q/(1 + q), the other factors being positive; from s = lam_1^2 on C_1 = 0, and the ratio is smaller until C_0 = 0, too",
        where="projections learned from fresh noise, large dimension",
        source="ours",
        relation=Identity(
            relative(lam2_1 / lam2_0 - fresh_ratio()),
            (quotient**2 - 1) / (quotient * (quotient - y_noise)) * (y_noise - quotient / (1 + quotient)),
        ),
        domain=BELOW,
        assumes=("regime (L), d = n, one noise variance s for all steps",),
        checks=EXACT,
    ),
    Claim(
        id="our.shrinkage.power_iteration.accumulated",
        says="with accumulated noise of the final variance s below both thresholds R_1 = C_1(s)/C_0(s) > 0 whatever the number "
        "of steps",
        reading="at d = n, with q = lam_0^2/lam_1^2 and y = s/lam_1^2 < 1: the ratio is (1 - y)/(1 - y/q), between 0 and 1",
        where="projections learned from accumulated noise, large dimension",
        source="ours",
        relation=Both(
            (
                Identity(relative(fresh_ratio()), (1 - y_noise) / (1 - y_noise / quotient)),
                Inequality(relative(fresh_ratio()), ">", ZERO),
                Inequality(relative(fresh_ratio()), "<", ONE),
            )
        ),
        domain=BELOW,
        assumes=("regime (L), d = n",),
        checks=(KERNEL,),
        slips=(Inequality(relative(fresh_ratio()), "<=", ZERO), Inequality(relative(fresh_ratio()), ">=", ONE)),
        formula=False,
    ),
    Claim(
        id="our.shrinkage.power_iteration.steps",
        says="steps to variance ratio eps: ln(1/eps)/(2 ln(lam_0^2/lam_1^2)) for power iteration, "
        "ln(1/eps)/(2 ln(C_0/C_1)) for fresh-noise PCA",
        reading="for amplitude ratios q^T with q = lam_1^2/lam_0^2 and q = C_1/C_0 = 1/x",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Within(
                    Identity(
                        sp.exp(-2 * sp.log(quotient) * steps_to(1 / quotient, eps)),
                        eps,
                    ),
                    Domain(((quotient, Range(ONE, sp.oo, low_open=True)), *SMALL.ranges)),
                ),
                Within(
                    Identity(steps_to(lam2_1 / lam2_0, eps), sp.log(1 / eps) / (2 * sp.log(lam2_0 / lam2_1))),
                    domain_of((lam2_0, lam2_1)).joined(SMALL).where(lam2_1 < lam2_0),
                ),
            )
        ),
        domain=PAIR,
        derived_in="shrinkage: pair",
        checks=EXACT,
    ),
    Claim(
        id="our.shrinkage.power_iteration.counts",
        says="from equal variances to the ratio 1e-6 at lam_0^2 = 1, lam_1^2 = 1/2: power iteration takes 9.97 steps, "
        "shrinkage 79.4 at s = 0.1 and 27.5 at s = 0.4, fresh-noise PCA at d = n 58.6 and 6.29",
        reading="the real number of steps at which the ratio is 1e-6, to three digits",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                counted(lam2_1 / lam2_0, "0", "9.965", "9.975"),
                counted(step_ratio(), "0.1", "79.35", "79.45"),
                counted(step_ratio(), "0.4", "27.45", "27.55"),
                counted(fresh_ratio(), "0.1", "58.55", "58.65"),
                counted(fresh_ratio(), "0.4", "6.285", "6.295"),
            )
        ),
        domain=Domain(()),
        assumes=("for fresh-noise PCA regime (L)",),
        derived_in="shrinkage: pair",
        checks=(COVER,),
        slips=(
            counted(step_ratio(), "0.1", "39.65", "39.75"),
            counted(fresh_ratio(), "0.4", "9.965", "9.975"),
            counted(lam2_1 / lam2_0, "0", "19.9", "20"),
        ),
        formula=False,
    ),
)
