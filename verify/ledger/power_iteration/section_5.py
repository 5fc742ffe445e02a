"""Section 5: a nonlinear denoiser as its Jacobian times its input, eq. (27)."""

import sympy as sp

from numerics.scenes.jacobians import relu_network
from theory.gaussian import ATOMS as TWO_ATOMS
from theory.gaussian import posterior_mean
from theory.gaussian import x as coordinate
from theory.jacobian import (
    ANYWHERE,
    J,
    Lam,
    V,
    W,
    affine,
    applied,
    d,
    v,
    x,
)
from theory.matrices import Grad, Orthogonal, Rule, inner
from theory.relation import Identity, MatrixIdentity
from theory.shrinkage import MODE, gain, lam2, s
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT

LOCAL = (
    'its input-output mapping can be locally expressed via the network Jacobian, by "D(x_t) = grad D(x_t) x_t = '
    'V_t Lam_t V_t^T x_t"'
)
LINEAR = (
    "In the linear case described above, the optimal denoiser is given by the PCA projection onto the clean(er) data. "
    "These denoisers are computed with the training data, and their principal components do not depend on the input in "
    "the reverse process."
)
P, D = sp.MatrixSymbol("P", d, d), sp.MatrixSymbol("D", d, 1)


def as_jacobian(image: sp.MatrixExpr) -> MatrixIdentity:
    """Return that v^T J(x) x = v^T D(x) for every v, x -> `image` being D and J its Jacobian."""
    return MatrixIdentity(applied(image), inner(v, image))


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
)
