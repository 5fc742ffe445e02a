"""Samplers run with the weights that training left at every noise level: the covariance of what they generate."""

import numpy as np
from jaxtyping import Float

from numerics.stepper import euler, heun

METHODS = {"euler": euler, "heun": heun}


def generated_covariance(
    W: Float[np.ndarray, "m d d"], sigma: Float[np.ndarray, " m"], *, method: str
) -> Float[np.ndarray, "d d"]:
    """Return the covariance of samples that start as N(0, sigma_1^2 I) and step down sigma_1 > ... > sigma_m > 0.

    The weights W belong to the levels in this order, the denoisers have no bias. `method` is "euler" or "heun"; the
    step from sigma_m to 0 is Euler's in both, as EDM's sampler takes it.
    """
    at = dict(zip(sigma.tolist(), W, strict=True))
    F = METHODS[method](lambda level: at[float(level)], sigma[0] * np.eye(W.shape[-1]), sigma)
    F = euler(lambda level: at[float(level)], F, np.array([sigma[-1], 0.0]))
    return F @ F.T
