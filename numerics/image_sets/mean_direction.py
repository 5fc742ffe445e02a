"""Where the mean of a data set lies among its principal components."""

from math import ceil

import numpy as np
from jaxtyping import Float

from numerics.measured import Measured
from numerics.spectra import covariance, spectrum

ROUNDOFF = 1e-12
TOP = 0.1  # of the modes


def variance_along_mean(data: Float[np.ndarray, "n d"]) -> Measured:
    """Return the variance along the mean, in units of that of an average mode."""
    Sigma, mean = covariance(data), data.mean(0)
    ratio = (mean @ Sigma @ mean) / (mean @ mean) / (np.trace(Sigma) / len(Sigma))
    return Measured(value=ratio, error=ROUNDOFF * ratio)


def share_of_mean(data: Float[np.ndarray, "n d"]) -> Measured:
    """Return the share of |mean|^2 in the span of the leading tenth of the modes."""
    found = spectrum(data)
    leading = found.U[:, : ceil(TOP * data.shape[1])]
    return Measured(value=np.square(leading.T @ found.mean).sum() / np.square(found.mean).sum(), error=ROUNDOFF)
