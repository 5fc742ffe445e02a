"""Spatial frequencies of components, and how well a few components describe images they were not learned from."""

import numpy as np
from jaxtyping import Float


def mean_frequencies(U: Float[np.ndarray, "d k"]) -> Float[np.ndarray, " k"]:
    """Return the mean spatial frequency of each component, a square image: Σ |f| |û(f)|² / Σ |û(f)|², cycles a pixel.

    Raises:
        ValueError: d is no square.
    """
    side = int(np.sqrt(len(U)) + 0.5)
    if side * side != len(U):
        raise ValueError(f"U: expected square images, got {len(U)} pixels")
    power = np.abs(np.fft.fft2(U.T.reshape(-1, side, side))) ** 2
    radius = np.hypot(*np.meshgrid(np.fft.fftfreq(side), np.fft.fftfreq(side), indexing="ij"))
    return (power * radius).sum((1, 2)) / power.sum((1, 2))


def explained(U: Float[np.ndarray, "d k"], x: Float[np.ndarray, "d m"]) -> float:
    """Return the share of the squared length of the columns of x that lies in the span of U."""
    return float(((U.T @ x) ** 2).sum() / (x**2).sum())


def denoising_error(U: Float[np.ndarray, "d k"], clean: np.ndarray, noisy: np.ndarray) -> float:
    """Return |P noisy - clean|² / |noisy - clean|², the share of the noise that the projection P = U Uᵀ leaves."""
    return float(((U @ (U.T @ noisy) - clean) ** 2).sum() / ((noisy - clean) ** 2).sum())


def dimension(lams2: Float[np.ndarray, " k"], share: float) -> int:
    """Return how many leading eigenvalues carry at least `share` of their sum."""
    return int(np.searchsorted(np.cumsum(lams2) / np.sum(lams2), share) + 1)
