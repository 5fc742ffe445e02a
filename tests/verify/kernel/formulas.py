"""Closed forms the kernel is tested on, as the papers print them, and what they satisfy."""

import sympy as sp

from theory.domain import Domain, domain_of
from theory.functions import Ein
from theory.statement import Vanishes
from theory.symbols import symbols

lam, sigma, tau, eta, Q, n, sigma0, sigmaT, t = symbols("lam sigma tau eta Q n sigma0 sigmaT w")
x, y = symbols("x y")
exp, log, sqrt, Ei, erf, d = sp.exp, sp.log, sp.sqrt, sp.Ei, sp.erf, sp.Derivative

a = 2 * eta * tau
target = lam / (lam + sigma**2)
psi = target + (Q - target) * exp(-2 * eta * tau * (sigma**2 + lam))
Phi = sqrt(lam + sigma**2) * exp((1 - Q) / 2 * Ei(-a * sigma**2) * exp(-a * lam) - Ei(-a * (sigma**2 + lam)) / 2)
variance = sigmaT**2 * Phi.xreplace({sigma: sigma0}) ** 2 / Phi.xreplace({sigma: sigmaT}) ** 2

E8 = exp(-8 * eta * tau * lam)
two_weight = target * Q / ((target - Q) * E8 + Q)
share = Q + (1 - Q) * E8
two_Phi = sigma ** ((1 - Q) * E8 / share) * (lam * E8 + Q * (1 - E8) * (lam + sigma**2)) ** (Q / (2 * share))

At = (1 - t) ** 2 + t**2 * lam
flow_target = (t * lam - (1 - t)) / At
flow_weight = flow_target + (Q - flow_target) * exp(-2 * eta * tau * At)
flow_primitive = (
    log(At) / 2
    - Ei(-a * At) / 2
    + Q * sqrt(sp.pi / (a * (1 + lam))) / 2 * exp(-a * lam / (1 + lam)) * erf(sqrt(a * (1 + lam)) * (t - 1 / (1 + lam)))
)
patch = exp(-2 * n * eta * tau * (sigma**2 + lam)) * (Q - target) + target
descent = target + (Q - target) * (1 - 2 * eta * (lam + sigma**2)) ** n


def log_variance() -> sp.Expr:
    """Return the logarithm of the generated variance in the form that is regular at tau = 0."""

    def part(s: sp.Symbol) -> sp.Expr:
        return (1 - Q) * exp(-a * lam) * (2 * log(s) - Ein(a * s**2)) + Ein(a * (s**2 + lam))

    return 2 * log(sigmaT) + part(sigma0) - part(sigmaT)


POSITIVE = domain_of((lam, sigma, eta, Q, tau)).where(tau > 0)
TWO = domain_of((lam, sigma, eta, Q, tau)).where(Q > 0, Q <= 1, lam > 0)
FLOW = domain_of((lam, eta, Q, tau, t)).where(lam > 0, tau > 0, t >= 0, t <= 1)
VARIANCE = domain_of((lam, sigma0, sigmaT, eta, Q, tau))


def equations(psi=psi, Phi=Phi, two_weight=two_weight, two_Phi=two_Phi, flow_weight=flow_weight) -> dict[str, sp.Expr]:
    """Return what the formulas satisfy; a mutant of one of them does not."""
    return {
        "one layer, weight": d(psi, tau) + 2 * eta * ((lam + sigma**2) * psi - lam),
        "one layer, Phi": sigma * d(log(Phi), sigma) - (1 - psi),
        "two layers, weight": d(two_weight, tau) - 8 * eta * two_weight * (lam - (lam + sigma**2) * two_weight),
        "two layers, Phi": sigma * d(log(two_Phi), sigma) - (1 - two_weight),
        "flow, weight": d(flow_weight, tau) + 2 * eta * (At * flow_weight - (t * lam - (1 - t))),
    }


def identities() -> dict[str, Vanishes]:
    """Return identities that hold on their whole domain."""
    true = equations()
    domains: dict[str, Domain] = {"one layer, Phi": POSITIVE, "two layers, weight": TWO, "two layers, Phi": TWO}
    out = {k: (e, FLOW if k.startswith("flow") else domains.get(k)) for k, e in true.items()}
    rate = 2 * (1 - psi.xreplace({sigma: sigma0}))
    out["flow, primitive"] = (d(flow_primitive, t) - flow_weight, FLOW)
    out["variance"] = (d(log(variance), sigma0) * sigma0 - rate, VARIANCE.where(tau > 0))
    out["variance, from tau = 0"] = (sigma0 * d(log_variance(), sigma0) - rate, VARIANCE)
    out["both forms of the variance"] = (log_variance() - log(variance), VARIANCE.where(tau > 0))
    out["patch"] = (d(patch, tau) + 2 * n * eta * ((lam + sigma**2) * patch - lam), None)
    step = descent - 2 * eta * ((lam + sigma**2) * descent - lam)
    out["gradient descent"] = (descent.xreplace({n: n + 1}) - step, None)
    return {k: Vanishes(k, e, s or domain_of(sorted(e.free_symbols, key=str))) for k, (e, s) in out.items()}
