"""Appendix F.3: tied layers of any depth, infinite depth, residual layers."""

import sympy as sp

from numerics import layers as measured
from theory.deep import DEEP, EXCEEDED, PASSED, L, infinite_rate, infinite_time, layer_rate, s_layer, tied_rate, v, w
from theory.domain import domain_of
from theory.one_layer import eta, lam, sigma
from theory.relation import Antiderivative, Both, Identity, LimitIs, Within
from theory.symbols import symbols
from theory.untied import mass, mode_loss, pull
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_5_1 import SETTING

TIED = (
    "w = s^L: dw/dtau = 2 eta L^2 w^{2-2/L}(lam - (lam + sigma^2) w); this form also encompasses the solution of one "
    "layer and two layer symmetric linear model by setting L = 1, 2"
)
HYPER = (
    "For general L, there is no closed-form solution, one only have implicit solution involving the hyper geometric "
    "function: tau = 1/(2 eta L^2) [v^{2/L-1}/((2/L-1) lam) 2F1(1, 2/L-1; 2/L; v/w*)] from Q to w(tau)"
)
INFINITE = (
    "The limit case is L -> infinity, then dw/dtau = 2 eta' w^2 (lam - (lam + sigma^2) w), eta' = eta L^2; implicit "
    "solution 2 eta' tau = [-1/(lam v) + (lam + sigma^2)/lam^2 ln(v/|w* - v|)] from Q to w"
)
RESIDUAL = (
    "layers I + W_l: effective weight obeys the law of wp.F.3.tied with w(0) = (1 + s(0))^L; Thus in linear network, "
    "residual connection does not change the learning dynamics, but just potentially changed the initialization of "
    "weights"
)
(F,) = symbols("F")
LAYERS = box(s_layer=("0.3", "1.2"), lam=("0.2", "2.0"), sigma=("0.3", "1.0"), eta=("0.1", "1.0"), L=("2", "6"))
SHIFTED = tuple((name, "-0.5", "0.2") if name == "s_layer" else (name, low, high) for name, low, high in LAYERS)
TIED_LAYERS = domain_of((s_layer, lam, sigma, eta, L)).where(s_layer > 0)
LIFTED = domain_of((s_layer, lam, sigma, eta, L)).where(s_layer > -1)
share = v * mass() / lam


def power_time(factor: sp.Expr) -> sp.Expr:
    """Return v^(2/L - 1)/((2/L - 1) lam) times `factor`."""
    return v ** (2 / L - 1) / ((2 / L - 1) * lam) * factor


def equal_rate() -> sp.Expr:
    """Return dw/dtau where each of L equal layers follows the slope in its own weight: L times that of one of them."""
    others = s_layer ** (L - 1)
    return L * others * 2 * eta * others * pull(s_layer**L)


def hyper_slope(b: sp.Expr) -> sp.Expr:
    """Return dF/dx of F = 2F1(1, b; b + 1; x), b (1/(1 - x) - F)/x, at x = v/w*."""
    return b * (1 / (1 - share) - F) / share


CLAIMS = (
    Claim(
        id="wp.F.3.tied.shared",
        says=TIED,
        reading="one layer used L times: s in gradient flow of the mode's loss at s^L",
        where="F.3",
        source="as printed",
        relation=Identity(sp.Derivative(s_layer**L, s_layer) * layer_rate(), tied_rate(s_layer**L)),
        domain=TIED_LAYERS,
        assumes=(*SETTING, "all layers share one matrix"),
        derived_in="deep: tied",
        checks=(*EXACT, Ode(measure=measured.tied_speed, box=LAYERS)),
    ),
    Claim(
        id="wp.F.3.tied.equal",
        says=TIED,
        reading="L separate layers that are equal at initialization, each in its own gradient flow",
        where="F.3",
        source="as printed",
        relation=Identity(equal_rate(), tied_rate(s_layer**L)),
        domain=TIED_LAYERS.where(L > 1),
        assumes=(*SETTING, "all Lam_l are equal at initialization"),
        checks=(*EXACT, Ode(measure=measured.equal_speed, box=LAYERS)),
        corrected_by="our.deep.equal",
    ),
    Claim(
        id="wp.F.3.tied.cases",
        says=TIED,
        reading="at L = 1 it is 2 eta (lam - M w), at L = 2 it is 8 eta w (lam - M w)",
        where="F.3",
        source="as printed",
        relation=Both(
            (
                Identity(2 * eta * (lam - mass() * w), tied_rate(w).xreplace({L: sp.S.One})),
                Identity(8 * eta * w * (lam - mass() * w), tied_rate(w).xreplace({L: sp.Integer(2)})),
            )
        ),
        domain=domain_of((w, lam, sigma, eta)).where(w > 0),
        assumes=SETTING,
        derived_in="deep: tied",
        checks=EXACT,
    ),
    Claim(
        id="wp.F.3.hyper",
        says=HYPER,
        reading=(
            "F is the value of 2F1(1, 2/L - 1; 2/L; x) at x = v/w*, which obeys x F' = b (1/(1 - x) - F), b = 2/L - 1; "
            "then the derivative in v of the bracket is v^{2/L-2}/(lam - M v), for L != 2 and v < w*"
        ),
        where="F.3",
        source="as printed",
        relation=Identity(
            v ** (2 / L - 2) / pull(v),
            sp.Derivative(power_time(sp.S.One), v) * F + power_time(sp.S.One) * hyper_slope(2 / L - 1) * mass() / lam,
        ),
        domain=PASSED.joined(domain_of((L, F))).where(sp.Ne(L, 2)),
        assumes=SETTING,
        derived_in="deep: tied",
        checks=EXACT,
    ),
    Claim(
        id="wp.F.3.inf.limit",
        says=INFINITE,
        reading="the limit of the equation for L to infinity at fixed eta' = eta L^2",
        where="F.3",
        source="as printed",
        relation=LimitIs(expr=tied_rate(w, factor=sp.S.One), var=L, point=sp.oo, value=infinite_rate(w)),
        domain=DEEP,
        assumes=SETTING,
        derived_in="deep: infinite depth",
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.F.3.inf.solution",
        says=INFINITE,
        reading="the bracket is a primitive of 1/(v^2 (lam - M v)), below and above w*",
        where="F.3",
        source="as printed",
        relation=Both(
            (
                Within(Antiderivative(primitive=infinite_time(v), integrand=1 / (v**2 * pull(v)), var=v), PASSED),
                Within(
                    Antiderivative(
                        primitive=-1 / (lam * v) + mass() / lam**2 * sp.log(v / (v - lam / mass())),
                        integrand=1 / (v**2 * pull(v)),
                        var=v,
                    ),
                    EXCEEDED,
                ),
            )
        ),
        domain=PASSED,
        assumes=SETTING,
        derived_in="deep: implicit time",
        checks=EXACT,
    ),
    Claim(
        id="wp.F.3.residual",
        says=RESIDUAL,
        reading="the layer is 1 + s, the same in all layers, s in gradient flow of the mode's loss at (1 + s)^L",
        where="F.3.1",
        source="as printed",
        relation=Identity(
            -eta * sp.Derivative((1 + s_layer) ** L, s_layer) * sp.Derivative(mode_loss((1 + s_layer) ** L), s_layer),
            tied_rate((1 + s_layer) ** L),
        ),
        domain=LIFTED,
        assumes=(
            *SETTING,
            "residual connection at each layer",
            "homogeneous initialisation, all layers share one matrix",
        ),
        derived_in="deep: tied",
        checks=(*EXACT, Ode(measure=measured.residual_speed, box=SHIFTED)),
    ),
)
