"""Our own statements on flow matching with one layer: the slowest time, and when its modes emerge."""

import sympy as sp

from theory.flow_matching import MODES, lam, t
from theory.relation import Both, Identity, Inequality
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.appendix_H_2 import INSIDE, s, speed
from verify.ledger.spectral_bias.lanes_H import FLOW

turn = 1 / (1 + lam)


def slowest(least: sp.Expr, gap: sp.Expr) -> Both:
    """Return that A_t is least + gap, that the gap is not negative, and that A_s stays below the chord of its ends."""
    return Both((Identity(speed(), least + gap), Inequality(gap, ">=", sp.S.Zero)))


CLAIMS = (
    Claim(
        id="our.flow.slowest",
        says=(
            "at t* = 1/(1 + lam) the convergence is slowest: A_t = lam/(1 + lam) + (1 + lam) (t - t*)^2; it is "
            "fastest at an end, t = 0 for lam < 1 and t = 1 for lam > 1"
        ),
        reading="A_t has this form, and between 0 and 1 it lies below the chord of its values 1 and lam at the ends",
        where="corrects H.2, remarks",
        source="ours",
        relation=Both(
            (
                *slowest(lam / (1 + lam), (1 + lam) * (t - turn) ** 2).parts,
                Identity((1 - s) + s * lam - speed(time=s), s * (1 - s) * (1 + lam)),
            )
        ),
        domain=MODES.joined(INSIDE.__class__(INSIDE.ranges[1:])),
        assumes=FLOW,
        derived_in="flow matching: one mode",
        checks=EXACT,
        slips=(slowest(lam / (1 + lam), -(1 + lam) * (t - turn) ** 2),),
    ),
)
