"""Which denoisers are their Jacobian times their input, and what the Jacobian of a posterior mean is."""

import sympy as sp

from numerics.scenes.jacobians import posterior
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.jacobian import (
    ANYWHERE,
    D_1,
    PLANE,
    RAY,
    D_ray,
    W,
    a_1,
    a_2,
    affine,
    applied,
    covariance,
    d,
    m,
    p,
    q,
    ray,
    slope,
    unit,
    v,
    x_1,
    x_2,
)
from theory.matrices import inner
from theory.relation import Both, Identity, MatrixIdentity, Solves, Within
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

sigma, t = symbols("sigma y")
CORRECTS = "corrects section 5 of the power-iteration paper"
J, C = sp.MatrixSymbol("J", d, d), sp.MatrixSymbol("C", d, d)
ENTRIES = ((0, 0), (0, 1), (1, 0), (1, 1))
SIDES = tuple(Domain(((ray, POSITIVE), (t, half))) for half in (Range(sp.S.Zero), Range(-sp.oo, sp.S.Zero)))
PAIR = {q: sp.S.Zero}


def relu(t: sp.Expr) -> sp.Expr:
    """Return max(t, 0)."""
    return (t + sp.Abs(t)) / 2


CLAIMS = (
    Claim(
        id="our.jacobian.homogeneous",
        says="D(x) = J(x) x for all x if and only if D(c x) = c D(x) for all c > 0",
        reading="along a ray f(c) = D(c x) has c f' = J(c x) c x, so that D = J x there reads f' = f/c, whose only "
        "solution with f(1) = D(x) is c D(x)",
        where=CORRECTS,
        source="ours",
        relation=Solves(solution=ray * D_1, var=ray, unknown=D_ray, rate=D_ray / ray, at=sp.S.One, start=D_1),
        domain=RAY,
        assumes=("D is differentiable along the ray",),
        derived_in="jacobian: along a ray",
        checks=EXACT,
    ),
    Claim(
        id="our.jacobian.relu",
        says="networks of linear maps and ReLUs without biases satisfy it: max(c t, 0) = c max(t, 0) for c > 0, and so, "
        "layer by layer, D(c x) = c D(x)",
        where=CORRECTS,
        source="ours",
        relation=Both(tuple(Within(Identity(relu(ray * t), ray * relu(t)), side) for side in SIDES)),
        domain=domain_of((ray, t)),
        derived_in="jacobian: along a ray",
        checks=EXACT,
    ),
    Claim(
        id="our.jacobian.affine",
        says="the optimal linear denoiser of data with mean mu is D(x) = J x + (I - J) mu, J = W",
        where=CORRECTS,
        source="ours",
        relation=MatrixIdentity(applied(affine()), inner(v, affine()) - inner(v, (unit - W) * m)),
        domain=ANYWHERE,
        derived_in="jacobian: affine",
        checks=EXACT,
    ),
    Claim(
        id="our.jacobian.posterior",
        says="the Jacobian of the posterior mean E[x_0 | x] is the posterior covariance over sigma^2: symmetric and "
        "positive semidefinite",
        where=CORRECTS,
        source="ours",
        relation=Both(tuple(Identity(slope(i, j), covariance(i, j) / sigma**2) for i, j in ENTRIES)),
        domain=PLANE,
        assumes=("data with atoms at 0, a and b in the plane, of any weights",),
        derived_in="jacobian: posterior",
        checks=EXACT,
    ),
    Claim(
        id="our.jacobian.posterior.atoms",
        says="the same for any number of atoms in any dimension: J = C/sigma^2",
        where=CORRECTS,
        source="ours",
        relation=MatrixIdentity(J, C / sigma**2),
        domain=domain_of((sigma,)),
        derived_in="jacobian: posterior",
        checks=(Matrices(scene=posterior),),
        slips=(
            MatrixIdentity(J, C / sigma),
            MatrixIdentity(J, C / (2 * sigma**2)),
            MatrixIdentity(J, C * C / sigma**4),
        ),
        formula=False,
    ),
    Claim(
        id="our.jacobian.pair",
        says="for data with two atoms the Jacobian of the posterior mean has one and the same basis at all inputs and noise "
        "levels: its image is along the difference a of the atoms",
        where=CORRECTS,
        source="ours",
        relation=Both(
            (
                Identity((slope(0, 0) * a_2).xreplace(PAIR), (slope(0, 1) * a_1).xreplace(PAIR)),
                Identity((slope(1, 0) * a_2).xreplace(PAIR), (slope(1, 1) * a_1).xreplace(PAIR)),
            )
        ),
        domain=domain_of((x_1, x_2, a_1, a_2, p, sigma)),
        derived_in="jacobian: posterior",
        checks=(KERNEL,),
    ),
)
