"""The local linear filter nearest to a denoiser, and how much of the denoiser it explains (Fig. 14)."""

import numpy as np
from jaxtyping import Float


def explained(
    noisy: Float[np.ndarray, "n h w"], denoised: Float[np.ndarray, "n h w"], size: int
) -> Float[np.ndarray, " n"]:
    """Return, image by image, the share of the denoised pixels' variance that one size x size filter explains.

    The filter, with a bias, is the least-squares one over all pixels of all images; outside an image there is 0.
    """
    r = size // 2
    padded = np.pad(noisy, ((0, 0), (r, r), (r, r)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (size, size), axis=(1, 2))
    rows = windows.reshape(-1, size * size)
    A = np.column_stack([rows, np.ones(len(rows))]).astype(np.float64)
    y = denoised.reshape(-1).astype(np.float64)
    fit = np.linalg.lstsq(A.T @ A, A.T @ y, rcond=1e-10)[0]
    left = np.square(y - A @ fit).reshape(len(noisy), -1).sum(1)
    whole = np.square(y - y.mean()).reshape(len(noisy), -1).sum(1)
    return 1 - left / whole
