"""Proof of theorem 4.3: the factors c_i and the partial operators, eq. (23)."""

import sympy as sp

from theory.domain import POSITIVE, domain_of
from theory.projection_chain import (
    U_0,
    M,
    T,
    U_next,
    U_t,
    gamma,
    kappa,
    lam2_1,
    lam_sq,
    s_bar,
    step,
)
from theory.relation import Identity, Inequality, LimitIs
from theory.two_layer import narrowed
from verify.ledger.lanes import EXACT, PROPERTY
from verify.ledger.power_iteration.section_4_1 import FACTORS, FRESH, LARGE
from verify.ledger.power_iteration.shared_factors import (
    ANGLES,
    CONSTANT,
    DECAY,
    EQ23,
    ONE,
    UNIT,
    ZERO,
    D,
    c_0,
    c_1,
    claim,
    cosine,
    diagonal,
    halves,
    power_bound,
    x,
)

CLAIMS = (
    claim(
        id="wdmg.diag.value",
        says="U_t^T U_{t+1} form an approximately diagonal matrix with the fraction c_i = cos(sigma_{t+1}^2 d/(lam_i^2 n)) on "
        "the diagonal",
        reading="fresh noise, levels s and s' = s + sigma^2 with gamma s'/lam^2 <= 1/4, below threshold: the diagonal entry is at "
        "least 9/10 of cos x, x = gamma sigma^2/lam^2",
        relation=Inequality(
            kappa(s_bar, s_bar + x * lam_sq / gamma, ZERO, lam_sq), ">=", sp.Rational(9, 10) * sp.cos(x)
        ),
        domain=domain_of((gamma, s_bar, x, lam_sq)).where(
            gamma * s_bar + x * lam_sq <= lam_sq / 4, (gamma * s_bar + x * lam_sq) ** 2 < gamma * lam_sq**2
        ),
        assumes=(LARGE, FRESH),
        checks=(PROPERTY,),
        corrected_by="our.chain.gain.small_noise",
    ),
    claim(
        id="wdmg.ci-order.small",
        says="c_i > c_j for i < j",
        reading="for angles sigma_{t+1}^2 d/(lam^2 n) up to pi, x = 2 arctan v: a larger lam has a smaller angle and a larger "
        "cosine, (1 - v^2)/(1 + v^2)",
        relation=halves(">"),
        domain=ANGLES,
        checks=EXACT,
        slips=(halves("<"), halves("<=")),
    ),
    claim(
        id="wdmg.ci-order.any",
        says="c_i > c_j for i < j",
        reading="for any noise of one step: cos x > cos 2 x, the angles x and 2 x having no bound",
        relation=Inequality(sp.cos(x), ">", sp.cos(2 * x)),
        domain=domain_of((x,)),
        checks=(PROPERTY,),
        corrected_by="our.chain.order",
    ),
    claim(
        id="wdmg.const.formula",
        says="we eliminate the dependence of c_i on t by choosing the constant schedule sigma_t = 1/T for all t",
        reading="the angle of eq. (21), gamma (s_{t+1} - s_t)/lam^2 with s_t = (t + 1)/T^2, is gamma/(lam^2 T^2) at every t",
        relation=Identity(gamma * ((step + 2) / T**2 - (step + 1) / T**2) / lam_sq, gamma / (lam_sq * T**2)),
        domain=domain_of((gamma, T, lam_sq, step)),
        checks=EXACT,
        formula=True,
    ),
    claim(
        id="wdmg.const.law",
        says="we eliminate the dependence of c_i on t by choosing the constant schedule sigma_t = 1/T for all t",
        reading="fresh noise: <u^t, u^{t+1}> of the levels s and s + 1/T^2 is that of the levels 0 and 1/T^2, at all s",
        relation=Identity(kappa(s_bar, s_bar + 1 / T**2, ZERO, lam_sq), kappa(ZERO, 1 / T**2, ZERO, lam_sq)),
        domain=domain_of((gamma, T, lam_sq, s_bar)).where(gamma * (s_bar + 1 / T**2) ** 2 < lam_sq**2),
        assumes=(LARGE, FRESH),
        checks=EXACT,
        corrected_by="our.chain.gain.fresh",
    ),
    claim(
        id="wdmg.schedule-free",
        says="many schedules can be used, as long as c_{i,t} > c_{j,t} remains correct",
        reading="whenever c_{i,t} > c_{j,t} for all t, the product of c_{j,t}/c_{i,t} tends to 0; here c_{i,t} = 1 and c_{j,t} = "
        "1 - 1/(t + 2)^2, whose product over t < T is (T + 2)/(2 (T + 1))",
        relation=LimitIs(expr=(T + 2) / (2 * (T + 1)), var=T, point=sp.oo, value=ZERO),
        domain=domain_of((T,)),
        corrected_by="our.chain.schedule.criterion",
    ),
    claim(
        id="wdmg.partial.mean",
        says="define the partial linear diffusion operator until time tau by E P_tau = prod_{t=0}^tau P_t",
        reading="the product of the random projections is its own mean: a unit vector (cos a, sin a) or (cos a, -sin a), each with "
        "probability 1/2, has the entry (0, 1) of its projection equal to the mean of that entry; v = tan(a/2)",
        relation=Identity(cosine(x) * 2 * x / (1 + x**2), (cosine(x) * 2 * x - cosine(x) * 2 * x) / (2 * (1 + x**2))),
        domain=domain_of((x,)),
        checks=EXACT,
        corrected_by="our.chain.symmetry.projection",
    ),
    claim(
        id="wdmg.eq23.product",
        says=EQ23,
        reading="first equality, by induction: if U_t^T U_{t+1} = D, one more projection takes U_0 M U_t^T into U_0 (M D) "
        "U_{t+1}^T",
        relation=diagonal(U_0 * M * D * U_next.T, U_next * U_next.T),
        domain=domain_of((gamma,)),
        where="eq. (23)",
        checks=EXACT,
        formula=True,
        assumes=("U_t^T U_{t+1} = D for every t", "no mean is taken"),
        slips=(diagonal(U_0 * D * M * U_next.T, U_next * U_next.T), diagonal(U_0 * M * D * U_t.T, U_next * U_next.T)),
    ),
    claim(
        id="wdmg.eq23.factor",
        says=EQ23,
        reading="second equality, entry by entry: c_1^tau = c_0^tau (c_1/c_0)^tau",
        relation=Identity(c_1**T, c_0**T * (c_1 / c_0) ** T),
        domain=narrowed(domain_of((c_0, c_1, T)), c_0=POSITIVE, c_1=POSITIVE),
        where="eq. (23)",
        checks=EXACT,
        formula=True,
    ),
    claim(
        id="wdmg.eq23.decay",
        says=DECAY,
        reading="for factors 0 < c < 1: c^(tau + 1) < c^tau",
        relation=Inequality(x ** (step + 1), "<", x**step),
        domain=UNIT,
        where="eq. (23)",
        checks=EXACT,
        slips=(Inequality(x ** (step + 1), ">", x**step), Inequality(x**step, "<", x ** (step + 1))),
    ),
    claim(
        id="wdmg.eq23.limit.constant",
        says=EQ23,
        reading="the limit, for factors c_1 < c_0 that do not depend on T: (c_1/c_0)^tau tends to 0",
        relation=CONSTANT,
        domain=FACTORS,
        where="eq. (23)",
        slips=(LimitIs(expr=(c_1 / c_0) ** step, var=step, point=sp.oo, value=ONE),),
    ),
    claim(
        id="wdmg.eq23.limit.schedule",
        says=EQ23,
        reading="the limit, for the c_i of the proof and sigma_t = 1/T: (c_1/c_0)^T tends to 0, and so does whatever is smaller; "
        "cos x >= 1 - x^2/2 and (1 - y)^T >= 1 - T y make 1 - gamma^2/(2 lam_1^4 T^3) smaller",
        relation=LimitIs(expr=power_bound(), var=T, point=sp.oo, value=ZERO),
        domain=domain_of((gamma, T, lam2_1)),
        where="eq. (23)",
        corrected_by="our.chain.printed_factors",
    ),
)
