"""Section 4.3: the shape of the curves of the generated variance, their order, and early stopping."""

import sympy as sp

from numerics import one_layer as measured
from theory.domain import Domain, domain_of
from theory.emergence import LIVE, log_variance, progress, slope, steepening, xi
from theory.one_layer import (
    Q,
    eta,
    final_variance,
    initial_variance,
    lam,
    log_variance_entire,
    tau,
)
from theory.relation import Both, Inequality, Monotone, Relation, Within
from theory.symbols import symbols
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import KERNEL
from verify.ledger.spectral_bias.section_4_3_modes import CURVES, PROP
from verify.ledger.spectral_bias.shared_noise import COVER, MODES, ZERO, aged, at_paper, bracketed, excess, gap, speed

lam1, lam2 = symbols("lam1 lam2")
HALF = {eta: sp.Rational(1, 2)}  # so that tau itself is 2 eta tau
START, MIDDLE = {Q: ZERO}, sp.Rational(1, 2)
ORDER = CURVES + ", but in descending order of lam_k"
PRACTICAL = (
    "when training stops earlier, the distribution in higher variance PC spaces have already converged, while "
    "low-variance ones are under-trained"
)
PAPER = "the paper's sigma_0 = 0.002 and sigma_T = 80"
SMALL, NARROW, TUBE = ("0.001", "1"), ("0.01", "10"), ("0.57", "0.635")
curve = log_variance_entire().xreplace(HALF)


def without(domain: Domain, *symbols: sp.Symbol) -> Domain:
    """Return `domain` without the ranges of `symbols`, which have values of their own."""
    return Domain(tuple((s, r) for s, r in domain.ranges if s not in symbols), domain.conditions)


def rate(relation: Relation) -> sp.Expr:
    """Return the derivative in tau of the curve that `relation` is about."""
    return sp.Derivative(relation.formula, tau)


RATE = Ode(
    measure=measured.log_variance_rate,
    formula=rate,
    box=box(
        lam=("0.05", "3.0"),
        Q=("0", "0"),
        eta=("0.5", "0.5"),
        tau=("0.05", "2.0"),
        sigma0=("0.01", "0.1"),
        sigmaT=("5.0", "20.0"),
    ),
)
HALF_START = domain_of((lam, tau)).within(lam=MODES, tau=("0.001", "10"))
PAIRS = domain_of((lam1, lam2, tau)).within(lam1=SMALL, lam2=SMALL, tau=("0.001", "2")).where(lam1 > lam2)


def share(mode: sp.Expr) -> sp.Expr:
    """Return the share of its way that `mode` has covered when 2 eta tau = tau, from Q = 1/2."""
    return at_paper(progress(), sp.Rational(1, 2)).xreplace({xi: tau * lam}).xreplace({lam: mode})


CLAIMS = (
    Claim(
        id="wp.4.3.sigmoid.monotone",
        says=CURVES,
        where="section 4.3",
        source="as printed",
        reading="a sigmoidal curve to a higher level never falls: the variance does not decrease in tau for modes "
        f"that end above their start, from Q = 1/2 (Fig. 5), {PAPER}",
        relation=Monotone(expr=at_paper(curve, MIDDLE), var=tau, op=">="),
        domain=HALF_START.where(at_paper(final_variance(), MIDDLE) > at_paper(initial_variance(), MIDDLE)),
        assumes=PROP,
        checks=(COVER,),
        corrected_by="our.sampling.turns",
        formula=False,
    ),
    Claim(
        id="wp.4.3.sigmoid.rising",
        says=CURVES,
        where="section 4.3",
        source="as printed",
        reading="from Q = 0 the variance of every mode rises at all times",
        relation=Monotone(expr=curve.xreplace(START), var=tau, op=">"),
        domain=without(LIVE, Q, eta),
        assumes=PROP,
        checks=(KERNEL, RATE),
        slips=(Monotone(expr=curve.xreplace({Q: sp.S.One}), var=tau, op=">"),),
        formula=False,
    ),
    Claim(
        id="wp.4.3.sigmoid.time",
        says=CURVES,
        where="section 4.3",
        source="as printed",
        reading="S-shaped against tau: from Q = 0, ln of the variance is convex in tau somewhere (it bends upwards "
        "before it bends downwards): its slope grows",
        relation=Monotone(expr=slope(), var=tau, op=">", some=True),
        domain=without(LIVE, Q, eta),
        assumes=PROP,
        derived_in="emergence: slope",
        checks=(KERNEL,),
        corrected_by="our.sampling.concave",
        formula=False,
    ),
    Claim(
        id="wp.4.3.sigmoid.logtime",
        says=CURVES,
        where="section 4.3",
        source="as printed",
        reading="S-shaped against ln tau: from Q = 0, ln of the variance gets steeper in ln tau while 2 eta tau (lam + "
        f"sigma_T^2) <= 1 and flatter once 2 eta tau lam >= 1, up to 20, for lam in [0.001, 10] and {PAPER}",
        relation=Both(
            (
                Within(
                    Inequality(at_paper(steepening()).xreplace({xi: tau * lam}), ">", ZERO),
                    domain_of((lam, tau)).within(lam=MODES, tau=("0", "1/6410")),
                ),
                Within(Inequality(at_paper(steepening()), "<", ZERO), aged(MODES, ("1", "20"))),
            )
        ),
        domain=aged(MODES, ("1", "20")),
        assumes=PROP,
        derived_in="emergence: steepening",
        checks=(COVER,),
        slips=(
            Inequality(at_paper(steepening()), ">", ZERO),
            Within(Inequality(at_paper(steepening()), "<", ZERO), aged(MODES, ("0.1", "20"))),
        ),
        formula=False,
    ),
    Claim(
        id="wp.4.3.order.zero",
        says=ORDER,
        where="section 4.3",
        source="as printed",
        reading="from Q = 0 the first passage through the geometric mean is later the smaller lam: alpha > 0, for "
        f"lam in [0.001, 10] and {PAPER}; the passage has 2 eta tau lam in [0.5, 0.67], where this holds throughout",
        relation=Both(
            (
                *bracketed(gap("geometric", ZERO), MODES, ("0.5", "0.67")),
                Inequality(speed(ZERO) + excess("geometric", ZERO), ">", ZERO),
            )
        ),
        domain=aged(MODES, ("0.5", "0.67")),
        assumes=PROP,
        derived_in="emergence: drift",
        checks=(COVER,),
        slips=(
            Inequality(excess("geometric", ZERO), ">", ZERO),
            Inequality(speed(ZERO) + 100 * excess("geometric", ZERO), ">", ZERO),
        ),
        formula=False,
    ),
    Claim(
        id="wp.4.3.order.half",
        says=ORDER,
        where="section 4.3",
        source="as printed",
        reading="from Q = 1/2 (Fig. 5), whenever a mode has covered half of its way (in ln of the variance) a mode "
        f"of larger variance has, too: lam in [0.001, 1], {PAPER}",
        relation=Inequality(share(lam1), ">=", sp.Rational(1, 2)),
        domain=PAIRS.where(share(lam2) >= sp.Rational(1, 2)),
        assumes=PROP,
        checks=(COVER,),
        corrected_by="our.sampling.opposite_order",
        formula=False,
    ),
    Claim(
        id="wp.4.3.practical",
        says=PRACTICAL,
        where="section 4.3",
        source="as printed",
        reading="from Q = 0, when a mode passes its geometric mean, a mode of ten times its variance has reached 90% "
        f"of its target lam and a mode of a tenth of its variance less than 50%: lam in [0.01, 1], {PAPER}; the "
        "passage has 2 eta tau lam in [0.57, 0.635], where this holds throughout",
        relation=Both(
            (
                *bracketed(gap("geometric", ZERO), ("0.01", "1"), TUBE),
                Inequality(
                    at_paper(log_variance(), ZERO).xreplace({lam: 10 * lam, xi: 10 * xi}),
                    ">=",
                    sp.log(sp.Rational(9, 10) * 10 * lam),
                ),
                Inequality(
                    at_paper(log_variance(), ZERO).xreplace({lam: lam / 10, xi: xi / 10}), "<", sp.log(lam / 20)
                ),
            )
        ),
        domain=aged(("0.01", "1"), TUBE),
        assumes=PROP,
        derived_in="emergence: age",
        checks=(COVER,),
        slips=(
            Inequality(
                at_paper(log_variance(), ZERO).xreplace({lam: 10 * lam, xi: 10 * xi}),
                ">=",
                sp.log(sp.Rational(99, 10) * lam),
            ),
            Inequality(at_paper(log_variance(), ZERO), ">=", sp.log(lam / 2)),
        ),
        formula=False,
    ),
)
