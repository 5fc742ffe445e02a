"""Discrete training has exact laws too: what descent generates after n steps, and heavy-ball momentum.

The gradient of a mode is 2 c (w - w*) with the curvature c = lam + sigma^2: descent multiplies the deviation from w* by
1 - 2 eta c, momentum makes it follow a recurrence of second order.

Source: spectral-bias paper, appendix D.1.1, for the weights; the rest is derived here.
"""

import sympy as sp

from theory import one_layer as one
from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, domain_of
from theory.one_layer import Q, eta, final_variance, lam, n, sigma, sigma0, sigmaT, y
from theory.relation import Identity, Solves
from theory.symbols import symbols

j, v, c, beta, r1, r2, s = symbols("j v_log c beta r1 r2 s")
SAMPLED = domain_of((lam, Q, eta, n, sigma0, sigmaT)).where(sigma0 < sigmaT)
MOMENTUM = domain_of((c, beta, eta, n))
ROOTS = domain_of((r1, r2, n)).where(sp.Ne(r1, r2), sp.Ne(r1, 0), sp.Ne(r2, 0))


def factor(level: sp.Expr) -> sp.Expr:
    """Return what one step makes of the deviation from w*, at the squared noise level."""
    return 1 - 2 * eta * (lam + level)


def spread(level: sp.Expr, steps: sp.Expr = n) -> sp.Expr:
    """Return G(s), a primitive of factor^n/s in s."""
    still = 1 - 2 * eta * lam
    return still**steps * sp.log(level) + _sum(still ** (steps - j) * factor(level) ** j / j, steps)


def kept(level: sp.Expr, steps: sp.Expr = n) -> sp.Expr:
    """Return K(s), a primitive of factor^n/(lam + s) in s."""
    return sp.log(lam + level) + _sum(factor(level) ** j / j, steps)


def _sum(term: sp.Expr, steps: sp.Expr) -> sp.Expr:
    """Return the sum over j = 1..steps, written out for a given number of steps."""
    if steps.is_Integer:
        return sp.Add(*(term.xreplace({j: sp.Integer(i)}) for i in range(1, int(steps) + 1)))
    return sp.Sum(term, (j, 1, steps))


def shortfall(steps: sp.Expr = n) -> sp.Expr:
    """Return H_n = ln(final variance/generated variance) after n steps."""
    low, high = sigma0**2, sigmaT**2
    return (1 - Q) * (spread(high, steps) - spread(low, steps)) - kept(high, steps) + kept(low, steps)


def variance(steps: sp.Expr = n) -> sp.Expr:
    """Return the variance generated after n steps at every noise level."""
    return final_variance() * sp.exp(-shortfall(steps))


def log_variance_integral() -> sp.Expr:
    """Return ln of the same with H_n as an integral over v = ln s, which no number of steps makes long."""
    level = sp.exp(v)
    lost = (1 - Q - level / (lam + level)) * factor(level) ** n
    return sp.log(final_variance()) - sp.Integral(lost, (v, sp.log(sigma0**2), sp.log(sigmaT**2)))


def closed_factor(first: sp.Expr = r1, second: sp.Expr = r2, steps: sp.Expr = n) -> sp.Expr:
    """Return z_n of heavy ball by the roots of r^2 - (1 + beta - 2 eta c) r + beta."""
    start = first + second - first * second  # 1 - 2 eta c
    return ((start - second) * first**steps - (start - first) * second**steps) / (first - second)


def roots() -> tuple[sp.Expr, sp.Expr]:
    """Return the two roots, real if (1 + beta - 2 eta c)^2 >= 4 beta."""
    middle = 1 + beta - 2 * eta * c
    width = sp.sqrt(middle**2 - 4 * beta)
    return (middle + width) / 2, (middle - width) / 2


def momentum_matrix() -> sp.ImmutableMatrix:
    """Return the matrix that makes (z_{n+1}, z_n) of (z_n, z_{n-1}); z_{-1} = 1 starts it."""
    return sp.ImmutableMatrix([[1 + beta - 2 * eta * c, -beta], [1, 0]])


LEVEL = Domain(tuple((x, POSITIVE if x == lam else r) for x, r in domain_of((lam, s, eta, n)).ranges))
DESCENDED = Domain(tuple((x, POSITIVE if x == lam else r) for x, r in domain_of((lam, sigma, Q, eta, n)).ranges))
LEVELS = domain_of((lam, Q, eta, sigma0, sigmaT)).where(sigma0 < sigmaT)


def next_primitive(weighting: sp.Expr) -> Identity:
    """Return that a primitive of factor^n * weighting makes one of factor^(n+1) * weighting, weighting = 1/s."""
    step = sp.Derivative(factor(s) ** (n + 1) / (n + 1), s)
    return Identity((1 - 2 * eta * lam) * factor(s) ** n * weighting + step, factor(s) ** (n + 1) * weighting)


def generated(steps: sp.Integer) -> Solves:
    """Return that ln of the generated variance after the given number of steps solves the sampling equation."""
    weight = one.descent_weight(sigma0).xreplace({n: steps})
    return Solves(
        solution=sp.log(final_variance()) - shortfall(steps),
        var=sigma0,
        unknown=y,
        rate=2 * (1 - weight) / sigma0,
        at=sigmaT,
        start=sp.log(sigmaT**2),
    )


def second_order(solution: sp.Expr) -> Identity:
    """Return that `solution`, an expression in n, obeys the recurrence of momentum."""
    later, after = solution.xreplace({n: n + 1}), solution.xreplace({n: n + 2})
    return Identity((r1 + r2) * later - r1 * r2 * solution, after)


DERIVATION = Derivation(
    name="discrete training",
    continues=one.DERIVATION,
    steps=(
        Step(
            name="spread",
            states=spread(s),
            relation=next_primitive(1 / s),
            domain=LEVEL,
            because="induction: G_{n+1} = (1 - 2 eta lam) G_n + factor^(n+1)/(n+1), and G_0 = ln s",
        ),
        Step(
            name="kept",
            states=kept(s),
            relation=Identity(
                factor(s) ** n / (lam + s) + sp.Derivative(factor(s) ** (n + 1) / (n + 1), s),
                factor(s) ** (n + 1) / (lam + s),
            ),
            domain=LEVEL,
            because="induction: K_{n+1} = K_n + factor^(n+1)/(n+1), and K_0 = ln(lam + s)",
        ),
        Step(
            name="three steps",
            states=shortfall(sp.Integer(3)),
            relation=generated(sp.Integer(3)),
            domain=LEVELS,
            because="the sampling equation with the weight after descent",
        ),
        Step(
            name="variance",
            states=variance(),
            relation=Identity(
                ((Q - one.optimum(sigma)) * factor(sigma**2) ** n * 2 / sigma),
                -((1 - Q) / s - 1 / (lam + s)).xreplace({s: sigma**2}) * factor(sigma**2) ** n * 2 * sigma,
            ),
            domain=Domain(
                tuple((x, POSITIVE if x == lam else r) for x, r in domain_of((lam, sigma, Q, eta, n)).ranges)
            ),
            because="H_n is the integral over s of factor^n times (1 - Q)/s - 1/(lam + s), by partial fractions",
        ),
        Step(
            name="momentum",
            states=closed_factor(),
            relation=second_order(closed_factor()),
            domain=ROOTS,
            because="powers of the roots solve the recurrence; z_0 = 1 and z_1 = 1 - 2 eta c fix the two coefficients",
        ),
    ),
)
