"""The local linear filter nearest to a denoiser, and how much of the denoiser it explains (Fig. 14)."""

import numpy as np
from jaxtyping import Float

from numerics.networks.samples import patches_of


def explained(
    noisy: Float[np.ndarray, "n c h w"], denoised: Float[np.ndarray, "n c h w"], size: int
) -> Float[np.ndarray, " n"]:
    """Return, image by image, the share of the denoised pixels' variance that one size x size filter explains.

    The filter takes all channels to all channels, with a bias; it is the least-squares one over all pixels of all
    images, and outside an image there is 0.
    """
    r = size // 2
    rows = patches_of(np.pad(noisy, ((0, 0), (0, 0), (r, r), (r, r))), size, 1)
    A = np.column_stack([rows, np.ones(len(rows))]).astype(np.float64)
    y = np.moveaxis(denoised, 1, 3).reshape(len(rows), -1).astype(np.float64)
    fit = np.linalg.lstsq(A.T @ A, A.T @ y, rcond=1e-10)[0]
    left = np.square(y - A @ fit).reshape(len(noisy), -1).sum(1)
    whole = np.square(y - y.mean(0)).reshape(len(noisy), -1).sum(1)
    return 1 - left / whole
