"""When a mode emerges: first passage of its generated variance, and the exponent of that time in the variance.

On the curve F(lam, tau) = 0 the time tau*(lam) has the local exponent alpha = -d ln tau*/d ln lam, and
implicit differentiation gives alpha = lam F_lam/(tau F_tau). In the variables (lam, xi), xi = 2 eta tau lam,
alpha - 1 = lam G_lam/(xi G_xi) for G(lam, xi) = F(lam, xi/lam): an exact inverse law is xi* = const.

Source: spectral-bias paper, section 4.3 (definition of tau*).
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain
from theory.functions import Ein
from theory.one_layer import (
    SAMPLED,
    Q,
    eta,
    final_variance,
    initial_variance,
    lam,
    later,
    log_level,
    log_variance_entire,
    sigma0,
    sigmaT,
    tau,
)
from theory.relation import Identity, LimitIs
from theory.symbols import symbols

(xi,) = symbols("xi")
AGE = {tau: xi / (2 * eta * lam)}  # the training time at which 2 eta tau lam is xi


def aged(expr: sp.Expr) -> sp.Expr:
    """Return `expr`, a function of lam and tau, in the variables lam and xi; eta drops out."""
    return expr.xreplace(AGE)


def distance() -> sp.Expr:
    """Return ln of the final over the generated variance, the way that is left."""
    return sp.log(final_variance()) - log_variance_entire()


def progress() -> sp.Expr:
    """Return the covered share of the way from the initial to the final level, in ln of the variance."""
    start = sp.log(initial_variance())
    return (log_variance_entire() - start) / (sp.log(final_variance()) - start)


def pace() -> sp.Expr:
    """Return d ln(variance)/d ln tau."""
    a = 2 * eta * tau
    spread = sp.log(sigmaT**2 / sigma0**2) - Ein(a * sigmaT**2) + Ein(a * sigma0**2)
    shed = sp.exp(-a * sigma0**2) - sp.exp(-a * sigmaT**2)
    return sp.exp(-a * lam) * ((1 - Q) * a * lam * spread - Q * shed)


def passage(criterion: str) -> sp.Expr:
    """Return F(lam, tau), zero when the generated variance is the named mean of its initial and final level."""
    return log_variance_entire() - log_level(criterion)


def excess_slopes(gap: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Return lam G_lam and xi G_xi of G(lam, xi); their ratio on G = 0 is the local exponent minus 1."""
    return lam * sp.Derivative(gap, lam), xi * sp.Derivative(gap, xi)


def local_exponent(F: sp.Expr) -> sp.Expr:
    """Return -d ln tau/d ln lam on F(lam, tau) = 0."""
    return lam * sp.Derivative(F, lam) / (tau * sp.Derivative(F, tau))


LIVE = Domain(
    tuple((s, POSITIVE if s in (lam, tau) else r) for s, r in later(SAMPLED).ranges),
    SAMPLED.conditions,
)
_curve = log_variance_entire()
_way = sp.log(final_variance()) - sp.log(initial_variance())
_aged = aged(_curve).xreplace({xi: 2 * eta * tau * lam})

DERIVATION = Derivation(
    name="emergence",
    steps=(
        Step(
            name="age",
            states=aged(_curve),
            relation=Identity(_curve, _aged),
            domain=LIVE,
            because="learning rate and training time enter as 2 eta tau alone; xi measures them in 1/lam",
        ),
        Step(
            name="slope in age",
            states=pace(),
            relation=Identity(tau * sp.Derivative(_curve, tau), pace()),
            domain=LIVE,
            because="xi G_xi = tau F_tau; the derivative of Ein is (1 - exp(-u))/u",
        ),
        Step(
            name="geometric mean",
            states=sp.Rational(1, 2),
            relation=Identity(progress() - sp.Rational(1, 2), passage("geometric") / _way),
            domain=LIVE.where(sp.Ne(_way, 0)),
            because="the geometric mean of the two levels lies half-way between their logarithms",
        ),
        Step(
            name="way at the start",
            states=_way,
            relation=LimitIs(expr=distance(), var=tau, point=sp.S.Zero, value=_way),
            domain=LIVE,
            because="every Ein vanishes with tau",
        ),
    ),
)
