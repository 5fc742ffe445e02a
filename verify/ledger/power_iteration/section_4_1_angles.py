"""Proof of theorem 4.3: angles of consecutive bases and the plane they lie in, eqs. (20) to (22)."""

import sympy as sp

from theory.domain import domain_of
from theory.projection_chain import (
    C,
    eps,
    gamma,
    lam_sq,
    s_a,
    s_b,
    s_bar,
)
from theory.relation import Identity, Inequality, LimitIs
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.power_iteration.section_4_1 import LARGE
from verify.ledger.power_iteration.shared_bases import (
    EQ20,
    EQ21,
    INCREMENT,
    NOISE,
    ONE,
    PLANE,
    PROOF,
    SHARED,
    SHRINKING,
    SMALL,
    STARTED,
    ZERO,
    T,
    consecutive,
    deficit,
    gram,
    law,
    reflected,
    reflection,
    scaled,
    sig_next,
    u,
    v,
    w,
    x,
)

CLAIMS = (
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
