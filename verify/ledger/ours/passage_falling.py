"""First-passage times of the generated variance, falling modes: their curve, their laws, and errors at finite noise."""

import sympy as sp

from theory.domain import Domain, domain_of
from theory.emergence import AGED, xi
from theory.functions import Ein
from theory.one_layer import (
    Q,
    eta,
    initial_variance,
    lam,
    log_variance_entire,
    sigma0,
    sigmaT,
    tau,
)
from theory.passage import FALLING, early, g
from theory.relation import Both, Identity, Inequality, LimitIs, Within
from theory.shortfall import ONE, a, starting
from verify.checks.enclosure import Enclosure
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.shortfall import ALIGNED
from verify.ledger.spectral_bias.section_4_3_shape import PAPER
from verify.ledger.spectral_bias.shared_noise import ZERO, at_paper, gap

HALF = sp.Rational(1, 2)
COVER = Enclosure(boxes=400, samples=15)
WHERE = "first passage, one layer, falling modes"
FAR = (*ALIGNED, "sigma_T^-2 << 2 eta tau << 1/lam", "sigma_0^2 << lam << sigma_T^2")
GEOMETRIC = "2 eta tau* ~ exp(-gamma) sigma_T^-1 sigma_0^((1 - Q)/Q) lam^(-1/(2 Q)), alpha = 1/(2 Q)"
HARMONIC = "2 eta tau* ~ exp(-gamma) 2^(-1/Q) sigma_0^(2 (1 - Q)/Q) lam^(-1/Q), alpha = 1/Q"
at_geometric = sp.exp(-g) / sigmaT * sigma0 ** ((1 - Q) / Q) * lam ** (-1 / (2 * Q))
at_harmonic = sp.exp(-g) * 2 ** (-1 / Q) * sigma0 ** (2 * (1 - Q) / Q) * lam ** (-1 / Q)
LAWS = {"geometric": (GEOMETRIC, at_geometric), "harmonic": (HARMONIC, at_harmonic)}
START = starting(AGED, ZERO, ONE, low_open=True)
MODE = Domain(tuple((s, r) for s, r in START.ranges if s != xi), START.conditions)


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


def modes(low: str, high: str) -> Domain:
    """Return the range of variances."""
    return domain_of((lam,)).within(lam=(low, high))


def near(name: str, criterion: str, start: sp.Expr, variances: tuple[str, str], percent: int) -> Claim:
    """Return the claim that the passage is within so many percent of the law, for a range of variances."""
    says, law = LAWS[criterion]
    low, high = variances
    return Claim(
        id=f"our.passage.falling_{criterion}.{name}",
        says=says,
        reading=f"Q = {start}, lam in [{low}, {high}], {PAPER}: the passage is within {percent}% of the law",
        where=WHERE,
        source="ours",
        relation=around(criterion, start, law, f"{100 - percent}/100", f"{100 + percent}/100"),
        domain=modes(low, high),
        assumes=ALIGNED,
        derived_in="passage: early form",
        checks=(COVER,),
        slips=(around(criterion, start, law, "0.8", "0.9"), around(criterion, start, law, "1.1", "1.2")),
        formula=False,
    )


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
    near("paper", "geometric", HALF, ("0.001", "0.005"), 3),
    near("unit", "geometric", ONE, ("0.001", "0.1"), 2),
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
    near("paper", "harmonic", HALF, ("0.0003", "0.0008"), 3),
)
