"""Section 5: nonlinear denoisers and their Jacobians."""

import sympy as sp

from numerics.jacobian_scenes import relu_network
from theory.domain import domain_of
from theory.gaussian import ATOMS as TWO_ATOMS
from theory.gaussian import posterior_mean
from theory.gaussian import x as coordinate
from theory.jacobian import (
    ANYWHERE,
    PLANE,
    J,
    Lam,
    V,
    W,
    a_1,
    a_2,
    affine,
    applied,
    b_1,
    b_2,
    covariance,
    d,
    p,
    q,
    slope,
    v,
    x,
    x_1,
    x_2,
)
from theory.matrices import Grad, Orthogonal, Orthonormal, Rule, inner, norm2
from theory.relation import Both, Identity, Inequality, MatrixIdentity, Monotone
from theory.shrinkage import MODE, gain, lam2, s
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

(sigma,) = symbols("sigma")
LOCAL = (
    'its input-output mapping can be locally expressed via the network Jacobian, by "D(x_t) = grad D(x_t) x_t = '
    'V_t Lam_t V_t^T x_t"'
)
SYMMETRIC = (
    "For simplicity, we assume that the Jacobian is symmetric and non-negative (which is approximately true [cite])."
)
DEPENDS = "Note that in this case, the denoising base depends on the input image (and noise level)."
LINEAR = (
    "In the linear case described above, the optimal denoiser is given by the PCA projection onto the clean(er) data. "
    "These denoisers are computed with the training data, and their principal components do not depend on the input in "
    "the reverse process."
)
ZERO, HALF = sp.S.Zero, sp.Rational(1, 2)
P, D = sp.MatrixSymbol("P", d, d), sp.MatrixSymbol("D", d, 1)
v_t, v_0 = sp.MatrixSymbol("v_t", d, 1), sp.MatrixSymbol("v_0", d, 1)
TRIANGLE = {a_1: sp.S.One, a_2: ZERO, b_1: ZERO, b_2: sp.S.One, p: sp.S.One, q: sp.S.One}
AT_TRIANGLE = domain_of((x_1, x_2, sigma))


def as_jacobian(image: sp.MatrixExpr) -> MatrixIdentity:
    """Return that v^T J(x) x = v^T D(x) for every v, x -> `image` being D and J its Jacobian."""
    return MatrixIdentity(applied(image), inner(v, image))


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
        id="wdmg.sec5-linear.optimal",
        says=LINEAR,
        reading="the linear denoiser of least squared error multiplies every component of the data by 1, at every noise "
        "variance s > 0; it multiplies by lam^2/(lam^2 + s)",
        where="section 5",
        source="as printed",
        relation=Identity(gain(lam2, s), sp.S.One),
        domain=MODE,
        checks=EXACT,
        corrected_by="our.denoiser.optimal",
        formula=False,
    ),
    Claim(
        id="wdmg.sec5-linear.basis",
        says=LINEAR,
        reading="the Jacobian of x -> P x is P at every x, so that its eigenvectors do not depend on the input",
        where="section 5",
        source="as printed",
        relation=MatrixIdentity(Grad(inner(v, P * x), x), P.T * v),
        domain=ANYWHERE,
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq27.linear",
        says=LOCAL,
        reading="D(x) = J(x) x for linear denoisers W x",
        where="eq. (27)",
        source="as printed",
        relation=as_jacobian(W * x),
        domain=ANYWHERE,
        checks=EXACT,
        slips=(
            as_jacobian(affine()),
            MatrixIdentity(applied(W * x), inner(v, W.T * x)),
            MatrixIdentity(applied(W * x), inner(v, x)),
        ),
        formula=False,
    ),
    Claim(
        id="wdmg.eq27.mean",
        says=LOCAL,
        reading="D(x) = J(x) x for the optimal linear denoiser mu + W (x - mu) of data with a mean",
        where="eq. (27)",
        source="as printed",
        relation=as_jacobian(affine()),
        domain=ANYWHERE,
        checks=EXACT,
        corrected_by="our.jacobian.affine",
        formula=False,
    ),
    Claim(
        id="wdmg.eq27.posterior",
        says=LOCAL,
        reading="D(x) = x D'(x) for the posterior mean of data with two possible values",
        where="eq. (27)",
        source="as printed",
        relation=Identity(posterior_mean(), coordinate * sp.Derivative(posterior_mean(), coordinate)),
        domain=TWO_ATOMS,
        checks=EXACT,
        corrected_by="our.jacobian.homogeneous",
        formula=False,
    ),
    Claim(
        id="wdmg.eq27.relu",
        says=LOCAL,
        reading="D(x) = J(x) x for networks of linear maps and ReLUs without biases, J by automatic differentiation",
        where="eq. (27)",
        source="as printed",
        relation=MatrixIdentity(D, J * x),
        domain=ANYWHERE,
        derived_in="jacobian: along a ray",
        checks=(Matrices(scene=relu_network),),
        slips=(MatrixIdentity(D, J.T * x), MatrixIdentity(D, J * J * x), MatrixIdentity(D, x)),
        formula=False,
    ),
    Claim(
        id="wdmg.eq27.eigen",
        says=LOCAL + '; "where V_t Lam_t V_t^T denotes the eigen decomposition of the Jacobian calculated at x_t"',
        reading="J = V Lam V^T if the columns of an orthogonal V are eigenvectors of J; a real symmetric J has such a V",
        where="eq. (27)",
        source="as printed",
        relation=MatrixIdentity(J, V * Lam * V.T, (Rule(J, V * Lam * V.T), Orthogonal(V))),
        domain=ANYWHERE,
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq27.eigen.any",
        says=LOCAL + '; "where V_t Lam_t V_t^T denotes the eigen decomposition of the Jacobian calculated at x_t"',
        reading="J = V Lam V^T for every linear denoiser x -> J x, so that J = J^T",
        where="eq. (27)",
        source="as printed",
        relation=MatrixIdentity(J, J.T),
        domain=ANYWHERE,
        checks=EXACT,
        corrected_by="our.jacobian.posterior",
        formula=False,
    ),
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
