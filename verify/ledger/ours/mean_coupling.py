"""Corrections of section 4.2 and appendix D.2: what a mean along a mode adds, and when weight or bias overshoots."""

import sympy as sp

from numerics import one_layer as measured
from theory.domain import Domain, domain_of
from theory.mean_coupling import (
    BY_RATES,
    COUPLED,
    b,
    fast_bias,
    fast_weight,
    lam,
    mu,
    r_fast,
    r_slow,
    sigma,
    slow_bias,
    slow_weight,
    w,
)
from theory.relation import Both, Identity, Inequality, Within
from verify.checks.ode import Ode
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.section_4_2_mean import ASSUMES, MEAN, ODE_MINOR, curvature, minor
from verify.ledger.spectral_bias.section_4_2_overshoot import ALONG, by_data

above, below = COUPLED.where(sigma**2 > r_slow), COUPLED.where(sigma**2 <= r_slow)
up_to, beyond = COUPLED.where(sigma**2 < r_slow), COUPLED.where(sigma**2 >= r_slow)
threshold = Identity(
    (r_fast - sigma**2) * (sigma**2 - r_slow), (mu**2 * sigma**2 - lam * (1 - sigma**2)).xreplace(BY_RATES)
)


def positive(expr: sp.Expr, op: str = ">") -> Inequality:
    """Return that `expr` is positive, or has the sign named."""
    return Inequality(expr, op, sp.S.Zero)


def overshoots(slow: sp.Expr, fast: sp.Expr, where: tuple[Domain, Domain]) -> Both:
    """Return that the slow exponential has a positive coefficient on `where[0]`, and none does on `where[1]`."""
    return Both(
        (Within(positive(slow), where[0]), Within(positive(slow, "<="), where[1]), positive(fast, "<"), threshold)
    )


CLAIMS = (
    Claim(
        id="our.mean.rank_two",
        says="half the curvature of the loss differs from that of centred data by a matrix of rank two",
        reading="in (w_k, b) the difference is [[mu^2, mu], [mu, 0]], of determinant -mu^2",
        where="corrects section 4.2",
        source="ours",
        relation=Both(
            (
                Identity(minor, -(mu**2)),
                Identity(curvature(w, w) - (lam + sigma**2), mu**2),
                Identity(curvature(w, b), mu),
                Identity(curvature(b, b) - 1, sp.S.Zero),
            )
        ),
        domain=domain_of((lam, sigma, mu, w, b)),
        assumes=(*ASSUMES, "the mean is along u_k"),
        derived_in="mean coupling: bias gradient",
        checks=(*EXACT, ODE_MINOR),
    ),
    Claim(
        id="our.mean.overshoot.weight",
        says="from zero, the weight of a mode overshoots if and only if lam (1 - sigma^2) < mu^2 sigma^2",
        reading=(
            "w - w* is a sum of two exponentials, the fast one with a negative coefficient, the slow one with a "
            "positive one if and only if sigma^2 > r_slow"
        ),
        where="corrects section 4.2 and Remark D.3",
        source="ours",
        relation=overshoots(slow_weight, fast_weight, (above, below)),
        domain=COUPLED,
        assumes=ALONG,
        derived_in="mean coupling: slow weight",
        checks=(*EXACT, Ode(measure=measured.slow_weight, box=MEAN, formula=by_data)),
        slips=(
            overshoots(slow_weight, fast_weight, (COUPLED, below)),
            overshoots(slow_weight, fast_weight, (above, COUPLED)),
        ),
        formula=False,
    ),
    Claim(
        id="our.mean.overshoot.bias",
        says=(
            "from zero, for mu > 0, the bias of a mode overshoots if and only if lam (1 - sigma^2) > mu^2 sigma^2: "
            "exactly when the weight ends below its optimum"
        ),
        reading=(
            "b - b* is a sum of two exponentials, the fast one with a negative coefficient, the slow one with a "
            "positive one if and only if sigma^2 < r_slow"
        ),
        where="corrects section 4.2 and Remark D.3",
        source="ours",
        relation=overshoots(slow_bias, fast_bias, (up_to, beyond)),
        domain=COUPLED,
        assumes=ALONG,
        derived_in="mean coupling: slow bias",
        checks=(*EXACT, Ode(measure=measured.slow_bias, box=MEAN, formula=by_data)),
        slips=(overshoots(slow_bias, fast_bias, (COUPLED, beyond)), overshoots(slow_bias, fast_bias, (up_to, COUPLED))),
        formula=False,
    ),
)
