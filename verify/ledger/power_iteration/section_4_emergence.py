"""Section 4: the order in which components appear, and what more samples change."""

from functools import partial

import sympy as sp

from theory.domain import domain_of
from theory.relation import Both, Inequality, LimitIs, Monotone, Within
from theory.spiked import BELOW, gamma, lam2, overlap_squared, s
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.spiked import LARGE
from verify.ledger.ours.spiked_emergence import LEVEL, lam, levels_ordered

lam2_0, lam2_1 = symbols("lam2_0 lam2_1")
BOTH_SEEN = domain_of((lam2_0, lam2_1, s, gamma)).where(lam2_1 < lam2_0, gamma * s**2 < lam2_1**2, s > 0)
ONE_SEEN = domain_of((lam2_0, lam2_1, s, gamma)).where(gamma * s**2 < lam2_0**2, lam2_1**2 <= gamma * s**2)

EMERGE = (
    "The first component to be visible in the generated image is the one with the largest eigenvector, as it is the first one "
    "that shows a correlation in high noise levels. ... the next components take presence, by the order of their associated "
    "eigenvalue. Finally, the components with the smallest eigenvalues appear when the noise level is low."
)


def first_seen(first: sp.Symbol, second: sp.Symbol) -> Both:
    """Return that the `first` component is the more aligned where both are seen, and seen where only one is."""
    ahead, behind = overlap_squared(s, first), overlap_squared(s, second)
    return Both((Inequality(ahead, ">", behind), Within(Inequality(ahead, ">", sp.S.Zero), ONE_SEEN)))


def robust(op: str, ratio: sp.Expr = gamma) -> Both:
    """Return that overlap and level of detection at d/n = `ratio` change with gamma in this direction."""
    level = lam / ratio ** sp.Rational(1, 4)
    overlap = overlap_squared(s).xreplace({gamma: ratio})
    return Both((Monotone(expr=overlap, var=gamma, op=op), Within(Monotone(expr=level, var=gamma, op=op), LEVEL)))


def last_level(value: sp.Expr) -> LimitIs:
    """Return that the noise at which a component appears tends to `value` with its eigenvalue."""
    return LimitIs(expr=lam2 / sp.sqrt(gamma), var=lam2, point=sp.S.Zero, value=value)


ranked = partial(
    Claim,
    source="as printed",
    relation=first_seen(lam2_0, lam2_1),
    domain=BOTH_SEEN,
    assumes=LARGE,
    derived_in="spiked: monotone",
    checks=EXACT,
    slips=(first_seen(lam2_1, lam2_0), first_seen(lam2_0, lam2_0), first_seen(lam2_1, lam2_1)),
    formula=False,
)

CLAIMS = (
    levels_ordered(
        id="wdmg.emerge.order",
        says=EMERGE,
        reading="in the limit of large d and n: the noise level at which a component is first seen, and the one at which half of it "
        "is, increase with its eigenvalue",
        where="sec. 4",
        source="as printed",
    ),
    ranked(
        id="wdmg.emerge.first",
        says=EMERGE,
        reading="in the limit of large d and n: of two components the one with the larger eigenvalue is the more aligned where both "
        "are seen, and it is the one seen where only one is",
        where="sec. 4",
    ),
    Claim(
        id="wdmg.emerge.last",
        says=EMERGE,
        reading="in the limit of large d and n: the noise variance lambda^2/sqrt(gamma) at which a component is first seen vanishes "
        "with its eigenvalue",
        where="sec. 4",
        source="as printed",
        relation=last_level(sp.S.Zero),
        domain=domain_of((lam2, gamma)),
        assumes=LARGE,
        derived_in="spiked: every noise",
        checks=(KERNEL,),
        slips=(last_level(sp.S.One), last_level(sp.oo), last_level(1 / sp.sqrt(gamma))),
        formula=False,
    ),
    ranked(
        id="wdmg.fig2.order.limit",
        says="The sine of the angle between the clean principal components and their noisy versions, colored by the order of the "
        "eigenvalues. Low frequencies emerge earlier in the generation process (at higher noise levels).",
        reading="in the limit of large d and n: the curves of components of different eigenvalue do not cross where both are seen, "
        "and the larger eigenvalue is seen first",
        where="Fig. 2",
    ),
    Claim(
        id="wdmg.fig3.limit",
        says="Increasing the amount of training data improves robustness to noise and enables the emergence of higher frequency "
        "components at higher noise levels",
        reading="in the limit of large d and n: with d/n, the overlap at a given noise and the noise level at which a component is "
        "first seen both fall",
        where="sec. 4, Fig. 3",
        source="as printed",
        relation=robust("<"),
        domain=BELOW.where(s > 0),
        assumes=LARGE,
        derived_in="spiked: monotone",
        checks=EXACT,
        slips=(robust(">"), robust(">="), robust("<", 1 / gamma)),
        formula=False,
    ),
)
