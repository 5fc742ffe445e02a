"""Draws whose law is known, to plant faults in."""

import numpy as np

from numerics.statistics.samples import Sampled, sampled


def around_a_square(*, x, trials, seed):
    """Draws of mean x^2."""
    return sampled(x**2 + np.random.default_rng(seed).normal(size=trials))


def approaching(*, d, x, trials, seed):
    """Draws of mean x^2 + 3/d."""
    return sampled(x**2 + 3 / d + np.random.default_rng(seed).normal(size=trials))


def bent(*, d, x, trials, seed):
    """Draws of mean x^2 + d^(-1/4), which no line in 1/d extrapolates."""
    return sampled(x**2 + d**-0.25 + np.random.default_rng(seed).normal(size=trials))


def failed(*, x, trials, seed):
    return Sampled(mean=float("nan"), error=1.0, count=trials)


def pairs(*, x, trials, seed):
    """Columns of mean x and x + 0.01, with common noise."""
    noise = np.random.default_rng(seed).normal(size=trials)
    small = 0.05 * np.random.default_rng(seed + 1).normal(size=trials)
    return np.stack([x + noise, x + 0.01 + noise + small], axis=1)


def unlucky(*, x, trials, seed):
    """Draws of mean x^2 that are off by four standard errors where there are few of them."""
    shift = 4 / trials**0.5 if trials < 100_000 else 0.0
    return sampled(x**2 + shift + np.random.default_rng(seed).normal(size=trials))


def biased(*, x, trials, seed):
    """Draws whose mean is off by a seventieth, at the first look and at the second."""
    return sampled(x**2 + 0.0145 + np.random.default_rng(seed).normal(size=trials))
