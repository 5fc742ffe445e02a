"""What the loss weight of EDM does to a plain denoiser: the rate of a mode, and the integrals over all noise levels."""

import sympy as sp

from numerics.one_layer import predicted
from theory import parametrised as p
from theory.domain import domain_of
from theory.edm_passage import rho, x
from theory.one_layer import eta, lam, sigma, tau, y
from theory.parametrised import sigma_data
from theory.relation import Both, Identity, Inequality, Solves
from verify.checks.ode import Ode
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.ours.parametrised import CENTRED, FLOW, LEVEL

ZERO = sp.S.Zero
WEIGHTED = (("sigma_data", "0.4", "1.5"), *LEVEL)
a = 2 * eta * tau
s = sigma**2
weight_of_loss = (s + sigma_data**2) / (s * sigma_data**2)
rate = 2 * eta * (s + lam) * weight_of_loss
PLAIN = (CENTRED, FLOW, "plain W, loss weight (s + sigma_data^2)/(s sigma_data^2)")
ROOT = domain_of((rho, sigma_data, sigma, eta))
LINE = domain_of((rho, sigma_data, eta, tau, x))
z = 2 * a * rho / sigma_data
cosh = (sp.exp(x) + sp.exp(-x)) / 2
damped = sp.exp(-a * (rho**2 + sigma_data**2) / sigma_data**2)


def weighted(solution: sp.Expr) -> Solves:
    """Return that `solution` is a weight from 0 in gradient flow of the weighted loss."""
    flow = -eta * weight_of_loss * (2 * (lam + s) * y - 2 * lam)
    return Solves(solution=solution, var=tau, unknown=y, rate=flow, at=ZERO, start=ZERO)


def at_noise(expr: sp.Expr, sign: int = 1) -> sp.Expr:
    """Return `expr` at lam = rho^2 and the noise variance s = sigma_data rho e^x, or with the other sign of x."""
    level = sp.sqrt(sigma_data * rho) * sp.exp(sign * x / 2)
    return expr.xreplace({lam: rho**2}).xreplace({sigma: level})


exponent = a * (s + lam) * weight_of_loss
lost = lam * weight_of_loss * sp.exp(-exponent)  # -d/da of the integrand of H, times ds/dx = s


CLAIMS = (
    Claim(
        id="our.edm.weighted_rate.rate",
        says="plain W, loss weight w = (s + sigma_data^2)/(s sigma_data^2): rate 2 eta (s + lam)(s + sigma_data^2)/"
        "(s sigma_data^2)",
        reading="the weight of a mode from 0",
        where="parametrisations in use",
        source="ours",
        relation=weighted(
            lam / (lam + s) * (1 - sp.exp(-2 * eta * tau * (s + lam) * (s + sigma_data**2) / (s * sigma_data**2)))
        ),
        domain=p.TRAINED_EDM,
        assumes=PLAIN,
        checks=(*EXACT, Ode(measure=predicted.weighted_weight, box=WEIGHTED)),
    ),
    Claim(
        id="our.edm.weighted_rate.minimum",
        says="the rate is minimal 2 eta (1 + sqrt(lam)/sigma_data)^2 at s = sigma_data sqrt(lam)",
        reading="rho = sqrt(lam) > 0",
        where="parametrisations in use",
        source="ours",
        relation=Both(
            (
                Identity(
                    rate.xreplace({lam: rho**2, sigma: sp.sqrt(sigma_data * rho)}),
                    2 * eta * (1 + rho / sigma_data) ** 2,
                ),
                Inequality(rate.xreplace({lam: rho**2}), ">=", 2 * eta * (1 + rho / sigma_data) ** 2),
            )
        ),
        domain=ROOT,
        assumes=PLAIN,
        checks=EXACT,
        formula=False,
        slips=(
            Inequality(rate.xreplace({lam: rho**2}), ">=", 2 * eta * (1 + 2 * rho / sigma_data) ** 2),
            Inequality(rate.xreplace({lam: rho**2}), "<=", 2 * eta * (1 + rho / sigma_data) ** 2),
        ),
    ),
    Claim(
        id="our.edm.weighted_rate.bessel",
        says="int_0^inf e^(-a (s + lam)(s + sigma_data^2)/(s sigma_data^2)) ds/s = 2 K_0(z) e^(-a (lam + sigma_data^2)/"
        "sigma_data^2), z = 2 a sqrt(lam)/sigma_data",
        reading="K_0(z) = int_0^inf e^(-z cosh x) dx; with s = sigma_data sqrt(lam) e^x the integrand at x and that at -x "
        "are both e^(-a (lam + sigma_data^2)/sigma_data^2) e^(-z cosh x); rho = sqrt(lam)",
        where="parametrisations in use",
        source="ours",
        relation=Both(
            tuple(Identity(at_noise(sp.exp(-exponent), sign), damped * sp.exp(-z * cosh)) for sign in (1, -1))
        ),
        domain=LINE,
        assumes=PLAIN,
        checks=EXACT,
    ),
    Claim(
        id="our.edm.weighted_rate.slope",
        says="-dH/da = 2 lam/sigma_data^2 e^(-a (lam + sigma_data^2)/sigma_data^2) [K_0(z) + sigma_data/sqrt(lam) K_1(z)]",
        reading="K_1(z) = int_0^inf cosh x e^(-z cosh x) dx; the integrand of -dH/da at x plus that at -x, the integrals "
        "over all noise levels; rho = sqrt(lam)",
        where="parametrisations in use",
        source="ours",
        relation=Identity(
            at_noise(lost) + at_noise(lost, -1),
            2 * rho**2 / sigma_data**2 * damped * (1 + sigma_data / rho * cosh) * sp.exp(-z * cosh),
        ),
        domain=LINE,
        assumes=PLAIN,
        checks=EXACT,
    ),
    Claim(
        id="our.edm.weighted_rate.limits",
        says="for Q = 0 the limits sigma_0 -> 0, sigma_T -> infinity of H exist",
        reading="its integrand is positive and at most that of 2 K_0(z) e^(-a (lam + sigma_data^2)/sigma_data^2)",
        where="parametrisations in use",
        source="ours",
        relation=Both((Inequality(lam / (s * (lam + s)), "<=", 1 / s), Inequality(lam / (s * (lam + s)), ">=", ZERO))),
        domain=domain_of((lam, sigma)),
        assumes=PLAIN,
        checks=EXACT,
        formula=False,
        slips=(
            Inequality(lam / (s * (lam + s)), ">=", 1 / s),
            Inequality(2 * lam / (s * (lam + s)), "<=", 1 / s),
        ),
    ),
)
