"""Section 4.2, zero-mean data: what learns first, across noise levels, across modes, and below the noise floor.

The paper says some of this more than once: `sooner_in_noise` and the names after it are claims that lack only the words.
"""

from functools import partial

import sympy as sp

from theory.domain import POSITIVE, Domain, domain_of
from theory.one_layer import TRAINED as MODE_TRAINED
from theory.one_layer import Q, eta, lam, later, optimum, sigma, tau, weight
from theory.relation import Both, Identity, Inequality, Monotone, Within
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.lanes_4_2 import (
    FLOW,
    ODE_FROM_ZERO,
    ODE_RELATIVE,
    ODE_SPREAD,
    ODE_SPREAD_IS,
    SPREAD,
    lam1,
    lam2,
    time_constant,
)

(eps,) = symbols("eps")
NOISE = "the weights at larger noise sigma generally converge faster"
ORDER = "at a fixed sigma, high-variance lam_k modes converge first"
FLOOR = "modes buried beneath the noise floor (lam_k << sigma^2) share the same slower timescale"

remaining = (weight(sigma) - optimum(sigma)) ** 2
relative = remaining / (Q - optimum(sigma)) ** 2
from_zero = remaining.xreplace({Q: sp.S.Zero})

MOVING = later(MODE_TRAINED).where(sp.Ne(Q * (lam + sigma**2), lam))
FROM_ZERO = domain_of((lam, sigma, eta, tau))
BURIED = domain_of((lam1, lam2, sigma, eta, eps)).where(lam1 <= eps * sigma**2, lam2 <= eps * sigma**2)


def with_variance(domain: Domain) -> Domain:
    """Return the part of `domain` with lam > 0: a mode without variance starts and stays at its optimum 0."""
    return Domain(tuple((s, POSITIVE if s == lam else r) for s, r in domain.ranges), domain.conditions)


def falls(expr: sp.Expr, var: sp.Symbol, op: str = "<") -> Monotone:
    """Return that `expr` falls with `var`."""
    return Monotone(expr=expr, var=var, op=op)


def spread_within(bound: sp.Expr) -> Both:
    """Return that time scales of buried modes differ by at most the factor `bound`, and fall with the variance."""
    slower = Within(falls(time_constant(lam), lam), domain_of((lam, sigma, eta)))
    return Both((Inequality(SPREAD, "<=", bound), slower))


printed = partial(Claim, source="as printed", assumes=FLOW, formula=False)


def sooner(var: sp.Symbol) -> partial[Claim]:
    """Return the claim that the deviation, relative to that at the start, falls with `var`, but for the words."""
    return partial(
        printed,
        relation=falls(relative, var),
        domain=MOVING,
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_RELATIVE),
        slips=(falls(-relative, var), falls(1 / relative, var)),
    )


sooner_in_noise, sooner_in_variance = sooner(sigma), sooner(lam)
nearer_in_noise = partial(
    printed,
    relation=falls(remaining, sigma, "<="),
    domain=MODE_TRAINED,
    checks=EXACT,
    corrected_by="our.one_layer.noise_order",
)
nearer_in_variance = partial(
    printed,
    relation=falls(from_zero, lam, "<="),
    domain=FROM_ZERO,
    checks=EXACT,
    corrected_by="our.one_layer.variance_order",
)
buried_alike = partial(
    printed,
    relation=spread_within(1 + eps),
    domain=BURIED,
    derived_in="one layer: weight",
    checks=(*EXACT, ODE_SPREAD),
    slips=(spread_within(sp.S.One), spread_within(1 + eps / 2), spread_within(1 + eps**2)),
)
buried_the_same = partial(
    printed,
    relation=Identity(SPREAD, sp.S.One),
    domain=domain_of((lam1, lam2, sigma, eta)).where(100 * lam1 <= sigma**2, 100 * lam2 <= sigma**2),
    checks=(*EXACT, ODE_SPREAD_IS),
    corrected_by="our.one_layer.floor",
)

CLAIMS = (
    sooner_in_noise(
        id="wp.4.2.i.relative",
        says=NOISE,
        reading=(
            "the deviation from the optimum, relative to that at the start, falls with sigma at every time tau > 0, "
            "whatever the start"
        ),
        where="section 4.2 (i)",
    ),
    printed(
        id="wp.4.2.i.zero",
        says=NOISE,
        reading=(
            "from weight zero, the deviation from the optimum falls with sigma at every time, for every mode with "
            "variance"
        ),
        where="section 4.2 (i)",
        relation=falls(from_zero, sigma),
        domain=with_variance(FROM_ZERO),
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_FROM_ZERO),
        slips=(falls(-from_zero, sigma),),
    ),
    nearer_in_noise(
        id="wp.4.2.i.absolute",
        says=NOISE,
        reading="the deviation from the optimum does not grow with sigma, at any time, from any start",
        where="section 4.2 (i)",
    ),
    sooner_in_variance(
        id="wp.4.2.ii.relative",
        says=ORDER,
        reading=(
            "the deviation from the optimum, relative to that at the start, falls with lam at every time tau > 0, "
            "whatever the start"
        ),
        where="section 4.2 (ii)",
    ),
    nearer_in_variance(
        id="wp.4.2.ii.zero",
        says=ORDER,
        reading="from weight zero, the deviation from the optimum does not grow with lam, at any time",
        where="section 4.2 (ii)",
    ),
    buried_alike(
        id="wp.4.2.floor.bound",
        says=FLOOR,
        reading=(
            "if lam1, lam2 <= eps sigma^2, their time scales 1/(2 eta (lam + sigma^2)) differ by at most the factor "
            "1 + eps; less variance, slower"
        ),
        where="section 4.2",
    ),
    buried_the_same(
        id="wp.4.2.floor.same",
        says=FLOOR,
        reading="modes with lam <= sigma^2/100 have one and the same time scale",
        where="section 4.2",
    ),
)
