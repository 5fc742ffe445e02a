"""The divergence of one Gaussian of one variable from another, summed from their densities."""

import numpy as np
from scipy.stats import norm

from numerics.measured import Measured

WIDTH = 14.0
"""How many deviations of the first law the sum covers on either side."""

ROUNDOFF = 1e-12


def mode_divergence(*, lam: float, lam_gen: float, mu: float = 0.0, mu_gen: float = 0.0) -> Measured:
    """Return KL(N(mu_gen, lam_gen) | N(mu, lam)), the mean of ln p_1 - ln p_2 over the first law.

    The trapezoidal sum converges faster than any power of its step; the error is the gap to one twice as coarse.
    """
    coarse, fine = (_trapezoid(lam, lam_gen, mu, mu_gen, points) for points in (301, 601))
    return Measured(value=fine, error=2 * abs(fine - coarse) + ROUNDOFF * (1 + abs(fine)))


def measured_divergence(lam: Measured, lam_gen: Measured) -> Measured:
    """Return the same for measured variances and equal means; their errors count to first order, twice over."""
    true, generated = float(lam.value), float(lam_gen.value)
    found = mode_divergence(lam=true, lam_gen=generated)
    slope = abs(1 / true - 1 / generated) + lam_gen.worst / generated**2
    slope_true = abs(generated / true - 1) / true + lam.worst / true**2
    return Measured(value=found.value, error=found.worst + slope * lam_gen.worst + slope_true * lam.worst)


def _trapezoid(lam: float, lam_gen: float, mu: float, mu_gen: float, points: int) -> float:
    x = mu_gen + np.sqrt(lam_gen) * np.linspace(-WIDTH, WIDTH, points)
    generated, true = norm(mu_gen, np.sqrt(lam_gen)), norm(mu, np.sqrt(lam))
    return float((generated.pdf(x) * (generated.logpdf(x) - true.logpdf(x))).sum() * (x[1] - x[0]))
