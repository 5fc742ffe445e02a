"""When components emerge that were learned from few samples: outliers of the sample covariance, trained and sampled from."""

import sympy as sp

from numerics.noisy_components.sample_scenes import log_generated
from theory.domain import Domain, Range, domain_of
from theory.one_layer import sigma0, sigmaT
from theory.passage import ln2, span_geometric
from theory.relation import Antiderivative, Both, Identity, Inequality, LimitIs, Monotone, Within
from theory.sample_covariance import (
    POPULATION,
    M,
    b,
    edge,
    ell,
    gamma,
    outlier,
    place,
    slope_in_M,
    transform,
    variance,
)
from theory.sample_training import (
    FIRST,
    SAMPLED,
    TRAINED,
    log_entire,
    primitive,
    s,
    small_distance,
    weight,
    x,
)
from theory.symbols import symbols
from verify.checks.enclosure import Enclosure
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

u, h, shift, Q, reach = symbols("u_span off_pole shift Q reach")
WHERE = "training on finitely many samples, noise averaged out"
SETTING = (
    "samples N(0, Sigma), Sigma = b I + sum lam_i^2 u_i u_i^T, ell_i = lam_i^2/b",
    "denoisers trained for the time a at all noise levels, from weight 0",
)
LIMIT = (
    *SETTING,
    "regime (L): d and n grow, d/n -> gamma; u^T (Sigma_hat - z)^-1 u tends to its deterministic equivalent",
)
ZERO = sp.S.Zero
DETECTED = POPULATION.where(ell**2 > gamma)
LOST = POPULATION.where(ell**2 <= gamma)
SPECTRUM = box(x_hat=("0.2", "4.0"), a=("0.2", "4.0"), sigma0=("0.02", "0.1"), sigmaT=("4.0", "12.0"))
ODE = Ode(measure=log_generated, box=SPECTRUM, points=3)
COVER = Enclosure(boxes=400, samples=15)
FINE = Domain(((u, Range(sp.Rational(1, 37), sp.Rational(1, 9))),))
START = {Q: ZERO, reach: ZERO}
NEAR = domain_of((shift,))


def pole(weight: sp.Expr) -> LimitIs:
    """Return that (l - z) u^T (Sigma_hat - z)^-1 u tends to `weight` at the outlier l: where M tends to alpha."""
    left = (outlier() - place(M)) * transform(M, variance())
    return LimitIs(expr=left.xreplace({M: variance() * (1 + h)}), var=h, point=ZERO, value=weight)


def beside(sign: int, value: sp.Expr = FIRST) -> Within:
    """Return that L (x - ln 2) tends to `value` as x tends to ln 2 from one side, x being a*(x) times the eigenvalue."""
    span = span_geometric(ln2 + sign * shift).xreplace(START)
    where = NEAR if sign > 0 else NEAR.where(shift < ln2)
    return Within(LimitIs(expr=sign * shift * span, var=shift, point=ZERO, value=value), where)


def between(low: str, high: str) -> Both:
    """Return that r in a* x = ln 2 + coefficient u + r u^2, u = 1/ln(x/s_0), is between `low` and `high`."""
    early, late = (small_distance(u, sp.Rational(rest)) for rest in (low, high))
    return Both((Inequality(early, "<", ZERO), Inequality(late, ">", ZERO)))


CLAIMS = (
    Claim(
        id="our.joint.finite_sample_emergence.rate",
        says="f(s) = ln(x + s) + exp(-a x) Ei(-a s) - Ei(-a (x + s)) has s df/ds = 1 - W_x(s), W_x(s) = x/(x + s) "
        "(1 - exp(-a (x + s)))",
        where=WHERE,
        source="ours",
        relation=Antiderivative(primitive=primitive(x, s), integrand=(1 - weight(x, s)) / s, var=s),
        domain=TRAINED,
        assumes=SETTING,
        derived_in="sample training: rate",
        checks=EXACT,
    ),
    Claim(
        id="our.joint.finite_sample_emergence.generated",
        says="the generated covariance is phi_a(Sigma_hat), ln phi_a(x) = ln S + f(s_0) - f(S)",
        reading="along an eigenvector of Sigma_hat with eigenvalue x, the law of one layer from the weight 0",
        where=WHERE,
        source="ours",
        relation=Identity(log_entire(), sp.log(sigmaT**2) + primitive(x, sigma0**2) - primitive(x, sigmaT**2)),
        domain=SAMPLED,
        assumes=SETTING,
        derived_in="sample training: variance",
        checks=(*EXACT, ODE),
    ),
    Claim(
        id="our.joint.finite_sample_emergence.order",
        says="phi_a(x) increases with x, so that outliers of Sigma_hat generate outliers, at phi_a(l_i), and the bulk ends at "
        "phi_a(b (1 + sqrt(gamma))^2)",
        reading="d ln phi_a/dx is the integral over s, from s_0 to S, of (dW_x/dx)/s, and W_x(s) increases with x",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Within(Monotone(expr=weight(x, s), var=x, op=">"), TRAINED),
                Within(
                    Identity(sp.Derivative(sp.Derivative(primitive(x, s), x), s), -sp.Derivative(weight(x, s), x) / s),
                    TRAINED,
                ),
            )
        ),
        domain=TRAINED,
        assumes=SETTING,
        derived_in="sample training: variance",
        checks=(KERNEL,),
        slips=(
            Within(Monotone(expr=weight(x, s), var=x, op="<"), TRAINED),
            Within(Monotone(expr=weight(x, s), var=s, op=">"), TRAINED),
            Within(Monotone(expr=weight(x, s) / x, var=x, op=">"), TRAINED),
        ),
        formula=False,
    ),
    Claim(
        id="our.joint.finite_sample_emergence.outlier",
        says="l_i = b (1 + ell_i)(1 + gamma/ell_i)",
        reading="where M(z) = alpha_i = b (1 + ell_i), z = M (1 + gamma b/(M - b))",
        where=WHERE,
        source="ours",
        relation=Identity(place(variance()), b * (1 + ell) * (1 + gamma / ell)),
        domain=POPULATION,
        assumes=LIMIT,
        derived_in="sample covariance: outlier",
        checks=EXACT,
    ),
    Claim(
        id="our.joint.finite_sample_emergence.overlap",
        says="... with squared overlap with u_i tending to (1 - gamma/ell_i^2)/(1 + gamma/ell_i)",
        reading="the weight of the pole of u_i^T (Sigma_hat - z)^-1 u_i at z = l_i",
        where=WHERE,
        source="ours",
        relation=pole((1 - gamma / ell**2) / (1 + gamma / ell)),
        domain=POPULATION.joined(domain_of((h,))),
        assumes=LIMIT,
        derived_in="sample covariance: overlap",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.joint.finite_sample_emergence.threshold",
        says="modes with ell_i <= sqrt(gamma) produce no outlier",
        reading="z'(M) > 0 beyond the bulk, and at M = alpha_i only for ell_i^2 > gamma; there l_i is beyond the edge",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Within(Inequality(slope_in_M().xreplace({M: variance()}), ">", ZERO), DETECTED),
                Within(Inequality(slope_in_M().xreplace({M: variance()}), "<=", ZERO), LOST),
                Within(Inequality(outlier(), ">", b * (1 + gamma)), POPULATION),
                Within(Inequality((outlier() - b * (1 + gamma)) ** 2, ">=", 4 * gamma * b**2), POPULATION),
                Within(Identity(edge(), b * (1 + gamma) + 2 * b * sp.sqrt(gamma)), POPULATION),
            )
        ),
        domain=POPULATION,
        assumes=LIMIT,
        derived_in="sample covariance: edge",
        checks=(KERNEL,),
        slips=(
            Within(Inequality(slope_in_M().xreplace({M: variance()}), ">", ZERO), POPULATION),
            Within(Inequality(slope_in_M().xreplace({M: variance()}), "<=", ZERO), POPULATION),
            Within(Inequality((outlier() - b * (1 + gamma)) ** 2, ">=", 8 * gamma * b**2), POPULATION),
        ),
        formula=False,
    ),
    Claim(
        id="our.joint.finite_sample_emergence.time",
        says="a*(x) x -> ln 2 as s_0 -> 0, S -> infinity, with relative correction O(1/ln(x/s_0))",
        reading="of the equation for S -> infinity and s_0 -> 0 at a x of order 1, solved for L = ln(x/s_0): L (a* x - ln 2) "
        "tends to -gamma_E - ln ln 2 - 2 E_1(ln 2)",
        where=WHERE,
        source="ours",
        relation=Both((beside(1), beside(-1))),
        domain=NEAR,
        assumes=SETTING,
        derived_in="passage: geometric span",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.joint.finite_sample_emergence.time.certified",
        says="a* x = ln 2 - 0.968.../L + r/L^2 with 0.27 < r < 0.33, L = ln(x/s_0)",
        reading="for S -> infinity and every s_0/x from 1e-16 to 1e-4 (L from 9 to 37)",
        where=WHERE,
        source="ours",
        relation=between("0.27", "0.33"),
        domain=FINE,
        assumes=SETTING,
        derived_in="sample training: age",
        checks=(COVER,),
        slips=(between("0.27", "0.28"), between("0.31", "0.33"), between("-0.3", "0")),
        formula=False,
    ),
    Claim(
        id="our.joint.finite_sample_emergence.ratio",
        says="a*(l_i)/a*(b + lam_i^2) -> 1/(1 + gamma/ell_i): modes emerge earlier than the population says",
        reading="a* is inversely proportional to the eigenvalue trained on, up to the correction above, and "
        "(b + lam_i^2)/l_i = 1/(1 + gamma/ell_i)",
        where=WHERE,
        source="ours",
        relation=Identity((ln2 / outlier()) / (ln2 / variance()), 1 / (1 + gamma / ell)),
        domain=POPULATION,
        assumes=LIMIT,
        derived_in="sample training: earlier",
        checks=EXACT,
    ),
)
