"""Our own statements on heavy-ball momentum: the deviation after n steps, stability, and the band of equal speed."""

import sympy as sp

from numerics.one_layer import momentum as measured
from theory.descent import ROOTS, beta, c, closed_factor, r1, r2, roots
from theory.domain import POSITIVE, Domain, Range
from theory.one_layer import eta, n
from theory.relation import Both, Identity, Inequality, Relation, Within
from theory.symbols import symbols
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.lanes_4_2 import CENTRED

(rho,) = symbols("rho")
HEAVY_BALL = (CENTRED, "full-batch heavy ball with learning rate eta and momentum beta, from rest")
APART = box(c=("0.3", "1.5"), beta=("0.01", "0.08"), eta=("0.02", "0.12"), n=("0", "10"))
middle = 1 + beta - 2 * eta * c
OPEN = Range(-sp.S.One, sp.S.One, low_open=True, high_open=True)
INSIDE = Domain(((r1, OPEN), (r2, OPEN)))
RATES = ((c, POSITIVE), (eta, POSITIVE))
COMPLEX = Domain((*RATES, (beta, Range(sp.S.Zero)))).where(middle**2 < 4 * beta)
BAND = Domain((*RATES, (rho, POSITIVE))).where(1 + rho**2 - 2 * eta * c < 2 * rho, 2 * eta * c - 1 - rho**2 < 2 * rho)


def iterates(solution: sp.Expr) -> Both:
    """Return that `solution`, an expression in n, starts as 1 and 1 - 2 eta c and obeys the recurrence.

    beta = r1 r2 and 1 + beta - 2 eta c = r1 + r2.
    """
    zero, one, two = (solution.xreplace({n: steps}) for steps in (sp.S.Zero, sp.S.One, n + 2))
    step = (r1 + r2) * closed_factor(steps=n + 1) - r1 * r2 * closed_factor()
    return Both((Identity(step, two), Identity(sp.S.One, zero), Identity(r1 + r2 - r1 * r2, one)))


def by_parameters(relation: Relation) -> sp.Expr:
    """Return the solution with the roots by c, beta and eta."""
    later = relation.formula
    first, second = roots()
    return later.xreplace({n: n - 2}).xreplace({r1: first, r2: second})


def excluded(sign: int, op: str = ">=") -> Within:
    """Return that beta op 1 if r_1 = sign (1 + rho) with rho > 0, r_2 has the same sign, and eta c is in (0, 1 + beta).

    2 eta c = (1 - r_1)(1 - r_2) for positive roots and 2 (1 + beta - eta c) = (1 + r_1)(1 + r_2) for negative ones.
    """
    side = Range(sp.S.Zero) if sign > 0 else Range(-sp.oo, sp.S.Zero)
    domain = Domain(((rho, POSITIVE), (r2, side))).where(-rho * (1 - sign * r2) > 0)
    return Within(Inequality(sign * (1 + rho) * r2, op, sp.S.One), domain)


CLAIMS = (
    Claim(
        id="our.momentum.factor",
        says=(
            "z_{n+1} = (1 + beta - 2 eta c) z_n - beta z_{n-1}, z_0 = 1, z_1 = 1 - 2 eta c: z_n = ((1 - 2 eta c - r_2) "
            "r_1^n - (1 - 2 eta c - r_1) r_2^n)/(r_1 - r_2)"
        ),
        reading=(
            "for every n, with beta = r_1 r_2 and 2 eta c = (1 - r_1)(1 - r_2); each z_n is a polynomial, so this holds "
            "for complex and, as a limit, for equal roots too"
        ),
        where="heavy ball on a mode of curvature c = sigma^2 + lam",
        source="ours",
        relation=iterates(closed_factor()),
        domain=ROOTS,
        assumes=HEAVY_BALL,
        derived_in="discrete training: momentum",
        checks=(*EXACT, Ode(measure=measured.factor, box=APART, formula=by_parameters)),
        slips=(iterates(closed_factor(steps=n + 1)), iterates((r1 ** (n + 1) - r2 ** (n + 1)) / (r1 - r2))),
    ),
    Claim(
        id="our.momentum.roots",
        says="r_{1,2} the roots of r^2 - (1 + beta - 2 eta c) r + beta",
        where="heavy ball on a mode of curvature c = sigma^2 + lam",
        source="ours",
        relation=Both((Identity(middle, sum(roots())), Identity(beta, roots()[0] * roots()[1]))),
        domain=Domain((*RATES, (beta, Range()))).where(middle**2 > 4 * beta),
        assumes=HEAVY_BALL,
        checks=EXACT,
    ),
    Claim(
        id="our.momentum.stability.necessary",
        says="for beta >= 0 stable iff beta < 1 and 0 < eta < (1 + beta)/c",
        reading="real roots inside the unit circle: beta < 1, 2 eta c > 0 and 2 (1 + beta - eta c) > 0",
        where="heavy ball on a mode of curvature c = sigma^2 + lam",
        source="ours",
        relation=Both(
            (
                Inequality(r1 * r2, "<", sp.S.One),
                Inequality((1 - r1) * (1 - r2), ">", sp.S.Zero),
                Inequality(2 * (1 + r1 * r2) - (1 - r1) * (1 - r2), ">", sp.S.Zero),
            )
        ),
        domain=INSIDE,
        assumes=HEAVY_BALL,
        checks=EXACT,
        slips=(Inequality(1 + r1 * r2 - (1 - r1) * (1 - r2), ">", sp.S.Zero), Inequality(r1 * r2, ">=", sp.S.Zero)),
        formula=False,
    ),
    Claim(
        id="our.momentum.stability.sufficient",
        says="for beta >= 0 stable iff beta < 1 and 0 < eta < (1 + beta)/c",
        reading=(
            "beta >= 0 gives real roots one sign; if one of two positive roots is 1 + rho, so not less than 1, and eta c > 0, "
            "then beta >= 1; if one of two negative roots is -(1 + rho) and eta c < 1 + beta, then beta >= 1; rho = 0 "
            "contradicts eta c > 0 or eta c < 1 + beta"
        ),
        where="heavy ball on a mode of curvature c = sigma^2 + lam",
        source="ours",
        relation=Both((excluded(1), excluded(-1))),
        domain=INSIDE,
        assumes=HEAVY_BALL,
        checks=EXACT,
        slips=(excluded(1, "<"), excluded(-1, "<")),
        formula=False,
    ),
    Claim(
        id="our.momentum.stability.complex",
        says="for beta >= 0 stable iff beta < 1 and 0 < eta < (1 + beta)/c",
        reading="complex roots have modulus sqrt(beta), and with beta = rho^2 they imply eta c < 1 + beta",
        where="heavy ball on a mode of curvature c = sigma^2 + lam",
        source="ours",
        relation=Inequality(eta * c, "<", 1 + rho**2),
        domain=BAND,
        assumes=HEAVY_BALL,
        checks=EXACT,
        slips=(Inequality(eta * c, "<", rho**2), Inequality(eta * c, ">", 1 + rho**2)),
        formula=False,
    ),
    Claim(
        id="our.momentum.band",
        says="if (1 + beta - 2 eta c)^2 < 4 beta then |r_{1,2}| = sqrt(beta) for every such mode",
        reading="real part (1 + beta - 2 eta c)/2, imaginary part sqrt(4 beta - (1 + beta - 2 eta c)^2)/2",
        where="heavy ball on a mode of curvature c = sigma^2 + lam",
        source="ours",
        relation=Identity((middle / 2) ** 2 + (sp.sqrt(4 * beta - middle**2) / 2) ** 2, beta),
        domain=COMPLEX,
        assumes=HEAVY_BALL,
        derived_in="discrete training: momentum",
        checks=EXACT,
        formula=False,
        slips=(Identity((middle / 2) ** 2 + (sp.sqrt(4 * beta - middle**2) / 2) ** 2, sp.sqrt(beta)),),
    ),
)
