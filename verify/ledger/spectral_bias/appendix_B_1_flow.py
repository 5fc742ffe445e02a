"""Appendix B.1.2: the curves of Fig. 7 and the power laws of Fig. 8, one layer under flow matching."""

import sympy as sp

from numerics.flow_matching import one_layer as measured
from theory.domain import POSITIVE, Domain, domain_of
from theory.flow_emergence import log_level, log_variance, xi
from theory.flow_matching import (
    Q,
    eta,
    flow_rate,
    lam,
    live,
    log_variance_entire,
    optimum,
    t,
    tau,
    timed,
    variance_at,
    weight,
    y,
)
from theory.relation import Both, Inequality, Relation, Solves
from theory.symbols import symbols
from verify.checks.enclosure import Enclosure
from verify.checks.ode import Ode
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.appendix_B_1 import DECAY
from verify.ledger.spectral_bias.lanes_H import ALIGNED, FLOW, SAMPLED, TRAINED
from verify.ledger.spectral_bias.shared_noise import ZERO, aged, bracketed

lam1, lam2 = symbols("lam1 lam2")
TENTH, HALF = sp.Rational(1, 10), sp.Rational(1, 2)
CURVES = (
    "Learning dynamics of the weight and variance of the generated distribution per eigenmode, for one layer linear "
    "flow matching model. Weight initialization is set at Q_k = 0.1 for every mode"
)
AGES = {"geometric": xi * sp.sqrt(lam), "harmonic": xi}  # 2 eta tau lam, by the age in which passages are close
SLOPES = {"geometric": HALF, "harmonic": lam / (1 + lam)}
PANELS = {  # variances, and the ages between which their passages lie
    ("geometric", "falling"): (("0.001", "0.5"), ("0.56", "0.70")),
    ("geometric", "rising"): (("2", "10"), ("0.65", "0.70")),
    ("harmonic", "falling"): (("0.001", "0.3"), ("0.4", "0.6")),
    ("harmonic", "rising"): (("1.3", "10"), ("0.70", "0.83")),
}


def from_tenth(ranges: tuple[tuple[str, str, str], ...]) -> tuple[tuple[str, str, str], ...]:
    """Return the ranges with Q fixed at 0.1."""
    return tuple(("Q", "0.1", "0.1") if name == "Q" else (name, low, high) for name, low, high in ranges)


def at_the_end(curve: Relation) -> sp.Basic:
    """Return the value of the curve at t = 1."""
    return curve.formula.xreplace({t: sp.S.One})


def slope(criterion: str) -> sp.Expr:
    """Return the slope in ln lam, at a fixed time, of ln of the variance over the level of passage."""
    return SLOPES[criterion] - sp.exp(-AGES[criterion])


def decays(criterion: str, branch: str) -> Both:
    """Return that every mode passes between two ages, and that more variance means an earlier passage between them."""
    lams, ages = PANELS[criterion, branch]
    gap = (log_variance() - log_level(criterion)).xreplace({xi: AGES[criterion]})
    earlier = Inequality(slope(criterion), ">" if branch == "rising" else "<", ZERO)
    return Both((earlier, *bracketed(gap, lams, ages, rising=branch == "rising")))


def panel(criterion: str, branch: str) -> Claim:
    """Return the claim on the modes of one branch and one panel of Fig. 8."""
    lams, ages = PANELS[criterion, branch]
    return Claim(
        id=f"wp.B.1.fig8.{criterion}.{branch}",
        says=DECAY,
        where="Fig. 8, one layer, flow matching",
        source="as printed",
        reading=f"{criterion} mean, Q = 0, the {branch} modes {lams[0]} <= lam <= {lams[1]}: the time of passage falls "
        "with the variance",
        relation=decays(criterion, branch),
        domain=aged(lams, ages),
        assumes=(*FLOW, ALIGNED),
        derived_in="flow emergence: pace",
        checks=(Enclosure(boxes=400, samples=15),),
        formula=False,
        slips=(
            Inequality(slope(criterion), "<" if branch == "rising" else ">", ZERO),
            *(Both(bracketed(excess, lams, ages, rising=branch == "rising")) for excess in _shifted(criterion)),
        ),
    )


def _shifted(criterion: str) -> tuple[sp.Expr, sp.Expr]:
    """Return the gap to three times and to a third of the level."""
    gap = (log_variance() - log_level(criterion)).xreplace({xi: AGES[criterion]})
    return gap + sp.log(3), gap - sp.log(3)


def ahead(mode: sp.Symbol, criterion: str) -> sp.Expr:
    """Return ln of the variance of a mode over its level of passage, trained for 2 eta tau = tau from Q = 1/2."""
    start = sp.exp(2 * Q)
    level = {"geometric": sp.log(lam) / 2 + Q, "harmonic": sp.log(2 * lam * start / (lam + start))}[criterion]
    return (log_variance_entire() - level).xreplace({lam: mode, Q: HALF, eta: HALF})


def in_order(criterion: str) -> Claim:
    """Return that of two rising modes from Q = 1/2 the one with more variance passes first."""
    rising = Domain(((lam1, POSITIVE), (lam2, POSITIVE), (tau, POSITIVE))).where(lam1 > sp.E, lam2 > lam1)
    return Claim(
        id=f"wp.B.1.fig8.{criterion}.half",
        says=DECAY,
        where="Fig. 8, one layer, flow matching",
        source="as printed",
        reading=f"{criterion} mean, Q = 1/2, rising modes (lam > e, the initial level): at any time at which a mode has "
        "passed, every mode with more variance has; close to the initial level the order is the opposite",
        relation=Inequality(ahead(lam2, criterion), ">=", ZERO),
        domain=rising.where(ahead(lam1, criterion) >= 0),
        assumes=(*FLOW, ALIGNED),
        checks=(KERNEL,),
        formula=False,
        corrected_by="our.emergence.flow_decay",
    )


CLAIMS = (
    Claim(
        id="wp.B.1.fig7.weight",
        says=CURVES,
        reading="the weight of a mode from Q = 1/10, at any time t",
        where="Fig. 7A",
        source="as printed",
        relation=Solves(
            solution=optimum() + (TENTH - optimum()) * sp.exp(-2 * eta * tau * ((1 - t) ** 2 + t**2 * lam)),
            var=tau,
            unknown=y,
            rate=flow_rate(),
            at=ZERO,
            start=TENTH,
        ),
        domain=timed(domain_of((lam, t, eta, tau)), data=False),
        assumes=(*FLOW, ALIGNED),
        derived_in="flow matching: weight",
        checks=(*EXACT, Ode(measure=measured.weight, box=from_tenth(TRAINED))),
    ),
    Claim(
        id="wp.B.1.fig7.variance",
        says=CURVES,
        reading="the variance of the samples from Q = 1/10, which follows dx/dt = w x, at any time t; at t = 1 it is the "
        "generated one",
        where="Fig. 7B",
        source="as printed",
        relation=Solves(
            solution=variance_at().xreplace({Q: TENTH}),
            var=t,
            unknown=y,
            rate=2 * weight().xreplace({Q: TENTH}) * y,
            at=ZERO,
            start=sp.S.One,
        ),
        domain=timed(live(domain_of((lam, t, eta, tau)))),
        assumes=(*FLOW, ALIGNED),
        derived_in="flow matching: variance",
        checks=(*EXACT, Ode(measure=measured.variance, box=from_tenth(SAMPLED), formula=at_the_end)),
    ),
    *(panel(criterion, branch) for criterion, branch in PANELS),
    *(in_order(criterion) for criterion in ("geometric", "harmonic")),
)
