"""The convolutional UNet of appendix I.6: EDM's blocks, one a level, without attention."""

from numerics.lazy import Tensor, torch
from numerics.networks.mlp import Fourier

nn, F = torch.nn, torch.nn.functional
SHRINK = 0.5**0.5  # keeps the variance of a sum of two


def _norm(channels: int) -> torch.nn.Module:
    return nn.GroupNorm(min(32, max(1, channels // 4)), channels, eps=1e-6)


class Block(torch.nn.Module):
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


class Unet(torch.nn.Module):
    """Down by averaging 2 x 2 pixels, up by repeating them, with a connection at every level.

    Args:
        channels: of the data.
        base: channels of the first level.
        factors: channels of each level, in units of `base`.
    """

    def __init__(self, *, channels: int, base: int, factors: list[int]) -> None:
        super().__init__()
        told, sizes = 4 * base, [base * factor for factor in factors]
        self.embed = nn.Sequential(Fourier(base), nn.Linear(base, told), nn.SiLU(), nn.Linear(told, told), nn.SiLU())
        self.enter = nn.Conv2d(channels, base, 3, padding=1)
        self.down = nn.ModuleList(Block(a, b, told) for a, b in zip([base, *sizes], sizes, strict=False))
        self.middle = Block(sizes[-1], sizes[-1], told)
        above = [*sizes[1:], sizes[-1]]
        self.up = nn.ModuleList(Block(a + b, b, told) for a, b in zip(above[::-1], sizes[::-1], strict=True))
        self.norm, self.leave = _norm(base * factors[0]), nn.Conv2d(base * factors[0], channels, 3, padding=1)

    def forward(self, x: Tensor, noise: Tensor) -> Tensor:
        """Return F(x, noise) for images (batch, channels, h, w) and c_noise (batch,)."""
        told, kept = self.embed(noise), []
        x = self.enter(x)
        for level, block in enumerate(self.down):
            x = block(F.avg_pool2d(x, 2, ceil_mode=True) if level else x, told)
            kept.append(x)
        x = self.middle(x, told)
        for block in self.up:
            across = kept.pop()
            x = F.interpolate(x, size=across.shape[2:]) if x.shape[2:] != across.shape[2:] else x
            x = block(torch.cat((x, across), dim=1), told)
        return self.leave(F.silu(self.norm(x)))
