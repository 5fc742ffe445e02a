"""Proof of theorem 4.3, first phase: inner products and angles of consecutive bases, eqs. (18) to (22)."""

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
from theory.relation import Identity, Inequality, LimitIs, MatrixIdentity, Relation
from theory.symbols import symbols
from theory.two_layer import narrowed
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
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


CLAIMS = (
    Claim(
        id="wdmg.eq18",
        says="P_T = U_0 Pi_{t=0}^{T-1} (U_t^T U_{t+1}) U_T^T",
        reading="by induction: if the chain up to t is U_0 M U_t^T, that up to t + 1 is U_0 (M U_t^T U_{t+1}) U_{t+1}^T",
        where="eq. (18)",
        source="as printed",
        relation=product(U_0 * (M * U_t.T * U_next) * U_next.T),
        domain=domain_of((gamma,)),
        derived_in="projection chain: product",
        checks=EXACT,
        slips=(product(U_0 * M * (U_next.T * U_t) * U_next.T), product(U_0 * M * (U_t.T * U_next) * U_t.T)),
    ),
    law(
        "wdmg.eq19.leading",
        EQ19,
        "to leading order: (1 - <u_i^t, u_i>)/s tends to gamma/lam_i^2 as the noise variance s tends to 0",
        "eq. (19)",
        cosine_drop(gamma / lam_sq),
        LIVE,
        "our.chain.cosine",
    ),
    Claim(
        id="wdmg.eq19.ten_percent",
        says=EQ19,
        reading="as a value: 1 - gamma s/lam_i^2, which is cos^2 theta, is within 10 % of cos theta where cos theta >= 9/10, "
        "although 1 - cos theta is off by the factor 2",
        where="eq. (19)",
        source="as printed",
        relation=close_to_cosine(sp.Rational(9, 10)),
        domain=Domain(((x, Range(sp.Rational(9, 10), ONE)),)),
        assumes=("eq. (15) to leading order",),
        checks=EXACT,
        slips=tuple(close_to_cosine(sp.Rational(part, 100)) for part in (91, 99, 110)),
        formula=False,
    ),
    Claim(
        id="wdmg.eq19.implied",
        says=EQ19,
        reading="eq. (15) alone gives it, E sin theta = p implies E cos theta = 1 - p^2, whatever the law of theta: here "
        "theta is pi/2 with probability p and 0 otherwise",
        where="eq. (19)",
        source="as printed",
        relation=Identity(1 - share, 1 - share**2),
        domain=SPLIT,
        checks=EXACT,
        corrected_by="our.chain.mean_cosine",
        formula=False,
    ),
    *(
        law(
            f"wdmg.dtheta.{model}",
            DTHETA,
            f"{noise}: <u^t, u^{{t+1}}> = cos(theta_{{t+1}} - theta_t) for all levels below threshold",
            PROOF,
            Identity(consecutive(model), cosine_of_difference()),
            STARTED,
            f"our.chain.angle.{model}",
        )
        for model, noise in NOISE.items()
    ),
    *(
        law(
            f"wdmg.dtheta.{model}.small",
            DTHETA,
            f"{noise}, to leading order as all noise variances are scaled down: {DIFFERENCE}",
            PROOF,
            deficit(consecutive(model), gamma * (sp.sqrt(s_b) - sp.sqrt(s_a)) ** 2 / (2 * lam_sq)),
            narrowed(SHRINKING, s_a=POSITIVE),
            f"our.chain.angle.{model}",
        )
        for model, noise in list(NOISE.items())[:2]
    ),
    Claim(
        id="wdmg.dtheta.shared.small",
        says=DTHETA,
        reading=f"{NOISE['shared']}, to leading order as all noise variances are scaled down: {DIFFERENCE}",
        where=PROOF,
        source="as printed",
        relation=deficit(consecutive("shared"), gamma * (sp.sqrt(s_b) - sp.sqrt(s_a)) ** 2 / (2 * lam_sq)),
        domain=SHARED,
        assumes=(LARGE,),
        checks=(KERNEL,),
    ),
    law(
        "wdmg.eq20.angle",
        EQ20,
        "first equality: the angle is arccos(1 - x), x = sbar^2 d/(lam^2 n), where eq. (15) says that its sine is sqrt(x): "
        "1 - x = sqrt(1 - x)",
        "eq. (20)",
        Identity(1 - x, sp.sqrt(1 - x)),
        SMALL,
        "our.chain.cosine",
    ),
    law(
        "wdmg.eq20.approx",
        EQ20,
        "the approximation, to leading order: arccos(1 - x) falls like -x, so that the ratio of the slopes, sqrt(x (2 - "
        "x)), tends to 1 as x tends to 0",
        "eq. (20)",
        LimitIs(expr=sp.sqrt(x * (2 - x)), var=x, point=ZERO, value=ONE),
        SMALL,
        "our.chain.arccos",
    ),
    Claim(
        id="wdmg.eq20.last",
        says=EQ20,
        reading="last equality: sbar_{t+1}^2 = sbar_t^2 + sigma_{t+1}^2",
        where="eq. (20)",
        source="as printed",
        relation=Identity(gamma / lam_sq * ((s_bar + sig_next**2) - s_bar), sig_next**2 * gamma / lam_sq),
        domain=domain_of((gamma, lam_sq, s_bar, sig_next)),
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq20.arccos.zero",
        says="arccos theta ~ pi/2 - theta",
        reading="near theta = 0: the slope -1/sqrt(1 - theta^2) of arccos tends to -1",
        where=PROOF,
        source="as printed",
        relation=LimitIs(expr=-1 / sp.sqrt(1 - x**2), var=x, point=ZERO, value=-ONE),
        domain=SMALL,
        checks=(KERNEL,),
        formula=False,
        slips=tuple(
            LimitIs(expr=-1 / sp.sqrt(1 - x**2), var=x, point=ZERO, value=value) for value in (ZERO, ONE, -2 * ONE)
        ),
    ),
    Claim(
        id="wdmg.eq20.arccos.used",
        says="since arccos theta ~ pi/2 - theta",
        reading="where eq. (20) uses it, theta = 1 - x with 0 < x <= 1/10: the slopes 1/sqrt(x (2 - x)) and 1 agree to 10 %",
        where=PROOF,
        source="as printed",
        relation=Inequality(1 / sp.sqrt(x * (2 - x)), "<=", sp.Rational(11, 10)),
        domain=SMALL,
        checks=EXACT,
        corrected_by="our.chain.arccos",
        formula=False,
    ),
    *(
        law(
            f"wdmg.eq21.{model}",
            EQ21,
            f"{noise}, to leading order as all noise variances are scaled down by eps: 1 - cos is of order eps^2, so that "
            "(1 - <u^t, u^{t+1}>)/eps tends to 0",
            "eq. (21)",
            deficit(consecutive(model), ZERO),
            SHRINKING,
            "our.chain.gain.small_noise",
        )
        for model, noise in NOISE.items()
    ),
    Claim(
        id="wdmg.eq22.mean",
        says="E<u_i^t, u_j^{t+1}> ~ E<u_i^t, u_j^t> = 0, which holds for t <= tau_{r-1} by Assumption 4.2",
        reading="the reflection O at u_i leaves the law of the noise and X_0 (with one at v_i) as they are and turns u_i^t "
        "into -O u_i^t, u_j^{t+1} into O u_j^{t+1}: the scalar product changes its sign, so that its mean is 0 at all t",
        where="eq. (22)",
        source="as printed",
        relation=reflected(-v.T * w),
        domain=domain_of((gamma,)),
        assumes=("i != j", "the law of the noise is invariant under rotations, one for all steps"),
        checks=EXACT,
        slips=(reflected(v.T * w), reflected(-v.T * reflection * w), reflected(-w.T * u)),
    ),
    Claim(
        id="wdmg.increment.algebra",
        says=INCREMENT,
        reading="if eq. (19) as printed is taken for an equality",
        where=PROOF,
        source="as printed",
        relation=Identity(
            (1 - gamma * s_bar / lam_sq) - (1 - gamma * (s_bar + sig_next**2) / lam_sq), sig_next**2 * gamma / lam_sq
        ),
        domain=domain_of((gamma, lam_sq, s_bar, sig_next)),
        checks=EXACT,
    ),
    Claim(
        id="wdmg.increment.limit",
        says=INCREMENT,
        reading="sigma_{t+1} = 1/T: the increment tends to 0 as T tends to infinity",
        where=PROOF,
        source="as printed",
        relation=LimitIs(expr=gamma / (lam_sq * T**2), var=T, point=sp.oo, value=ZERO),
        domain=domain_of((gamma, lam_sq, T)),
        checks=(KERNEL,),
        formula=False,
        slips=tuple(
            LimitIs(expr=gamma / (lam_sq * T**2), var=T, point=sp.oo, value=value) for value in (ONE, gamma / lam_sq)
        ),
    ),
    law(
        "wdmg.increment.law",
        INCREMENT,
        "to leading order in the noise variances, scaled down by eps: <u_i^t - u_i^{t+1}, u>/eps tends to gamma (s_{t+1} - "
        "s_t)/lam^2",
        PROOF,
        LimitIs(
            expr=scaled(sp.sqrt(C(s_a, lam_sq)) - sp.sqrt(C(s_b, lam_sq))) / eps,
            var=eps,
            point=ZERO,
            value=gamma * (s_b - s_a) / lam_sq,
        ),
        SHRINKING,
        "our.chain.cosine",
    ),
    *(
        law(
            f"wdmg.coplanar.{model}",
            PLANE,
            f"{noise}: the Gram determinant of u, u^t, u^{{t+1}} is 0",
            PROOF,
            Identity(gram(model), ZERO),
            STARTED,
            f"our.chain.plane.{model}",
        )
        for model, noise in NOISE.items()
    ),
    Claim(
        id="wdmg.coplanar.shared.small",
        says=PLANE,
        reading=f"{NOISE['shared']}: as all noise variances are scaled down by eps, the Gram determinant over eps^2 tends "
        "to 0, while with other noise it does not",
        where=PROOF,
        source="as printed",
        relation=LimitIs(expr=scaled(gram("shared")) / eps**2, var=eps, point=ZERO, value=ZERO),
        domain=SHARED,
        assumes=(LARGE,),
        checks=(KERNEL,),
        slips=tuple(
            LimitIs(expr=scaled(gram(model)) / eps**2, var=eps, point=ZERO, value=ZERO)
            for model in ("fresh", "accumulated")
        ),
        formula=False,
    ),
    law(
        "wdmg.fig4",
        "Schematic illustration of the basis perturbation, per index. The evolution of this product over time is depicted "
        "in Figure 4",
        "the figure shows all u_i^t of one index in one plane, ever further from u_i; with fresh noise: three of them have "
        "the Gram determinant 0",
        "figure 4",
        Identity(gram("fresh"), ZERO),
        STARTED,
        "our.chain.plane.fresh",
    ),
)
