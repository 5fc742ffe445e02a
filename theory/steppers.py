"""Samplers that take finite steps multiply the coordinate of a mode by a known factor: Euler, Heun, and the exact flow.

One step goes from the noise level sigma1 to sigma_next < sigma1, which may be 0. With the best denoiser Euler's
factor is P/A, the exact one sqrt(B/A), where A = lam + sigma1^2, B = lam + sigma_next^2, P = lam + sigma1 sigma_next.

Source: derived here; the probability flow is eq. (PF) of the spectral-bias paper.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.relation import Identity
from theory.symbols import symbols

lam, sigma1, sigma_next, psi, Q1, Q2 = symbols("lam sigma1 sigma_next psi Q1 Q2")
h = sigma_next - sigma1
A, B, P = lam + sigma1**2, lam + sigma_next**2, lam + sigma1 * sigma_next
STEP = Domain(((lam, POSITIVE), (sigma1, POSITIVE), (sigma_next, Range(sp.S.Zero)))).where(sigma_next < sigma1)
INNER = domain_of((Q1, Q2, sigma1)).joined(Domain(((sigma_next, POSITIVE),))).where(sigma_next < sigma1)


def slope(weight: sp.Expr, sigma: sp.Expr) -> sp.Expr:
    """Return f = (1 - psi)/sigma, where dx/dsigma = f x along a mode."""
    return (1 - weight) / sigma


def best_slope(sigma: sp.Expr) -> sp.Expr:
    """Return the slope of the best denoiser, which has a value at sigma = 0 too."""
    return sigma / (lam + sigma**2)


def euler_step(first: sp.Expr) -> sp.Expr:
    """Return the factor of one Euler step with the slope at its start: x + h f x."""
    return 1 + h * first


def heun_step(first: sp.Expr, second: sp.Expr) -> sp.Expr:
    """Return the factor of one Heun step: the mean of the slopes at x and at the end of the Euler step."""
    return 1 + h / 2 * (first + second * euler_step(first))


def euler() -> sp.Expr:
    """Return the factor of an Euler step from weight psi."""
    return psi + (1 - psi) * sigma_next / sigma1


def heun(first: sp.Expr, second: sp.Expr) -> sp.Expr:
    """Return the factor of a Heun step by the two slopes."""
    return 1 + h / 2 * (first + second) + h**2 / 2 * first * second


def best_euler() -> sp.Expr:
    """Return the factor of an Euler step with the best denoiser."""
    return P / A


def best_heun() -> sp.Expr:
    """Return the factor of a Heun step with the best denoiser."""
    return (P + lam * h**2 / (2 * B)) / A


def best_exact() -> sp.Expr:
    """Return the factor of the exact probability flow with the best denoiser."""
    return sp.sqrt(B / A)


DERIVATION = Derivation(
    name="samplers",
    steps=(
        Step(
            name="Euler",
            states=euler(),
            relation=Identity(euler_step(slope(psi, sigma1)), euler()),
            domain=domain_of((psi, sigma1, sigma_next)),
            because="one step along dx/dsigma = (1 - psi)/sigma x",
        ),
        Step(
            name="Heun",
            states=heun(slope(Q1, sigma1), slope(Q2, sigma_next)),
            relation=Identity(
                heun_step(slope(Q1, sigma1), slope(Q2, sigma_next)), heun(slope(Q1, sigma1), slope(Q2, sigma_next))
            ),
            domain=INNER,
            because="the mean of the two slopes, the second at the end of the Euler step",
        ),
        Step(
            name="best Euler",
            states=best_euler(),
            relation=Identity(euler_step(best_slope(sigma1)), best_euler()),
            domain=STEP,
            because="the slope of the best denoiser is sigma/(lam + sigma^2)",
        ),
        Step(
            name="best Heun",
            states=best_heun(),
            relation=Identity(heun_step(best_slope(sigma1), best_slope(sigma_next)), best_heun()),
            domain=STEP,
            because="the same for both slopes",
        ),
        Step(
            name="gap",
            states=lam * h**2,
            relation=Identity(A * B - P**2, lam * h**2),
            domain=STEP,
            because="Lagrange's identity",
        ),
    ),
)
