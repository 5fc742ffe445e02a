"""When a mode of two symmetric layers emerges, in the variables lam and xi = 8 eta lam tau.

As in `theory.emergence`, the local exponent alpha of the passage time obeys alpha - 1 = lam G_lam/(xi G_xi) on the
curve G(lam, xi) = 0, G being the logarithm of the generated variance over the level of passage.

Source: spectral-bias paper, section 5.1.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain
from theory.emergence import level_drift, r0, rT, xi
from theory.one_layer import Q, eta, lam, log_level, sigma0, tau
from theory.relation import Identity
from theory.two_layer import DERIVATION as TWO_LAYERS
from theory.two_layer import STARTED_SAMPLED, log_variance_entire, narrowed

AGE = {xi: 8 * eta * lam * tau}


def log_variance() -> sp.Expr:
    """Return ln of the generated variance."""
    return sp.log(sigma0**2) + _share() * _spread()


def gap(criterion: str) -> sp.Expr:
    """Return ln of the generated variance over the named mean of its first and its last level."""
    return log_variance() - log_level(criterion)


def pace() -> sp.Expr:
    """Return d ln(variance)/d ln xi at fixed lam."""
    E, alpha = sp.exp(-xi), _share()
    left, right = ((Q * (1 + r) - 1) * E / _bracket(r) for r in (r0, rT))
    return xi * alpha * ((1 - alpha) * _spread() + left - right)


def drift() -> sp.Expr:
    """Return d ln(variance)/d ln lam at fixed xi."""
    first, last = (1 / (_kept() / r + 1) for r in (r0, rT))
    return _share() * (last - first)


def excess(criterion: str) -> sp.Expr:
    """Return (alpha - 1) times the pace: the slope of the gap in ln lam at fixed xi."""
    return drift() - level_drift(criterion)


def _share() -> sp.Expr:
    """Return alpha_E = Q/(Q + (1 - Q) E), E = exp(-xi)."""
    return 1 / (1 + (1 - Q) / Q * sp.exp(-xi))


def _bracket(r: sp.Expr) -> sp.Expr:
    """Return E + Q (1 - E)(1 + r)."""
    return Q * (1 + r) + (1 - Q * (1 + r)) * sp.exp(-xi)


def _kept() -> sp.Expr:
    """Return 1 + E/(Q (1 - E)), so that the bracket is Q (1 - E)(r + kept)."""
    return 1 + 1 / (Q * (sp.exp(xi) - 1))


def _spread() -> sp.Expr:
    """Return ln of the ratio of the brackets over that of the squares of the noise levels."""
    return sp.log(_bracket(r0) / r0) - sp.log(_bracket(rT) / rT)


AGED = Domain(
    tuple((xi, POSITIVE) if s == tau else (s, r) for s, r in STARTED_SAMPLED.ranges if s != eta),
    STARTED_SAMPLED.conditions,
)

DERIVATION = Derivation(
    name="two-layer emergence",
    continues=TWO_LAYERS,
    steps=(
        Step(
            name="age",
            states=log_variance(),
            relation=Identity(log_variance_entire(), log_variance().xreplace(AGE)),
            domain=narrowed(STARTED_SAMPLED, tau=POSITIVE),
            because="learning rate and training time enter as 8 eta lam tau alone",
        ),
        Step(
            name="pace",
            states=pace(),
            relation=Identity(xi * sp.Derivative(log_variance(), xi), pace()),
            domain=AGED,
            because="alpha_E/(1 - alpha_E) grows as exp(xi)",
        ),
        Step(
            name="drift",
            states=drift(),
            relation=Identity(lam * sp.Derivative(log_variance(), lam), drift()),
            domain=AGED,
            because="at fixed xi only the ratios of the noise levels to lam change",
        ),
    ),
)
