"""How many directions a data set fills: all that its rank says, and those that carry nearly all of its energy."""

import numpy as np
from jaxtyping import Float

from numerics.measured import Measured

ROUNDOFF = 1e-12
MOST = 0.95  # of the energy


def share_of_rank(data: Float[np.ndarray, "n d"]) -> Measured:
    """Return the rank of the second moments of the rows, over their dimension; eigenvalues below rounding are zero."""
    values = _eigenvalues(data)
    return Measured(value=np.count_nonzero(values > ROUNDOFF * values[-1]) / data.shape[1], error=0.0)


def share_of_modes(data: Float[np.ndarray, "n d"]) -> Measured:
    """Return how many leading modes carry `MOST` of the variance of the rows, over the dimension."""
    values = _eigenvalues(data - data.mean(0))[::-1]
    count = np.searchsorted(np.cumsum(values), MOST * values.sum()) + 1
    return Measured(value=count / data.shape[1], error=0.0)


def _eigenvalues(data: np.ndarray) -> np.ndarray:
    """Return the eigenvalues of the second moments, rising."""
    return np.linalg.eigvalsh(data.T @ data / len(data))
