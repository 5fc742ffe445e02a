"""Our statements on what survives many projections: the limit of the variances, decided by the schedule of the noise."""

import sympy as sp

from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.projection_chain import (
    LAST,
    MODES,
    SEPARATE,
    TWO,
    C,
    T,
    gamma,
    gap,
    kept,
    lam2_0,
    lam2_1,
    lam_sq,
    rate,
    s_bar,
    step,
    variation,
)
from theory.relation import Both, Identity, Inequality, LimitIs, Monotone, Recurrence, Within
from theory.symbols import symbols
from theory.two_layer import narrowed
from verify.ledger.lanes import ENCLOSURE, KERNEL
from verify.ledger.ours.chain import LARGE, ONE, ZERO, claim
from verify.ledger.power_iteration.section_4_1_theorem import FIXED, at_fixed_size, d, mean_levels, n_data, rank, share
from verify.ledger.power_iteration.shared_factors import power_bound

x, z, v, m1, m2, eps = symbols("x_pos z_pos y m1 m2 eps")
SCHEDULE = "sigma_t = 1/T"
RATIO = sp.log(C(s_bar, lam2_0)) - sp.log(C(s_bar, lam2_1))
LIVE = narrowed(MODES, s=POSITIVE)
HALF = narrowed(domain_of((gamma, s_bar, lam_sq)), s=POSITIVE).where(2 * gamma * s_bar**2 < lam_sq**2)
y = s_bar / lam_sq


def remainder() -> Both:
    """Return |log C + gamma y| <= 2 gamma y^2 + gamma^2 y^2/2, and that T times the square of the last level vanishes."""
    return Both(
        (
            Inequality(sp.log(C(s_bar, lam_sq)), "<=", -gamma * y + gamma**2 * y**2 / 2),
            Inequality(sp.log(C(s_bar, lam_sq)), ">=", -gamma * y - 2 * gamma * y**2),
            Within(LimitIs(expr=T * LAST**2, var=T, point=sp.oo, value=ZERO), domain_of((T,))),
        )
    )


def per_step(factor: sp.Expr) -> Both:
    """Return what bounds log(C_0/C_1) by the level s: it is ~ gamma gap s, and at least `factor` gap s.

    With a_i = 1 + gamma s/lam_i^2 it is log(a_1/a_0) plus what is not negative, and -log u >= 1 - u at u = a_0/a_1.
    """
    a_0, a_1 = 1 + gamma * s_bar / lam2_0, 1 + gamma * s_bar / lam2_1
    return Both(
        (
            LimitIs(expr=RATIO / s_bar, var=s_bar, point=ZERO, value=gamma * gap()),
            Inequality(1 - gamma * s_bar**2 / lam2_0**2, ">", 1 - gamma * s_bar**2 / lam2_1**2),
            Identity(1 - a_0 / a_1, factor * gap() * s_bar),
            Within(Inequality(-sp.log(x), ">=", 1 - x), domain_of((x,))),
        )
    )


def after_steps(steps: int, low: sp.Expr, high: sp.Expr) -> Both:
    """Return that log R_1(T) lies between -low gamma and -high gamma, term by term for this T, lam_0^2 = 2, lam_1^2 = 1."""
    levels = [sp.Rational(t + 1, steps**2) for t in range(1, steps + 1)]
    terms = [sp.log(C(s, ONE)) - sp.log(C(s, sp.Integer(2))) for s in levels]
    log_ratio = 2 * sp.Add(*terms[:-1]) + terms[-1]
    return Both((Inequality(log_ratio, ">", -low * gamma), Inequality(log_ratio, "<", -high * gamma)))


def exponent(value: sp.Expr) -> LimitIs:
    """Return the limit of (1/T) log R for R = (C_1/C_0)^(2 T - 1), with log(C_1/C_0) = m."""
    return LimitIs(expr=(2 * T - 1) / T * m1, var=T, point=sp.oo, value=value)


def falls(op: str) -> Monotone:
    """Return how log(C_1/C_0) changes with gamma."""
    return Monotone(expr=-RATIO, var=gamma, op=op)


def schedule_bounds() -> Both:
    """Return exp(-x/(1 - x)) <= 1 - x <= exp(-x)."""
    return Both((Inequality(1 - x, "<=", sp.exp(-x)), Inequality(1 - x, ">=", sp.exp(-x / (1 - x)))))


def bounded_rate(bound: sp.Expr) -> Inequality:
    """Return -d log C/dy >= `bound` for gamma = z^2 and y = x/z, 0 < x < 1."""
    slope = (rate(s_bar, lam_sq) * lam_sq).xreplace({s_bar: lam_sq * x / z}).xreplace({gamma: z**2})
    return Inequality(sp.cancel(slope), ">=", bound)


def correlation(e: sp.Expr) -> sp.Expr:
    """Return the squared correlation of two coordinates of diag(1, e) U xi, the rows of U being (z, x) and (m1, m2)."""
    return (e * (z * m1 + x * m2)) ** 2 / ((z**2 + x**2) * e**2 * (m1**2 + m2**2))


CLAIMS = (
    claim(
        id="our.chain.collapse.fresh",
        says=f"fresh noise, {SCHEDULE}: the variance of component 1 over that of component 0 tends to exp(-gamma (1/lam_1^2 - "
        "1/lam_0^2)), which is not 0: E x_g x_g^T keeps every component",
        relation=share(kept(variation("fresh")), sp.exp(-gamma * gap())),
        domain=TWO,
        where="corrects theorem 4.3",
        reading="the limit of exp(-gamma V gap), V = s_T + 2 sum of s_t over 0 < t < T; what is left out is at most "
        "4 T gamma (2 + gamma/2) s_T^2/lam_1^4, see our.chain.collapse.remainder",
        assumes=(LARGE, "then T to infinity"),
        derived_in="projection chain: fresh limit",
        checks=(KERNEL,),
    ),
    claim(
        id="our.chain.collapse.remainder",
        says="|log C(s) + gamma s/lam^2| <= (2 gamma + gamma^2/2) s^2/lam^4 if gamma s^2 < lam^4/2, and T s_T^2 -> 0 with "
        f"{SCHEDULE}",
        relation=remainder(),
        domain=HALF,
        assumes=(LARGE,),
        checks=(KERNEL,),
        formula=False,
        slips=(
            Both((Inequality(sp.log(C(s_bar, lam_sq)), "<=", -gamma * y - gamma**2 * y**2),)),
            Both((Inequality(sp.log(C(s_bar, lam_sq)), ">=", -gamma * y),)),
        ),
    ),
    claim(
        id="our.chain.collapse.accumulated",
        says=f"accumulated noise, {SCHEDULE}: all ratios of variances tend to 1, nothing is lost in the limit",
        relation=share(C(LAST, lam2_1) / C(LAST, lam2_0), ONE),
        domain=SEPARATE,
        where="corrects theorem 4.3",
        assumes=(LARGE, "then T to infinity"),
        derived_in="projection chain: accumulated limit",
        checks=(KERNEL,),
        formula=False,
        slips=(share(C(LAST, lam2_1) / C(LAST, lam2_0)), share(C(LAST, lam2_1) / C(LAST, lam2_0), gap())),
    ),
    claim(
        id="our.chain.collapse.shared",
        says=f"one shared draw, {SCHEDULE}: all ratios of variances tend to 1",
        relation=share(kept(variation("shared")), ONE),
        domain=TWO,
        where="corrects theorem 4.3",
        reading="a bound from below of the ratio, exp(-gamma V gap) with V <= (sqrt(T + 1) + 2)/T^2, tends to 1",
        assumes=(LARGE, "then T to infinity"),
        derived_in="projection chain: shared limit",
        checks=(KERNEL,),
        formula=False,
        slips=(share(kept(variation("shared"))), share(kept(variation("shared")), sp.exp(-gamma * gap()))),
    ),
    claim(
        id="our.chain.collapse.fixed_size",
        says=f"fresh noise, {SCHEDULE}, d and n fixed: if our.chain.fixed_size holds, the ratio tends to exp(-(d - r)/n "
        "(1/lam_1^2 - 1/lam_0^2)), which is not 0",
        relation=share(at_fixed_size(), sp.exp(-(d - rank) / n_data * gap())),
        domain=FIXED,
        where="corrects theorem 4.3",
        assumes=("d and n fixed, T to infinity", "the limit law of our.chain.fixed_size, not proved here"),
        checks=(KERNEL,),
    ),
    claim(
        id="our.chain.collapse.mean",
        says=f"fresh noise, {SCHEDULE}: E P_T keeps component 1 against component 0 with exp(-gamma (1/lam_1^2 - 1/lam_0^2)/2)",
        relation=share(mean_levels(), sp.exp(-gamma * gap() / 2)),
        domain=TWO,
        where="corrects the convergence in mean of section 4.1",
        reading="E P_T has the diagonal entries prod C(s_t) over t = 1, ..., T, and the sum of s_t is (T + 3)/(2 T)",
        assumes=(LARGE, "then T to infinity"),
        checks=(KERNEL,),
    ),
    claim(
        id="our.chain.collapse.criterion",
        says="fresh noise below the threshold of component 1: component 1 is lost if and only if the sum of s_t tends to "
        "infinity",
        relation=per_step(gamma / (1 + gamma * s_bar / lam2_1)),
        domain=LIVE,
        reading="one level adds log(C_0/C_1) ~ gamma (1/lam_1^2 - 1/lam_0^2) s, at least gamma (1/lam_1^2 - 1/lam_0^2) s/(1 "
        "+ gamma s/lam_1^2)",
        assumes=(LARGE, "sup of s_t below the threshold"),
        checks=(KERNEL,),
        formula=False,
        slips=(per_step(gamma), per_step(gamma / (1 + gamma * s_bar / lam2_0)), per_step(gamma / 2)),
    ),
    claim(
        id="our.chain.collapse.numbers",
        says=f"fresh noise, {SCHEDULE}, lam_0^2 = 2 and lam_1^2 = 1: after 12 steps component 1 has kept between exp(-0.8 "
        "gamma) and exp(-gamma/2) of its share, for 1/2 <= gamma <= 2",
        relation=after_steps(12, sp.Rational(8, 10), sp.S.Half),
        domain=domain_of((gamma,)).within(gamma=("1/2", "2")),
        assumes=(LARGE,),
        checks=(ENCLOSURE,),
        formula=False,
        slips=(after_steps(12, sp.S.Half, ZERO), after_steps(12, ONE, sp.Rational(7, 10))),
    ),
    claim(
        id="our.chain.collapse.rate_bound",
        says="-d log C/dy >= gamma/(1 + sqrt(gamma)) for 0 < y < 1/sqrt(gamma), y = s/lam^2",
        relation=bounded_rate(z**2 / (1 + z)),
        domain=Domain(((x, Range(ZERO, ONE, True, True)), (z, POSITIVE))),
        reading="gamma = z^2 and y = x/z",
        assumes=(LARGE,),
        formula=False,
        slips=(bounded_rate(4 * z**2 / (1 + z)), bounded_rate(z)),
    ),
    claim(
        id="our.chain.collapse.accumulated_level",
        says="accumulated noise that ends at the level s: the ratio C_1(s)/C_0(s) is below 1, falls with s, and does not depend "
        "on the number of steps",
        relation=Both((Inequality(C(s_bar, lam2_1), "<", C(s_bar, lam2_0)), Monotone(expr=RATIO, var=s_bar, op=">"))),
        domain=LIVE,
        assumes=(LARGE,),
        formula=False,
        slips=(
            Both((Inequality(C(s_bar, lam2_1), ">", C(s_bar, lam2_0)),)),
            Both((Monotone(expr=RATIO, var=s_bar, op="<"),)),
        ),
    ),
    claim(
        id="our.chain.collapse.threshold",
        says="C_1 tends to 0 at the threshold lam_1^2/sqrt(gamma): one such level is enough to lose component 1",
        relation=LimitIs(expr=(1 - x**2) / (1 + z * x), var=x, point=ONE, value=ZERO),
        domain=Domain(((x, Range(ZERO, ONE, True, True)), (z, POSITIVE))),
        reading="y = x/z with z = sqrt(gamma), x to 1 from below",
        assumes=(LARGE,),
        checks=(KERNEL,),
        formula=False,
        slips=tuple(LimitIs(expr=(1 - x**2) / (1 + z * x), var=x, point=ONE, value=v) for v in (ONE, 1 / (1 + z))),
    ),
    claim(
        id="our.chain.collapse.exponent",
        says="fresh noise of one level: (1/T) log R tends to 2 log(C_1/C_0)",
        relation=exponent(2 * m1),
        domain=domain_of((T, m1)),
        reading="R = (C_1/C_0)^(2 T - 1), m = log(C_1/C_0); a continuous profile s_t = s(t/T) gives the integral of the same "
        "over t/T, as a Riemann sum of a continuous function",
        assumes=(LARGE, "then T to infinity"),
        checks=(KERNEL,),
        slips=(exponent(m1), exponent(2 * m1 + 1), exponent(2 * m1 - 1)),
    ),
    claim(
        id="our.chain.collapse.samples",
        says="fresh noise: the collapse is slower for smaller gamma = d/n, that is, with more samples",
        relation=falls("<"),
        domain=LIVE,
        reading="log(C_1/C_0) falls with gamma at every level below threshold",
        assumes=(LARGE,),
        formula=False,
        slips=(falls(">"), falls(">=")),
    ),
    claim(
        id="our.chain.schedule.criterion",
        says="factors c_t = 1 - x_t with 0 < x_t <= a < 1: their product tends to 0 if and only if the sum of x_t is infinite; "
        "c_t < 1 alone is not enough",
        relation=schedule_bounds(),
        domain=Domain(((x, Range(ZERO, ONE, True, True)),)),
        where="corrects the remark on schedules in the proof of theorem 4.3",
        reading="exp(-x/(1 - x)) <= 1 - x <= exp(-x)",
        formula=False,
        slips=(
            Both((Inequality(1 - x, ">=", sp.exp(-x)),)),
            Both((Inequality(1 - x, ">=", sp.exp(-x / (1 - x) ** 2 * (1 - x) / 2)),)),
        ),
    ),
    claim(
        id="our.chain.schedule.example",
        says="factors 1 and 1 - 1/(t + 2)^2 are ordered at every t, and their product over t < T is (T + 2)/(2 (T + 1)), above "
        "1/2",
        relation=Recurrence(
            solution=(step + 2) / (2 * (step + 1)),
            var=step,
            unknown=v,
            following=v * (1 - 1 / (step + 2) ** 2),
            start=ONE,
        ),
        domain=domain_of((step,)),
        where="corrects the remark on schedules in the proof of theorem 4.3",
    ),
    claim(
        id="our.chain.printed_factors",
        says=f"the factors c_i = cos(gamma/(lam_i^2 T^2)) of the proof, {SCHEDULE}: c_i^T tends to 1 for every component",
        relation=share(power_bound(), ONE),
        domain=domain_of((gamma, T, lam2_1)),
        where="corrects eq. (23)",
        reading="c_i^T is at most 1 and at least 1 - gamma^2/(2 lam_i^4 T^3), which tends to 1",
        checks=(KERNEL,),
        formula=False,
        slips=(share(power_bound()), share(power_bound(), sp.S.Half)),
    ),
    claim(
        id="our.chain.offdiagonal",
        says="decay of the factors makes no coordinates uncorrelated: the correlation of two coordinates of diag(1, e) U xi does "
        "not depend on e",
        relation=Identity(correlation(eps), (z * m1 + x * m2) ** 2 / ((z**2 + x**2) * (m1**2 + m2**2))),
        domain=domain_of((eps, x, z, m1, m2)).where(m1 > 0),
        where="corrects the step from eq. (24)",
        reading="U has the rows (z, x) and (m1, m2); what vanishes with e is the variance of the second coordinate",
    ),
)
