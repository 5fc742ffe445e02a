"""First-passage times of the generated variance, rising modes: their equations, limits and errors at finite noise."""

import sympy as sp

from theory.domain import Domain, domain_of
from theory.emergence import xi
from theory.functions import Ein
from theory.one_layer import Q, lam
from theory.passage import (
    BRANCH,
    E1,
    SPANS,
    TIMES,
    g,
    late,
    ln2,
    reach,
    span_arithmetic,
    span_geometric,
    span_harmonic,
    span_lambert,
    w,
)
from theory.relation import Both, Identity, Inequality, LimitIs, Within
from theory.symbols import symbols
from verify.checks.enclosure import Enclosure
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.shortfall import ALIGNED
from verify.ledger.spectral_bias.section_4_3_shape import PAPER
from verify.ledger.spectral_bias.shared_noise import LEVELS, ZERO, gap

(shift,) = symbols("shift")
WHERE = "first passage, one layer, rising modes"
FAR = (*ALIGNED, "sigma_0^2 << lam << sigma_T^2")
START = (*FAR, "Q = 0")
GEOMETRIC = "x = ln 2 + 1/L [Q T/(1 - Q) - gamma - ln ln 2 - 2 E_1(ln 2)/(1 - Q)] + O(L^-2), alpha -> 1"
HARMONIC = "x ~ ln 2/w, w = -W_-1(-ln 2 exp(gamma - 1) sigma_0^2/lam), alpha ~ 1 + 1/(w - 1)"
ARITHMETIC = "x ~ ln[(L - gamma - ln x)/(ln 2 + E_1(x))], alpha < 1"
SPECTRUM = domain_of((lam,)).within(lam=("0.01", "1"))
(floor,) = (level**2 for symbol, level in LEVELS.items() if symbol.name == "sigma0")
coefficient = Q * reach / (1 - Q) - g - sp.log(ln2) - 2 * E1(ln2) / (1 - Q)
NEAR = SPANS.joined(domain_of((shift,)))
PLAIN = {Q: ZERO}
COVER = Enclosure(boxes=400, samples=15)
L = sp.log(lam / floor)


def beside(sign: int) -> tuple[sp.Expr, Domain]:
    """Return x = ln 2 + sign shift, and where it is positive."""
    return ln2 + sign * shift, NEAR if sign > 0 else NEAR.where(shift < ln2)


def approached(sign: int) -> Within:
    """Return that (x - ln 2) L tends to the printed coefficient as x tends to ln 2 from one side."""
    x, domain = beside(sign)
    return Within(LimitIs(expr=sign * shift * span_geometric(x), var=shift, point=ZERO, value=coefficient), domain)


def exponent(sign: int, value: sp.Expr = coefficient) -> Within:
    """Return the limits, times shift^2, of 1 + dL/dT and of dL/dx as x tends to ln 2 from one side."""
    x, domain = beside(sign)
    span = span_geometric(x)
    above = LimitIs(expr=shift**2 * (1 + sp.Derivative(span, reach)), var=shift, point=ZERO, value=ZERO)
    below = LimitIs(expr=sign * shift**2 * sp.Derivative(span, shift), var=shift, point=ZERO, value=-value)
    return Within(Both((below, above)), domain)


def between(criterion: str, low: sp.Expr, high: sp.Expr, mode: sp.Expr = lam) -> Both:
    """Return that, from Q = 0, the mode passes its mean between the two values of x."""
    distance = gap(criterion, ZERO).xreplace({lam: mode}) if mode != lam else gap(criterion, ZERO)
    return Both(
        (
            Inequality(distance.xreplace({xi: low}), "<", ZERO),
            Inequality(distance.xreplace({xi: high}), ">", ZERO),
        )
    )


def near_geometric(low: str, high: str) -> Both:
    """Return that x - ln 2 - coefficient/L is between `low`/L^2 and `high`/L^2."""
    law = ln2 + coefficient.xreplace(PLAIN) / L
    return between("geometric", law + sp.Rational(low) / L**2, law + sp.Rational(high) / L**2)


def near_harmonic(low: str, high: str) -> Both:
    """Return that x w/ln 2 - 1 is between `low`/w and `high`/w."""
    mode = floor * sp.exp(w) / w * sp.exp(g - 1) * ln2
    first, last = (ln2 / w * (1 + sp.Rational(error) / w) for error in (low, high))
    return between("harmonic", first, last, mode)


CLAIMS = (
    Claim(
        id="our.passage.rising_geometric.law",
        says=GEOMETRIC,
        reading="of the equation for sigma_T -> infinity and sigma_0 -> 0 at x of order 1 (our.emergence."
        "zero_init_variance), 0 <= Q < 1: solved for L, (x - ln 2) L tends to the bracket as x -> ln 2 from either "
        "side, T being fixed; terms of order exp(-T), which lam << sigma_T^2 drops, are not in it",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Within(
                    Identity(late(xi, span_geometric(xi)), (Q * reach - (1 - Q) * span_geometric(xi)) / 2),
                    SPANS.joined(TIMES).where(sp.Ne(1 - 2 * sp.exp(-xi), 0)),
                ),
                approached(1),
                approached(-1),
            )
        ),
        domain=NEAR,
        assumes=FAR,
        derived_in="passage: geometric span",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.passage.rising_geometric.exponent",
        says=GEOMETRIC,
        reading="alpha -> 1: with L and T = ln(sigma_T^2/lam) both moving with lam, alpha = 1 - (1 + dL/dT)/(x dL/dx); "
        "times (x - ln 2)^2 the numerator tends to 0 and dL/dx to minus the bracket",
        where=WHERE,
        source="ours",
        relation=Both((exponent(1), exponent(-1))),
        domain=NEAR,
        assumes=FAR,
        derived_in="passage: geometric span",
        checks=(KERNEL,),
        slips=(exponent(1, -coefficient), exponent(-1, 2 * coefficient)),
        formula=False,
    ),
    Claim(
        id="our.passage.rising_geometric.paper",
        says=GEOMETRIC,
        reading=f"Q = 0, lam in [0.01, 1], {PAPER}: the error is at most 1/L^2",
        where=WHERE,
        source="ours",
        relation=near_geometric("-1", "1"),
        domain=SPECTRUM,
        assumes=START,
        derived_in="passage: geometric span",
        checks=(COVER,),
        slips=(near_geometric("-4", "-2"), near_geometric("2", "4")),
        formula=False,
    ),
    Claim(
        id="our.passage.rising_harmonic.law",
        says=HARMONIC,
        reading="solved for L, the equation for the harmonic mean gives L = ln 2/x + ln x + gamma - 1 + (ln 2)/2 + o(1) "
        "for x -> 0, and x = ln 2/w solves it but for the constant (ln 2)/2",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Identity(late(xi, span_harmonic(xi), ZERO), ln2 - span_harmonic(xi)),
                Identity(span_harmonic(xi), (ln2 - Ein(xi)) / (1 - sp.exp(-xi)) + g + sp.log(xi)),
                LimitIs(expr=(ln2 - Ein(xi)) / (1 - sp.exp(-xi)) - ln2 / xi, var=xi, point=ZERO, value=ln2 / 2 - 1),
                Within(Identity(span_lambert(), ln2 / (ln2 / w) + sp.log(ln2 / w) + g - 1), BRANCH),
            )
        ),
        domain=TIMES,
        assumes=START,
        derived_in="passage: harmonic span",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.passage.rising_harmonic.exponent",
        says=HARMONIC,
        reading="-d ln tau/d ln lam of tau = ln 2/(2 eta lam w), where d L = d ln lam and w exp(-w) = ln 2 exp(gamma - 1 "
        "- L), w > 1",
        where=WHERE,
        source="ours",
        relation=Identity(1 - sp.Derivative(sp.log(ln2 / w), w) / sp.Derivative(span_lambert(), w), 1 + 1 / (w - 1)),
        domain=BRANCH,
        assumes=START,
        checks=EXACT,
        formula=False,
        slips=tuple(
            Identity(1 - sp.Derivative(sp.log(ln2 / w), w) / sp.Derivative(span_lambert(), w), other)
            for other in (1 + 1 / w, 1 + 1 / (w + 1), 1 - 1 / (w - 1))
        ),
    ),
    Claim(
        id="our.passage.rising_harmonic.paper",
        says=HARMONIC,
        reading=f"Q = 0, w between 11 and 16, which is lam from 0.0099 to 1.01, {PAPER}: |x w/ln 2 - 1| is at most 1/w",
        where=WHERE,
        source="ours",
        relation=near_harmonic("-1", "1"),
        domain=domain_of((w,)).within(w_L=("11", "16")),
        assumes=START,
        derived_in="passage: harmonic span",
        checks=(COVER,),
        slips=(near_harmonic("-4", "-2"), near_harmonic("2", "4")),
        formula=False,
    ),
    Claim(
        id="our.passage.rising_arithmetic.law",
        says=ARITHMETIC,
        reading="the equation for the arithmetic mean, solved for L; -d ln tau/d ln lam = 1 - exp(-x)/(x (ln 2 + E_1(x)))",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Identity(late(xi, span_arithmetic(xi), ZERO), -ln2),
                Identity(sp.log((span_arithmetic(xi) - g - sp.log(xi)) / (ln2 + E1(xi))), xi),
                Identity(
                    1 - 1 / (xi * sp.Derivative(span_arithmetic(xi), xi)), 1 - sp.exp(-xi) / (xi * (ln2 + E1(xi)))
                ),
                Inequality(1 - sp.exp(-xi) / (xi * (ln2 + E1(xi))), "<", sp.S.One),
            )
        ),
        domain=TIMES,
        assumes=START,
        derived_in="passage: arithmetic span",
        checks=(KERNEL,),
    ),
)
