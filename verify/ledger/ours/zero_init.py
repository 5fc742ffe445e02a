"""From weight zero the generated variance rises for all modes, in order, and passes any level between known times."""

import sympy as sp

from theory.domain import domain_of
from theory.emergence import AGED, log_variance, pace, steepening, xi
from theory.one_layer import (
    SAMPLED,
    TRAINED,
    Q,
    eta,
    lam,
    later,
    log_variance_entire,
    sigma,
    sigma0,
    sigmaT,
    tau,
    weight,
)
from theory.relation import Both, Identity, Inequality, LimitIs, Monotone, Within
from theory.shortfall import ONE, UNTRAINED, ZERO, H_zero, a, from_zero, integral, mean_rate, starting, way
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL, PROPERTY
from verify.ledger.ours.shortfall import ALIGNED, WHERE

n, u, v, delta, sigma1, sigma2 = symbols("n log_a log_s delta sigma1 sigma2")
r0, rT = sigma0**2 / lam, sigmaT**2 / lam
AGES = from_zero(AGED)
BOUNDS = (
    "Q = 0, threshold lam~_0^(1 - theta) lam_inf^theta, 0 < theta < 1: with pi(s) proportional to 1/(s (lam + s)) on "
    "[sigma_0^2, sigma_T^2], progress is 1 - E exp(-a (lam + s)); tau* is strictly decreasing in lam, 0 < alpha < 1, and "
    "ln(1/(1 - theta))/(lam (1 + ln((lam + sigma_T^2)/(lam + sigma_0^2))/ln(lam_inf/sigma_0^2))) <= 2 eta tau* <= "
    "ln(1/(1 - theta))/(lam + sigma_0^2)"
)
ZERO_START = (*ALIGNED, "Q = 0")
exponent = u - lam * sp.exp(u) - sp.exp(u + v)
density = lam / (sigma0**2 * (lam + sigma0**2))
ahead = way() * sp.exp(-a * (lam + sigma0**2)) - H_zero()
nearest, farthest = (sp.exp(-a * (lam + level**2)) for level in (sigma0, sigmaT))
aged = H_zero().xreplace({tau: xi / (2 * eta * lam)})
soonest, latest = sp.exp(-xi * (1 + r0)), sp.exp(-xi * (1 + rT))


def derivative(order: sp.Expr) -> sp.Expr:
    """Return the derivative of this order, in tau, of the integrand of H at Q = 0."""
    rate = -2 * eta * (lam + sigma**2)
    return rate**order * lam / (sigma**2 * (lam + sigma**2)) * sp.exp(-a * (lam + sigma**2))


def share(s: sp.Expr) -> sp.Expr:
    """Return d ln(density)/d lam at s = sigma^2, but for what does not depend on s."""
    return s**2 / (lam * (lam + s**2))


CLAIMS = (
    Claim(
        id="our.one_layer.zero_init_shape.monotone",
        says="Q = 0: H is completely monotone in tau, so ln lam~ is increasing and concave in tau",
        reading="the n-th derivative of the integrand is (-2 eta (lam + s))^n times it: by induction, and of the sign "
        "(-1)^n at every s",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Identity(sp.Derivative(derivative(n), tau), derivative(n + 1)),
                Inequality((-1) ** n * derivative(n), ">", ZERO),
            )
        ),
        domain=domain_of((lam, sigma, eta, tau, n)).where(lam > 0),
        assumes=ZERO_START,
        derived_in="shortfall: integral",
        checks=EXACT,
        slips=(
            Identity(sp.Derivative(derivative(n), tau), -derivative(n + 1)),
            Identity(sp.Derivative(derivative(n), tau), derivative(n + 1) / 2),
            Inequality(derivative(n), ">", ZERO),
        ),
        formula=False,
    ),
    Claim(
        id="our.one_layer.zero_init_shape.inflection",
        says="Q = 0: against ln tau it has at least one inflection",
        reading="the slope of d ln lam~/d ln tau in ln tau is 2 eta tau lam exp(-2 eta tau lam) times a function that "
        "tends to ln(sigma_T^2/sigma_0^2) > 0 as tau -> 0 and whose integrand over s is negative for 2 eta tau lam >= 1",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Identity(
                    xi * sp.Derivative(xi * sp.Derivative(log_variance().xreplace({Q: ZERO}), xi), xi),
                    xi * sp.exp(-xi) * steepening(),
                ),
                LimitIs(expr=steepening(), var=xi, point=ZERO, value=sp.log(sigmaT**2 / sigma0**2)),
                integral(steepening(), sp.exp(-xi * sigma0**2 / lam) / sigma0**2 * (1 - xi * (1 + sigma0**2 / lam))),
                Within(Inequality(1 - xi * (1 + sigma0**2 / lam), "<", ZERO), AGES.where(xi >= 1)),
            )
        ),
        domain=AGES,
        assumes=ZERO_START,
        derived_in="emergence: steepening",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.one_layer.zero_init_shape.concave",
        says="Q = 0: against ln tau it has exactly one inflection, because d ln lam~/d ln tau is log-concave in ln tau",
        reading="it is the integral over v = ln s of exp(u - lam exp(u) - exp(u + v)) times a constant, u = ln a; the "
        "exponent is jointly concave (diagonal and determinant of its second derivatives), and by Prekopa's theorem "
        "an integral of a log-concave function over one of its variables is log-concave",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Inequality(sp.Derivative(exponent, (u, 2)), "<", ZERO),
                Inequality(sp.Derivative(exponent, (v, 2)), "<", ZERO),
                Inequality(
                    sp.Derivative(exponent, (u, 2)) * sp.Derivative(exponent, (v, 2))
                    - sp.Derivative(exponent, u, v) ** 2,
                    ">",
                    ZERO,
                ),
                Within(
                    integral(pace().xreplace({Q: ZERO}), xi * sp.exp(-xi * (1 + sigma0**2 / lam)) / sigma0**2), AGES
                ),
            )
        ),
        domain=domain_of((lam, u, v)).where(lam > 0),
        assumes=ZERO_START,
        derived_in="emergence: pace",
        checks=(KERNEL,),
        slips=(
            Inequality(sp.Derivative(exponent, (u, 2)), ">", ZERO),
            Inequality(sp.Derivative(exponent, u, v), ">", ZERO),
        ),
        formula=False,
    ),
    Claim(
        id="our.one_layer.zero_init_order",
        says="for Q <= 1 equal in all modes, lam~(tau) is strictly increasing in lam at each tau > 0",
        reading="d ln lam~/d lam is the integral over s of (d psi/d lam)/s, and psi grows with lam at every noise level",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Within(
                    integral(sp.Derivative(log_variance_entire(), lam), sp.Derivative(weight(sigma0), lam) / sigma0**2),
                    later(SAMPLED),
                ),
                Monotone(expr=weight(sigma), var=lam, op=">"),
            )
        ),
        domain=starting(later(TRAINED), -sp.oo, ONE),
        assumes=ALIGNED,
        derived_in="shortfall: order",
        checks=EXACT,
        slips=(Within(Monotone(expr=weight(sigma), var=lam, op=">"), later(TRAINED)),),
        formula=False,
    ),
    Claim(
        id="our.one_layer.zero_init_passage.progress",
        says=BOUNDS,
        reading="progress: H = H(0) E exp(-a (lam + s)), the integral of lam/(s (lam + s)) being H(0) = ln(lam_inf/"
        "sigma_0^2)",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                *integral(H_zero(), density * sp.exp(-a * (lam + sigma0**2))).parts,
                *integral(way(), density).parts,
            )
        ),
        domain=UNTRAINED,
        assumes=ZERO_START,
        derived_in="shortfall: integral",
        checks=EXACT,
    ),
    Claim(
        id="our.one_layer.zero_init_passage.upper",
        says=BOUNDS,
        reading="upper bound: H(0) exp(-a (lam + sigma_0^2)) - H vanishes for sigma_T = sigma_0 and grows with sigma_T: "
        "at 2 eta tau = ln(1/(1 - theta))/(lam + sigma_0^2) the share of H left is below 1 - theta",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Identity(ahead.xreplace({sigmaT: sigma0}), ZERO),
                Identity(
                    sp.Derivative(ahead, sigmaT),
                    2 * sigmaT * lam / (sigmaT**2 * (lam + sigmaT**2)) * (nearest - farthest),
                ),
                Inequality(nearest - farthest, ">", ZERO),
            )
        ),
        domain=UNTRAINED.where(tau > 0),
        assumes=ZERO_START,
        derived_in="shortfall: integral",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.one_layer.zero_init_passage.lower",
        says=BOUNDS,
        reading="lower bound: exp(-y) >= 1 - y at y = a (lam + s - m), averaged, gives E exp(-a (lam + s)) >= exp(-a m) "
        "with m = E(lam + s) = lam (1 + ln((lam + sigma_T^2)/(lam + sigma_0^2))/ln(lam_inf/sigma_0^2))",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                *integral(
                    lam * (way() + sp.log((lam + sigmaT**2) / (lam + sigma0**2))), (lam + sigma0**2) * density
                ).parts,
                Within(Inequality(sp.exp(-delta), ">=", 1 - delta), domain_of((delta,))),
            )
        ),
        domain=UNTRAINED,
        assumes=ZERO_START,
        derived_in="shortfall: mean",
        checks=(KERNEL,),
        slips=(
            *(
                integral(lam * (way() + factor * sp.log((lam + sigmaT**2) / (lam + sigma0**2))), lam / sigma0**2)
                for factor in (-1, 2)
            ),
            Within(Inequality(sp.exp(-delta), ">=", 1 + delta), domain_of((delta,))),
        ),
        formula=False,
    ),
    Claim(
        id="our.one_layer.zero_init_passage.jensen",
        says=BOUNDS,
        reading="H >= H(0) exp(-a m) with m = lam (1 + ln((lam + sigma_T^2)/(lam + sigma_0^2))/ln(lam_inf/sigma_0^2))",
        where=WHERE,
        source="ours",
        relation=Inequality(H_zero(), ">=", way() * sp.exp(-a * mean_rate())),
        domain=UNTRAINED,
        assumes=ZERO_START,
        derived_in="shortfall: mean",
        checks=(PROPERTY,),
        slips=(
            Inequality(H_zero(), ">=", way() * sp.exp(-a * mean_rate() / 2)),
            Inequality(H_zero(), ">=", way() * sp.exp(-a * (lam + sigma0**2))),
        ),
        formula=False,
    ),
    Claim(
        id="our.one_layer.zero_init_passage.decreasing",
        says=BOUNDS,
        reading="tau* decreases in lam: the slope of ln(H/H(0)) in lam is -a plus the difference of the means of s/(lam "
        "(lam + s)) under pi exp(-a s) and under pi; this grows with s and exp(-a s) falls, so that, by Chebyshev's "
        "inequality on pairs, the difference is not positive",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Identity(
                    sp.Derivative(sp.log(lam / (sigma**2 * (lam + sigma**2)) * sp.exp(-a * (lam + sigma**2))), lam),
                    share(sigma) - a,
                ),
                Within(
                    Inequality(
                        (share(sigma1) - share(sigma2)) * (sp.exp(-a * sigma1**2) - sp.exp(-a * sigma2**2)), "<=", ZERO
                    ),
                    domain_of((lam, sigma1, sigma2, eta, tau)).where(lam > 0, sigma1 < sigma2),
                ),
            )
        ),
        domain=domain_of((lam, sigma, eta, tau)).where(lam > 0),
        assumes=ZERO_START,
        derived_in="shortfall: integral",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.one_layer.zero_init_passage.exponent",
        says=BOUNDS,
        reading="alpha < 1: at fixed x = 2 eta tau lam the slope of H/H(0) in ln lam, times H(0)^2, is [exp(-x (1 + r)) "
        "H(0) - H]/(1 + r) + [H - exp(-x (1 + R)) H(0)]/(1 + R), r = sigma_0^2/lam, R = sigma_T^2/lam; both brackets are "
        "positive, as exp(-a (lam + s)) falls with s",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Identity(
                    way() * lam * sp.Derivative(aged, lam) - aged * lam * sp.Derivative(way(), lam),
                    (soonest * way() - aged) * lam / (lam + sigma0**2)
                    + (aged - latest * way()) * lam / (lam + sigmaT**2),
                ),
                Within(Monotone(expr=ahead, var=sigmaT, op=">"), UNTRAINED.where(tau > 0)),
            )
        ),
        domain=AGES,
        assumes=ZERO_START,
        derived_in="shortfall: integral",
        checks=(KERNEL,),
    ),
)
