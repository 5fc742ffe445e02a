"""The words and the steps that our statements on trained networks share."""

import sympy as sp

from theory.domain import domain_of
from theory.matrices import Grad
from theory.one_layer import eta, sigma

CENTRED = "zero-mean data, mu = 0"
DISCRETE = "full-batch gradient descent with learning rate eta"
ALIGNED = "aligned initialisation"
MODE = (CENTRED, ALIGNED, DISCRETE)
WHERE = "training in discrete time"
ANY_WEIGHT = "any weights, also those that share no eigenvector with the data"
STEPPED = domain_of((sigma, eta))


def descended(loss: sp.Expr, letter: sp.MatrixSymbol) -> sp.MatrixExpr:
    """Return a parameter after one step of gradient descent on the loss."""
    return letter - eta * Grad(loss, letter)
