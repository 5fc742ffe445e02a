"""Section 5: the Jacobian of a denoiser, its symmetry, and the basis it gives."""

import sympy as sp

from theory.domain import domain_of
from theory.jacobian import (
    ANYWHERE,
    PLANE,
    a_1,
    a_2,
    b_1,
    b_2,
    covariance,
    d,
    p,
    q,
    slope,
    x_1,
    x_2,
)
from theory.matrices import Orthonormal, inner, norm2
from theory.relation import Both, Identity, Inequality, MatrixIdentity, Monotone
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

(sigma,) = symbols("sigma")
SYMMETRIC = (
    "For simplicity, we assume that the Jacobian is symmetric and non-negative (which is approximately true [cite])."
)
DEPENDS = "Note that in this case, the denoising base depends on the input image (and noise level)."
ZERO, HALF = sp.S.Zero, sp.Rational(1, 2)
v_t, v_0 = sp.MatrixSymbol("v_t", d, 1), sp.MatrixSymbol("v_0", d, 1)
TRIANGLE = {a_1: sp.S.One, a_2: ZERO, b_1: ZERO, b_2: sp.S.One, p: sp.S.One, q: sp.S.One}
AT_TRIANGLE = domain_of((x_1, x_2, sigma))


def spread() -> sp.Expr:
    """Return J_11 - J_22, which with J_12 gives the axes of J: tan(2 angle) = 2 J_12/(J_11 - J_22)."""
    return (covariance(0, 0) - covariance(1, 1)) / sigma**2


def triangle(expr: sp.Expr) -> sp.Expr:
    """Return `expr` for equally likely atoms at (0, 0), (1, 0) and (0, 1)."""
    return expr.xreplace(TRIANGLE)


def axes(x: sp.Expr) -> sp.Expr:
    """Return exp((1 - 2 x)/(2 sigma^2)), which a coordinate adds to (J_11 - J_22)/J_12 for that triangle of atoms."""
    return sp.exp((1 - 2 * x) / (2 * sigma**2))


def at_half(value: sp.Expr) -> Identity:
    """Return that (J_11 - J_22)/J_12 has the value at x_2 = 1/2, for that triangle of atoms."""
    return Identity(triangle(spread() / (covariance(0, 1) / sigma**2)).xreplace({x_2: HALF}), value)


def determinant() -> sp.Expr:
    """Return the determinant of the posterior covariance."""
    return covariance(0, 0) * covariance(1, 1) - covariance(0, 1) ** 2


CLAIMS = (
    Claim(
        id="wdmg.27sym.symmetric",
        says=SYMMETRIC,
        reading="the Jacobian of the exact posterior mean E[x_0 | x] is symmetric",
        where="section 5",
        source="as printed",
        relation=Identity(slope(0, 1), slope(1, 0)),
        domain=PLANE,
        assumes=("data with atoms at 0, a and b in the plane, of any weights",),
        derived_in="jacobian: posterior",
        checks=EXACT,
        slips=(Identity(slope(0, 1), -slope(1, 0)), Identity(slope(0, 1), slope(0, 0)), Identity(slope(0, 1), ZERO)),
        formula=False,
    ),
    Claim(
        id="wdmg.27sym.nonnegative",
        says=SYMMETRIC,
        reading="the Jacobian of the exact posterior mean E[x_0 | x] has no negative eigenvalue: J_11 >= 0 and det J >= 0",
        where="section 5",
        source="as printed",
        relation=Both(
            (
                Inequality(covariance(0, 0) / sigma**2, ">=", ZERO),
                Inequality(determinant() / sigma**4, ">=", ZERO),
            )
        ),
        domain=PLANE,
        assumes=("data with atoms at 0, a and b in the plane, of any weights",),
        derived_in="jacobian: posterior",
        checks=(KERNEL,),
        slips=(
            Inequality(covariance(0, 0) / sigma**2, "<=", ZERO),
            Inequality(covariance(0, 1) / sigma**2, ">=", ZERO),
            Inequality(spread(), ">=", ZERO),
        ),
        formula=False,
    ),
    Claim(
        id="wdmg.27dep.input",
        says=DEPENDS,
        reading="with equally likely atoms at (0, 0), (1, 0) and (0, 1) the axes of the Jacobian of the posterior mean, "
        "given by (J_11 - J_22)/J_12, turn with the input",
        where="section 5",
        source="as printed",
        relation=Both(
            (
                Identity(triangle(spread() / (covariance(0, 1) / sigma**2)), axes(x_1) - axes(x_2)),
                Monotone(expr=axes(x_1) - axes(x_2), var=x_1, op="<"),
            )
        ),
        domain=AT_TRIANGLE,
        derived_in="jacobian: posterior",
        checks=(KERNEL,),
    ),
    Claim(
        id="wdmg.27dep.noise",
        says=DEPENDS,
        reading="for the same data, at x_2 = 1/2 and x_1 < 1/2, they turn with the noise level",
        where="section 5",
        source="as printed",
        relation=Both((at_half(axes(x_1) - 1), Monotone(expr=axes(x_1), var=sigma, op="<"))),
        domain=domain_of((x_1, sigma)).where(x_1 < HALF),
        derived_in="jacobian: posterior",
        checks=(KERNEL,),
        slips=(
            at_half(axes(x_1)),
            at_half(1 - axes(x_1)),
            at_half((1 - 2 * x_1) / 2),
            Monotone(expr=axes(x_1), var=sigma, op=">"),
        ),
        formula=False,
    ),
    Claim(
        id="wdmg.sinJ",
        says="We can then trace sin theta_J = sqrt(1 - <v_i^t, v_i^{t=0}>^2)",
        reading="the squared length of what is orthogonal to v^0 in v^t is |v^t|^2 - <v^t, v^0>^2, for a unit vector v^0; with "
        "|v^t| = 1 it is the squared sine of their angle",
        where="section 5",
        source="as printed",
        relation=MatrixIdentity(
            norm2(v_t - v_0 * v_0.T * v_t), norm2(v_t) - inner(v_t, v_0) ** 2, (Orthonormal((v_0,)),)
        ),
        domain=ANYWHERE,
        checks=EXACT,
    ),
)
