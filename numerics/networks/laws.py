"""Emergence times that linear denoisers predict for the sampler that is used: D = psi(sigma, tau) x along each mode."""

from itertools import pairwise

import numpy as np
from jaxtyping import Float

from numerics.networks.edm import SIGMA_DATA, grid
from numerics.networks.passages import passages

CLOCK = np.concatenate(([0.0], np.geomspace(1e-5, 1e5, 600)))


def plain_rate(lams: Float[np.ndarray, " k"], s: float) -> Float[np.ndarray, " k"]:
    """Return the rate of D = W x on the unweighted loss: the variance of the input, at squared noise level s."""
    return lams + s


def weighted_rate(lams: Float[np.ndarray, " k"], s: float) -> Float[np.ndarray, " k"]:
    """Return that of D = W x on the loss with EDM's weight (s + sigma_data^2)/(s sigma_data^2)."""
    return (lams + s) * (s + SIGMA_DATA**2) / (s * SIGMA_DATA**2)


def preconditioned_rate(lams: Float[np.ndarray, " k"], s: float) -> Float[np.ndarray, " k"]:
    """Return that of D = c_skip x + c_out W' c_in x on the same loss: the variance of the scaled input."""
    return (lams + s) / (s + SIGMA_DATA**2)


LAWS = {"plain": plain_rate, "weighted": weighted_rate, "preconditioned": preconditioned_rate}


def generated(lams: Float[np.ndarray, " k"], law: str, steps: int) -> Float[np.ndarray, "t k"]:
    """Return the variances that Heun's sampler generates at training times `CLOCK`, from psi = c_skip at time 0."""
    levels = grid(steps)
    x = np.full((len(CLOCK), len(lams)), levels[0])
    for now, after in pairwise(levels):
        slope = (1 - _weight(lams, now, law)) / now * x
        ahead = x + (after - now) * slope
        if after > 0:
            slope = (slope + (1 - _weight(lams, after, law)) / after * ahead) / 2
            ahead = x + (after - now) * slope
        x = ahead
    return np.maximum(x**2, 1e-300)


def predicted(lams: Float[np.ndarray, " k"], law: str, criterion: str, steps: int) -> Float[np.ndarray, " k"]:
    """Return the first passage of each mode, in units of 1/(2 eta); NaN where there is none."""
    return passages(CLOCK, generated(lams, law, steps), lams, criterion)


def _weight(lams: Float[np.ndarray, " k"], sigma: float, law: str) -> Float[np.ndarray, "t k"]:
    """Return psi at all training times: it relaxes from c_skip to its optimum lam/(lam + s)."""
    s = sigma**2
    start, best = SIGMA_DATA**2 / (s + SIGMA_DATA**2), lams / (lams + s)
    return best + (start - best) * np.exp(-np.outer(CLOCK, LAWS[law](lams, s)))
