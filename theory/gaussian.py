"""Noise of growing size smooths a density by the heat equation; the probability flow carries it back.

Source: spectral-bias paper, sections 3.1 and 3.2.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import Domain, Range, domain_of
from theory.relation import Identity, Solves
from theory.symbols import symbols

d, rho, x, x_T, y, y1, y2, share, mu, lam, sigma, sigmaT = symbols("d rho x x_T y y1 y2 share mu lam sigma sigmaT")


def normal(x: sp.Expr, mean: sp.Expr, variance: sp.Expr) -> sp.Expr:
    """Return the density of N(mean, variance) at x."""
    return sp.exp(-((x - mean) ** 2) / (2 * variance)) / sp.sqrt(2 * sp.pi * variance)


def radial_normal(rho: sp.Expr) -> sp.Expr:
    """Return the density of N(y, sigma^2 I) in d dimensions at the distance rho from y."""
    return (2 * sp.pi * sigma**2) ** (-d / 2) * sp.exp(-(rho**2) / (2 * sigma**2))


def noised() -> sp.Expr:
    """Return p(x; sigma) for data with two possible values y1 and y2."""
    return share * normal(x, y1, sigma**2) + (1 - share) * normal(x, y2, sigma**2)


def posterior_mean() -> sp.Expr:
    """Return E[x0 | x] for data with two possible values: their mean, weighted by Bayes' rule."""
    return (share * y1 * normal(x, y1, sigma**2) + (1 - share) * y2 * normal(x, y2, sigma**2)) / noised()


def velocity(density: sp.Expr) -> sp.Expr:
    """Return dx/dsigma of the probability flow, -sigma times the score; eq. (1)."""
    return -sigma * sp.Derivative(sp.log(density), x)


def shrunk(x: sp.Expr) -> sp.Expr:
    """Return E[x0 | x] for data N(mu, lam)."""
    return mu + lam / (lam + sigma**2) * (x - mu)


def transported() -> sp.Expr:
    """Return where the probability flow of data N(mu, lam) carries x_T, from sigmaT to sigma."""
    return mu + sp.sqrt((lam + sigma**2) / (lam + sigmaT**2)) * (x_T - mu)


ATOMS = Domain(
    ((x, Range()), (y1, Range()), (y2, Range()), (share, Range(sp.S.Zero, sp.S.One)), *domain_of((sigma,)).ranges)
)
GAUSSIAN = domain_of((x, mu, lam, sigma))
FLOW = domain_of((x_T, mu, lam, sigma, sigmaT)).where(sigma <= sigmaT)

DERIVATION = Derivation(
    name="noised law",
    steps=(
        Step(
            name="heat equation",
            states=radial_normal(rho),
            relation=Identity(
                sp.Derivative(radial_normal(rho), sigma),
                sigma
                * (
                    sp.Derivative(radial_normal(rho), (rho, 2)) + (d - 1) / rho * sp.Derivative(radial_normal(rho), rho)
                ),
            ),
            domain=domain_of((d, rho, sigma)),
            because="the noised density is a superposition of kernels, and each obeys dp/dsigma = sigma Laplace p",
        ),
        Step(
            name="continuity",
            states=velocity(noised()),
            relation=Identity(sp.Derivative(noised(), sigma), -sp.Derivative(noised() * velocity(noised()), x)),
            domain=ATOMS,
            because="p times the velocity is -sigma dp/dx, so the continuity equation is the heat equation",
        ),
        Step(
            name="score",
            states=(posterior_mean() - x) / sigma**2,
            relation=Identity(sp.Derivative(sp.log(noised()), x), (posterior_mean() - x) / sigma**2),
            domain=ATOMS,
            because="the derivative of a kernel N(x | y, sigma^2) in x is (y - x)/sigma^2 times the kernel",
        ),
        Step(
            name="flow of a Gaussian",
            states=transported(),
            relation=Solves(
                solution=transported(), var=sigma, unknown=y, rate=(y - shrunk(y)) / sigma, at=sigmaT, start=x_T
            ),
            domain=FLOW,
            because="for Gaussian data the velocity is linear in the distance from the mean",
        ),
    ),
)
