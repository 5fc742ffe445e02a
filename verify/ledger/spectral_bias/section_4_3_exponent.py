"""Section 4.3 and the abstract: the exponent of the emergence time, and the branches of rising and falling modes."""

from functools import partial

import sympy as sp

from theory.domain import Domain, Range
from theory.emergence import AGED, boundary, drift, log_variance, xi
from theory.one_layer import Q, final_variance, initial_variance, lam, sigma0, sigmaT
from theory.relation import Both, Identity, Inequality
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.section_4_3_modes import PROP
from verify.ledger.spectral_bias.section_4_3_shape import NARROW, PAPER, TUBE, without
from verify.ledger.spectral_bias.shared_noise import COVER, MODES, ZERO, aged, at_paper, bracketed, excess, gap, speed

HALF, ONE, FIFTH = sp.Rational(1, 2), sp.S.One, sp.Rational(1, 5)
LAW = (
    "the first-passage time, at which the variance reaches the geometric (or harmonic) mean of its initial and target "
    "values, obeys an inverse law tau_k* ~ lam_k^-alpha, alpha ~ 1"
)
TENFOLD = "learning a mode with variance 1/10 smaller takes roughly 10 times longer to converge"
UNIVERSAL = (
    "The theory exposes a universal inverse-variance spectral law: the time for an eigen- or Fourier mode to match its "
    "target variance scales as tau ~ lam^-1"
)
SPLIT = (
    "With larger weight initialization (larger Q_k), the initial variance is closer to the target variance of some "
    "modes, then the inverse law splits into separate branches for modes with rising vs. decaying variance"
)
GEOMETRIC, HARMONIC = ("0.5", "0.67"), ("0.03", "0.1")
MATCH = ("3", "5.5")
RISING, FALLING = ("0.32", "10"), ("0.001", "0.08")  # initial variance more than a factor 2 away from lam
reached = at_paper(log_variance(), ZERO) - sp.log(sp.Rational(9, 10) * lam)


def vanishing(excess: sp.Expr) -> Both:
    """Return alpha = 1: the excess, (alpha - 1) times the pace, is neither negative nor positive."""
    return Both((Inequality(excess, ">=", ZERO), Inequality(excess, "<=", ZERO)))


def within_a_fifth(criterion: str, start: sp.Expr) -> tuple[Inequality, Inequality]:
    """Return |alpha - 1| <= 1/5 where the gap grows with xi."""
    return _near(excess(criterion, start), speed(start))


def _near(excess: sp.Expr, speed: sp.Expr) -> tuple[Inequality, Inequality]:
    return Inequality(excess + FIFTH * speed, ">=", ZERO), Inequality(excess - FIFTH * speed, "<=", ZERO)


def far(criterion: str, start: sp.Expr) -> Inequality:
    """Return |alpha - 1| <= 1/5 whatever the sign of the pace."""
    return Inequality((FIFTH * speed(start)) ** 2, ">=", excess(criterion, start) ** 2)


branch = partial(
    Claim,
    says=SPLIT,
    where="section 4.3, Fig. 5B, 6",
    source="as printed",
    relation=far("geometric", HALF),
    assumes=PROP,
    checks=(COVER,),
    corrected_by="our.sampling.branch_order",
    formula=False,
)

CLAIMS = (
    Claim(
        id="wp.4.3.fpt.exact",
        says=LAW,
        where="section 4.3, Fig. 2C",
        source="as printed",
        reading="exact: from Q = 0 the local exponent of the first passage through the geometric mean is 1 for every "
        f"lam in [0.001, 10], {PAPER}",
        relation=vanishing(excess("geometric", ZERO)),
        domain=aged(MODES, ("0.1", "2")).where(sp.Eq(gap("geometric", ZERO), ZERO)),
        assumes=PROP,
        checks=(COVER,),
        corrected_by="our.sampling.scale_covariance",
        formula=False,
    ),
    Claim(
        id="wp.4.3.fpt.geometric",
        says=LAW,
        where="section 4.3, Fig. 2C",
        source="as printed",
        reading=f"from Q = 0 the local exponent is within 0.2 of 1 for lam in [0.001, 10], geometric mean, {PAPER}; "
        f"the passage has 2 eta tau lam in [0.5, 0.67], where this holds throughout",
        relation=Both((*bracketed(gap("geometric", ZERO), MODES, GEOMETRIC), *within_a_fifth("geometric", ZERO))),
        domain=aged(MODES, GEOMETRIC),
        assumes=PROP,
        derived_in="emergence: drift",
        checks=(COVER,),
        slips=(
            Inequality(excess("geometric", ZERO) + speed(ZERO) / 100, ">=", ZERO),
            Inequality(excess("geometric", ZERO), ">=", ZERO),
        ),
        formula=False,
    ),
    Claim(
        id="wp.4.3.fpt.harmonic",
        says=LAW,
        where="section 4.3, Fig. 2C",
        source="as printed",
        reading=f"from Q = 0 the local exponent is within 0.2 of 1 for lam in [0.001, 10], harmonic mean, {PAPER}; the "
        "passage has 2 eta tau lam in [0.03, 0.1], where this holds throughout",
        relation=Both((*bracketed(gap("harmonic", ZERO), MODES, HARMONIC), *within_a_fifth("harmonic", ZERO))),
        domain=aged(MODES, HARMONIC),
        assumes=PROP,
        derived_in="emergence: drift",
        checks=(COVER,),
        slips=(
            Inequality(excess("harmonic", ZERO) - speed(ZERO) / 100, "<=", ZERO),
            Inequality(excess("harmonic", ZERO), "<=", ZERO),
        ),
        formula=False,
    ),
    Claim(
        id="wp.4.3.fpt.unit",
        says=LAW,
        where="section 4.3, Fig. 2C",
        source="as printed",
        reading=f"from Q = 1 (a column of Fig. 6) the local exponent is within 0.2 of 1, geometric mean, {PAPER}",
        relation=far("geometric", ONE),
        domain=aged(MODES, ("0.0001", "0.1")).where(sp.Eq(gap("geometric", ONE), ZERO)),
        assumes=PROP,
        checks=(COVER,),
        corrected_by="our.sampling.half_law",
        formula=False,
    ),
    Claim(
        id="wp.4.3.tenfold.geometric",
        says=TENFOLD,
        where="section 4.3",
        source="as printed",
        reading="from Q = 0 the first passage through the geometric mean takes 8 to 12 times as long for lam/10 as "
        f"for lam in [0.01, 10], {PAPER}; for lam it has 2 eta tau lam in [0.57, 0.635], where this holds throughout",
        relation=Both(
            (
                *bracketed(gap("geometric", ZERO), NARROW, TUBE),
                Inequality(gap("geometric", ZERO).xreplace({lam: lam / 10, xi: sp.Rational(8, 10) * xi}), "<", ZERO),
                Inequality(gap("geometric", ZERO).xreplace({lam: lam / 10, xi: sp.Rational(12, 10) * xi}), ">", ZERO),
            )
        ),
        domain=aged(NARROW, TUBE),
        assumes=PROP,
        derived_in="emergence: age",
        checks=(COVER,),
        slips=(
            Inequality(gap("geometric", ZERO).xreplace({lam: lam / 10, xi: sp.Rational(7, 10) * xi}), ">", ZERO),
            Inequality(gap("geometric", ZERO).xreplace({lam: lam / 10, xi: 2 * xi}), "<", ZERO),
        ),
        formula=False,
    ),
    Claim(
        id="wp.4.3.tenfold.harmonic",
        says=TENFOLD,
        where="section 4.3",
        source="as printed",
        reading="from Q = 0 the first passage through the harmonic mean takes at most 12 times as long for lam/10 as "
        f"for lam in [0.01, 1], {PAPER}",
        relation=Inequality(gap("harmonic", ZERO).xreplace({lam: lam / 10, xi: sp.Rational(12, 10) * xi}), ">=", ZERO),
        domain=aged(("0.01", "1"), HARMONIC).where(sp.Eq(gap("harmonic", ZERO), ZERO)),
        assumes=PROP,
        checks=(COVER,),
        corrected_by="our.sampling.scale_covariance",
        formula=False,
    ),
    Claim(
        id="wp.4.3.branches.boundary",
        says=SPLIT,
        where="section 4.3, Fig. 5B, 6",
        source="as printed",
        reading="for 0 <= Q < 1 the modes above lam_b = sigma_T^2 (l - sigma_0^2)/(sigma_T^2 - l) rise and those "
        "below decay, l = sigma_T^(2Q) sigma_0^(2-2Q) being the initial variance",
        relation=Identity(
            final_variance() - initial_variance(),
            (lam - boundary()) * (sigmaT**2 - initial_variance()) / (lam + sigmaT**2),
        ),
        domain=Domain(
            tuple((s, Range(ZERO, ONE, high_open=True) if s == Q else r) for s, r in without(AGED, xi).ranges),
            (sigma0 < sigmaT, sp.Ne(sigmaT**2, initial_variance())),
        ),
        assumes=PROP,
        derived_in="emergence: boundary",
        checks=EXACT,
    ),
    branch(
        id="wp.4.3.branches.rising",
        reading="the rising branch obeys an inverse law: from Q = 1/2 the local exponent is within 0.2 of 1 for lam "
        f"in [0.32, 10] (initial variance below lam/2), geometric mean, {PAPER}",
        domain=aged(RISING, ("0.5", "4")).where(sp.Eq(gap("geometric", HALF), ZERO)),
    ),
    branch(
        id="wp.4.3.branches.falling",
        reading="the decaying branch obeys an inverse law: from Q = 1/2 the local exponent is within 0.2 of 1 for "
        f"lam in [0.001, 0.08] (initial variance above 2 lam), geometric mean, {PAPER}",
        domain=aged(FALLING, ("0.000005", "0.00002")).where(sp.Eq(gap("geometric", HALF), ZERO)),
    ),
    Claim(
        id="wp.4.3.universal.exact",
        says=UNIVERSAL,
        where="Abstract, section 1",
        source="as printed",
        reading="exact: from Q = 0 the time at which the generated variance reaches 90% of lam is proportional to "
        f"1/lam on [0.001, 10], {PAPER}",
        relation=vanishing(at_paper(drift(), ZERO) - 1),
        domain=aged(MODES, ("1", "10")).where(sp.Eq(reached, ZERO)),
        assumes=PROP,
        checks=(COVER,),
        corrected_by="our.sampling.scale_covariance",
        formula=False,
    ),
    Claim(
        id="wp.4.3.universal.match",
        says=UNIVERSAL,
        where="Abstract, section 1",
        source="as printed",
        reading="from Q = 0 the time at which the generated variance reaches 90% of lam has a local exponent within "
        f"0.2 of 1 on [0.001, 10], {PAPER}; then 2 eta tau lam is in [3, 5.5], where this holds throughout",
        relation=Both((*bracketed(reached, MODES, MATCH), *_near(at_paper(drift(), ZERO) - 1, speed(ZERO)))),
        domain=aged(MODES, MATCH),
        assumes=PROP,
        derived_in="emergence: drift",
        checks=(COVER,),
        slips=(
            Inequality(at_paper(drift(), ZERO) - 1, ">=", ZERO),
            Inequality(at_paper(drift(), ZERO) - 1 + speed(ZERO) / 100, ">=", ZERO),
        ),
        formula=False,
    ),
)
