"""What the generated variance of a mode is while its loss falls: it may meet its final value once, and leave it again.

With H = ln(final variance/generated variance), a = 2 eta tau and s* = (1 - Q) lam/Q,
H = int exp(-a (lam + s)) [(1 - Q)/s - 1/(lam + s)] ds over sigma_0^2 < s < sigma_T^2. The bracket is positive below
s* and negative above, so H exp(a (lam + s*)) grows with a: H vanishes once at most.

Source: derived here from Prop. 4.2 of the spectral-bias paper.
"""

import sympy as sp

from theory import one_layer
from theory.derivation import Derivation, Step
from theory.divergence import of_ratio
from theory.domain import Domain, Range, domain_of
from theory.one_layer import (
    SAMPLED,
    TRAINED,
    Q,
    eta,
    lam,
    later,
    optimum,
    sigma,
    sigma0,
    sigmaT,
    tau,
    weight,
    y,
)
from theory.relation import Both, Identity, Inequality, Solves, Within
from theory.shortfall import H, bracket, turn
from theory.symbols import symbols

(xi,) = symbols("xi")
a = 2 * eta * tau
BETWEEN = Range(sp.S.Zero, sp.S.One, low_open=True, high_open=True)
PARTLY = Domain(tuple((s, BETWEEN if s == Q else r) for s, r in SAMPLED.ranges), SAMPLED.conditions).where(lam > 0)
BELOW = Domain(tuple((s, BETWEEN if s == Q else r) for s, r in TRAINED.ranges)).where(Q * sigma**2 <= (1 - Q) * lam)
LEVEL = Domain(((Q, BETWEEN), *domain_of((lam, sigma)).ranges)).where(lam > 0)


def tilted() -> sp.Expr:
    """Return H exp(a (lam + s*))."""
    return H() * sp.exp(a * (lam + turn()))


def from_limit() -> sp.Expr:
    """Return KL(N(0, generated variance) | N(0, final variance))."""
    return of_ratio(sp.exp(-H()))


def excess() -> sp.Expr:
    """Return what the mode adds to the loss above its minimum, (lam + sigma^2) times the squared deviation."""
    return (lam + sigma**2) * (weight(sigma) - optimum(sigma)) ** 2


def integral(solution: sp.Expr, integrand: sp.Expr) -> Solves:
    """Return that `solution` is the integral over s of `integrand`, given at s = sigma0^2, from sigma0 to sigmaT."""
    rate = -2 * sigma0 * integrand
    return Solves(solution=solution, var=sigma0, unknown=y, rate=rate, at=sigmaT, start=sp.S.Zero)


DERIVATION = Derivation(
    name="quality",
    continues=one_layer.DERIVATION,
    steps=(
        Step(
            name="integral",
            states=H(),
            relation=integral(H(), sp.exp(-a * (lam + sigma0**2)) * bracket(sigma0)),
            domain=SAMPLED,
            because="the sampler of the optimal denoisers subtracted from that of the trained ones, with s = sigma^2",
        ),
        Step(
            name="one sign change",
            states=(turn() - sigma**2) * bracket(sigma),
            relation=Identity(
                (turn() - sigma**2) * bracket(sigma), Q * (turn() - sigma**2) ** 2 / (sigma**2 * (lam + sigma**2))
            ),
            domain=LEVEL,
            because="the bracket is (1 - Q) lam - Q s over s (lam + s)",
        ),
        Step(
            name="growth",
            states=tilted(),
            relation=integral(
                sp.Derivative(tilted(), tau),
                2 * eta * (turn() - sigma0**2) * sp.exp(a * (turn() - sigma0**2)) * bracket(sigma0),
            ),
            domain=later(PARTLY),
            because="the derivative is an integral of what is nowhere negative",
        ),
        Step(
            name="end",
            states=bracket(sigma0),
            relation=Both(
                (
                    Within(Inequality(sp.exp(xi), ">", sp.S.One), domain_of((xi,))),
                    Inequality(a * (turn() - sigma**2), ">=", sp.S.Zero),
                    Inequality(bracket(sigma), ">=", sp.S.Zero),
                )
            ),
            domain=BELOW,
            because="below s* the integrand of the growth is at least what it is at a = 0: H becomes positive",
        ),
        Step(
            name="loss",
            states=excess(),
            relation=Identity(sp.Derivative(excess(), tau), -4 * eta * (lam + sigma**2) * excess()),
            domain=TRAINED,
            because="what the mode adds to the loss decays at every noise level",
        ),
    ),
)
