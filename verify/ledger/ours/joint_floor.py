"""Long chains of denoisers fitted by least squares: every component is kept, however long the chain."""

import sympy as sp

from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.least_squares import (
    BEYOND,
    R,
    W,
    gain,
    lam2,
    lam2_0,
    lam2_1,
    renewal,
    rho,
    s,
    secular,
    unit,
    y,
)
from theory.matrices import Diagonal, Inv, Nonsingular
from theory.relation import Both, Inequality, LimitIs, MatrixIdentity, Monotone, Within
from verify.checks.enclosure import Enclosure
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

WHERE = "least squares on independent batches of n samples, every n > d + 1"
SETTING = ("columns N(0, Sigma), white Gaussian noise, independent batches for each level", "n > d + 1")
WISHART = (*SETTING, "the mean of (X X^T)^-1 is (Sigma + s I)^-1/(n - d - 1)")
ZERO, ONE = sp.S.Zero, sp.S.One
COVER = Enclosure(boxes=200, samples=15)
DATA = {lam2_0: ONE, lam2_1: sp.Rational(1, 2), s: sp.Rational(1, 4)}


def factor_between(count: str, low: str, high: str) -> Both:
    """Return that the equation of the factor has its root between two decimals, at lam^2 = 1, 1/2 and s = 1/4, d = 2."""
    samples = sp.Integer(count)

    def excess(rho: sp.Expr) -> sp.Expr:
        total = sum(secular(lam, rho) for lam in (lam2_0, lam2_1))
        return (total / (samples - 3) - 1).xreplace(DATA)

    top = (gain(lam2_0) ** 2).xreplace(DATA)
    first, last = sp.Rational(low), sp.Rational(high)
    return Both(
        (Inequality(first, ">", top), Inequality(excess(first), ">", ZERO), Inequality(excess(last), "<", ZERO))
    )


CLAIMS = (
    Claim(
        id="our.joint.least_squares_floor.eigenvector",
        says="constant s, R = s W: as T -> infinity the normalised M_1 tends to a multiple of R (rho - W^2)^-1",
        reading="with N = R (rho I - W^2)^-1 scaled to tr(N (Sigma + s I)^-1) = n - d - 1 one step makes W N W + R of it, "
        "which is rho N; the step is a positive matrix on the modes, so that its iterates tend to its positive eigenvector",
        where=WHERE,
        source="ours",
        relation=MatrixIdentity(
            W * R * Inv(rho * unit - W * W) * W + R,
            rho * R * Inv(rho * unit - W * W),
            (Diagonal((W, R)), Nonsingular(rho * unit - W * W)),
        ),
        domain=domain_of((rho,)),
        assumes=WISHART,
        derived_in="least squares: eigenvector",
        checks=EXACT,
    ),
    Claim(
        id="our.joint.least_squares_floor.factor",
        says="rho the largest root of 1 = 1/(n - d - 1) sum_i R_i/((lam_i^2 + s)(rho - W_i^2))",
        reading="beyond all W_i^2 every term falls with rho, from infinity to 0: there is one root",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Monotone(expr=secular(lam2, rho), var=rho, op="<"),
                LimitIs(expr=secular(lam2, rho), var=rho, point=sp.oo, value=ZERO),
                Within(
                    LimitIs(expr=secular(lam2, gain(lam2) ** 2 + y), var=y, point=ZERO, value=sp.oo),
                    Domain(((lam2, POSITIVE), (s, POSITIVE), (y, Range(ZERO, sp.oo, low_open=True)))),
                ),
            )
        ),
        domain=BEYOND,
        assumes=WISHART,
        derived_in="least squares: factor",
        checks=(KERNEL,),
        slips=(
            Monotone(expr=secular(lam2, rho), var=rho, op=">"),
            LimitIs(expr=secular(lam2, rho), var=rho, point=sp.oo, value=ONE),
        ),
        formula=False,
    ),
    Claim(
        id="our.joint.least_squares_floor.keeps",
        says="so M_1 keeps every mode with lam_i > 0 for every finite n > d + 1",
        reading="R_i/(rho - W_i^2) > 0 for rho beyond W_i^2; at lam_i = 0 it is 0",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Inequality(renewal(lam2) / (rho - gain(lam2) ** 2), ">", ZERO),
                Within(
                    LimitIs(expr=renewal(lam2) / (rho - gain(lam2) ** 2), var=lam2, point=ZERO, value=ZERO),
                    domain_of((lam2, s, rho)).where(rho * (lam2 + s) ** 2 > lam2**2, s > 0),
                ),
            )
        ),
        domain=BEYOND,
        assumes=WISHART,
        derived_in="least squares: eigenvector",
        checks=(KERNEL,),
        slips=(
            Inequality(renewal(lam2) / (rho - gain(lam2) ** 2), "<=", ZERO),
            Inequality(renewal(lam2) / (rho - gain(lam2)), ">", ZERO),
            Inequality(renewal(lam2) / (rho - gain(lam2) ** 2), ">", ONE),
        ),
        formula=False,
    ),
    Claim(
        id="our.joint.least_squares_floor.certified",
        says="at lam^2 = 1 and 1/2, s = 1/4 the factor rho is 0.6667 for n = 10 and 0.6402 for n = 1000 (W_0^2 = 0.64)",
        where=WHERE,
        source="ours",
        relation=Both((factor_between("10", "0.6666", "0.6667"), factor_between("1000", "0.6401", "0.6402"))),
        domain=Domain(()),
        assumes=WISHART,
        derived_in="least squares: factor",
        checks=(COVER,),
        slips=(factor_between("10", "0.65", "0.66"), factor_between("1000", "0.671", "0.672")),
        formula=False,
    ),
)
