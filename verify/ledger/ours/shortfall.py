"""The generated variance of a mode during training as one integral: its law, its rate, its scaling and its two ends."""

import sympy as sp

from numerics import one_layer as measured
from theory.domain import domain_of
from theory.emergence import AGED, LIVE, log_variance, xi
from theory.functions import Ein
from theory.matrices import Flow, MatrixExp
from theory.one_layer import (
    SAMPLED,
    Q,
    eta,
    final_variance,
    initial_variance,
    lam,
    later,
    log_level,
    log_variance_entire,
    optimum,
    sigma0,
    sigmaT,
    tau,
)
from theory.relation import Both, Identity, LimitIs, MatrixSolves, Relation, Within
from theory.shortfall import MASTER, VARIED, H, a, bracket, integral, kappa_s, lag, psi_s, starting
from theory.symbols import symbols
from verify.checks.ode import Ode
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.lanes import SAMPLED as MEASURED

(alpha,) = symbols("alpha")
ZERO, ONE = sp.S.Zero, sp.S.One
WHERE = "one layer, the generated variance"
FLOW = ("one linear layer, zero-mean data", "gradient flow, zero bias")
ALIGNED = (*FLOW, "aligned initial weight Q, the same at every noise level")
V, G = (sp.MatrixSymbol(name, 1, 1) for name in "VG")
unit = sp.Identity(1)
spread = -sp.Ei(-a * sigma0**2) + sp.Ei(-a * sigmaT**2)
shed = sp.exp(-a * sigma0**2) - sp.exp(-a * sigmaT**2)
logs, gap, squares = sp.log(sigmaT**2 / sigma0**2), sigmaT**2 - sigma0**2, (sigmaT**4 - sigma0**4) / 2
first = (1 - Q) * lam * logs - Q * gap
second = -((1 - Q) * lam * (lam * logs + gap) - Q * (lam * gap + squares)) / 2
moved = log_variance_entire() - sp.log(initial_variance())
boundary = sp.exp(-a * (lam + sigma0**2)) * bracket(sigma0) / a
SCALED = {lam: alpha**2 * lam, sigma0: alpha * sigma0, sigmaT: alpha * sigmaT}
MEANS = ("geometric", "harmonic", "arithmetic")
LOST = (1 - Q) * sp.exp(-a * lam) * (sp.log(a * sigma0**2) + sp.EulerGamma)
FINE = LOST.xreplace({sigma0: sp.exp(-xi)})  # xi = ln(1/sigma_0)
FINER = domain_of((lam, Q, eta, tau, xi)).where(tau > 0)


def master(exponent: sp.MatrixExpr) -> MatrixSolves:
    """Return that lam_inf exp(exponent) is the generated variance of a mode with any psi_0(s) and kappa(s).

    G is the integral H from sigma0 to sigmaT; the letters are 1 x 1 matrices, so that they may move with sigma0.
    """
    weight = optimum(sigma0) + (psi_s - optimum(sigma0)) * sp.exp(-a * kappa_s * (lam + sigma0**2))
    return MatrixSolves(
        solution=final_variance() * MatrixExp(exponent),
        var=sigma0,
        unknown=V,
        rate=2 * (1 - weight) / sigma0 * V,
        at=((G, sp.ZeroMatrix(1, 1)), (sigma0, sigmaT)),
        start=sigmaT**2 * unit,
        given=(Flow(G, sigma0, -2 * sigma0 * lag(sigma0) * unit),),
    )


def shape() -> sp.Expr:
    """Return F of x = a lam, ep = sigma_0^2/lam and eT = sigma_T^2/lam, with F = ln(variance/lam)."""
    x, low, high = a * lam, sigma0**2 / lam, sigmaT**2 / lam
    lost = (1 - Q) * sp.exp(-x) * (sp.log(low / high) + Ein(x * high) - Ein(x * low))
    return sp.log(high) + lost + Ein(x * (1 + low)) - Ein(x * (1 + high))


def slope(relation: Relation) -> sp.Expr:
    """Return d ln(variance)/d tau as the claim states it."""
    return relation.formula


RATE = Ode(measure=measured.log_variance_rate, box=MEASURED, formula=slope, points=3)

CLAIMS = (
    Claim(
        id="our.one_layer.master",
        says="if at every noise level psi = psi* + (psi_0(s) - psi*) exp(-a kappa(s) (lam + s)), then "
        "ln(lam_inf/lam~(tau)) = H(a) = int (psi*(s) - psi_0(s))/s exp(-a kappa(s) (lam + s)) ds from sigma_0^2 to "
        "sigma_T^2",
        reading="psi_0 and kappa may depend on s in any (measurable, bounded) way: lam_inf exp(-H) solves the "
        "equation of the variance, because dH/dsigma_0 is -2 sigma_0 times the integrand at sigma_0^2",
        where=WHERE,
        source="ours",
        relation=master(-G),
        domain=MASTER,
        assumes=FLOW,
        derived_in="shortfall: integrand",
        checks=(KERNEL,),
        slips=(master(G), master(-2 * G), master(-G / 2)),
    ),
    Claim(
        id="our.one_layer.rate.integral",
        says="for kappa = 1, psi_0 = Q: H(a) = int exp(-a (lam + s)) [(1 - Q)/s - 1/(lam + s)] ds",
        where=WHERE,
        source="ours",
        relation=integral(H(), sp.exp(-a * (lam + sigma0**2)) * bracket(sigma0)),
        domain=SAMPLED,
        assumes=ALIGNED,
        derived_in="shortfall: integral",
        checks=EXACT,
    ),
    Claim(
        id="our.one_layer.rate.speed",
        says="d ln lam~/dtau = 2 eta exp(-a lam) {(1 - Q) lam [E_1(a sigma_0^2) - E_1(a sigma_T^2)] - Q/a "
        "[exp(-a sigma_0^2) - exp(-a sigma_T^2)]}, tau > 0",
        where=WHERE,
        source="ours",
        relation=Identity(
            sp.Derivative(log_variance_entire(), tau),
            2 * eta * sp.exp(-a * lam) * ((1 - Q) * lam * spread - Q / a * shed),
        ),
        domain=later(SAMPLED),
        assumes=ALIGNED,
        derived_in="shortfall: rate",
        checks=(*EXACT, RATE),
    ),
    Claim(
        id="our.one_layer.scale_covariance.form",
        says="lam~/lam = F(a lam, sigma_0^2/lam, sigma_T^2/lam, Q)",
        reading="F is ln(variance/lam) written in the four numbers",
        where=WHERE,
        source="ours",
        relation=Identity(log_variance_entire() - sp.log(lam), shape()),
        domain=VARIED,
        assumes=ALIGNED,
        derived_in="emergence: age",
        checks=EXACT,
    ),
    Claim(
        id="our.one_layer.scale_covariance.passage",
        says="if sigma_0^2 and sigma_T^2 scale with lam then every first-passage time scales exactly as lam^-1",
        reading="at equal 2 eta tau lam the distance of ln lam~ from its level is the same for the scaled mode, for "
        "the geometric, the harmonic and the arithmetic mean",
        where=WHERE,
        source="ours",
        relation=Both(
            tuple(
                Identity((log_variance() - log_level(mean)).xreplace(SCALED), log_variance() - log_level(mean))
                for mean in MEANS
            )
        ),
        domain=AGED.joined(domain_of((alpha,))),
        assumes=ALIGNED,
        derived_in="emergence: age",
        checks=EXACT,
    ),
    Claim(
        id="our.one_layer.early",
        says="tau -> 0: ln lam~ = ln lam~_0 + a [(1 - Q) lam ln(sigma_T^2/sigma_0^2) - Q (sigma_T^2 - sigma_0^2)] - "
        "a^2/2 {(1 - Q) lam [lam ln(sigma_T^2/sigma_0^2) + sigma_T^2 - sigma_0^2] - Q [lam (sigma_T^2 - sigma_0^2) + "
        "(sigma_T^4 - sigma_0^4)/2]} + O(a^3)",
        reading="the two coefficients as limits; ln lam~ is an entire function of a, so that the rest is O(a^3)",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                LimitIs(expr=moved / a, var=tau, point=ZERO, value=first),
                LimitIs(expr=(moved - a * first) / a**2, var=tau, point=ZERO, value=second),
            )
        ),
        domain=SAMPLED,
        assumes=ALIGNED,
        derived_in="shortfall: rate",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.one_layer.late",
        says="tau -> infinity: H ~ exp(-a (lam + sigma_0^2))/a [(1 - Q)/sigma_0^2 - 1/(lam + sigma_0^2)], relative "
        "error O(1/(a sigma_0^2)), when the bracket is not 0",
        reading="integrated by parts, with g the bracket: H is that term, less the same at sigma_T, plus 1/a times the "
        "integral of g'(s) exp(-a (lam + s)), where |g'(s)| <= |1 - Q|/sigma_0^4 + 1/(lam + sigma_0^2)^2",
        where=WHERE,
        source="ours",
        relation=integral(
            H() - boundary + boundary.xreplace({sigma0: sigmaT}),
            (1 / (lam + sigma0**2) ** 2 - (1 - Q) / sigma0**4) * sp.exp(-a * (lam + sigma0**2)) / a,
        ),
        domain=later(SAMPLED),
        assumes=ALIGNED,
        derived_in="shortfall: integral",
        checks=EXACT,
    ),
    Claim(
        id="our.one_layer.cutoff_limit.law",
        says="sigma_0 -> 0 at fixed tau > 0: lam~ ~ lam sigma_T^2/(lam + sigma_T^2) (a sigma_0^2 exp(gamma))^((1 - Q) "
        "exp(-a lam)) exp{E_1(a lam) - E_1(a (lam + sigma_T^2)) + (1 - Q) exp(-a lam) E_1(a sigma_T^2)}",
        where=WHERE,
        source="ours",
        relation=LimitIs(
            expr=log_variance_entire() - LOST,
            var=sigma0,
            point=ZERO,
            value=sp.log(lam * sigmaT**2 / (lam + sigmaT**2))
            - sp.Ei(-a * lam)
            + sp.Ei(-a * (lam + sigmaT**2))
            - (1 - Q) * sp.exp(-a * lam) * sp.Ei(-a * sigmaT**2),
        ),
        domain=LIVE,
        assumes=ALIGNED,
        derived_in="one layer: entire form",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.one_layer.cutoff_limit.ends",
        says="sigma_0 -> 0 at fixed tau > 0: the limit is 0 for Q < 1 and infinity for Q > 1",
        reading="what ln lam~ has beside a finite limit, (1 - Q) exp(-a lam) (ln(a sigma_0^2) + gamma), tends to -infinity "
        "or +infinity as xi = ln(1/sigma_0) grows",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Within(
                    LimitIs(expr=FINE, var=xi, point=sp.oo, value=-sp.oo),
                    starting(FINER, -sp.oo, ONE, high_open=True),
                ),
                Within(
                    LimitIs(expr=FINE, var=xi, point=sp.oo, value=sp.oo),
                    starting(FINER, ONE, sp.oo, low_open=True),
                ),
            )
        ),
        domain=LIVE,
        assumes=ALIGNED,
        derived_in="one layer: entire form",
        checks=(KERNEL,),
        slips=(
            Within(
                LimitIs(expr=FINE, var=xi, point=sp.oo, value=sp.oo),
                starting(FINER, -sp.oo, ONE, high_open=True),
            ),
        ),
        formula=False,
    ),
)
