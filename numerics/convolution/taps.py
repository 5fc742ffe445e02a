"""A convolution is a weight matrix that is linear in a few taps; its loss is that of the matrix."""

import numpy as np
from jaxtyping import Float

from numerics.autograd import Loss
from numerics.lazy import Tensor, torch
from numerics.loss import DenoisingLoss, denoising_loss
from numerics.objective import edm_x

Basis = Float[np.ndarray, "K d e"]
"""The weight matrix of each tap: W = sum_j w_j basis_j."""


def circular(N: int, offsets: list[int]) -> Basis:
    """Return the basis of (W x)_m = sum_j w_j x_{m+j} on a circle of N pixels."""
    return np.stack([np.roll(np.eye(N), offset, axis=1) for offset in offsets])


def padded(N: int, offsets: list[int]) -> Basis:
    """Return the basis of the same with zeros beyond the ends of a line of N pixels."""
    return np.stack([np.eye(N, k=offset) for offset in offsets])


def torus(N1: int, N2: int, offsets: list[tuple[int, int]]) -> Basis:
    """Return the basis of a filter in two dimensions, circular in both, pixels in row-major order."""
    ones, twos = circular(N1, [i for i, _ in offsets]), circular(N2, [j for _, j in offsets])
    return np.stack([np.kron(one, two) for one, two in zip(ones, twos, strict=True)])


def channels(basis: Basis, C: int) -> Basis:
    """Return the basis of C x C filters: pixel-major order, tap j from channel b to channel a at (j C + b) C + a."""
    units = np.eye(C * C).reshape(C * C, C, C).swapaxes(1, 2)
    return np.stack([np.kron(B, E) for B in basis for E in units])


def filter_loss(
    basis: Basis, Sigma: Float[np.ndarray, "d d"], sigma: float | np.ndarray, *, law: str = "moments", seed: int = 0
) -> Loss:
    """Return E||W(x0 + sigma z) - x0||^2 as a function of the taps, shape (..., 1, K), for centred data."""
    return of_taps(denoising_loss(Sigma, np.zeros(len(Sigma)), edm_x(sigma), law=law, seed=seed), basis)


def of_taps(loss: DenoisingLoss, basis: Basis) -> Loss:
    """Return a loss of Theta = [W 0] as a function of the taps."""
    frame = torch.tensor(np.concatenate([basis, np.zeros((*basis.shape[:2], 1))], axis=2))

    def composed(taps: Tensor) -> Tensor:
        return loss(torch.einsum("...ij,jab->...iab", taps, frame)[..., 0, :, :])

    return composed


def weight_of(taps: Float[np.ndarray, "*m K"], basis: Basis) -> Float[np.ndarray, "*m d d"]:
    """Return the weight matrix of the taps."""
    return np.einsum("...j,jab->...ab", taps, basis)
