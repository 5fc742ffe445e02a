"""First-passage times of the generated variance, falling modes and modes below the last noise level."""

import sympy as sp

from theory.domain import Domain, domain_of
from theory.emergence import AGED, log_variance, xi
from theory.functions import Ein
from theory.one_layer import (
    Q,
    eta,
    initial_variance,
    lam,
    later,
    log_level,
    log_variance_entire,
    sigma0,
    sigmaT,
    tau,
)
from theory.passage import E1, E2, FALLING, early, g, ln2
from theory.relation import Both, Identity, Inequality, LimitIs, Within
from theory.shortfall import ONE, UNTRAINED, H_zero, a, starting, way
from verify.checks.enclosure import Enclosure
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.shortfall import ALIGNED
from verify.ledger.spectral_bias.paper_noise import LEVELS, ZERO, at_paper, gap
from verify.ledger.spectral_bias.section_4_3_shape import PAPER

HALF = sp.Rational(1, 2)
COVER = Enclosure(boxes=400, samples=15)
WHERE = "first passage, one layer, falling modes"
FAR = (*ALIGNED, "sigma_T^-2 << 2 eta tau << 1/lam", "sigma_0^2 << lam << sigma_T^2")
GEOMETRIC = "2 eta tau* ~ exp(-gamma) sigma_T^-1 sigma_0^((1 - Q)/Q) lam^(-1/(2 Q)), alpha = 1/(2 Q)"
HARMONIC = "2 eta tau* ~ exp(-gamma) 2^(-1/Q) sigma_0^(2 (1 - Q)/Q) lam^(-1/Q), alpha = 1/Q"
UNIT = "Q = 1, harmonic: E_1(x) = ln 2, alpha = 1"
ARITHMETIC = "Q Ein(2 eta tau* sigma_T^2) = ln 2, alpha = 0"
FLOOR = "Q = 0, geometric, lam << sigma_0^2 << sigma_T^2: E_2(2 eta tau* sigma_0^2) = 1/2, alpha = 0"
at_geometric = sp.exp(-g) / sigmaT * sigma0 ** ((1 - Q) / Q) * lam ** (-1 / (2 * Q))
at_harmonic = sp.exp(-g) * 2 ** (-1 / Q) * sigma0 ** (2 * (1 - Q) / Q) * lam ** (-1 / Q)
START = starting(AGED, ZERO, ONE, low_open=True)
MODE = Domain(tuple((s, r) for s, r in START.ranges if s != xi), START.conditions)
UNSTARTED = Domain(tuple((s, r) for s, r in AGED.ranges if s != Q), AGED.conditions)
LATER = later(UNTRAINED)


def local_exponent(time: sp.Expr) -> sp.Expr:
    """Return -d ln(time)/d ln lam."""
    return -lam * sp.Derivative(sp.log(time), lam)


def within(criterion: str, start: sp.Expr, low: sp.Expr, high: sp.Expr, *, rising: bool = False) -> Both:
    """Return that every mode passes the mean between two values of xi, which may depend on lam."""
    distance = gap(criterion, start)
    before, after = ("<", ">") if rising else (">", "<")
    return Both(
        (
            Inequality(distance.xreplace({xi: low}), before, ZERO),
            Inequality(distance.xreplace({xi: high}), after, ZERO),
        )
    )


def around(criterion: str, start: sp.Expr, law: sp.Expr, low: str, high: str) -> Both:
    """Return that the passage is between `low` and `high` times the time that `law` gives at the paper's levels."""
    time = at_paper(law, start) * lam
    return within(criterion, start, sp.Rational(low) * time, sp.Rational(high) * time)


def at_top(start: sp.Expr, low: str, high: str) -> Both:
    """Return that 2 eta tau* sigma_T^2 is between `low` and `high` at the arithmetic mean."""
    unit = lam / LEVELS[sigmaT] ** 2
    return within("arithmetic", start, sp.Rational(low) * unit, sp.Rational(high) * unit)


def at_floor(low: str, high: str) -> Both:
    """Return that 2 eta tau* sigma_0^2 is between `low` and `high` at the geometric mean, from Q = 0."""
    unit = lam / LEVELS[sigma0] ** 2
    return within("geometric", ZERO, sp.Rational(low) * unit, sp.Rational(high) * unit, rising=True)


def modes(low: str, high: str) -> Domain:
    """Return the range of variances."""
    return domain_of((lam,)).within(lam=(low, high))


CLAIMS = (
    Claim(
        id="our.passage.falling_geometric.curve",
        says="for sigma_T^-2 << 2 eta tau << 1/lam the generated variance is lam~_0 exp(-Q (gamma + ln(2 eta tau "
        "sigma_T^2))), whatever lam",
        reading="lam -> 0 at fixed 2 eta tau leaves ln lam~_0 - Q [Ein(a sigma_T^2) - Ein(a sigma_0^2)], where Ein(a "
        "sigma_0^2) vanishes with sigma_0 and Ein(a sigma_T^2) is gamma + ln(a sigma_T^2) as sigma_T grows",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Within(
                    LimitIs(
                        expr=log_variance_entire(),
                        var=lam,
                        point=ZERO,
                        value=sp.log(initial_variance()) - Q * (Ein(a * sigmaT**2) - Ein(a * sigma0**2)),
                    ),
                    FALLING,
                ),
                Within(
                    LimitIs(expr=Ein(a * sigmaT**2) - sp.log(a * sigmaT**2), var=sigmaT, point=sp.oo, value=g),
                    domain_of((eta, tau, sigmaT)).where(tau > 0),
                ),
            )
        ),
        domain=FALLING,
        assumes=ALIGNED,
        derived_in="passage: small variance",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.passage.falling_geometric.law",
        says=GEOMETRIC,
        reading="that curve meets the geometric mean of lam~_0 and lam there",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Identity((sp.log(initial_variance()) + sp.log(lam)) / 2, early(at_geometric)),
                Identity(local_exponent(at_geometric), 1 / (2 * Q)),
            )
        ),
        domain=MODE,
        assumes=FAR,
        derived_in="passage: early form",
        checks=EXACT,
    ),
    Claim(
        id="our.passage.falling_geometric.paper",
        says=GEOMETRIC,
        reading=f"Q = 1/2, lam in [0.001, 0.005], {PAPER}: the passage is within 3% of the law",
        where=WHERE,
        source="ours",
        relation=around("geometric", HALF, at_geometric, "0.97", "1.03"),
        domain=modes("0.001", "0.005"),
        assumes=ALIGNED,
        derived_in="passage: early form",
        checks=(COVER,),
        slips=(
            around("geometric", HALF, at_geometric, "0.8", "0.9"),
            around("geometric", HALF, at_geometric, "1.1", "1.2"),
        ),
        formula=False,
    ),
    Claim(
        id="our.passage.falling_geometric.unit",
        says=GEOMETRIC,
        reading=f"Q = 1, lam in [0.001, 0.1], {PAPER}: the passage is within 2% of the law",
        where=WHERE,
        source="ours",
        relation=around("geometric", ONE, at_geometric, "0.98", "1.02"),
        domain=modes("0.001", "0.1"),
        assumes=ALIGNED,
        derived_in="passage: early form",
        checks=(COVER,),
        slips=(
            around("geometric", ONE, at_geometric, "0.8", "0.9"),
            around("geometric", ONE, at_geometric, "1.1", "1.2"),
        ),
        formula=False,
    ),
    Claim(
        id="our.passage.falling_harmonic.law",
        says=HARMONIC,
        reading="the same curve meets 2 lam there, which the harmonic mean is where lam is far below lam~_0",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Identity(sp.log(2 * lam), early(at_harmonic)),
                Identity(local_exponent(at_harmonic), 1 / Q),
            )
        ),
        domain=MODE,
        assumes=FAR,
        derived_in="passage: early form",
        checks=EXACT,
    ),
    Claim(
        id="our.passage.falling_harmonic.paper",
        says=HARMONIC,
        reading=f"Q = 1/2, lam in [0.0003, 0.0008], {PAPER}: the passage is within 3% of the law",
        where=WHERE,
        source="ours",
        relation=around("harmonic", HALF, at_harmonic, "0.97", "1.03"),
        domain=modes("0.0003", "0.0008"),
        assumes=ALIGNED,
        derived_in="passage: early form",
        checks=(COVER,),
        slips=(
            around("harmonic", HALF, at_harmonic, "0.8", "0.9"),
            around("harmonic", HALF, at_harmonic, "1.1", "1.2"),
        ),
        formula=False,
    ),
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
