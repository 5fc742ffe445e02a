"""Our theorems on the angle of a noisy component with the clean one: its size and what it depends on."""

import sympy as sp

from theory.domain import domain_of
from theory.relation import Both, Identity, Inequality, LimitIs, Monotone, Within
from theory.spiked import BELOW, MODE, RATIO, cosine_squared, ell, gamma, lam2, overlap_squared, s, sine_squared
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.spiked import LARGE

(delta,) = symbols("tolerance")
RATIOS = domain_of((ell, gamma))
NEAR = domain_of((ell, gamma, delta))
GAPS = (1 - gamma, gamma - 1)
excess = (1 - gamma) / (ell + gamma)


def tolerated(inside: str, outside: str) -> Both:
    """Return how the relative difference compares with delta, for |1 - gamma| <= delta (ell + gamma) and beyond."""
    within = tuple(
        Within(Inequality(gap / (ell + gamma), inside, delta), NEAR.where(gap <= delta * (ell + gamma))) for gap in GAPS
    )
    beyond = tuple(
        Within(Inequality(gap / (ell + gamma), outside, delta), NEAR.where(gap > delta * (ell + gamma))) for gap in GAPS
    )
    return Both(within + beyond)


def slower() -> sp.Expr:
    """Return the mixed derivative of sin^2 by the noise variance and the eigenvalue."""
    y = s / lam2
    bracket = 1 + (4 - gamma) * y + 3 * gamma * y**2 + gamma**2 * y**3
    return -gamma * bracket / (lam2**2 * (1 + gamma * y) ** 3)


def both_needed(value: sp.Expr) -> Both:
    """Return that C tends to `value` with the noise and with gamma."""
    return Both(tuple(LimitIs(expr=overlap_squared(s), var=x, point=sp.S.Zero, value=value) for x in (s, gamma)))


CLAIMS = (
    Claim(
        id="our.spiked.angle",
        says="sin^2 theta tends to gamma (ell + 1)/(ell (ell + gamma)), ell = lambda^2/s, below the threshold ell = "
        "sqrt(gamma)",
        where="corrects eq. (12) of the power-iteration paper",
        source="ours",
        relation=Identity(1 - cosine_squared, sine_squared()),
        domain=RATIO,
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=EXACT,
    ),
    Claim(
        id="our.spiked.angle.difference",
        says="it equals gamma/ell for gamma = 1; in general the relative difference is (1 - gamma)/(ell + gamma)",
        where="corrects eq. (12) of the power-iteration paper",
        source="ours",
        relation=Identity(sine_squared() / (gamma / ell) - 1, excess),
        domain=RATIOS,
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=EXACT,
    ),
    Claim(
        id="our.spiked.angle.next",
        says="sin^2 theta = gamma/ell (1 + (1 - gamma)/ell + O(1/ell^2)) at small noise",
        where="extends eq. (12) of the power-iteration paper by the next order",
        source="ours",
        relation=LimitIs(expr=ell * (sine_squared() / (gamma / ell) - 1), var=ell, point=sp.oo, value=1 - gamma),
        domain=RATIOS,
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.spiked.angle.tolerance",
        says="it is at most delta iff ell >= |1 - gamma|/delta - gamma",
        where="corrects eq. (12) of the power-iteration paper",
        source="ours",
        relation=tolerated("<=", ">"),
        domain=NEAR,
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=EXACT,
        slips=(tolerated(">=", ">"), tolerated("<=", "<"), tolerated(">", "<=")),
        formula=False,
    ),
    Claim(
        id="our.spiked.angle.monotone",
        says="dC/d(ell) = gamma (ell^2 + 2 ell + gamma)/(ell^2 (ell + gamma)^2): C falls with s and gamma and grows with "
        "lambda^2",
        where="new",
        source="ours",
        relation=Both(
            (
                Identity(
                    sp.Derivative(cosine_squared, ell),
                    gamma * (ell**2 + 2 * ell + gamma) / (ell**2 * (ell + gamma) ** 2),
                ),
                Monotone(expr=cosine_squared, var=gamma, op="<"),
                Within(Monotone(expr=overlap_squared(s), var=lam2, op=">"), BELOW.where(s > 0)),
                Within(Monotone(expr=overlap_squared(s), var=s, op="<"), BELOW),
            )
        ),
        domain=RATIO,
        assumes=LARGE,
        derived_in="spiked: monotone",
        checks=EXACT,
    ),
    Claim(
        id="our.spiked.angle.slower",
        says="d^2 sin^2/(ds d lambda^2) = -gamma (1 + (4 - gamma) y + 3 gamma y^2 + gamma^2 y^3)/(lambda^4 (1 + gamma y)^3), y = "
        "s/lambda^2: negative wherever gamma <= 4",
        where="corrects the words after eq. (12) of the power-iteration paper",
        source="ours",
        relation=Identity(sp.Derivative(1 - overlap_squared(s), s, lam2), slower()),
        domain=MODE,
        assumes=LARGE,
        derived_in="spiked: monotone",
        checks=EXACT,
    ),
    Claim(
        id="our.spiked.drivers",
        says="both drivers are needed: without noise, and with noise but infinitely many samples, a component does not turn",
        where="corrects section 4 of the power-iteration paper",
        source="ours",
        reading="C tends to 1 as s tends to 0 at fixed gamma, and as gamma tends to 0 at fixed s",
        relation=both_needed(sp.S.One),
        domain=MODE,
        assumes=LARGE,
        derived_in="spiked: overlap",
        checks=(KERNEL,),
        slips=(both_needed(sp.S.Zero), both_needed(sp.Rational(1, 2)), both_needed(overlap_squared(s))),
        formula=False,
    ),
)
