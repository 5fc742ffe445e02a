"""Covariances of samples that come in batches, and how well they are aligned with a basis."""

from collections.abc import Iterable

import numpy as np
from jaxtyping import Float

from numerics.spectra import Spectrum


class Moments:
    """Mean and covariance of all rows added so far, in float64, without keeping them."""

    def __init__(self, d: int) -> None:
        self.n, self._sum, self._products = 0, np.zeros(d), np.zeros((d, d))

    def add(self, rows: Float[np.ndarray, "n d"]) -> None:
        """Take up rows."""
        wide = rows.astype(np.float64)
        self.n += len(wide)
        self._sum += wide.sum(0)
        self._products += wide.T @ wide

    @property
    def mean(self) -> Float[np.ndarray, " d"]:
        """The mean of the rows."""
        return self._sum / self.n

    @property
    def covariance(self) -> Float[np.ndarray, "d d"]:
        """Their covariance, divided by n."""
        return self._products / self.n - np.outer(self.mean, self.mean)


def moments(batches: Iterable[Float[np.ndarray, "n d"]], d: int) -> Moments:
    """Return the moments of the rows of all batches."""
    found = Moments(d)
    for rows in batches:
        found.add(rows)
    return found


def alignment(first: Float[np.ndarray, "d d"], second: Float[np.ndarray, "d d"], U: Float[np.ndarray, "d k"]) -> float:
    """Return chi: squares of the diagonal of U^T Sigma U over squares of all its entries; 1 if U is an eigenbasis.

    Args:
        first: an estimate of Sigma.
        second: an independent one; a square is the product of both, to which their errors add nothing.
        U: orthonormal columns.
    """
    one, other = U.T @ first @ U, U.T @ second @ U
    return float((np.diag(one) * np.diag(other)).sum() / (one * other).sum())


def variances_along(Sigma: Float[np.ndarray, "d d"], modes: Spectrum) -> Float[np.ndarray, " k"]:
    """Return u^T Sigma u for every mode."""
    return (modes.U * (Sigma @ modes.U)).sum(0)


def coherence(images: Float[np.ndarray, "n c h w"], lag: int) -> Float[np.ndarray, " n"]:
    """Return, image by image, the correlation of pixels `lag` columns apart, within channels."""
    flat = images - images.mean((2, 3), keepdims=True)
    products = (flat[..., lag:] * flat[..., :-lag]).mean((1, 2, 3))
    return products / np.maximum(np.square(flat).mean((1, 2, 3)), 1e-300)


def patches_of(images: Float[np.ndarray, "n c h w"], size: int, stride: int) -> Float[np.ndarray, "m p"]:
    """Return all patches of size x size pixels at every `stride` pixels, all channels of one in a row."""
    windows = np.lib.stride_tricks.sliding_window_view(images, (size, size), axis=(2, 3))[:, :, ::stride, ::stride]
    return np.moveaxis(windows, 1, 3).reshape(-1, images.shape[1] * size * size)
