"""What the sections on the proof of theorem 4.3 share: consecutive bases, their scalar products and their angles."""

import sympy as sp

from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.matrices import Orthonormal
from theory.projection_chain import (
    NOISY,
    PAIRED,
    U_0,
    C,
    M,
    U_next,
    U_t,
    d,
    eps,
    gamma,
    kappa,
    lam_sq,
    s_a,
    s_b,
    s_bar,
)
from theory.relation import Inequality, LimitIs, MatrixIdentity, Relation
from theory.symbols import symbols
from theory.two_layer import narrowed
from verify.claim import Claim
from verify.ledger.lanes import KERNEL
from verify.ledger.power_iteration.section_4_1 import LARGE

x, sig_next, share, T = symbols("x_pos sig_next share T")
PROOF = "proof of theorem 4.3"
ZERO, ONE = sp.S.Zero, sp.S.One
COVARIANCE = {"fresh": ZERO, "accumulated": s_a, "shared": sp.sqrt(s_a * s_b)}
NOISE = {
    "fresh": "fresh noise at every step",
    "accumulated": "noise accumulated from step to step",
    "shared": "one draw, scaled, at all steps",
}
u, v, w = (sp.MatrixSymbol(name, d, 1) for name in ("u_i", "u_i^t", "u_j^{t+1}"))
reflection = sp.Identity(d) - 2 * u * u.T


def consecutive(model: str) -> sp.Expr:
    """Return <u_i^t, u_i^{t+1}> for levels s_a < s_b."""
    return kappa(s_a, s_b, COVARIANCE[model], lam_sq)


def cosine_of_difference() -> sp.Expr:
    """Return cos(theta_b - theta_a), the angles being those with the clean component."""
    A, B = C(s_a, lam_sq), C(s_b, lam_sq)
    return sp.sqrt(A * B) + sp.sqrt((1 - A) * (1 - B))


def scaled(expr: sp.Expr) -> sp.Expr:
    """Return `expr` with all noise variances multiplied by eps."""
    return expr.xreplace({s_a: eps * s_a, s_b: eps * s_b})


def deficit(expr: sp.Expr, value: sp.Expr) -> LimitIs:
    """Return that (1 - expr)/eps tends to `value` as all noise variances are scaled down by eps."""
    return LimitIs(expr=(1 - scaled(expr)) / eps, var=eps, point=ZERO, value=value)


def gram(model: str) -> sp.Expr:
    """Return the Gram determinant of u_i, u_i^t and u_i^{t+1}: 0 if and only if they lie in a plane."""
    a2, b2, ab = C(s_a, lam_sq), C(s_b, lam_sq), consecutive(model)
    return 1 + 2 * sp.sqrt(a2 * b2) * ab - a2 - b2 - ab**2


def product(rhs: sp.MatrixExpr) -> MatrixIdentity:
    """Return that U_0 M U_t^T, times the next projection, is `rhs`."""
    return MatrixIdentity((U_0 * M * U_t.T) * (U_next * U_next.T), rhs)


def cosine_drop(value: sp.Expr) -> LimitIs:
    """Return that (1 - sqrt(C(s)))/s tends to `value` as the noise variance s tends to 0."""
    return LimitIs(expr=(1 - sp.sqrt(C(s_bar, lam_sq))) / s_bar, var=s_bar, point=ZERO, value=value)


def close_to_cosine(part: sp.Expr) -> Inequality:
    """Return that cos^2 theta = 1 - x is at least a part of cos theta, which is x here."""
    return Inequality(x**2, ">=", part * x)


def reflected(rhs: sp.MatrixExpr) -> MatrixIdentity:
    """Return that the reflection at u_i, with the sign of u_i^t kept positive, turns the scalar product into `rhs`."""
    return MatrixIdentity((-reflection * v).T * (reflection * w), rhs, (Orthonormal((u,)),))


LIVE = narrowed(NOISY, s=POSITIVE)
RISING = PAIRED.where(s_a < s_b)
SHRINKING = domain_of((gamma, eps, s_a, s_b, lam_sq)).where(
    gamma * eps**2 * s_a**2 < lam_sq**2, gamma * eps**2 * s_b**2 < lam_sq**2, s_a < s_b
)
SHARED = narrowed(SHRINKING, s_a=POSITIVE).where(gamma * eps**2 * s_a * s_b < lam_sq**2)  # follows from the others
STARTED = narrowed(RISING, s_a=POSITIVE)
SMALL = Domain(((x, Range(ZERO, sp.Rational(1, 10), low_open=True)),))
SPLIT = Domain(((share, Range(ZERO, ONE)),))
EQ19 = "given 4.1, the expected inner product with u_i = u_i^{t=0} is E<u_i^t, u_i> ~ 1 - (sbar_t^2/lam_i^2)(d/n)"
EQ20 = (
    "Delta theta = arccos(1 - sbar_{t+1}^2 d/(lam^2 n)) - arccos(1 - sbar_t^2 d/(lam^2 n)) ~ d/(lam^2 n)(sbar_{t+1}^2 - "
    "sbar_t^2) = sigma_{t+1}^2 d/(lam^2 n)"
)
EQ21 = "the diagonal elements in U_t^T U_{t+1} are then given by E<u_i^t, u_i^{t+1}> ~ cos(sigma_{t+1}^2 d/(lam_i^2 n))"
DTHETA = (
    "the projection of u_{t+1} onto u_t, which is the cosine of the angle Delta theta = theta_{t+1} - theta_t, for small "
    "noise levels"
)
DIFFERENCE = "(1 - <u^t, u^{t+1}>)/eps tends to gamma (sbar_{t+1} - sbar_t)^2/(2 lam^2), as 1 - cos does"
INCREMENT = "in small angles, <u_i^t - u_i^{t+1}, u> = sigma_{t+1}^2 d/(lam^2 n) -> 0"
PLANE = "so the vectors u_i^t are co planar, as depicted in Figure 4"


def law(ident: str, says: str, reading: str, where: str, relation: Relation, domain: Domain, better: str) -> Claim:
    """Return a printed statement that the law of the overlaps contradicts, with the claim of ours that holds instead."""
    return Claim(
        id=ident,
        says=says,
        reading=reading,
        where=where,
        source="as printed",
        relation=relation,
        domain=domain,
        assumes=(LARGE,),
        checks=(KERNEL,),
        corrected_by=better,
        formula=False,
    )
