"""A product of any number of linear layers on centred data: aligned modes, tied layers, infinite depth.

With s = w^(1/L) in each of L tied layers a mode obeys dw/dtau = 2 eta L^2 w^(2 - 2/L) (lam - M w), M = lam + sigma^2.
At eta L^2 = eta and L to infinity this is 2 eta w^2 (lam - M w), which the internal time phi, dphi = 2 eta w dtau,
makes the logistic equation dw/dphi = w (lam - M w).

Source: spectral-bias paper, appendix F.
"""

import sympy as sp

from theory import regression
from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, domain_of
from theory.functions import phi1, phi2
from theory.matrices import Grad
from theory.one_layer import Q, eta, lam, sigma, tau, y
from theory.regression import PSD, M, Sigma, d
from theory.relation import Antiderivative, Identity, LimitIs, MatrixIdentity, Solves
from theory.symbols import symbols
from theory.two_layer import LIVE, NONNEGATIVE, STARTED, data_loss, narrowed
from theory.untied import mass, mode_loss, pull

L, w, v, phi, s_layer, others = symbols("L w v phi s_layer others")
left, right, layer = sp.MatrixSymbol("A", d, d), sp.MatrixSymbol("B", d, d), sp.MatrixSymbol("W_layer", d, d)
total = left * layer * right
loss = data_loss(total, Sigma)
gradient = 2 * left.T * (total * M - Sigma) * right.T

_READ = narrowed(domain_of((v, lam, sigma)), v=POSITIVE, lam=POSITIVE)
PASSED, EXCEEDED = _READ.where(v * mass() < lam), _READ.where(v * mass() > lam)
INNER = Domain(tuple((phi if s == tau else s, r) for s, r in STARTED.ranges if s != eta))
TRAINED = narrowed(LIVE, lam=NONNEGATIVE)
DEEP = domain_of((w, lam, sigma, eta, L)).where(w > 0)


def layer_rate(depth: sp.Expr = L) -> sp.Expr:
    """Return ds/dtau of the layer weight s shared by all layers: -eta times the slope of the mode loss at s^depth."""
    return -eta * sp.Derivative(mode_loss(s_layer**depth), s_layer)


def tied_rate(w: sp.Expr, depth: sp.Expr = L, factor: sp.Expr | None = None) -> sp.Expr:
    """Return dw/dtau = 2 eta factor w^(2 - 2/depth) (lam - M w), the factor being depth^2 for tied layers."""
    return 2 * eta * (depth**2 if factor is None else factor) * w ** (2 - 2 / depth) * pull(w)


def infinite_rate(w: sp.Expr) -> sp.Expr:
    """Return dw/dtau of tied layers of infinite depth, eta standing for eta L^2."""
    return 2 * eta * w**2 * pull(w)


def infinite_time(v: sp.Expr) -> sp.Expr:
    """Return 2 eta tau as a function of the weight, up to a constant, for infinite depth and v < w*."""
    return -1 / (lam * v) + mass() / lam**2 * sp.log(v / (lam / mass() - v))


def inner_weight() -> sp.Expr:
    """Return the weight at the internal time phi, finite for every lam >= 0 and Q >= 0."""
    return Q / outer_slope()


def outer_time() -> sp.Expr:
    """Return 2 eta tau Q at the internal time phi, finite for every lam >= 0 and Q >= 0; it grows with phi."""
    return phi * phi1(-lam * phi) + Q * mass() * phi**2 * phi2(-lam * phi)


def outer_slope() -> sp.Expr:
    """Return d(2 eta tau Q)/dphi = Q/w, positive."""
    return sp.exp(-lam * phi) + Q * mass() * phi * phi1(-lam * phi)


def plain(expr: sp.Expr) -> sp.Expr:
    """Return `expr` with phi2(z) written as (exp(z) - 1 - z)/z^2, for lam phi > 0."""
    return expr.replace(phi2, lambda z: (sp.exp(z) - 1 - z) / z**2)


DERIVATION = Derivation(
    name="deep",
    continues=regression.DERIVATION,
    steps=(
        Step(
            name="gradient",
            states=gradient,
            relation=MatrixIdentity(Grad(loss, layer), gradient, (PSD,)),
            domain=domain_of((sigma,)),
            because="A is the product of the later layers, B that of the earlier ones; the chain rule",
        ),
        Step(
            name="mode",
            states=2 * eta * others * pull(others * s_layer),
            relation=Identity(
                -eta * sp.Derivative(mode_loss(others * s_layer), s_layer), 2 * eta * others * pull(others * s_layer)
            ),
            domain=domain_of((others, s_layer, lam, sigma, eta)),
            because="aligned layers act on one mode at a time; A is the product of its weights in the other layers",
        ),
        Step(
            name="tied",
            states=tied_rate(w),
            relation=Identity(sp.Derivative(s_layer**L, s_layer) * layer_rate(), tied_rate(s_layer**L)),
            domain=domain_of((s_layer, lam, sigma, eta, L)).where(s_layer > 0),
            because="w = s^L, and the slope of the loss in the shared s is L s^(L - 1) times that in w",
        ),
        Step(
            name="infinite depth",
            states=infinite_rate(w),
            relation=LimitIs(expr=tied_rate(w, factor=sp.S.One), var=L, point=sp.oo, value=infinite_rate(w)),
            domain=DEEP,
            because="the exponent 2 - 2/L tends to 2 while eta L^2 is kept",
        ),
        Step(
            name="implicit time",
            states=infinite_time(v),
            relation=Antiderivative(primitive=infinite_time(v), integrand=1 / (v**2 * pull(v)), var=v),
            domain=PASSED,
            because="separate the variables; partial fractions",
        ),
        Step(
            name="internal time",
            states=inner_weight(),
            relation=Solves(solution=inner_weight(), var=phi, unknown=y, rate=y * pull(y), at=sp.S.Zero, start=Q),
            domain=INNER,
            because="dividing the equation by dphi/dtau = 2 eta w leaves a logistic one",
        ),
        Step(
            name="outer time",
            states=outer_time(),
            relation=Antiderivative(primitive=plain(outer_time()), integrand=outer_slope(), var=phi),
            domain=INNER,
            because="d(2 eta tau)/dphi = 1/w",
        ),
    ),
)
