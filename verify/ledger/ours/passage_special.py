"""First-passage times that do not depend on lam, or on 2 eta tau lam alone: from Q = 1, early, and below the noise."""

import sympy as sp

from theory.domain import Domain
from theory.emergence import AGED, log_variance, xi
from theory.functions import Ein
from theory.one_layer import (
    Q,
    initial_variance,
    lam,
    later,
    log_level,
    log_variance_entire,
    sigma0,
    sigmaT,
)
from theory.passage import E1, E2, FALLING, ln2
from theory.relation import Both, Inequality, LimitIs
from theory.shortfall import ONE, UNTRAINED, H_zero, a, way
from verify.claim import Claim
from verify.ledger.lanes import KERNEL
from verify.ledger.ours.passage_falling import COVER, HALF, modes, within
from verify.ledger.ours.shortfall import ALIGNED
from verify.ledger.spectral_bias.section_4_3_shape import PAPER
from verify.ledger.spectral_bias.shared_noise import LEVELS, ZERO

WHERE = "first passage, one layer"
UNIT = "Q = 1, harmonic: E_1(x) = ln 2, alpha = 1"
ARITHMETIC = "Q Ein(2 eta tau* sigma_T^2) = ln 2, alpha = 0"
FLOOR = "Q = 0, geometric, lam << sigma_0^2 << sigma_T^2: E_2(2 eta tau* sigma_0^2) = 1/2, alpha = 0"
UNSTARTED = Domain(tuple((s, r) for s, r in AGED.ranges if s != Q), AGED.conditions)
LATER = later(UNTRAINED)


def at_top(start: sp.Expr, low: str, high: str) -> Both:
    """Return that 2 eta tau* sigma_T^2 is between `low` and `high` at the arithmetic mean."""
    unit = lam / LEVELS[sigmaT] ** 2
    return within("arithmetic", start, sp.Rational(low) * unit, sp.Rational(high) * unit)


def at_floor(low: str, high: str) -> Both:
    """Return that 2 eta tau* sigma_0^2 is between `low` and `high` at the geometric mean, from Q = 0."""
    unit = lam / LEVELS[sigma0] ** 2
    return within("geometric", ZERO, sp.Rational(low) * unit, sp.Rational(high) * unit, rising=True)


CLAIMS = (
    Claim(
        id="our.passage.unit_init_harmonic.law",
        says=UNIT,
        reading="from Q = 1, as sigma_T -> infinity and then sigma_0 -> 0, ln of the variance over its harmonic level "
        "tends to E_1(x) - ln 2, in which lam is not left",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                LimitIs(
                    expr=(log_variance() - log_level("harmonic")).xreplace({Q: ONE}),
                    var=sigmaT,
                    point=sp.oo,
                    value=E1(xi * (1 + sigma0**2 / lam)) - ln2,
                ),
                LimitIs(expr=E1(xi * (1 + sigma0**2 / lam)) - ln2, var=sigma0, point=ZERO, value=E1(xi) - ln2),
            )
        ),
        domain=UNSTARTED,
        assumes=(*ALIGNED, "Q = 1"),
        derived_in="emergence: age",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.passage.unit_init_harmonic.paper",
        says=UNIT,
        reading=f"lam in [0.001, 0.1], {PAPER}: x is between 0.4 and 0.41, and so is the solution of E_1(x) = ln 2",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                *within("harmonic", ONE, sp.Rational(40, 100), sp.Rational(41, 100)).parts,
                Inequality(E1(sp.Rational(40, 100)), ">", ln2),
                Inequality(E1(sp.Rational(41, 100)), "<", ln2),
            )
        ),
        domain=modes("0.001", "0.1"),
        assumes=(*ALIGNED, "Q = 1"),
        derived_in="emergence: age",
        checks=(COVER,),
        slips=(
            within("harmonic", ONE, sp.Rational(30, 100), sp.Rational(35, 100)),
            within("harmonic", ONE, sp.Rational(45, 100), sp.Rational(50, 100)),
        ),
        formula=False,
    ),
    Claim(
        id="our.passage.falling_arithmetic.law",
        says=ARITHMETIC,
        reading="lam -> 0 and then sigma_0 -> 0 at fixed 2 eta tau: ln lam~ - ln lam~_0 tends to -Q Ein(2 eta tau "
        "sigma_T^2), and the arithmetic mean is lam~_0/2 where lam_inf is far below lam~_0; lam is not left",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                LimitIs(
                    expr=log_variance_entire() - sp.log(initial_variance()),
                    var=lam,
                    point=ZERO,
                    value=-Q * (Ein(a * sigmaT**2) - Ein(a * sigma0**2)),
                ),
                LimitIs(
                    expr=-Q * (Ein(a * sigmaT**2) - Ein(a * sigma0**2)),
                    var=sigma0,
                    point=ZERO,
                    value=-Q * Ein(a * sigmaT**2),
                ),
            )
        ),
        domain=FALLING,
        assumes=ALIGNED,
        derived_in="passage: small variance",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.passage.falling_arithmetic.paper",
        says=ARITHMETIC,
        reading=f"Q = 1, lam in [0.001, 0.1], {PAPER}: 2 eta tau* sigma_T^2 is between 0.84 and 0.845, and so is the "
        "solution of Ein(y) = ln 2",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                *at_top(ONE, "0.84", "0.845").parts,
                Inequality(Ein(sp.Rational("0.84")), "<", ln2),
                Inequality(Ein(sp.Rational("0.845")), ">", ln2),
            )
        ),
        domain=modes("0.001", "0.1"),
        assumes=(*ALIGNED, "Q = 1"),
        derived_in="passage: small variance",
        checks=(COVER,),
        slips=(at_top(ONE, "0.7", "0.8"), at_top(ONE, "0.9", "1")),
        formula=False,
    ),
    Claim(
        id="our.passage.below_floor.law",
        says=FLOOR,
        reading="H/lam and its value at tau = 0 as lam -> 0, and their quotient as sigma_T -> infinity, which is E_2; at "
        "the geometric mean the quotient is 1/2; lam is not left",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                LimitIs(
                    expr=H_zero() / lam,
                    var=lam,
                    point=ZERO,
                    value=E2(a * sigma0**2) / sigma0**2 - E2(a * sigmaT**2) / sigmaT**2,
                ),
                LimitIs(expr=way() / lam, var=lam, point=ZERO, value=1 / sigma0**2 - 1 / sigmaT**2),
                LimitIs(
                    expr=(E2(a * sigma0**2) / sigma0**2 - E2(a * sigmaT**2) / sigmaT**2)
                    / (1 / sigma0**2 - 1 / sigmaT**2),
                    var=sigmaT,
                    point=sp.oo,
                    value=E2(a * sigma0**2),
                ),
            )
        ),
        domain=LATER,
        assumes=(*ALIGNED, "Q = 0"),
        derived_in="shortfall: integral",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.passage.below_floor.paper",
        says=FLOOR,
        reading=f"lam in [1e-9, 1e-7], {PAPER}: 2 eta tau* sigma_0^2 is between 0.26 and 0.27, and so is the solution of "
        "E_2(y) = 1/2",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                *at_floor("0.26", "0.27").parts,
                Inequality(E2(sp.Rational("0.26")), ">", HALF),
                Inequality(E2(sp.Rational("0.27")), "<", HALF),
            )
        ),
        domain=modes("1e-9", "1e-7"),
        assumes=(*ALIGNED, "Q = 0"),
        derived_in="shortfall: integral",
        checks=(COVER,),
        slips=(at_floor("0.2", "0.25"), at_floor("0.3", "0.4")),
        formula=False,
    ),
)
