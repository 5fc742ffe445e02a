"""How much a data set varies along its mean."""

import numpy as np
from jaxtyping import Float

from numerics.measured import Measured
from numerics.spectra import covariance

ROUNDOFF = 1e-12


def variance_along_mean(data: Float[np.ndarray, "n d"]) -> Measured:
    """Return the variance along the mean, in units of that of an average mode."""
    Sigma, mean = covariance(data), data.mean(0)
    ratio = (mean @ Sigma @ mean) / (mean @ mean) / (np.trace(Sigma) / len(Sigma))
    return Measured(value=ratio, error=ROUNDOFF * ratio)
