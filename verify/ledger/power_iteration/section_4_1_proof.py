"""Proof of theorem 4.3: the product formula and the cosines of the noisy components, eqs. (18) and (19)."""

import sympy as sp

from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.projection_chain import (
    U_0,
    M,
    U_next,
    U_t,
    gamma,
    lam_sq,
    s_a,
    s_b,
)
from theory.relation import Identity
from theory.two_layer import narrowed
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.power_iteration.section_4_1 import LARGE
from verify.ledger.power_iteration.shared_bases import (
    DIFFERENCE,
    DTHETA,
    EQ19,
    LIVE,
    NOISE,
    ONE,
    PROOF,
    SHARED,
    SHRINKING,
    SPLIT,
    STARTED,
    close_to_cosine,
    consecutive,
    cosine_drop,
    cosine_of_difference,
    deficit,
    law,
    product,
    share,
    x,
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
)
