"""The measurements and the words that section 4.2 and appendix D.1 share."""

import sympy as sp

from numerics import one_layer as measured
from theory.one_layer import Q, eta, optimum, sigma
from theory.relation import Both, Inequality, Relation, Within
from theory.symbols import symbols
from verify.checks.ode import Ode, box
from verify.ledger.lanes import TRAINED

lam1, lam2, sigma1, sigma2 = symbols("lam1 lam2 sigma1 sigma2")
CENTRED = "zero-mean data, mu = 0"
CONTINUOUS = "full-batch gradient flow with learning rate eta"
DISCRETE = "full-batch gradient descent with learning rate eta"
FLOW = (CENTRED, CONTINUOUS)

BELOW = tuple((name, "-0.5", "0.01") if name == "Q" else (name, low, high) for name, low, high in TRAINED)
PAIR = box(
    lam1=("0.05", "3.0"),
    lam2=("0.05", "3.0"),
    sigma1=("0.1", "2.0"),
    sigma2=("0.1", "2.0"),
    Q=("-0.5", "0.01"),
    eta=("0.1", "1.0"),
    tau=("0.1", "0.5"),
)
FIXED = {"sigma1": ("0.7", "0.7"), "sigma2": ("0.7", "0.7")}
BURIED = {**FIXED, "lam1": ("0.0005", "0.0049"), "lam2": ("0.0005", "0.0049"), "Q": ("-0.5", "-0.1")}
ONE_LEVEL, BURIED_PAIR = (tuple((n, *ends.get(n, (low, high))) for n, low, high in PAIR) for ends in (FIXED, BURIED))
STEPS = box(lam=("0.05", "3.0"), sigma=("0.1", "2.0"), Q=("-0.5", "1.2"), eta=("0.01", "0.4"), n=("0", "12"))


def first(relation: Relation) -> Relation:
    """Return the first part of several, wherever it is made, or the relation itself."""
    while isinstance(relation, Both | Within):
        relation = relation.parts[0] if isinstance(relation, Both) else relation.relation
    return relation


def left(relation: Relation) -> sp.Expr:
    """Return the left-hand side of the first comparison."""
    comparison = first(relation)
    return comparison.lhs if isinstance(comparison, Inequality) else sp.nan


def inverse(relation: Relation) -> sp.Expr:
    """Return one over the formula: a ratio of rates as one of time scales."""
    return 1 / relation.formula


def at_one_level(relation: Relation) -> sp.Expr:
    """Return the ratio of time scales in a bound, at the noise level sigma1 of both modes."""
    return left(relation).xreplace({sigma: sigma1})


def squared_deviation(relation: Relation) -> sp.Expr:
    """Return what a relative squared deviation makes of the deviation at the start."""
    return relation.formula * (Q - optimum(sigma)) ** 2


ODE_BIAS = Ode(measure=measured.bias, box=box(b0=("-2.0", "2.0"), eta=("0.1", "1.0"), tau=("0.05", "2.0")))
ODE_OFF_AXIS = Ode(measure=measured.weight_off_axis, box=TRAINED)
ODE_DEVIATION = Ode(measure=measured.deviation, box=TRAINED)
ODE_RELATIVE = Ode(measure=measured.squared_deviation, box=TRAINED, formula=squared_deviation)
ODE_ABSOLUTE = Ode(measure=measured.squared_deviation, box=TRAINED)
ODE_FROM_ZERO = Ode(
    measure=measured.squared_deviation,
    box=tuple((name, "0", "0") if name == "Q" else (name, low, high) for name, low, high in TRAINED),
)
ODE_TIMESCALE = Ode(measure=measured.timescale, box=BELOW)
ODE_RATE_RATIO = Ode(measure=measured.timescale_ratio, box=PAIR, formula=inverse)
ODE_SPREAD = Ode(measure=measured.timescale_ratio, box=ONE_LEVEL, formula=at_one_level)
ODE_SPREAD_IS = Ode(measure=measured.timescale_ratio, box=BURIED_PAIR)
ODE_STEPS = Ode(measure=measured.gd_weight, box=STEPS)
ODE_BIAS_STEPS = Ode(measure=measured.gd_bias, box=box(b0=("-2.0", "2.0"), eta=("0.01", "1.2"), n=("0", "12")))


def time_constant(variance: sp.Expr) -> sp.Expr:
    """Return 1/(2 eta (lam + sigma^2)), the time in which a deviation falls by the factor e; Remark D.1."""
    return 1 / (2 * eta * (variance + sigma**2))


SPREAD = time_constant(lam1) / time_constant(lam2)
