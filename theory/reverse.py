"""One reverse step of a diffusion: the law of x_{t-1} given x_t and the clean x_0, along a mode.

Source: power-iteration paper, eqs. (1), (2), (3) and (6).
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.gaussian import normal
from theory.relation import Identity
from theory.symbols import symbols

alpha, alpha_bar, x, clean, before, s, sig = symbols("alpha_t alpha_bar x x_clean x_before s_bar sig")
BETWEEN = Range(sp.S.Zero, sp.S.One, low_open=True, high_open=True)
POSTERIOR = Domain(((alpha, BETWEEN), (alpha_bar, BETWEEN), *domain_of((x, clean, before)).ranges))
STEP = Domain(((s, POSITIVE), (sig, POSITIVE)))


def posterior_mean(x_0: sp.Expr, x_t: sp.Expr) -> sp.Expr:
    """Return E[x_{t-1} | x_t, x_0] along a mode, abar being that of step t - 1."""
    clean, noisy = sp.sqrt(alpha_bar) * (1 - alpha), sp.sqrt(alpha) * (1 - alpha_bar)
    return (clean * x_0 + noisy * x_t) / (1 - alpha * alpha_bar)


def posterior_variance() -> sp.Expr:
    """Return the variance of x_{t-1} given x_t and x_0 along a mode."""
    return (1 - alpha) * (1 - alpha_bar) / (1 - alpha * alpha_bar)


def bayes() -> Identity:
    """Return that prior times likelihood over evidence is the normal density with that mean and variance."""
    prior = normal(before, sp.sqrt(alpha_bar) * clean, 1 - alpha_bar)
    likelihood = normal(x, sp.sqrt(alpha) * before, 1 - alpha)
    evidence = normal(x, sp.sqrt(alpha * alpha_bar) * clean, 1 - alpha * alpha_bar)
    return Identity(prior * likelihood / evidence, normal(before, posterior_mean(clean, x), posterior_variance()))


def unscaled() -> Identity:
    """Return the variance s - s^2/(s + sig^2) of x_{t-1} = x_0 + noise of variance s, given x_{t-1} + noise sig."""
    return Identity(s - s**2 / (s + sig**2), s * sig**2 / (s + sig**2))


DERIVATION = Derivation(
    name="reverse step",
    steps=(
        Step(
            name="posterior",
            states=posterior_mean(clean, x),
            relation=bayes(),
            domain=POSTERIOR,
            because="Bayes' rule; the product of two normal densities is one in x_{t-1} times one that is free of it",
        ),
        Step(
            name="without scaling",
            states=s * sig**2 / (s + sig**2),
            relation=unscaled(),
            domain=STEP,
            because="given their sum, the variance of one of two independent Gaussians is the product over the sum",
        ),
    ),
)
