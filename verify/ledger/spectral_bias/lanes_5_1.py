"""The measurements and the words that section 5.1 and appendices E and F share."""

import sympy as sp

from numerics import layers as measured
from theory.one_layer import optimum, sigma, sigma0, sigmaT, tau, y
from theory.relation import Relation, Solves
from theory.symbols import symbols
from theory.two_layer import rate
from verify.checks.ode import Ode, box

CENTRED = "zero-mean data, mu = 0"
ALIGNED = "aligned initialisation"
CONTINUOUS = "full-batch gradient flow with learning rate eta"
FLOW = (CENTRED, CONTINUOUS)
SETTING = (CENTRED, ALIGNED, CONTINUOUS)
Q, lam = symbols("Q lam")

TRAINED = box(lam=("0.1", "3.0"), sigma=("0.2", "1.5"), Q=("0.02", "1.2"), eta=("0.1", "1.0"), tau=("0.1", "1.0"))
SAMPLED = box(
    lam=("0.2", "2.0"),
    Q=("0.05", "1.1"),
    eta=("0.1", "0.5"),
    tau=("0.2", "1.0"),
    sigma0=("0.05", "0.1"),
    sigmaT=("1.0", "2.0"),
)
LAYERED = box(
    lam=("0.2", "2.0"), sigma=("0.3", "1.0"), Q=("0.1", "1.2"), eta=("0.1", "0.5"), tau=("0.2", "1.0"), L=("3", "5")
)
SPLIT = box(
    p0=("-1.2", "1.2"),
    q0=("-1.2", "1.2"),
    lam=("0.1", "2.0"),
    sigma=("0.3", "1.0"),
    eta=("0.2", "1.0"),
    tau=("0.2", "1.0"),
)


def squared(relation: Relation) -> sp.Expr:
    """Return the variance that a transition factor makes of the initial noise."""
    return sigmaT**2 * relation.formula**2


def from_primitive(relation: Relation) -> sp.Expr:
    """Return the variance that a primitive of (psi - 1)/sigma gives."""
    at = [relation.formula.xreplace({sigma: level}) for level in (sigma0, sigmaT)]
    return sigmaT**2 * sp.exp(2 * at[1] - 2 * at[0])


ODE_WEIGHT = Ode(measure=measured.weight, box=TRAINED)
ODE_VARIANCE = Ode(measure=measured.variance, box=SAMPLED, points=2)
ODE_TRANSITION = Ode(measure=measured.variance, box=SAMPLED, points=2, formula=squared)
ODE_PRIMITIVE = Ode(measure=measured.variance, box=SAMPLED, points=2, formula=from_primitive)
ODE_SCORE = Ode(measure=measured.score_error, box=TRAINED)
ODE_LOSS = Ode(measure=measured.loss, box=TRAINED)
ODE_UNTIED = Ode(measure=measured.untied_weight, box=SPLIT)


def logistic(solution: sp.Expr) -> Solves:
    """Return that `solution` is the weight of an aligned mode of P P^T in gradient flow from Q."""
    return Solves(solution=solution, var=tau, unknown=y, rate=rate(sigma), at=sp.S.Zero, start=Q)


def printed_weight(speed: sp.Expr) -> sp.Expr:
    """Return lam/(sigma^2 + lam) Q/((lam/(sigma^2 + lam) - Q) exp(-speed tau) + Q)."""
    return optimum(sigma) * (Q / ((optimum(sigma) - Q) * sp.exp(-speed * tau) + Q))
