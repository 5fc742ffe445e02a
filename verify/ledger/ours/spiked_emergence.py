"""Our theorems on the order in which components appear, and on the number of samples that takes."""

from functools import partial

import sympy as sp

from theory.domain import POSITIVE, Domain, domain_of
from theory.relation import Both, Identity, Inequality, Monotone, Within
from theory.spiked import BELOW, ell, gamma, lam2, overlap_squared, s, sine_squared
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.ours.spiked import LARGE

lam, eps, m = symbols("lam_root angle_bound root_half")
RATIOS = domain_of((ell, gamma))
NEEDED = Domain(((ell, POSITIVE), (eps, POSITIVE))).where(eps < 1)
half_level = lam2 * (m - 1) / 4  # m = sqrt(1 + 8/gamma)
samples = (1 + (1 - eps**2) * ell) / (eps**2 * ell**2)
threshold = lam2 / sp.sqrt(gamma)
LEVEL = domain_of((lam, gamma))
HALF = domain_of((lam2, m)).where(m > 1)


def ordered(op: str, size: sp.Expr = lam) -> Both:
    """Return that both levels, for a mode of this size, change with lambda in this direction."""
    detection, half = lam / gamma ** sp.Rational(1, 4), half_level.xreplace({lam2: lam**2})
    return Both(
        (
            Within(Monotone(expr=detection.xreplace({lam: size}), var=lam, op=op), LEVEL),
            Within(Monotone(expr=half.xreplace({lam: size}), var=lam, op=op), domain_of((lam, m)).where(m > 1)),
        )
    )


def emerges(level: sp.Expr) -> Both:
    """Return that C vanishes at the noise variance `level` and is positive below."""
    return Both(
        (
            Within(Identity(overlap_squared(level), sp.S.Zero), domain_of((lam2, gamma))),
            Inequality(overlap_squared(s), ">", sp.S.Zero),
        )
    )


def enough(op: str, number: sp.Expr = samples) -> Both:
    """Return how `number` of samples per dimension compares with detection, and that sin^2 changes with gamma so."""
    growing = Within(Monotone(expr=sine_squared(), var=gamma, op=op), RATIOS)
    return Both((Inequality(number, op, 1 / ell**2), growing))


levels_ordered = partial(
    Claim,
    relation=ordered(">"),
    domain=LEVEL,
    assumes=LARGE,
    derived_in="spiked: every noise",
    checks=EXACT,
    slips=(ordered("<"), ordered("<="), ordered(">", 1 / lam)),
    formula=False,
)
"""That the levels of noise at which a component, and half of it, is seen increase with lambda; the words are missing."""

CLAIMS = (
    Claim(
        id="our.spiked.emergence",
        says="going down in noise, a mode becomes detectable at s = lambda^2/sqrt(gamma), that is at the noise level lambda "
        "(n/d)^(1/4)",
        where="new",
        source="ours",
        reading="C vanishes at the threshold and is positive below it",
        relation=emerges(threshold),
        domain=BELOW,
        assumes=LARGE,
        derived_in="spiked: every noise",
        checks=EXACT,
        slips=(emerges(lam2), emerges(lam2 / gamma), emerges(threshold / 2)),
        formula=False,
    ),
    Claim(
        id="our.spiked.emergence.half",
        says="<u^t, u>^2 = 1/2 at s = lambda^2 (sqrt(gamma^2 + 8 gamma) - gamma)/(4 gamma)",
        where="new",
        source="ours",
        reading="s = lambda^2 (m - 1)/4 with m = sqrt(1 + 8/gamma), so that gamma = 8/(m^2 - 1)",
        relation=Identity(sp.Rational(1, 2), overlap_squared(half_level).xreplace({gamma: 8 / (m**2 - 1)})),
        domain=HALF,
        assumes=LARGE,
        derived_in="spiked: overlap",
        checks=EXACT,
    ),
    levels_ordered(
        id="our.spiked.emergence.order",
        says="both levels are ordered by lambda_i",
        where="new",
        source="ours",
    ),
    Claim(
        id="our.spiked.samples",
        says="lim sin^2 theta = eps^2 at n/d = (1 + (1 - eps^2) ell)/(eps^2 ell^2)",
        where="corrects the sample complexity after eq. (12) of the power-iteration paper",
        source="ours",
        relation=Identity(eps**2, sine_squared().xreplace({gamma: 1 / samples})),
        domain=NEEDED,
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=EXACT,
    ),
    Claim(
        id="our.spiked.samples.enough",
        says="lim sin^2 theta <= eps^2 iff n/d is at least that; detection at all iff n/d > 1/ell^2",
        where="corrects the sample complexity after eq. (12) of the power-iteration paper",
        source="ours",
        reading="sin^2 increases with gamma = d/n, and the number of our.spiked.samples lies above 1/ell^2",
        relation=enough(">"),
        domain=NEEDED,
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=EXACT,
        slips=(enough("<"), enough("<="), enough(">", (1 - eps**2) / (eps**2 * ell))),
        formula=False,
    ),
)
