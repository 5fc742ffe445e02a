"""When a preconditioned network has learned a mode: a square-root law, and the function g in it."""

import sympy as sp

from numerics.one_layer import predicted
from theory import edm_passage as passage
from theory import parametrised as p
from theory.domain import POSITIVE, Domain, domain_of
from theory.edm_passage import EITHER, delta, gap, halfway, rho, x, xi
from theory.functions import Ein
from theory.one_layer import eta, final_variance, lam, later, sigma0, sigmaT, tau
from theory.parametrised import sigma_data
from theory.relation import Antiderivative, Both, Identity, Inequality, LimitIs, Monotone
from verify.checks.ode import Ode
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.parametrised import EDM, EDM_BOX, speed

ZERO, ONE, HALF = sp.S.Zero, sp.S.One, sp.Rational(1, 2)
a = 2 * eta * tau
v0, vT = speed()
PASSAGE = (*EDM, "sigma_0 -> 0, sigma_T -> infinity, geometric mean")
LAW = "start sigma_data^2, 2 eta tau* = sigma_data/sqrt(lam) g(|ln(lam/sigma_data^2)|)"
G = "g(delta) is the x for which the mean of e^(-e^w) over |w - ln x| <= delta/2 is 1/2"
PASSED = passage.PASSED
POSITIVE_TIME = later(p.SAMPLED_EDM).where(lam > 0)
WIDE = Domain((*domain_of((xi,)).ranges, (rho, POSITIVE)))

window = x - Ein(sp.exp(x))
ends = sp.log(xi) + delta / 2, sp.log(xi) - delta / 2


CLAIMS = (
    Claim(
        id="our.edm.precond_passage.levels",
        says=LAW,
        reading="the limits: lam~ tends to sigma_data^2 exp[Ein(a lam/sigma_data^2) - Ein(a)], which starts at "
        "sigma_data^2 and ends at lam",
        where="parametrisations in use",
        source="ours",
        relation=Both(
            (
                LimitIs(expr=p.log_edm_variance(), var=sigmaT, point=sp.oo, value=passage.log_variance_from_noise()),
                LimitIs(
                    expr=passage.log_variance_from_noise(), var=sigma0, point=ZERO, value=passage.log_ideal_variance()
                ),
                LimitIs(expr=passage.log_ideal_variance(), var=tau, point=ZERO, value=sp.log(sigma_data**2)),
                LimitIs(expr=passage.log_ideal_variance(), var=tau, point=sp.oo, value=sp.log(lam)),
            )
        ),
        domain=POSITIVE_TIME,
        assumes=PASSAGE,
        derived_in="EDM passage: levels",
        checks=(KERNEL,),
        formula=False,
        slips=(
            LimitIs(expr=passage.log_ideal_variance(), var=tau, point=sp.oo, value=sp.log(sigma_data * sp.sqrt(lam))),
            LimitIs(expr=passage.log_ideal_variance(), var=tau, point=ZERO, value=sp.log(sigma_data)),
            LimitIs(
                expr=passage.log_variance_from_noise(), var=sigma0, point=ZERO, value=passage.log_ideal_variance() + a
            ),
        ),
    ),
    Claim(
        id="our.edm.precond_passage.law",
        says=f"{LAW}, {G}",
        reading="with lam = sigma_data^2 e^(+-delta) and 2 eta tau = x sigma_data/sqrt(lam) the mode is half-way where "
        "Ein(x e^(delta/2)) - Ein(x e^(-delta/2)) = delta/2, rising or falling",
        where="parametrisations in use",
        source="ours",
        relation=Both(
            tuple(
                Identity(
                    halfway().xreplace(EITHER[sign]),
                    sign * (Ein(xi * sp.exp(delta / 2)) - Ein(xi * sp.exp(-delta / 2)) - delta / 2),
                )
                for sign in (1, -1)
            )
        ),
        domain=passage.SCALED,
        assumes=PASSAGE,
        derived_in="EDM passage: half-way",
        checks=EXACT,
    ),
    Claim(
        id="our.edm.precond_passage.mean",
        says=G,
        reading="the integral of e^(-e^w) over the window, through its primitive w - Ein(e^w), is delta less what stands "
        "in the law, and half of delta where the gap vanishes",
        where="parametrisations in use",
        source="ours",
        relation=Both(
            (
                Antiderivative(primitive=window, integrand=sp.exp(-sp.exp(x)), var=x),
                Identity(window.xreplace({x: ends[0]}) - window.xreplace({x: ends[1]}), delta / 2 - gap()),
            )
        ),
        domain=domain_of((x,)).joined(PASSED),
        derived_in="EDM passage: window",
        checks=EXACT,
    ),
    Claim(
        id="our.edm.precond_passage.once",
        says="the passage is unique: the gap grows with x, from -delta/2",
        where="parametrisations in use",
        source="ours",
        relation=Both(
            (
                Monotone(expr=gap(), var=xi, op=">"),
                LimitIs(expr=gap(), var=xi, point=ZERO, value=-delta / 2),
            )
        ),
        domain=PASSED,
        derived_in="EDM passage: one passage",
        checks=(KERNEL,),
        formula=False,
        slips=(
            Monotone(expr=gap(), var=xi, op="<"),
            LimitIs(expr=gap(), var=xi, point=ZERO, value=delta / 2),
            Monotone(expr=gap() - Ein(xi * sp.exp(delta / 2)), var=xi, op=">"),
        ),
    ),
    Claim(
        id="our.edm.precond_passage.near",
        says="g(0) = ln 2",
        reading="the gap over delta tends to 1/2 - e^(-x) as delta tends to 0, and vanishes there at x = ln 2",
        where="parametrisations in use",
        source="ours",
        relation=LimitIs(expr=gap() / delta, var=delta, point=ZERO, value=HALF - sp.exp(-xi)),
        domain=PASSED,
        checks=(KERNEL,),
        formula=False,
        slips=(
            LimitIs(expr=gap() / delta, var=delta, point=ZERO, value=ONE - sp.exp(-xi)),
            LimitIs(expr=gap() / delta, var=delta, point=ZERO, value=HALF - sp.exp(-2 * xi)),
        ),
    ),
    Claim(
        id="our.edm.precond_passage.far",
        says="g(infinity) = e^(-gamma_E)",
        reading="with rho = e^(delta/2) the gap is [Ein(x rho) - ln(x rho)] - Ein(x/rho) + ln x; the bracket tends to "
        "gamma_E and the second term to 0, so the gap tends to ln x + gamma_E",
        where="parametrisations in use",
        source="ours",
        relation=Both(
            (
                Identity(
                    gap().xreplace({delta: 2 * sp.log(rho)}),
                    (Ein(xi * rho) - sp.log(xi * rho)) - Ein(xi / rho) + sp.log(xi),
                ),
                LimitIs(expr=Ein(xi) - sp.log(xi), var=xi, point=sp.oo, value=sp.EulerGamma),
                LimitIs(expr=Ein(xi), var=xi, point=ZERO, value=ZERO),
            )
        ),
        domain=WIDE,
        checks=(KERNEL,),
        formula=False,
        slips=(
            LimitIs(expr=Ein(xi) - sp.log(xi), var=xi, point=sp.oo, value=-sp.EulerGamma),
            LimitIs(expr=Ein(xi) - sp.log(xi), var=xi, point=sp.oo, value=ONE),
        ),
    ),
    Claim(
        id="our.edm.precond_passage.exponents",
        says="alpha(lam) + alpha(sigma_data^4/lam) = 1",
        reading="alpha = D/P, D the slope of the half-way curve in ln lam and P that in ln tau; at the modes "
        "sigma_data^2 e^(+-delta), which pass at one x, P changes sign only, and D_+ - D_- = P_+",
        where="parametrisations in use",
        source="ours",
        relation=Both(
            (
                Identity(lam * sp.Derivative(halfway(), lam), HALF - sp.exp(-a * lam / sigma_data**2)),
                Identity(tau * sp.Derivative(halfway(), tau), sp.exp(-a) - sp.exp(-a * lam / sigma_data**2)),
                Identity(
                    passage.drift().xreplace(EITHER[1]) - passage.drift().xreplace(EITHER[-1]),
                    passage.pace().xreplace(EITHER[1]),
                ),
                Identity(passage.pace().xreplace(EITHER[-1]), -passage.pace().xreplace(EITHER[1])),
            )
        ),
        domain=domain_of((lam, tau)).where(lam > 0).joined(passage.SCALED),
        assumes=PASSAGE,
        derived_in="EDM passage: pace",
        checks=EXACT,
    ),
    Claim(
        id="our.edm.precond_passage.decreasing.widening",
        says="g is decreasing (stated as a conjecture)",
        reading="the derivative of the gap in delta is (1 - e^(-y_1) - e^(-y_2))/2, y_1 and y_2 the ends of the window; "
        "the gap grows with x, so g decreases where the sum of the two is less than 1 at the passage",
        where="parametrisations in use",
        source="ours",
        relation=passage.DERIVATION["widening"].relation,
        domain=PASSED,
        assumes=PASSAGE,
        derived_in="EDM passage: widening",
        checks=EXACT,
    ),
    Claim(
        id="our.edm.precond_passage.decreasing.line",
        says="g is decreasing (stated as a conjecture)",
        reading="where e^(-y_1) = p and e^(-y_2) = 1 - p the gap is 0 at p = 1/2, and its derivative in p is "
        "-(p - 1/2) [p ln p - q ln q]/(p ln p q ln q), q = 1 - p: negative by the next reading, so that the passage, "
        "at a larger x, has e^(-y_1) + e^(-y_2) < 1",
        where="parametrisations in use",
        source="ours",
        relation=passage.DERIVATION["on the line"].relation,
        domain=passage.UPPER_HALF,
        assumes=PASSAGE,
        derived_in="EDM passage: on the line",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.edm.precond_passage.decreasing.sign",
        says="g is decreasing (stated as a conjecture)",
        reading="p ln p - q ln q > 0 for 1/2 < p < 1, because it is concave and tends to 0 at both ends; at p = 1 "
        "through p ln p -> 0 and q ln q = -xi e^-xi -> 0 with xi = -ln q",
        where="parametrisations in use",
        source="ours",
        relation=passage.DERIVATION["imbalance"].relation,
        domain=passage.UPPER_HALF,
        assumes=PASSAGE,
        derived_in="EDM passage: imbalance",
        checks=(KERNEL,),
        formula=False,
        slips=(
            Inequality(sp.Derivative(passage.imbalance(), (passage.p, 2)), ">", ZERO),
            LimitIs(expr=passage.imbalance(), var=passage.p, point=HALF, value=HALF),
            Inequality(sp.Derivative(passage.imbalance() + passage.p**2, (passage.p, 2)), "<", ZERO),
        ),
    ),
    Claim(
        id="our.edm.precond_passage.finite",
        says="at any sigma_0 < sigma_T the mode is half-way at 2 eta tau* = g(|ln(v_0/v_T)|)/sqrt(v_0 v_T)",
        reading="ln lam~ over the geometric mean of its first and last level is Ein(a v_0) - Ein(a v_T) - "
        "ln(v_0/v_T)/2, which is the law with x = a sqrt(v_0 v_T) and e^(+-delta) = v_0/v_T",
        where="parametrisations in use",
        source="ours",
        relation=Identity(
            p.log_edm_variance() - (p.log_edm_variance().xreplace({tau: ZERO}) + sp.log(final_variance())) / 2,
            Ein(a * v0) - Ein(a * vT) - sp.log(v0 / vT) / 2,
        ),
        domain=p.SAMPLED_EDM,
        assumes=EDM,
        derived_in="parametrised: EDM entire form",
        checks=(*EXACT, Ode(measure=predicted.edm_halfway, box=EDM_BOX)),
    ),
)
