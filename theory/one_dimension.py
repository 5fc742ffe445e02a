"""Data in one dimension, or a mean along a mode: the weight and the bias of the mode, two coupled numbers.

    d/dtau (w, b) = -2 eta (M (w, b) - (lam + mu^2, mu)),   M = [[lam + sigma^2 + mu^2, mu], [mu, 1]].

Source: spectral-bias paper, appendix D.2.1; the thresholds are ours.
"""

import sympy as sp

from theory.domain import POSITIVE, Domain, domain_of
from theory.mean_coupling import BY_DATA, lam, mu, r_fast, r_slow, sigma, spread, trace

corner = lam + sigma**2 + mu**2
ANY_MEAN = domain_of((lam, sigma, mu))
MEAN = ANY_MEAN.where(sp.Ne(mu, 0))
RIGHT = Domain((*domain_of((lam, sigma)).ranges, (mu, POSITIVE)))
fast, slow = BY_DATA[r_fast], BY_DATA[r_slow]
stiffness = trace**2 / (lam + sigma**2)  # (r_fast + r_slow)^2/(r_fast r_slow) grows with the ratio of the two


def characteristic(rate: sp.Expr) -> sp.Expr:
    """Return (M_11 - r)(M_22 - r), which is mu^2 where r is an eigenvalue."""
    return (corner - rate) * (1 - rate)


__all__ = ["ANY_MEAN", "MEAN", "RIGHT", "characteristic", "corner", "fast", "slow", "spread", "stiffness", "trace"]
