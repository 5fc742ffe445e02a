"""When a mode emerges under flow matching, trained from weight zero; one layer.

Then the variance rises or falls from 1 to lam, and the passage times have one parameter. In x = 2 eta tau lam, on the
curve G(lam, x) = 0 of a passage, the time x/(2 eta lam) has the local exponent alpha = -d ln tau*/d ln lam with
alpha - 1 = lam G_lam/(x G_x).

Source: spectral-bias paper, appendix H.2.1, remarks.
"""

import sympy as sp

from theory import flow_matching as flow
from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain
from theory.flow_matching import Q, eta, lam, tau
from theory.functions import Ein
from theory.relation import Identity, LimitIs
from theory.symbols import symbols

xi, span = symbols("xi length")
AGED = Domain(((lam, POSITIVE), (xi, POSITIVE)))
LIVE = Domain(((lam, POSITIVE), (eta, POSITIVE), (tau, POSITIVE)))
AGE = {xi: 2 * eta * tau * lam}


def log_variance() -> sp.Expr:
    """Return ln of the generated variance by lam and xi = 2 eta tau lam, from weight zero."""
    return Ein(xi) - Ein(xi / lam)


def log_level(criterion: str) -> sp.Expr:
    """Return ln of the named mean of the levels 1 and lam."""
    return {"geometric": sp.log(lam) / 2, "harmonic": sp.log(2 * lam / (1 + lam))}[criterion]


def pace() -> sp.Expr:
    """Return d ln(variance)/d ln xi at fixed lam."""
    return sp.exp(-xi / lam) - sp.exp(-xi)


def harmonic_drift() -> sp.Expr:
    """Return d ln(variance/harmonic level)/d ln lam at fixed xi."""
    return lam / (1 + lam) - sp.exp(-xi / lam)


def middle() -> sp.Expr:
    """Return the mean of exp(-exp(w)) over |w - ln xi| <= span/2."""
    return (sp.Ei(-xi * sp.exp(span / 2)) - sp.Ei(-xi * sp.exp(-span / 2))) / span


DERIVATION = Derivation(
    name="flow emergence",
    continues=flow.DERIVATION,
    steps=(
        Step(
            name="age",
            states=log_variance(),
            relation=Identity(sp.log(flow.variance().xreplace({Q: sp.S.Zero})), log_variance().xreplace(AGE)),
            domain=LIVE,
            because="without initial weight nothing is kept, and two exponential integrals remain",
        ),
        Step(
            name="pace",
            states=pace(),
            relation=Identity(xi * sp.Derivative(log_variance(), xi), pace()),
            domain=AGED,
            because="the derivative of Ein is (1 - exp(-u))/u",
        ),
        Step(
            name="harmonic drift",
            states=harmonic_drift(),
            relation=Identity(lam * sp.Derivative(log_variance() - log_level("harmonic"), lam), harmonic_drift()),
            domain=AGED,
            because="at fixed xi the variance depends on lam through xi/lam",
        ),
        Step(
            name="end",
            states=sp.log(lam),
            relation=LimitIs(expr=log_variance(), var=xi, point=sp.oo, value=sp.log(lam)),
            domain=AGED,
            because="Ein(u) is ln u + gamma but for an exponentially small rest",
        ),
    ),
)
