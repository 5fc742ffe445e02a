"""The spectrum of a data set: the variances of its principal modes, largest first."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spectrum:
    """Eigenvalues and eigenvectors of a covariance.

    Args:
        lams: variances, descending, in data units²; exactly 0 where they are no larger than the rounding.
        U: their directions as columns, orthonormal; of a (d, n) matrix of few samples only those that they span.
        mean: mean of the data.
    """

    lams: Float[np.ndarray, " k"]
    U: Float[np.ndarray, "d k"]
    mean: Float[np.ndarray, " d"]

    @property
    def rank(self) -> int:
        """The number of modes with variance above the rounding."""
        return int(np.count_nonzero(self.lams))


def covariance(data: Float[np.ndarray, "n d"]) -> Float[np.ndarray, "d d"]:
    """Return the covariance of n equally likely rows (divided by n, as a full batch is)."""
    centred = data - data.mean(0)
    return centred.T @ centred / len(data)


def spectrum(data: Float[np.ndarray, "n d"]) -> Spectrum:
    """Return the spectrum of n equally likely rows; relative error of a variance about 1e-15 · largest / itself."""
    mean = data.mean(0)
    U, sizes, _ = np.linalg.svd((data - mean).T / np.sqrt(len(data)), full_matrices=False)
    floor = sizes.max(initial=0.0) * max(data.shape) * np.finfo(data.dtype).eps
    return Spectrum(lams=np.where(sizes > floor, sizes, 0.0) ** 2, U=U, mean=mean)


def spectrum_of(Sigma: Float[np.ndarray, "d d"]) -> Spectrum:
    """Return the spectrum of a covariance matrix, around mean zero.

    Raises:
        ValueError: `Sigma` is not symmetric, or has an eigenvalue that is negative beyond rounding.
    """
    size = np.abs(Sigma).max(initial=0.0)
    if not np.abs(Sigma - Sigma.T).max(initial=0.0) <= 1e-12 * size:
        raise ValueError("Sigma: expected a symmetric matrix; use (Sigma + Sigma.T) / 2 if it nearly is")
    lams, U = np.linalg.eigh(Sigma)
    floor = np.abs(lams).max(initial=0.0) * len(Sigma) * np.finfo(np.float64).eps
    if not lams.min(initial=0.0) >= -100 * floor:
        raise ValueError(f"Sigma: expected no negative eigenvalue, got {lams.min():.3g}")
    kept = np.where(lams > floor, lams, 0.0)
    return Spectrum(lams=kept[::-1], U=U[:, ::-1], mean=np.zeros(len(Sigma)))
