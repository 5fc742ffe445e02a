"""The MLP of appendix I.2: residual blocks that the noise level shifts and scales."""

from math import pi

from numerics.lazy import Tensor, torch

nn, F = torch.nn, torch.nn.functional


class Fourier(torch.nn.Module):
    """cos and sin of random multiples of the noise level, one for each half of the embedding."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.register_buffer("frequencies", torch.randn(size // 2) * 2 * pi)

    def forward(self, noise: Tensor) -> Tensor:
        """Return the embedding, (batch, size)."""
        angles = noise[:, None] * self.frequencies[None, :]
        return torch.cat((angles.sin(), angles.cos()), dim=1)


class Block(torch.nn.Module):
    """norm, SiLU, linear; norm, scale and shift by the noise level, SiLU, linear; plus the input."""

    def __init__(self, size: int, width: int) -> None:
        super().__init__()
        self.norm0, self.first = nn.LayerNorm(size), nn.Linear(size, width)
        self.norm1, self.second = nn.LayerNorm(width), nn.Linear(width, width)
        self.skip = nn.Linear(size, width) if size != width else nn.Identity()

    def forward(self, x: Tensor, scale: Tensor, shift: Tensor) -> Tensor:
        """Return the output for an input (batch, size), with scale and shift (batch, width)."""
        inner = self.first(F.silu(self.norm0(x)))
        inner = F.silu(torch.addcmul(shift, self.norm1(inner), scale))
        return self.second(inner) + self.skip(x)


class Mlp(torch.nn.Module):
    """Residual blocks and a linear layer; the modulations of all blocks are one matrix product.

    Args:
        d: dimension of the data.
        layers: blocks, the last linear layer included.
        width: of the hidden layers.
        embedding: of the noise level.
    """

    def __init__(self, *, d: int, layers: int, width: int, embedding: int) -> None:
        super().__init__()
        blocks = layers - 1
        self.embed = Fourier(embedding)
        self.modulate = nn.Linear(embedding, 2 * width * blocks)
        self.blocks = nn.ModuleList(Block(d if i == 0 else width, width) for i in range(blocks))
        self.last = nn.Linear(width, d)

    def forward(self, x: Tensor, noise: Tensor) -> Tensor:
        """Return F(x, noise) for a batch (batch, d) and c_noise (batch,)."""
        parts = self.modulate(self.embed(noise)).chunk(2 * len(self.blocks), dim=1)
        for block, scale, shift in zip(self.blocks, parts[::2], parts[1::2], strict=True):
            x = block(x, scale + 1, shift)
        return self.last(x)
