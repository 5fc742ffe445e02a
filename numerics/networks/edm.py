"""Preconditioning, noise levels and sampler of EDM (Karras et al., 2022) as appendix I uses them."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from jaxtyping import Float

from numerics.lazy import Tensor

Network = Callable[[Tensor, Tensor], Tensor]
SIGMA_DATA, P_MEAN, P_STD = 0.5, -1.2, 1.2
SIGMA_MIN, SIGMA_MAX, RHO = 0.002, 80.0, 7.0


@dataclass(frozen=True, slots=True)
class Coefficients:
    """c_skip, c_out, c_in and c_noise at noise levels sigma (I.2)."""

    skip: Tensor
    out: Tensor
    into: Tensor
    noise: Tensor


def coefficients(sigma: Tensor, sigma_data: float = SIGMA_DATA) -> Coefficients:
    """Return the coefficients at noise levels `sigma`, each of its shape."""
    power = sigma**2 + sigma_data**2
    root = power.rsqrt()
    return Coefficients(sigma_data**2 / power, sigma * sigma_data * root, root, sigma.log() / 4)


def denoised(network: Network, x: Tensor, sigma: Tensor) -> Tensor:
    """Return D(x; sigma) = c_skip x + c_out F(c_in x, c_noise) for a batch and one noise level for each."""
    c = coefficients(sigma)
    wide = (-1, *(1,) * (x.ndim - 1))
    inner = network(c.into.view(wide) * x, c.noise)
    return (c.skip.view(wide) * x).addcmul(c.out.view(wide), inner)


def noise_levels(normal: Tensor) -> Tensor:
    """Return exp(P_mean + P_std eps) for standard normal eps (I.3)."""
    return (normal * P_STD + P_MEAN).exp()


def grid(steps: int) -> Float[np.ndarray, " steps1"]:
    """Return the noise levels of the sampler, sigma_max first, then the last one, 0."""
    roots = np.linspace(SIGMA_MAX ** (1 / RHO), SIGMA_MIN ** (1 / RHO), steps)
    return np.append(roots**RHO, 0.0)


def heun(denoise: Callable[[Tensor, float], Tensor], z: Tensor, steps: int) -> Tensor:
    """Return samples from unit noise z by Heun's method for dx/dsigma = (x - D(x; sigma))/sigma; Euler at the end.

    `denoise(x, sigma)` may act on torch tensors or NumPy arrays alike.
    """
    levels = grid(steps)
    x = z * float(levels[0])
    for now, after in pairwise(map(float, levels)):
        slope = (x - denoise(x, now)) / now
        ahead = x + (after - now) * slope
        if after > 0:
            slope = (slope + (ahead - denoise(ahead, after)) / after) / 2
            ahead = x + (after - now) * slope
        x = ahead
    return x
