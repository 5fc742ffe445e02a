"""Proof of theorem 4.3: the factors c_i, the partial operators, and the second phase, eqs. (23) and (24)."""

from functools import partial

import sympy as sp

from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.matrices import Eigenvector, Orthonormal, Rule
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
    U_t,
    gamma,
    kappa,
    kept,
    lam2_0,
    lam2_1,
    lam_sq,
    rank,
    s_bar,
    step,
    variation,
)
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity, Within
from theory.symbols import symbols
from theory.two_layer import narrowed
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL, PROPERTY
from verify.ledger.power_iteration.section_4_1 import FACTORS, FRESH, LARGE
from verify.ledger.power_iteration.section_4_1_proof import PROOF

ZERO, ONE = sp.S.Zero, sp.S.One
c_0, c_1, x, z, lam_i, lam_j, eps = symbols("c_0 c_1 x_pos z_pos lam_i lam_j eps")
D = sp.MatrixSymbol("D", rank, rank)
e_0, e_1 = sp.MatrixSymbol("e_0", rank, 1), sp.MatrixSymbol("e_1", rank, 1)
STEP_IS_D = Rule(D, U_t.T * U_next)
DECAY = "the diagonal elements decay as tau grows larger, as c_i > c_j for i < j"
EQ23 = (
    "E P_tau = U_0 diag(c_0^tau, ..., c_{r-1}^tau) U_tau^T = U_0 c_0^tau diag(1, (c_1/c_0)^tau, ...) U_tau^T -> U_0 "
    "diag(c_0^tau, 0, ...) U_tau^T as tau -> T"
)
EQ24 = "E P_tau U_{tau+1} = U_0 c_0^tau diag(1, (c_1/c_0)^tau, ...) U_tau^T U_{tau+1}"
SUFFICIENT = (
    "given the decaying diagonal structure of the partial operator P_tau, 4.2 is sufficient for the total operator to "
    "converge as desired"
)
TAU = "for each index i there exists a time tau_i after which the small angle approximation does not hold"


def cosine(half: sp.Expr) -> sp.Expr:
    """Return cos x for x = 2 arctan(half), which grows with it from 0 to pi."""
    return (1 - half**2) / (1 + half**2)


def diagonal(rhs: sp.MatrixExpr, factors: sp.MatrixExpr) -> MatrixIdentity:
    """Return that U_0 M U_t^T times `factors` is `rhs` if U_t^T U_{t+1} = D."""
    return MatrixIdentity((U_0 * M * U_t.T) * factors, rhs, (STEP_IS_D,))


def mirrored(rhs: sp.MatrixExpr) -> MatrixIdentity:
    """Return what becomes of the entry <e_0, D M e_1> if M turns into S M S, S the reflection at e_0."""
    S = sp.Identity(rank) - 2 * e_0 * e_0.T
    return MatrixIdentity(e_0.T * D * S * M * S * e_1, rhs, (Eigenvector(e_0, D, c_0), Orthonormal((e_0, e_1))))


def power_bound() -> sp.Expr:
    """Return 1 - gamma^2/(2 lam_1^4 T^3), at most c_1^T and (c_1/c_0)^T for c_1 = cos(gamma/(lam_1^2 T^2))."""
    return 1 - gamma**2 / (2 * lam2_1**2 * T**3)


def halves(op: str) -> Inequality:
    """Return that cos is ordered by `op` against the order of the angles, up to pi."""
    return Inequality(cosine(x), op, cosine(z))


claim = partial(Claim, where=PROOF, source="as printed", checks=(KERNEL,), formula=False)
CONSTANT = LimitIs(expr=(c_1 / c_0) ** step, var=step, point=sp.oo, value=ZERO)
ANGLES = domain_of((x, z)).where(x < z)
SPREAD = domain_of((gamma, T, lam_i, lam_j)).where(lam_j < lam_i)
DAMPED = narrowed(domain_of((x, z, eps)), eps=Range(ZERO, ONE, True, True))
UNIT = Domain(((x, Range(ZERO, ONE, True, True)), (step, Range(ZERO))))

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
    claim(
        id="wdmg.rate.constant",
        says="similarly to power iteration, the convergence rate depends on the ratio c_1/c_0",
        reading="for factors that do not depend on T, one step divides the share of component 1 by (c_0/c_1)^2 > 1",
        relation=Both((Inequality(c_1**2 / c_0**2, "<", ONE), CONSTANT)),
        domain=FACTORS,
        slips=(Both((Inequality(c_1**2 / c_0**2, ">", ONE), CONSTANT)),),
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
