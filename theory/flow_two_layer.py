"""Two symmetric layers W = P P^T under flow matching: gradient, logistic weights, and what the flow generates.

The weight of a mode cannot become negative, but the best one is negative before t* = 1/(1 + lam), where B_t = 0.

Source: spectral-bias paper, appendix H.3.
"""

import sympy as sp

from theory import flow_matching as one
from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.flow_matching import CENTRED, A_t, B_t, Q, eta, lam, t, tau, timed, y
from theory.functions import phi1
from theory.matrices import Eigenvector, Grad
from theory.regression import PSD, Sigma, W, d, u
from theory.relation import Antiderivative, Both, Identity, LimitIs, MatrixIdentity, Solves, Within
from theory.symbols import symbols

width, b, x, layer = symbols("width b x layer")
P = sp.MatrixSymbol("P", d, width)
kappa = 8 * eta * tau
product = P * P.T

loss = one.loss.xreplace({W: product})
gradient = (2 * (product * one.A + one.A * product) - 4 * one.B) * P
q = P.T * u
projected = 2 * A_t() * P.T * P * q + 2 * P.T * one.A * P * q - 4 * B_t() * q


def rate() -> sp.Expr:
    """Return dw/dtau of an aligned mode with weight y."""
    return 8 * eta * y * (B_t() - A_t() * y)


def weight() -> sp.Expr:
    """Return the weight of an aligned mode after training time tau from Q, for t != t*; app. H.3."""
    return B_t() * Q / ((B_t() - Q * A_t()) * sp.exp(-kappa * B_t()) + Q * A_t())


def weight_entire() -> sp.Expr:
    """Return the same, finite also at t*."""
    return Q / (sp.exp(-kappa * B_t()) + kappa * Q * A_t() * phi1(-kappa * B_t()))


def weight_at_turn() -> sp.Expr:
    """Return the weight at t*, where B_t = 0."""
    return Q / (1 + kappa * Q * lam / (1 + lam))


def by_b(b: sp.Expr = b) -> sp.Expr:
    """Return the weight as a function of b = B_t, for b != 0."""
    size = (b**2 + lam) / (1 + lam)
    return b * Q / ((b - Q * size) * sp.exp(-kappa * b) + Q * size)


def turned() -> sp.Expr:
    """Return |b| at the distance r from t*."""
    return (layer - 1) / (1 + kappa)


def late() -> sp.Expr:
    """Return the weight at the distance r after t*, finite also at t*."""
    z = kappa * turned()
    return Q / (sp.exp(-z) + kappa * Q * (turned() ** 2 + lam) / (1 + lam) * phi1(-z))


def early() -> sp.Expr:
    """Return the weight at the distance r before t*, finite also at t*."""
    z = kappa * turned()
    return Q * sp.exp(-z) / (1 + kappa * Q * (turned() ** 2 + lam) / (1 + lam) * phi1(-z))


def log_variance() -> sp.Expr:
    """Return ln of the generated variance; the integral has no closed form."""
    return 2 * sp.Integral(weight_entire(), (t, 0, 1))


def log_variance_entire() -> sp.Expr:
    """Return the same as integrals over two sides of t*, in r with |B_t| (1 + kappa) = r - 1 and ln r for variable."""
    return 2 / (1 + lam) * (_logarithmic(late(), lam) + _logarithmic(early(), sp.S.One))


def _logarithmic(integrand: sp.Expr, end: sp.Expr) -> sp.Integral:
    """Return the integral over the size of B_t from 0 to `end`, in ln r."""
    change = integrand * layer / (1 + kappa)
    return sp.Integral(change.xreplace({layer: sp.exp(x)}), (x, 0, sp.log(1 + (1 + kappa) * end)))


def restricted(symbols: tuple[sp.Symbol, ...], *conditions: sp.Basic) -> Domain:
    """Return the domain of `symbols` with t in [0, 1], lam > 0, Q >= 0, and the conditions."""
    ranges = {lam: POSITIVE, Q: Range(sp.S.Zero)}
    domain = Domain(tuple((s, ranges.get(s, r)) for s, r in timed(domain_of(symbols)).ranges))
    return domain.where(*conditions)


ALL = (lam, t, Q, eta, tau)
LATE, EARLY = restricted(ALL, B_t() > 0), restricted(ALL, B_t() < 0)
TRAINED = Domain(tuple((s, Range(sp.S.Zero) if s == Q else r) for s, r in one.TRAINED.ranges))
SAMPLED = Domain(tuple((s, Range(sp.S.Zero) if s == Q else r) for s, r in one.SAMPLED.ranges))
SIDES = Domain(
    (
        (lam, POSITIVE),
        (Q, Range(sp.S.Zero)),
        (eta, POSITIVE),
        (tau, POSITIVE),
        (layer, Range(sp.S.One, sp.oo, low_open=True)),
    )
)


def _sided(side: Range) -> Domain:
    """Return where training from a positive weight is seen at b in `side`."""
    return Domain(((b, side), (lam, POSITIVE), (Q, POSITIVE), (eta, POSITIVE), (tau, POSITIVE)))


def solves(solution: sp.Expr) -> Solves:
    """Return that `solution` is the weight of an aligned mode in gradient flow from Q."""
    return Solves(solution=solution, var=tau, unknown=y, rate=rate(), at=sp.S.Zero, start=Q)


DERIVATION = Derivation(
    name="flow matching, two layers",
    continues=one.DERIVATION,
    steps=(
        Step(
            name="gradient",
            states=gradient,
            relation=MatrixIdentity(Grad(loss, P), gradient, CENTRED),
            domain=one.TIMES,
            because="P enters twice: the gradient in W and its transpose both act on P",
        ),
        Step(
            name="projection",
            states=projected,
            relation=MatrixIdentity(gradient.T * u, projected, (PSD, Eigenvector(u, Sigma, lam))),
            domain=timed(domain_of((t, lam))),
            because="u is an eigenvector of Sigma, and q = P^T u",
        ),
        Step(
            name="weight after t*",
            states=weight(),
            relation=solves(weight()),
            domain=LATE,
            because="orthogonal q of different modes stay orthogonal: w = |q|^2 follows a logistic equation",
        ),
        Step(
            name="weight before t*",
            states=weight(),
            relation=solves(weight()),
            domain=EARLY,
            because="the same equation with B_t < 0",
        ),
        Step(
            name="entire form after t*",
            states=weight_entire(),
            relation=Identity(weight(), weight_entire()),
            domain=LATE,
            because="(1 - exp(-kappa B))/B = kappa phi1(-kappa B) has a value where B = 0",
        ),
        Step(
            name="entire form",
            states=weight_entire(),
            relation=Identity(weight(), weight_entire()),
            domain=EARLY,
            because="the same before t*",
        ),
        Step(
            name="by b",
            states=by_b(),
            relation=Both(tuple(Within(Identity(weight(), by_b(B_t())), side) for side in (LATE, EARLY))),
            domain=restricted(ALL, sp.Ne(B_t(), 0)),
            because="A = (b^2 + lam)/(1 + lam) in terms of b = B",
        ),
        Step(
            name="sides after t*",
            states=late(),
            relation=Identity(by_b(turned()), late()),
            domain=SIDES,
            because="t = (1 + b)/(1 + lam), with b = (r - 1)/(1 + kappa) after t*",
        ),
        Step(
            name="sides of t*",
            states=early(),
            relation=Identity(by_b(-turned()), early()),
            domain=SIDES,
            because="with b = -(r - 1)/(1 + kappa) before t*",
        ),
        Step(
            name="limit after t*",
            states=b * (1 + lam) / (b**2 + lam),
            relation=LimitIs(expr=by_b(), var=tau, point=sp.oo, value=b * (1 + lam) / (b**2 + lam)),
            domain=_sided(POSITIVE),
            because="the exponential vanishes, and the weight tends to its optimum b/A",
        ),
        Step(
            name="limit before t*",
            states=sp.S.Zero,
            relation=LimitIs(expr=by_b(), var=tau, point=sp.oo, value=sp.S.Zero),
            domain=_sided(Range(-sp.S.One, sp.S.Zero, high_open=True)),
            because="the exponential grows",
        ),
        Step(
            name="generated by the limit",
            states=sp.log(A_t()),
            relation=Antiderivative(primitive=sp.log(A_t()), integrand=2 * one.optimum(), var=t),
            domain=one.MODES,
            because="dA/dt = 2 B",
        ),
        Step(
            name="final level",
            states=1 + lam,
            relation=Identity(A_t(sp.S.One) / A_t(1 / (1 + lam)), 1 + lam),
            domain=Domain(((lam, POSITIVE),)),
            because="only the times after t* contribute, and A is lam at t = 1 and lam/(1 + lam) at t*",
        ),
    ),
)
