"""One theorem for every objective: optimum, bias and least loss of a mixture of data and noise predicted from another."""

import sympy as sp

from numerics.scenes.objectives import LeastLoss, LossValue, Minimiser
from theory.matrices import Inv
from theory.objectives import ANY, a_X, a_Y, s_X, s_Y
from theory.regression import DATA, PSD, Sigma, W, b, mu, unit
from theory.relation import MatrixIdentity, Stationary
from verify.checks.matrices import Matrices, point_of
from verify.claim import Claim
from verify.ledger.lanes import KERNEL

MIXTURE = "X = a x0 + s z, Y = p x0 + q z with s > 0, data x0 and white noise z independent, linear predictor W X + b"
C = a_X**2 * Sigma + s_X**2 * unit
determinant = a_Y * s_X - a_X * s_Y
optimal = {W: ANY.optimal_W, b: ANY.optimal_b}

CLAIMS = (
    Claim(
        id="our.objective.loss",
        says="the loss of every objective is |(a W - p I) mu + b|^2 + Tr (a W - p I) Sigma (a W - p I)^T + |s W - q I|^2",
        where="all rows of Table 2 at once",
        source="ours",
        relation=MatrixIdentity(ANY.loss, ANY.moment_loss, DATA),
        domain=ANY.domain,
        assumes=(MIXTURE,),
        derived_in="objectives: two moments",
        checks=(KERNEL, Matrices(scene=LossValue("mixture"))),
    ),
    Claim(
        id="our.objective.optimum",
        says="the optimum of every objective is W* = (a p Sigma + s q I)(a^2 Sigma + s^2 I)^-1, "
        "b* = s (p s - a q)(a^2 Sigma + s^2 I)^-1 mu",
        where="all rows of Table 2 at once",
        source="ours",
        relation=Stationary(
            scalar=ANY.moment_loss,
            letters=(W, b),
            at=sp.Tuple((a_X * a_Y * Sigma + s_X * s_Y * unit) * Inv(C), s_X * determinant * Inv(C) * mu),
            given=(PSD,),
        ),
        domain=ANY.domain,
        assumes=(MIXTURE,),
        derived_in="objectives: optimum",
        checks=(KERNEL, Matrices(scene=Minimiser("mixture"), formula=point_of)),
    ),
    Claim(
        id="our.objective.minimum",
        says="the least loss of every objective is (p s - a q)^2 Tr Sigma (a^2 Sigma + s^2 I)^-1: input and target enter "
        "through the variance of the input and the determinant of the mixture alone",
        where="all rows of Table 2 at once",
        source="ours",
        relation=MatrixIdentity(ANY.moment_loss.xreplace(optimal), determinant**2 * sp.Trace(Sigma * Inv(C)), (PSD,)),
        domain=ANY.domain,
        assumes=(MIXTURE,),
        derived_in="objectives: completed square",
        checks=(KERNEL, Matrices(scene=LeastLoss("mixture"))),
    ),
)
