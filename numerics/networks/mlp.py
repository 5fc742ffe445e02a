"""The MLP of appendix I.2: residual blocks that the noise level shifts and scales."""

from math import pi

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Fourier(nn.Module):
    """cos and sin of random multiples of the noise level, one for each half of the embedding."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.register_buffer("frequencies", torch.randn(size // 2) * 2 * pi)

    def forward(self, noise: Tensor) -> Tensor:
        """Return the embedding, (batch, size)."""
        angles = noise[:, None] * self.frequencies[None, :]
        return torch.cat((angles.sin(), angles.cos()), dim=1)


class Affine(nn.Module):
    """x W + b with W (in, out), whose gradient torch forms without a copy; initialised as `nn.Linear` is."""

    def __init__(self, size: int, width: int) -> None:
        super().__init__()
        bound = size**-0.5
        self.weight = nn.Parameter(torch.empty(size, width).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(width).uniform_(-bound, bound))

    def forward(self, x: Tensor) -> Tensor:
        """Return the output (batch, width) for an input (batch, size)."""
        return torch.addmm(self.bias, x, self.weight)


class Block(nn.Module):
    """norm, SiLU, linear; norm, scale and shift by the noise level, SiLU, linear; plus the input."""

    def __init__(self, size: int, width: int, embedding: int) -> None:
        super().__init__()
        self.norm0, self.first = nn.LayerNorm(size), Affine(size, width)
        self.scale, self.shift = Affine(embedding, width), Affine(embedding, width)
        with torch.no_grad():
            self.scale.bias += 1
        self.norm1, self.second = nn.LayerNorm(width), Affine(width, width)
        self.skip = Affine(size, width) if size != width else nn.Identity()

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        """Return the output for an input (batch, size) and an embedded noise level (batch or 1, embedding)."""
        inner = self.first(F.silu(self.norm0(x)))
        inner = F.silu(torch.addcmul(self.shift(told), self.norm1(inner), self.scale(told)))
        return self.second(inner) + self.skip(x)


class Mlp(nn.Module):
    """Residual blocks and a linear layer.

    Args:
        d: dimension of the data.
        layers: blocks, the last linear layer included.
        width: of the hidden layers.
        embedding: of the noise level.
    """

    def __init__(self, *, d: int, layers: int, width: int, embedding: int) -> None:
        super().__init__()
        self.embed = Fourier(embedding)
        self.blocks = nn.ModuleList(Block(d if i == 0 else width, width, embedding) for i in range(layers - 1))
        self.last = Affine(width, d)

    def forward(self, x: Tensor, noise: Tensor) -> Tensor:
        """Return F(x, noise) for a batch (batch, d) and c_noise (batch or 1,)."""
        told = self.embed(noise)
        for block in self.blocks:
            x = block(x, told)
        return self.last(x)
