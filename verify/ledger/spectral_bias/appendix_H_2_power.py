"""Appendix H.2.1, remarks: the power law of the emergence time under flow matching."""

import sympy as sp

from theory.domain import domain_of
from theory.flow_emergence import harmonic_drift, log_level, log_variance, pace, xi
from theory.flow_matching import lam
from theory.relation import Both, Inequality, Relation, Within
from verify.checks.enclosure import Enclosure
from verify.claim import Claim
from verify.ledger.spectral_bias.lanes_H import ALIGNED, FLOW
from verify.ledger.spectral_bias.shared_noise import bracketed

GAP = log_variance() - log_level("harmonic")
PIECES = (  # variances, and the ages xi = 2 eta tau lam between which their passages lie
    (("0.01", "0.05"), ("0.405", "0.441")),
    (("0.05", "0.2"), ("0.434", "0.527")),
    (("2", "5"), ("0.748", "0.803")),
    (("5", "10"), ("0.797", "0.822")),
)
Piece = tuple[tuple[str, str], tuple[str, str]]


def near_one(piece: Piece, band: sp.Expr) -> tuple[Relation, ...]:
    """Return that the passage lies between the ages, and that 1 - alpha is between 0 and `band` all over the piece.

    1 - alpha is -drift/pace; the pace is negative for lam < 1.
    """
    lams, ages = piece
    rising = float(lams[0]) > 1
    sign = sp.S.One if rising else -sp.S.One
    short, whole = -sign * harmonic_drift(), domain_of((lam, xi)).within(lam=lams, xi=ages)
    return (
        *bracketed(GAP, lams, ages, rising=rising),
        Within(Inequality(short, "<=", band * sign * pace()), whole),
        Within(Inequality(short, ">=", sp.S.Zero), whole),
    )


CLAIMS = (
    Claim(
        id="wp.H.2.power",
        says="for the harmonic mean criterion, the power law coefficient was also close to 1",
        reading=(
            "from Q = 0 the first passage through the harmonic mean of 1 and lam has a local exponent -d ln tau*/d ln "
            "lam between 3/4 and 1, for lam in [0.01, 0.2] and in [2, 10]"
        ),
        where="H.2.1, remarks",
        source="as printed",
        relation=Both(tuple(part for piece in PIECES for part in near_one(piece, sp.Rational(1, 4)))),
        domain=domain_of((lam, xi)),
        assumes=(*FLOW, ALIGNED),
        derived_in="flow emergence: harmonic drift",
        checks=(Enclosure(boxes=120, samples=6),),
        slips=(
            Both(near_one(PIECES[1], sp.Rational(1, 10))),
            Both(near_one((PIECES[1][0], PIECES[0][1]), sp.Rational(1, 4))),
        ),
        formula=False,
    ),
)
