"""When a mode emerges: first passage of its generated variance, and the exponent of that time in the variance.

On the curve F(lam, tau) = 0 the time tau*(lam) has the local exponent alpha = -d ln tau*/d ln lam, and
implicit differentiation gives alpha = lam F_lam/(tau F_tau). In the variables (lam, xi), xi = 2 eta tau lam,
alpha - 1 = lam G_lam/(xi G_xi) for G(lam, xi) = F(lam, tau): an exact inverse law is xi* = const.

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
from theory.relation import Identity
from theory.symbols import symbols

(xi,) = symbols("xi")
AGE = {xi: 2 * eta * tau * lam}
r0, rT = sigma0**2 / lam, sigmaT**2 / lam


def log_variance() -> sp.Expr:
    """Return ln of the generated variance in the variables lam and xi, for lam > 0."""
    spread = sp.log(sigma0**2 / sigmaT**2) + Ein(xi * rT) - Ein(xi * r0)
    kept = Ein(xi * (1 + r0)) - Ein(xi * (1 + rT))
    return sp.log(sigmaT**2) + (1 - Q) * sp.exp(-xi) * spread + kept


def pace() -> sp.Expr:
    """Return d ln(variance)/d ln xi at fixed lam."""
    spread = sp.log(sigmaT**2 / sigma0**2) - Ein(xi * rT) + Ein(xi * r0)
    shed = sp.exp(-xi * r0) - sp.exp(-xi * rT)
    return sp.exp(-xi) * ((1 - Q) * xi * spread - Q * shed)


def steepening() -> sp.Expr:
    """Return, for Q = 0, what has the sign of d pace/d ln xi: positive while the curve against ln tau gets steeper."""
    spread = sp.log(sigmaT**2 / sigma0**2) - Ein(xi * rT) + Ein(xi * r0)
    return spread * (1 - xi) - sp.exp(-xi * r0) + sp.exp(-xi * rT)


def slope() -> sp.Expr:
    """Return, for Q = 0, d ln(variance)/d(2 eta tau) where 2 eta tau = tau."""
    return lam * sp.exp(-tau * lam) * (sp.log(sigmaT**2 / sigma0**2) - Ein(tau * sigmaT**2) + Ein(tau * sigma0**2))


def noise_share(sigma: sp.Expr) -> sp.Expr:
    """Return the share of the noise in the variance of the noised mode."""
    return sigma**2 / (lam + sigma**2)


def drift() -> sp.Expr:
    """Return d ln(variance)/d ln lam at fixed xi."""
    shed = sp.exp(-xi * r0) - sp.exp(-xi * rT)
    last, first = ((1 - sp.exp(-xi * (1 + r))) * noise_share(sigma) for r, sigma in ((r0, sigma0), (rT, sigmaT)))
    return first - last - (1 - Q) * sp.exp(-xi) * shed


def level_drift(criterion: str) -> sp.Expr:
    """Return d ln(level)/d ln lam of the named mean of the first and the last level."""
    first, last = initial_variance(), final_variance()
    share = {"geometric": sp.Rational(1, 2), "harmonic": first / (first + last), "arithmetic": last / (first + last)}
    return share[criterion] * (noise_share(sigmaT) - noise_share(sigma0))


def way() -> sp.Expr:
    """Return ln of the final over the initial level, positive for a rising mode."""
    return sp.log(final_variance()) - sp.log(initial_variance())


def progress() -> sp.Expr:
    """Return the covered share of the way from the initial to the final level, in ln of the variance."""
    return (log_variance() - sp.log(initial_variance())) / way()


def boundary() -> sp.Expr:
    """Return the variance of the mode whose initial level is its final one."""
    first = initial_variance()
    return sigmaT**2 * (first - sigma0**2) / (sigmaT**2 - first)


LIVE = Domain(
    tuple((s, POSITIVE if s in (lam, tau) else r) for s, r in later(SAMPLED).ranges),
    SAMPLED.conditions,
)
AGED = Domain(tuple((xi if s == tau else s, r) for s, r in LIVE.ranges if s != eta), LIVE.conditions)

DERIVATION = Derivation(
    name="emergence",
    steps=(
        Step(
            name="age",
            states=log_variance(),
            relation=Identity(log_variance_entire(), log_variance().xreplace(AGE)),
            domain=LIVE,
            because="learning rate and training time enter as 2 eta tau alone; xi measures them in 1/lam",
        ),
        Step(
            name="pace",
            states=pace(),
            relation=Identity(xi * sp.Derivative(log_variance(), xi), pace()),
            domain=AGED,
            because="the derivative of Ein is (1 - exp(-u))/u",
        ),
        Step(
            name="slope",
            states=slope(),
            relation=Identity(
                sp.Derivative(log_variance_entire().xreplace({Q: sp.S.Zero, eta: sp.Rational(1, 2)}), tau), slope()
            ),
            domain=LIVE,
            because="from Q = 0 nothing is shed",
        ),
        Step(
            name="steepening",
            states=steepening(),
            relation=Identity(xi * sp.Derivative(pace().xreplace({Q: sp.S.Zero}), xi), xi * sp.exp(-xi) * steepening()),
            domain=AGED,
            because="differentiate the pace; xi exp(-xi) is positive",
        ),
        Step(
            name="drift",
            states=drift(),
            relation=Identity(lam * sp.Derivative(log_variance(), lam), drift()),
            domain=AGED,
            because="at fixed xi the variance depends on lam through the ratios of the noise levels to it",
        ),
        *(
            Step(
                name=f"{criterion} level",
                states=level_drift(criterion),
                relation=Identity(lam * sp.Derivative(log_level(criterion), lam), level_drift(criterion)),
                domain=AGED,
                because="only the last level depends on lam",
            )
            for criterion in ("geometric", "harmonic", "arithmetic")
        ),
        Step(
            name="half-way",
            states=sp.Rational(1, 2),
            relation=Identity(progress() - sp.Rational(1, 2), (log_variance() - log_level("geometric")) / way()),
            domain=AGED.where(sp.Ne(way(), 0)),
            because="the geometric mean of the two levels lies half-way between their logarithms",
        ),
        Step(
            name="boundary",
            states=boundary(),
            relation=Identity(
                final_variance() - initial_variance(),
                (lam - boundary()) * (sigmaT**2 - initial_variance()) / (lam + sigmaT**2),
            ),
            domain=AGED.where(sp.Ne(sigmaT**2, initial_variance())),
            because="the final level is a fractional linear function of lam",
        ),
    ),
)
