"""Proof of theorem 4.3: the rate, the second phase and the conclusion, eq. (24)."""

import sympy as sp

from theory.domain import POSITIVE, Range, domain_of
from theory.projection_chain import (
    LAST,
    MODES,
    SEPARATE,
    TWO,
    U_0,
    C,
    M,
    T,
    U_next,
    gamma,
    kept,
    lam2_0,
    lam2_1,
    lam_sq,
    s_bar,
    step,
    variation,
)
from theory.relation import Both, Identity, Inequality, LimitIs, Within
from theory.spiked import RATIO, cosine_squared, ell, sine_squared
from theory.two_layer import narrowed
from verify.ledger.lanes import EXACT
from verify.ledger.power_iteration.section_4_1 import FACTORS, FRESH, LARGE
from verify.ledger.power_iteration.shared_factors import (
    CONSTANT,
    DAMPED,
    EQ24,
    ONE,
    SUFFICIENT,
    TAU,
    ZERO,
    D,
    c_0,
    c_1,
    claim,
    diagonal,
    e_0,
    e_1,
    eps,
    lam_i,
    lam_j,
    mirrored,
    power_bound,
    x,
    z,
)

CLAIMS = (
    claim(
        id="wdmg.rate.constant",
        says="similarly to power iteration, the convergence rate depends on the ratio c_1/c_0",
        reading="for factors that do not depend on T, one step divides the share of component 1 by (c_0/c_1)^2 > 1",
        relation=Both((Inequality(c_1**2 / c_0**2, "<", ONE), CONSTANT)),
        domain=FACTORS,
        slips=(Both((Inequality(c_1**2 / c_0**2, ">", ONE), CONSTANT)),),
    ),
    claim(
        id="wdmg.phases",
        says="this angle is tractable for small noise levels, so we divide our analysis to two parts: 0 <= t <= tau and tau "
        "<= t <= T",
        reading="sin^2 of the angle of a component over its leading order, gamma s/lam^2, tends to 1 with the noise, and at the "
        "threshold, gamma s^2 = lam^4, the component is lost: no leading order describes it there. Eqs. (19) to (23) use the "
        "first part only, eq. (24) and what follows the second",
        relation=Both(
            (
                LimitIs(expr=sine_squared() * ell / gamma, var=ell, point=sp.oo, value=ONE),
                Within(Identity(cosine_squared.xreplace({ell: sp.sqrt(gamma)}), ZERO), domain_of((gamma,))),
            )
        ),
        domain=RATIO,
        slips=(
            LimitIs(expr=sine_squared() * ell, var=ell, point=sp.oo, value=ONE),
            LimitIs(expr=sine_squared() * ell**2 / gamma, var=ell, point=sp.oo, value=ONE),
            Within(Identity(cosine_squared.xreplace({ell: gamma}), ZERO), domain_of((gamma,))),
        ),
    ),
    claim(
        id="wdmg.phase2",
        says="the convergence rate might not be fast enough for the process to converge while the small angles approximation "
        "still holds",
        reading="there are gamma, lam_1 and T with (c_1/c_0)^T > 1/2, sigma_t = 1/T",
        relation=Inequality(power_bound(), ">", sp.S.Half, some=True),
        domain=domain_of((gamma, T, lam2_1)),
        slips=(Inequality(power_bound(), ">", ONE, some=True),),
    ),
    claim(
        id="wdmg.tau-meaning.order",
        says=f"{TAU}; tau_i > tau_j for i < j",
        reading="the noise variance at which gamma s/lam^2 reaches a level x grows with lam, and s_t with t",
        relation=Both(
            (
                Inequality(x * lam_i**2 / gamma, ">", x * lam_j**2 / gamma),
                Within(Inequality((step + 2) / T**2, ">", (step + 1) / T**2), domain_of((T, step))),
            )
        ),
        domain=domain_of((gamma, x, lam_i, lam_j)).where(lam_j < lam_i),
        checks=EXACT,
        slips=(
            Both(
                (
                    Inequality(x * lam_i**2 / gamma, "<", x * lam_j**2 / gamma),
                    Within(Inequality((step + 2) / T**2, ">", (step + 1) / T**2), domain_of((T, step))),
                )
            ),
        ),
    ),
    claim(
        id="wdmg.tau-meaning.schedule",
        says=TAU,
        reading="sigma_t = 1/T: at the last step, whatever T, the angle of eq. (15) is not small, gamma sbar_T^2/lam_i^2 >= 1/10",
        relation=Inequality(gamma * LAST / lam_sq, ">=", sp.Rational(1, 10)),
        domain=domain_of((gamma, T, lam_sq)).where(T >= 1),
        checks=EXACT,
        corrected_by="our.chain.small_angles",
    ),
    claim(
        id="wdmg.leak.order",
        says="the spreading of the diagonal elements happens for high indices in lower values of t (less noise is needed to "
        "spread the correlation)",
        reading="fresh noise: at equal levels below threshold the diagonal entry C_i(s) of U_t^T U_{t+1} is smaller for the smaller "
        "eigenvalue",
        relation=Inequality(C(s_bar, lam2_1), "<", C(s_bar, lam2_0)),
        domain=narrowed(MODES, s=POSITIVE),
        assumes=(LARGE, FRESH),
        checks=EXACT,
        slips=(
            Inequality(C(s_bar, lam2_1), ">", C(s_bar, lam2_0)),
            Inequality(C(s_bar, lam2_0), "<", C(s_bar, lam2_1)),
        ),
    ),
    claim(
        id="wdmg.suff",
        says=SUFFICIENT,
        reading="accumulated noise: eq. (16) for two different indices holds at all t (wdmg.eq22.mean), and the variance of "
        "component 1 over that of component 0 tends to 0 with sigma_t = 1/T",
        relation=LimitIs(expr=C(LAST, lam2_1) / C(LAST, lam2_0), var=T, point=sp.oo, value=ZERO),
        domain=SEPARATE,
        assumes=(LARGE,),
        corrected_by="our.chain.collapse.accumulated",
    ),
    claim(
        id="wdmg.eq24",
        says=EQ24,
        reading="eq. (23), times U_{tau+1}: if the chain up to tau is U_0 M U_tau^T, then times U_{tau+1} it is U_0 M D, D = "
        "U_tau^T U_{tau+1}",
        relation=diagonal(U_0 * M * D, U_next),
        domain=domain_of((gamma,)),
        where="eq. (24)",
        checks=EXACT,
        formula=True,
        assumes=("no mean is taken",),
        slips=(diagonal(U_0 * D * M, U_next), diagonal(U_0 * M * D.T, U_next)),
    ),
    claim(
        id="wdmg.eq24.diag.sample",
        says="Assumption 4.2 guarantees U_tau^T U_{tau+1} is diagonal just enough not to spoil the diagonality of the next "
        "partial operator",
        reading="U_tau^T U_{tau+1} with an entry m > 0 at (0, 1) and b > 0 at (1, 1), whatever its mean: times diag(1, e) from the "
        "left, 0 < e < 1, the ratio of the two does not grow",
        relation=Inequality(x / (eps * z), "<=", x / z),
        domain=DAMPED,
        where="eq. (24)",
        checks=EXACT,
        corrected_by="our.chain.offdiagonal",
    ),
    claim(
        id="wdmg.eq24.diag.mean",
        says="Assumption 4.2 guarantees U_tau^T U_{tau+1} is diagonal just enough not to spoil the diagonality of the next "
        "partial operator",
        reading="in the mean: a diagonal D times M = U_tau^T U_{tau+1}, whose law does not change under M -> S M S with the "
        "reflection S at e_0 (our.chain.symmetry.fixes), turns its entry <e_0, D M e_1> into the negative: its mean is 0",
        relation=mirrored(-e_0.T * D * M * e_1),
        domain=domain_of((c_0,)),
        where="eq. (24)",
        checks=EXACT,
        formula=True,
        slips=(mirrored(e_0.T * D * M * e_1), mirrored(-e_1.T * D * M * e_0)),
    ),
    claim(
        id="wdmg.eq24.decay.faster",
        says="the elements of the partial product decay faster with i than any single product",
        reading="(c_1/c_0)^tau < c_1/c_0 for tau = 1 + T > 1 and c_1/c_0 = e^(-z) < 1",
        relation=Inequality(sp.exp(-z * (1 + T)), "<", sp.exp(-z)),
        domain=domain_of((z, T)),
        where="eq. (24)",
        checks=EXACT,
        slips=(Inequality(sp.exp(-z * (1 + T)), ">", sp.exp(-z)), Inequality(sp.exp(-z * T), "<", sp.exp(-z))),
    ),
    claim(
        id="wdmg.eq24.decay.diagonal",
        says="since the elements of the partial product decay faster with i, E P_{tau+1} is also diagonal",
        reading="U_tau^T U_{tau+1} with an entry m > 0 at (0, 1) and b > 0 at (1, 1): times diag(1, e), e = (c_1/c_0)^tau, their "
        "ratio m/(e b) tends to 0 as e does",
        relation=LimitIs(expr=x / (eps * z), var=eps, point=ZERO, value=ZERO),
        domain=DAMPED,
        where="eq. (24)",
        corrected_by="our.chain.offdiagonal",
    ),
    claim(
        id="wdmg.final.spectrum",
        says="overall, the final product is a diagonal matrix with a spectrum that converges to be concentrated around the first "
        "eigenvalue",
        reading="fresh noise, sigma_t = 1/T: the variance of component 1 over that of component 0 tends to 0",
        relation=LimitIs(expr=kept(variation("fresh")), var=T, point=sp.oo, value=ZERO),
        domain=TWO,
        assumes=(LARGE, FRESH),
        corrected_by="our.chain.collapse.fresh",
    ),
    claim(
        id="wdmg.final.control",
        says="we can control the distribution of the generated data by the choice of the diffusion parameters",
        reading="any ratio rho of component 1 to component 0 between 0 and 1 is reached: exp(-gamma V (1/lam_1^2 - 1/lam_0^2)) = "
        "rho for V = ln(1/rho) lam_0^2 lam_1^2/(gamma (lam_0^2 - lam_1^2)), which is positive",
        relation=Both(
            (
                Identity(kept(-sp.log(x) * lam2_0 * lam2_1 / (gamma * (lam2_0 - lam2_1))), x),
                Inequality(-sp.log(x) * lam2_0 * lam2_1 / (gamma * (lam2_0 - lam2_1)), ">", ZERO),
            )
        ),
        domain=narrowed(domain_of((gamma, lam2_0, lam2_1, x)), x_pos=Range(ZERO, ONE, True, True)).where(
            lam2_1 < lam2_0
        ),
        assumes=(LARGE, FRESH),
        checks=EXACT,
        slips=(Both((Identity(kept(sp.log(x) * lam2_0 * lam2_1 / (gamma * (lam2_0 - lam2_1))), x),)),),
    ),
)
