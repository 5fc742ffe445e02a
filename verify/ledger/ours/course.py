"""Up, down, or down and then up: the course of a generated variance in the training time, and where it turns."""

import sympy as sp

from theory.domain import Domain, domain_of
from theory.one_layer import (
    SAMPLED,
    Q,
    eta,
    lam,
    later,
    log_variance_rate,
    sigma,
    sigma0,
    sigmaT,
    tau,
)
from theory.relation import Both, Identity, Inequality, LimitIs, Within
from theory.shortfall import PARTLY, VARIED, a, integral, push, starting, tilted, turn
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.shortfall import ALIGNED, WHERE, first
from verify.ledger.spectral_bias.section_4_3_shape import PAPER
from verify.ledger.spectral_bias.shared_noise import COVER, LEVELS

n, w, u, v = symbols("n w_L log_a log_s")
ZERO, ONE, HALF = sp.S.Zero, sp.S.One, sp.Rational(1, 2)
THREE = "tau -> lam~(tau) has at most one interior extremum; "
speed = sp.exp(a * lam) * log_variance_rate() / (2 * eta)
kept = (1 - Q) * lam * sp.Ei(-a * sigmaT**2) - Q / a * (1 - sp.exp(-a * sigmaT**2))
dip = Q / ((1 - Q) * lam * w)
cut = (1 - Q) * lam / Q * w * sp.exp(-w - sp.EulerGamma)
LAMBERT = starting(domain_of((lam, Q, w)), ZERO, ONE, low_open=True, high_open=True).where(lam > 0)
WINDOW = domain_of((w,)).within(w_L=("8", "16"))


def sign_of_push(op: str, domain: Domain) -> Both:
    """Return that d ln(variance)/d tau is an integral over the noise levels, and that its integrand has the sign."""
    total = integral(log_variance_rate(), 2 * eta * sp.exp(-a * (lam + sigma0**2)) * push(sigma0))
    return Both((Within(total, SAMPLED), Within(Inequality(push(sigma), op, ZERO), domain)))


def below(domain: Domain) -> Domain:
    """Return the part of `domain` where (1 - Q) lam <= Q sigma_0^2."""
    return domain.where((1 - Q) * lam <= Q * sigma0**2, sigma0 < sigma)


def rate_near_dip(factor: str) -> sp.Expr:
    """Return d ln(variance)/d tau at Q = 1/2 and the paper's noise levels, at `factor` times the time of the dip.

    The variance is the one for which the equation of the dip is solved by w.
    """
    mode = {lam: Q * sigma0**2 * sp.exp(w + sp.EulerGamma) / ((1 - Q) * w)}
    time = {tau: sp.Rational(factor) * dip.xreplace(mode)}
    scaled = speed.xreplace({eta: HALF}).xreplace(time).xreplace(mode) / lam.xreplace(mode)
    return scaled.xreplace({Q: HALF, **LEVELS})


def turned(low: str, high: str) -> Both:
    """Return that the variance falls at `low` times the time of the dip and rises at `high` times it."""
    return Both((Inequality(rate_near_dip(low), "<", ZERO), Inequality(rate_near_dip(high), ">", ZERO)))


LEVELLED = domain_of((lam, sigma0, sigma, Q)).where(lam > 0)
MIXED = starting(LEVELLED, ZERO, ONE, low_open=True, high_open=True)

CLAIMS = (
    Claim(
        id="our.one_layer.trichotomy.up",
        says="Q <= 0: tau -> lam~(tau) is strictly increasing",
        reading="d ln lam~/d tau is the integral over s of 2 eta exp(-a (lam + s)) [(1 - Q) lam/s - Q]; the bracket is "
        "positive at every noise level",
        where=WHERE,
        source="ours",
        relation=sign_of_push(">", starting(LEVELLED, -sp.oo, ZERO)),
        domain=VARIED,
        assumes=ALIGNED,
        derived_in="shortfall: rate",
        checks=EXACT,
    ),
    Claim(
        id="our.one_layer.trichotomy.down",
        says="Q >= 1: tau -> lam~(tau) is strictly decreasing",
        where=WHERE,
        source="ours",
        relation=sign_of_push("<", starting(LEVELLED, ONE, sp.oo)),
        domain=VARIED,
        assumes=ALIGNED,
        derived_in="shortfall: rate",
        checks=EXACT,
    ),
    Claim(
        id="our.one_layer.trichotomy.once",
        says=THREE + "for 0 < Q < 1 a falling start and a rising end, or only one of them",
        reading="with s* = (1 - Q) lam/Q the derivative in tau of exp(a (lam + s*)) d ln lam~/d tau is the integral over "
        "s of 4 eta^2 Q (s* - s)^2/s exp(a (s* - s)), which is positive: d ln lam~/d tau changes its sign once at most, "
        "from - to +",
        where=WHERE,
        source="ours",
        relation=integral(
            sp.Derivative(tilted(), tau),
            4 * eta**2 * Q * (turn() - sigma0**2) ** 2 / sigma0**2 * sp.exp(a * (turn() - sigma0**2)),
        ),
        domain=later(PARTLY),
        assumes=ALIGNED,
        derived_in="shortfall: one extremum",
        checks=EXACT,
    ),
    Claim(
        id="our.one_layer.trichotomy.falls",
        says="0 < Q < 1: strictly decreasing iff (1 - Q) lam <= Q sigma_0^2",
        reading="if so, the bracket (1 - Q) lam/s - Q is negative at all s > sigma_0^2; that it is positive at some of "
        "them otherwise, which decides for a -> infinity, is our.one_layer.trichotomy.recovers",
        where=WHERE,
        source="ours",
        relation=sign_of_push("<", below(MIXED)),
        domain=VARIED,
        assumes=ALIGNED,
        derived_in="shortfall: rate",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.one_layer.trichotomy.recovers",
        says="0 < Q < 1, (1 - Q) lam > Q sigma_0^2: the variance rises in the end, to lam_inf from below",
        reading="the bracket is positive below s* = (1 - Q) lam/Q > sigma_0^2 and negative above, and exp(a (s* - s)) "
        "grows without bound below and is at most 1 above: for large a the integral of their product is positive",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Identity(push(sigma) * sigma**2, Q * (turn() - sigma**2)),
                Within(Inequality(turn() - sigma**2, ">", ZERO), MIXED.where((1 - Q) * lam > Q * sigma**2)),
                Within(Inequality(turn() - sigma**2, "<=", ZERO), MIXED.where((1 - Q) * lam <= Q * sigma**2)),
            )
        ),
        domain=MIXED,
        assumes=ALIGNED,
        derived_in="shortfall: one extremum",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.one_layer.trichotomy.starts",
        says="0 < Q < 1: strictly increasing iff (1 - Q) lam ln(sigma_T^2/sigma_0^2) >= Q (sigma_T^2 - sigma_0^2)",
        reading="that difference times 2 eta is d ln lam~/d tau at tau = 0; it changes its sign once at most, from - to +",
        where=WHERE,
        source="ours",
        relation=LimitIs(expr=log_variance_rate(), var=tau, point=ZERO, value=2 * eta * first),
        domain=PARTLY,
        assumes=ALIGNED,
        derived_in="shortfall: one extremum",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.one_layer.dip_time.equation",
        says="for a sigma_0^2 << 1 << a sigma_T^2 the minimum solves (1 - Q) lam [-gamma - ln(a sigma_0^2)] = Q/a",
        reading="the rate as sigma_0 -> 0, and what it has beside these two terms as sigma_T -> infinity: nothing",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                LimitIs(
                    expr=speed - (1 - Q) * lam * (-sp.EulerGamma - sp.log(a * sigma0**2)),
                    var=sigma0,
                    point=ZERO,
                    value=kept,
                ),
                LimitIs(expr=kept, var=sigmaT, point=sp.oo, value=-Q / a),
            )
        ),
        domain=later(PARTLY),
        assumes=ALIGNED,
        derived_in="shortfall: rate",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.one_layer.dip_time.solution",
        says="a_min = Q/((1 - Q) lam w), w = -W_-1(-Q/(1 - Q) sigma_0^2/lam exp(gamma))",
        reading="it solves (1 - Q) lam [-gamma - ln(a sigma_0^2)] = Q/a where sigma_0^2 is the number for which w "
        "exp(-w) = Q/(1 - Q) sigma_0^2/lam exp(gamma); the branch W_-1 is w > 1",
        where=WHERE,
        source="ours",
        relation=Identity((1 - Q) * lam * (-sp.EulerGamma - sp.log(dip * cut)) * dip, Q),
        domain=LAMBERT,
        assumes=ALIGNED,
        checks=EXACT,
        formula=False,
        slips=(
            Identity((1 - Q) * lam * (sp.EulerGamma - sp.log(dip * cut)) * dip, Q),
            Identity((1 - Q) * lam * (-sp.EulerGamma - sp.log(dip * cut / 2)) * dip, Q),
            Identity((1 - Q) * lam * (-sp.EulerGamma - sp.log(dip * cut)) * dip, Q * w),
        ),
    ),
    Claim(
        id="our.one_layer.dip_time.paper",
        says="a_min ~ Q/((1 - Q) lam w), w = -W_-1(-Q/(1 - Q) sigma_0^2/lam exp(gamma))",
        reading=f"the variance falls 1% before that time and rises 1% after it: Q = 1/2, {PAPER}, every lam with w "
        "between 8 and 16, that is between 0.0027 and 3.9",
        where=WHERE,
        source="ours",
        relation=turned("0.99", "1.01"),
        domain=WINDOW,
        assumes=ALIGNED,
        checks=(COVER,),
        slips=(turned("0.8", "0.9"), turned("1.1", "1.2")),
        formula=False,
    ),
)
