"""When a weight is half-way, and when a generated variance is from weight zero: equations, bounds and their order."""

import sympy as sp

from theory.domain import Domain, domain_of
from theory.emergence import AGED, log_variance, xi
from theory.functions import Ein
from theory.one_layer import TRAINED, Q, eta, lam, optimum, sigma, sigma0, sigmaT, tau, weight
from theory.passage import E1, RISING, g, late, no_top
from theory.relation import Both, Identity, Inequality, LimitIs, Monotone, Within
from theory.shortfall import from_zero
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.shortfall import ALIGNED

ZERO, ONE = sp.S.Zero, sp.S.One
sigma1, sigma2, delta, span = symbols("sigma1 sigma2 delta span_lam")
r0, rT = sigma0**2 / lam, sigmaT**2 / lam
M = lam + sigma**2
ratio = Q / optimum(sigma)
MEANS = {
    "harmonic": (sp.log(1 + ratio), 2 / (1 / Q + 1 / optimum(sigma)), "ln(1 + Q/w*)"),
    "geometric": (sp.log(1 + sp.sqrt(ratio)), sp.sqrt(Q * optimum(sigma)), "ln(1 + sqrt(Q/w*))"),
    "arithmetic": (sp.log(2), (Q + optimum(sigma)) / 2, "ln 2"),
}
STARTED = Domain(tuple((s, r) for s, r in TRAINED.ranges if s != tau)).where(lam > 0, Q > 0)
AGES = from_zero(AGED)
WHERE = "one layer, first passage"
ZERO_START = (*ALIGNED, "Q = 0")


def passage(mean: str) -> Claim:
    """Return the claim on one mean of the first and the last weight."""
    law, level, text = MEANS[mean]
    return Claim(
        id=f"our.emergence.one_layer.{mean}",
        says=f"first passage of w at the {mean} mean of Q and w*, Q > 0: {text}/(2 eta M)",
        reading="the weight is at that mean then, and it moves in one direction only: its distance from w* falls",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Identity(weight(sigma).xreplace({tau: law / (2 * eta * M)}), level),
                Within(
                    Inequality(sp.Derivative((weight(sigma) - optimum(sigma)) ** 2, tau), "<", ZERO),
                    TRAINED.where(sp.Ne(Q * M, lam)),
                ),
            )
        ),
        domain=STARTED,
        assumes=("one linear layer, zero-mean data", "gradient flow"),
        derived_in="one layer: weight",
        checks=EXACT,
        formula=False,
        slips=tuple(Identity(weight(sigma).xreplace({tau: factor * law / (eta * M)}), level) for factor in SLIPS),
    )


SLIPS = (ONE, sp.Rational(1, 4), sp.Rational(1, 3))
CLAIMS = (
    *map(passage, MEANS),
    Claim(
        id="our.emergence.zero_init_variance.equation",
        says="generated variance, one layer, Q = 0, sigma_0^2 << lam << sigma_T^2: x = 2 eta lam tau solves exp(-x) "
        "(gamma + ln x - ln(lam/sigma_0^2)) - Ei(-x) = ln(lam~/lam)",
        reading="ln(lam~/lam) as sigma_T -> infinity, and the rest after exp(-x) ln(sigma_0^2/lam) as sigma_0 -> 0; for "
        "any Q with the factor 1 - Q before exp(-x)",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                LimitIs(expr=log_variance() - sp.log(lam), var=sigmaT, point=sp.oo, value=no_top()),
                LimitIs(
                    expr=no_top() - (1 - Q) * sp.exp(-xi) * sp.log(sigma0**2 / lam),
                    var=sigma0,
                    point=ZERO,
                    value=(1 - Q) * sp.exp(-xi) * (g + sp.log(xi)) - sp.Ei(-xi),
                ),
            )
        ),
        domain=RISING,
        assumes=ALIGNED,
        derived_in="passage: late form",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.emergence.zero_init_variance.geometric",
        says="geometric mean: 2 eta lam tau* -> ln 2 as lam/sigma_0^2 -> infinity",
        reading="at fixed x the distance of ln(lam~/lam) from its level -L/2, L = ln(lam/sigma_0^2), is (1/2 - exp(-x)) L "
        "+ o(L): negative below ln 2, positive above; the next term is our.passage.rising_geometric",
        where=WHERE,
        source="ours",
        relation=LimitIs(
            expr=(late(xi, span, ZERO) + span / 2) / span,
            var=span,
            point=sp.oo,
            value=sp.Rational(1, 2) - sp.exp(-xi),
        ),
        domain=domain_of((xi, span)),
        assumes=ZERO_START,
        derived_in="passage: late form",
        checks=(KERNEL,),
        formula=False,
        slips=(
            LimitIs(expr=(late(xi, span, ZERO) + span / 2) / span, var=span, point=sp.oo, value=1 - sp.exp(-xi)),
            LimitIs(expr=(late(xi, span, ZERO) + span / 2) / span, var=span, point=sp.oo, value=sp.exp(-xi) - 1),
        ),
    ),
    Claim(
        id="our.emergence.zero_init_variance.error",
        says="the equation for x is exact but for terms that vanish with sigma_0^2/lam and lam/sigma_T^2",
        reading="with r = sigma_0^2/lam and R = sigma_T^2/lam: ln(lam~/lam) minus the left-hand side is ln(1 + r) - ln(1 "
        "+ 1/R) - [E_1(x) - E_1(x (1 + r))] - E_1(x (1 + R)) + exp(-x) [E_1(x R) - Ein(x r)], where ln(1 + r) <= r, "
        "ln(1 + 1/R) <= 1/R, Ein(x r) <= x r, E_1(x) - E_1(x (1 + r)) grows with r at most as fast as r exp(-x), and "
        "exp(-u)/u - E_1(u) falls (to 0)",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Identity(
                    log_variance().xreplace({Q: ZERO}) - sp.log(lam) - late(xi, sp.log(lam / sigma0**2), ZERO),
                    sp.log(1 + r0)
                    - sp.log(1 + 1 / rT)
                    - E1(xi)
                    + E1(xi * (1 + r0))
                    - E1(xi * (1 + rT))
                    + sp.exp(-xi) * (E1(xi * rT) - Ein(xi * r0)),
                ),
                Inequality(sp.log(1 + r0), "<=", r0),
                Inequality(Ein(xi * r0), "<=", xi * r0),
                Monotone(expr=E1(xi * (1 + r0)) + r0 * sp.exp(-xi), var=sigma0, op=">"),
                Within(Monotone(expr=sp.exp(-xi) / xi - E1(xi), var=xi, op="<"), domain_of((xi,))),
            )
        ),
        domain=AGES,
        assumes=ZERO_START,
        derived_in="passage: late form",
        checks=(KERNEL,),
        slips=(
            Inequality(sp.log(1 + r0), "<=", r0 / 2),
            Inequality(Ein(xi * r0), "<=", xi * r0 / 2),
        ),
        formula=False,
    ),
)
