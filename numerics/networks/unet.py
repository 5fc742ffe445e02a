"""The convolutional UNet of appendix I.6: EDM's blocks, one a level, with attention where it is asked for."""

from collections.abc import Collection

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from numerics.networks.mlp import Fourier

SHRINK = 0.5**0.5  # keeps the variance of a sum of two
HEAD = 64  # channels of a head of attention


def _norm(channels: int) -> nn.Module:
    return nn.GroupNorm(min(32, max(1, channels // 4)), channels, eps=1e-6)


class Block(nn.Module):
    """Two 3 x 3 convolutions, modulated by the noise level in between, plus the input."""

    def __init__(self, size: int, channels: int, embedding: int) -> None:
        super().__init__()
        self.norm0, self.first = _norm(size), nn.Conv2d(size, channels, 3, padding=1)
        self.modulate = nn.Linear(embedding, 2 * channels)
        self.norm1, self.second = _norm(channels), nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)
        self.skip = nn.Conv2d(size, channels, 1) if size != channels else nn.Identity()

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        """Return the output for images (batch, size, h, w) and an embedded noise level."""
        scale, shift = self.modulate(told)[:, :, None, None].chunk(2, dim=1)
        inner = self.first(F.silu(self.norm0(x)))
        inner = F.silu(torch.addcmul(shift, self.norm1(inner), scale + 1))
        return (self.second(inner) + self.skip(x)) * SHRINK


class Attention(nn.Module):
    """Every pixel attends to all others, plus the input."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.heads = next(k for k in range(max(1, channels // HEAD), 0, -1) if channels % k == 0)
        self.norm, self.ask = _norm(channels), nn.Conv2d(channels, 3 * channels, 1)
        self.last = nn.Conv2d(channels, channels, 1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Return the output for images (batch, channels, h, w)."""
        asked = self.ask(self.norm(x)).flatten(2).unflatten(1, (3, self.heads, -1)).mT
        found = F.scaled_dot_product_attention(*asked.unbind(1)).mT.reshape(x.shape)
        return (self.last(found) + x) * SHRINK


class Unet(nn.Module):
    """Down by averaging 2 x 2 pixels, up by repeating them, with a connection at every level.

    Args:
        channels: of the data.
        base: channels of the first level.
        factors: channels of each level, in units of `base`.
        attention: levels, the finest 0, whose blocks are followed by attention; with any, the middle is too.
    """

    def __init__(self, *, channels: int, base: int, factors: list[int], attention: Collection[int] = ()) -> None:
        super().__init__()
        told, sizes = 4 * base, [base * factor for factor in factors]
        self.embed = nn.Sequential(Fourier(base), nn.Linear(base, told), nn.SiLU(), nn.Linear(told, told), nn.SiLU())
        self.enter = nn.Conv2d(channels, base, 3, padding=1)
        levels, above = range(len(sizes)), [*sizes[1:], sizes[-1]]
        self.down = nn.ModuleList(Block(a, b, told) for a, b in zip([base, *sizes], sizes, strict=False))
        self.middle = Block(sizes[-1], sizes[-1], told)
        self.up = nn.ModuleList(Block(a + b, b, told) for a, b in zip(above[::-1], sizes[::-1], strict=True))
        self.look_down = nn.ModuleList(_look(sizes[k], k in attention) for k in levels)
        self.look = _look(sizes[-1], bool(attention))
        self.look_up = nn.ModuleList(_look(sizes[k], k in attention) for k in reversed(levels))
        self.norm, self.leave = _norm(base * factors[0]), nn.Conv2d(base * factors[0], channels, 3, padding=1)

    def forward(self, x: Tensor, noise: Tensor) -> Tensor:
        """Return F(x, noise) for images (batch, channels, h, w) and c_noise (batch,)."""
        told, kept = self.embed(noise), []
        x = self.enter(x)
        for level, (block, look) in enumerate(zip(self.down, self.look_down, strict=True)):
            x = look(block(F.avg_pool2d(x, 2, ceil_mode=True) if level else x, told))
            kept.append(x)
        x = self.look(self.middle(x, told))
        for block, look in zip(self.up, self.look_up, strict=True):
            across = kept.pop()
            x = F.interpolate(x, size=across.shape[2:]) if x.shape[2:] != across.shape[2:] else x
            x = look(block(torch.cat((x, across), dim=1), told))
        return self.leave(F.silu(self.norm(x)))


def _look(channels: int, attends: bool) -> nn.Module:
    return Attention(channels) if attends else nn.Identity()
