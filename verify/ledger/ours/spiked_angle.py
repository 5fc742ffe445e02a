"""Our theorems on the angle of a noisy component with the clean one: its size, its order, what noise and data it takes."""

import sympy as sp

from theory.domain import POSITIVE, Domain, domain_of
from theory.relation import Both, Identity, Inequality, LimitIs, Monotone, Within
from theory.spiked import BELOW, MODE, RATIO, cosine_squared, ell, gamma, lam2, overlap_squared, s, sine_squared
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.spiked import LARGE

lam, eps, delta, m = symbols("lam_root angle_bound tolerance root_half")
RATIOS = domain_of((ell, gamma))
NEAR = domain_of((ell, gamma, delta))
FEW = Domain((*domain_of((ell, gamma)).ranges, (eps, POSITIVE))).where(eps < 1)
NEEDED = Domain(((ell, POSITIVE), (eps, POSITIVE))).where(eps < 1)
GAPS = (1 - gamma, gamma - 1)
excess = (1 - gamma) / (ell + gamma)
half_level = lam2 * (m - 1) / 4  # m = sqrt(1 + 8/gamma)
samples = (1 + (1 - eps**2) * ell) / (eps**2 * ell**2)
threshold = lam2 / sp.sqrt(gamma)
LEVEL = domain_of((lam, gamma))
HALF = domain_of((lam2, m)).where(m > 1)


def tolerated(inside: str, outside: str) -> Both:
    """Return how the relative difference compares with delta, for |1 - gamma| <= delta (ell + gamma) and beyond."""
    within = tuple(
        Within(Inequality(gap / (ell + gamma), inside, delta), NEAR.where(gap <= delta * (ell + gamma))) for gap in GAPS
    )
    beyond = tuple(
        Within(Inequality(gap / (ell + gamma), outside, delta), NEAR.where(gap > delta * (ell + gamma))) for gap in GAPS
    )
    return Both(within + beyond)


def ordered(op: str, size: sp.Expr = lam) -> Both:
    """Return that both levels, for a mode of this size, change with lambda in this direction."""
    detection, half = lam / gamma ** sp.Rational(1, 4), half_level.xreplace({lam2: lam**2})
    return Both(
        (
            Within(Monotone(expr=detection.xreplace({lam: size}), var=lam, op=op), LEVEL),
            Within(Monotone(expr=half.xreplace({lam: size}), var=lam, op=op), domain_of((lam, m)).where(m > 1)),
        )
    )


def slower() -> sp.Expr:
    """Return the mixed derivative of sin^2 by the noise variance and the eigenvalue."""
    y = s / lam2
    bracket = 1 + (4 - gamma) * y + 3 * gamma * y**2 + gamma**2 * y**3
    return -gamma * bracket / (lam2**2 * (1 + gamma * y) ** 3)


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


def both_needed(value: sp.Expr, point: sp.Expr = sp.S.Zero) -> Both:
    """Return that C tends to `value` with the noise and with gamma."""
    return Both(tuple(LimitIs(expr=overlap_squared(s), var=x, point=point, value=value) for x in (s, gamma)))


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
    Claim(
        id="our.spiked.emergence.order",
        says="both levels are ordered by lambda_i",
        where="new",
        source="ours",
        relation=ordered(">"),
        domain=LEVEL,
        assumes=LARGE,
        derived_in="spiked: every noise",
        checks=EXACT,
        slips=(ordered("<"), ordered("<="), ordered(">", 1 / lam)),
        formula=False,
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
