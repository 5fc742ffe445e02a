"""Appendix B.1, one layer: the initial level, the curves of Fig. 5 and the power laws of Fig. 6.

On the curve gap(lam, tau) = 0 the variance falls with the emergence step where the slopes of the gap in lam and in
tau have one sign: in the variables (lam, xi) of `theory.emergence`, where the excess plus the pace has that of the pace.
"""

import sympy as sp

from numerics import one_layer as measured
from theory.domain import domain_of
from theory.one_layer import Q, eta, flow_rate, lam, later, sampled, sigma, sigma0, sigmaT, tau, weight, y
from theory.relation import Both, Inequality, Solves
from verify.checks.enclosure import Enclosure
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.lanes import TRAINED as TRAINED_BOX
from verify.ledger.spectral_bias.lanes_4_3 import ODE_START
from verify.ledger.spectral_bias.section_4_3_modes import PROP
from verify.ledger.spectral_bias.section_4_3_shape import PAPER
from verify.ledger.spectral_bias.shared_noise import ZERO, aged, bracketed, excess, gap, speed
from verify.ledger.spectral_bias.shared_printed import variance

HALF, TENTH = sp.Rational(1, 2), sp.Rational(1, 10)
LEVEL = "initial generated variance (one and two layers) lam~_k(0) = sigma_T^(2 Q_k) sigma_0^(2 - 2 Q_k)"
CURVES = "trajectories of u_k^T W(tau) u_k and lam~_k, one layer and symmetric two layer, Q_k = 0.5"
DECAY = (
    "Comparisons reveal a systematic power-law decay of variance with respect to the Emergence Step under both the "
    "harmonic-mean and geometric-mean definitions."
)
FIGURE = box(
    lam=("0.05", "3.0"),
    Q=("0.5", "0.5"),
    eta=("0.1", "1.0"),
    tau=("0.05", "1.0"),
    sigma0=("0.05", "0.3"),
    sigmaT=("3.0", "10.0"),
)
COVER = Enclosure(boxes=250, samples=15)
PANELS = {
    ("geometric", True): (TENTH, ("0.001", "10"), ("0.65", "0.85")),
    ("harmonic", True): (TENTH, ("0.001", "10"), ("0.07", "0.43")),
    ("geometric", False): (HALF, ("0.001", "0.08"), ("0.00001", "0.000015")),
    ("harmonic", False): (HALF, ("0.001", "0.08"), ("0.000012", "0.0006")),
}


def at_half(ranges: tuple[tuple[str, str, str], ...]) -> tuple[tuple[str, str, str], ...]:
    """Return the ranges with Q fixed at 0.5."""
    return tuple(("Q", "0.5", "0.5") if name == "Q" else (name, low, high) for name, low, high in ranges)


def slope(criterion: str, *, rising: bool) -> sp.Expr:
    """Return the slope of the gap in ln lam at a fixed time."""
    start = PANELS[criterion, rising][0]
    return excess(criterion, start) + speed(start)


def decays(criterion: str, *, rising: bool) -> Both:
    """Return that every mode passes between two ages, and that more variance means an earlier passage between them."""
    start, lams, ages = PANELS[criterion, rising]
    sign = ">" if rising else "<"
    earlier = Inequality(slope(criterion, rising=rising), sign, ZERO)
    return Both((earlier, *bracketed(gap(criterion, start), lams, ages, rising=rising)))


def panel(criterion: str, *, rising: bool) -> Claim:
    """Return the claim on one panel of Fig. 6."""
    start, lams, ages = PANELS[criterion, rising]
    branch = "rising" if rising else "falling"
    return Claim(
        id=f"wp.B.1.fig6.{criterion}.{branch}",
        says=DECAY,
        where="Fig. 6, one layer",
        source="as printed",
        reading=f"{criterion} mean, Q = {start}, the {branch} modes {lams[0]} <= lam <= {lams[1]}, {PAPER}: the time "
        "of passage falls with the variance; the panels Q = 0 and Q = 1 are wp.4.3.fpt",
        relation=decays(criterion, rising=rising),
        domain=aged(lams, ages),
        assumes=PROP,
        derived_in="emergence: drift",
        checks=(COVER,),
        formula=False,
        slips=(Inequality(slope(criterion, rising=rising), "<" if rising else ">", ZERO),),
    )


CLAIMS = (
    Claim(
        id="wp.B.1.init_level",
        says=LEVEL,
        reading="at tau = 0 the weight of a mode is Q at every noise level, whatever the layers that "
        "make it; the limit of Prop. 4.2 itself is wp.4.3.init.equal",
        where="Fig. 5B, D",
        source="reconstructed",
        relation=sampled(sigmaT ** (2 * Q) * sigma0 ** (2 - 2 * Q), Q),
        domain=domain_of((Q, sigma0, sigmaT)).where(sigma0 < sigmaT),
        assumes=("aligned initialisation", "zero-mean data"),
        checks=(*EXACT, ODE_START),
    ),
    Claim(
        id="wp.B.1.fig5.weight",
        says=CURVES,
        reading="one layer: the weight of a mode from Q = 1/2 is (7) there",
        where="Fig. 5A",
        source="as printed",
        relation=Solves(
            solution=lam / (sigma**2 + lam)
            + (HALF - lam / (sigma**2 + lam)) * sp.exp(-2 * eta * tau * (sigma**2 + lam)),
            var=tau,
            unknown=y,
            rate=flow_rate(sigma),
            at=ZERO,
            start=HALF,
        ),
        domain=domain_of((lam, sigma, eta, tau)),
        assumes=PROP,
        derived_in="one layer: weight",
        checks=(*EXACT, Ode(measure=measured.weight, box=at_half(TRAINED_BOX))),
    ),
    Claim(
        id="wp.B.1.fig5.variance",
        says=CURVES,
        reading="one layer: the generated variance from Q = 1/2 is that of Prop. 4.2 there",
        where="Fig. 5B",
        source="as printed",
        relation=sampled(variance().xreplace({Q: HALF}), weight(sigma0).xreplace({Q: HALF})),
        domain=later(domain_of((lam, eta, tau, sigma0, sigmaT))).where(sigma0 < sigmaT),
        assumes=PROP,
        derived_in="one layer: variance",
        checks=(*EXACT, Ode(measure=measured.variance, box=FIGURE)),
    ),
    *(panel(criterion, rising=rising) for criterion, rising in PANELS),
)
