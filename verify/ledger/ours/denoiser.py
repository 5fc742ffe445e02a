"""Our theorems on one linear denoiser: the best of all."""

import sympy as sp

from numerics.scenes import denoisers as scenes
from theory import denoiser as theory
from theory.denoiser import (
    CENTRED,
    NOISY,
    SHIFTED,
    A,
    W,
    W_star,
    b,
    mean,
    unit,
    x0,
)
from theory.matrices import Expect, norm2
from theory.relation import MatrixIdentity, Stationary
from verify.checks.matrices import Matrices, point_of
from verify.claim import Claim
from verify.ledger.lanes import KERNEL

DATA = (
    "data x0 of mean 0 and covariance Sigma, x = x0 + eps, eps independent of x0 with mean 0 and covariance s I, s > 0"
)
affine_error = Expect(norm2(W * (x0 + theory.eps) + b - x0))


def least_at(W_opt: sp.MatrixExpr) -> Stationary:
    """Return that the error is stationary, and so least, at `W_opt`."""
    return Stationary(scalar=theory.error, letters=(W,), at=sp.Tuple(W_opt), given=CENTRED)


CLAIMS = (
    Claim(
        id="our.denoiser.optimal",
        says="the unique minimiser of E|x0 - W x|^2 over all matrices W is W* = Sigma (Sigma + s I)^-1",
        where="corrects the abstract of the power-iteration paper",
        source="ours",
        relation=least_at(W_star),
        domain=NOISY,
        assumes=(DATA,),
        derived_in="denoiser: completed square",
        checks=(KERNEL, Matrices(scene=scenes.minimiser, formula=point_of)),
        slips=(least_at(A), least_at(unit)),
    ),
    Claim(
        id="our.denoiser.optimal.error",
        says="E|x0 - W x|^2 = |(W - W*)(Sigma + s I)^(1/2)|^2 + s tr W*",
        where="new",
        source="ours",
        relation=MatrixIdentity(theory.error, theory.square(W - W_star) + theory.least_error, CENTRED),
        domain=NOISY,
        assumes=(DATA,),
        derived_in="denoiser: completed square",
        checks=(KERNEL, Matrices(scene=scenes.error)),
    ),
    Claim(
        id="our.denoiser.optimal.affine",
        says="for data of mean m the best affine map is m + W* (x - m)",
        where="new",
        source="ours",
        relation=Stationary(
            scalar=affine_error, letters=(W, b), at=sp.Tuple(W_star, (unit - W_star) * mean), given=SHIFTED
        ),
        domain=NOISY,
        assumes=(DATA.replace("mean 0 and covariance Sigma", "mean m and covariance Sigma"),),
        derived_in="denoiser: completed square",
        checks=(KERNEL, Matrices(scene=scenes.affine_minimiser, formula=point_of)),
    ),
)
