"""The measurements that section 4.3, appendix C.5 and appendix D.3 share."""

import sympy as sp

from numerics import one_layer
from numerics.one_layer import optimal
from theory.one_layer import sigma0, sigmaT
from theory.relation import Relation
from theory.symbols import symbols
from verify.checks.ode import Ode, box
from verify.ledger.lanes import SAMPLED

(x,) = symbols("x")
BEST = box(lam=("0.05", "3.0"), sigma0=("0.01", "0.1"), sigmaT=("5.0", "20.0"))
BEST_WITH_MEAN = (*BEST, ("mu", "-2.0", "2.0"))
UNTRAINED = tuple(("tau", "0", "0") if name == "tau" else (name, low, high) for name, low, high in SAMPLED)


def squared(relation: Relation) -> sp.Expr:
    """Return the variance that a transition factor makes of the initial noise."""
    return sigmaT**2 * relation.formula**2


def from_origin(relation: Relation) -> sp.Expr:
    """Return the mean: what becomes of the centre of the initial noise."""
    return relation.formula.xreplace({x: sp.S.Zero})


def from_primitive(relation: Relation) -> sp.Expr:
    """Return the variance that a primitive ln Phi of (1 - psi)/sigma gives."""
    (sigma,) = symbols("sigma")
    at = [relation.formula.xreplace({sigma: level}) for level in (sigma0, sigmaT)]
    return sigmaT**2 * sp.exp(2 * at[0] - 2 * at[1])


ODE_TRANSITION = Ode(measure=one_layer.variance, box=SAMPLED, formula=squared)
ODE_PRIMITIVE = Ode(measure=one_layer.variance, box=SAMPLED, formula=from_primitive)
ODE_START = Ode(measure=one_layer.variance, box=UNTRAINED)
ODE_BEST = Ode(measure=optimal.optimal_variance, box=BEST)
ODE_BEST_PRIMITIVE = Ode(measure=optimal.optimal_variance, box=BEST, formula=from_primitive)
ODE_BEST_MEAN = Ode(measure=optimal.optimal_mean, box=BEST_WITH_MEAN, formula=from_origin)
