"""Leading principal components, by LAPACK on the smaller of the two Gram matrices."""

from dataclasses import dataclass

import numpy as np
import scipy.linalg
from jaxtyping import Float

COMPONENTS = 30
"""How many principal components every denoiser of the paper keeps."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Basis:
    """Principal components u_i as columns and the eigenvalues λ_i² of X Xᵀ/n, largest first."""

    U: Float[np.ndarray, "d k"]
    lams2: Float[np.ndarray, " k"]


def leading(X: Float[np.ndarray, "d n"], k: int = COMPONENTS) -> Basis:
    """Return the k leading eigenvectors of X Xᵀ/n (eq 10; no mean is subtracted).

    Raises:
        ValueError: `k` is larger than the rank of `X`.
    """
    d, n = X.shape
    if not 0 < k <= min(d, n):
        raise ValueError(f"k: expected 1 to {min(d, n)} components of a {d} x {n} matrix, got {k}")
    values, vectors = _top(X @ X.T if d <= n else X.T @ X, k)
    if not values[-1] > max(d, n) * np.finfo(float).eps * values[0]:
        raise ValueError(f"k: expected at most the rank of the data, got {k}")
    return Basis(U=vectors if d <= n else X @ vectors / np.sqrt(values), lams2=values / n)


def _top(gram: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the k largest eigenvalues of a symmetric matrix and their vectors, largest first."""
    last = len(gram) - 1
    values, vectors = scipy.linalg.eigh(gram, subset_by_index=[last - k + 1, last], check_finite=True)
    return values[::-1], vectors[:, ::-1]
