"""The loss of EDM as appendix I uses it, for vectors and images."""

import torch.nn.functional as F
from torch import Tensor

from numerics.networks.edm import Network, coefficients


def loss(network: Network, x: Tensor, sigma: Tensor, noise: Tensor) -> Tensor:
    """Return the mean over the batch and the components of w(sigma) |D(x + sigma n) - x|^2 (I.3).

    As w = 1/c_out^2 it is that of |F - (x - c_skip y)/c_out|^2, whose target needs no gradient.
    """
    wide = (-1, *(1,) * (x.ndim - 1))
    c = coefficients(sigma)
    noisy = x.addcmul(sigma.view(wide), noise)
    target = x.addcmul(c.skip.view(wide), noisy, value=-1).div_(c.out.view(wide))
    inner = network(noisy.mul_(c.into.view(wide)), c.noise)
    return F.mse_loss(inner, target)
