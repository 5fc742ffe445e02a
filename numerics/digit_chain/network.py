"""Small trained denoisers, blind to the noise level: a dense one and a U-shaped one, with or without biases."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from numerics.lazy import Tensor, torch

SIDE = 14  # height and width of the images
WIDTH, CHANNELS = 384, 16
SIGMAS = (0.05, 3.0)  # noise levels of training, drawn log-uniformly
SOFTENED = 0.05  # squared noise level below which the loss no longer grows in weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """How a denoiser is trained.

    Args:
        architecture: "dense" or "unet".
        bias: whether its layers have biases.
        steps: updates by Adam.
        batch: images an update.
        rate: learning rate, which falls to zero along a cosine.
        seed: of the initial weights, the images drawn and their noise.
    """

    architecture: str
    bias: bool
    steps: int = 1200
    batch: int = 128
    rate: float = 2e-3
    seed: int = 0

    def __post_init__(self) -> None:
        if self.architecture not in ARCHITECTURES:
            raise ValueError(f"architecture: expected one of {', '.join(ARCHITECTURES)}; got {self.architecture!r}")


def untrained(training: Training) -> "torch.nn.Module":
    """Return the denoiser with its initial weights."""
    torch.manual_seed(training.seed)
    return ARCHITECTURES[training.architecture](bias=training.bias)


def trained(training: Training, images: Float[np.ndarray, "n d"]) -> "torch.nn.Module":
    """Return the denoiser after minimising the mean of |D(x + σ z) - x|² / (σ² + `SOFTENED`) over images and σ."""
    net, data = untrained(training), torch.tensor(images, dtype=torch.float32)
    optimiser = torch.optim.Adam(net.parameters(), lr=training.rate)
    falling = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, training.steps)
    for _ in range(training.steps):
        optimiser.zero_grad()
        _loss(net, data[torch.randint(len(data), (training.batch,))]).backward()
        optimiser.step()
        falling.step()
    return net.eval()


def error(net: "torch.nn.Module", images: Float[np.ndarray, "n d"], sigma: float, seed: int = 0) -> float:
    """Return |D(x + σ z) - x|² over |σ z|², averaged over the images: the share of the noise that is left."""
    x = torch.tensor(images, dtype=torch.float32)
    noise = sigma * torch.randn(x.shape, generator=torch.Generator().manual_seed(seed))
    with torch.no_grad():
        return float(((net(x + noise) - x) ** 2).sum() / (noise**2).sum())


def _loss(net: "torch.nn.Module", x: Tensor) -> Tensor:
    low, high = np.log(SIGMAS)
    sigma = torch.exp(low + (high - low) * torch.rand(len(x), 1))
    gap = net(x + sigma * torch.randn_like(x)) - x
    return (gap**2 / (sigma**2 + SOFTENED)).mean()


def _dense(*, bias: bool) -> "torch.nn.Module":
    d, linear = SIDE * SIDE, torch.nn.Linear
    layers = (linear(d, WIDTH, bias), torch.nn.ReLU(), linear(WIDTH, WIDTH, bias), torch.nn.ReLU())
    return torch.nn.Sequential(*layers, linear(WIDTH, d, bias))


def _unet(*, bias: bool) -> "torch.nn.Module":
    class UNet(torch.nn.Module):
        """Two scales joined by a skip connection."""

        def __init__(self) -> None:
            super().__init__()
            c = CHANNELS
            self.fine = _block(1, c, bias)
            self.coarse = torch.nn.Sequential(_block(c, 2 * c, bias), _block(2 * c, 2 * c, bias))
            self.down, self.up = torch.nn.AvgPool2d(2), torch.nn.Upsample(scale_factor=2)
            self.joined = _block(3 * c, c, bias)
            self.last = torch.nn.Conv2d(c, 1, 3, padding=1, bias=bias)

        def forward(self, x: Tensor) -> Tensor:
            fine = self.fine(x.reshape(-1, 1, SIDE, SIDE))
            coarse = self.up(self.coarse(self.down(fine)))
            return self.last(self.joined(torch.cat([fine, coarse], 1))).reshape(x.shape)

    return _residual(UNet())


def _residual(inner: "torch.nn.Module") -> "torch.nn.Module":
    """Return the denoiser that subtracts what `inner` takes for noise."""

    class Residual(torch.nn.Module):
        """Input minus estimated noise."""

        def __init__(self) -> None:
            super().__init__()
            self.inner = inner

        def forward(self, x: Tensor) -> Tensor:
            return x - self.inner(x)

    return Residual()


def _block(inputs: int, outputs: int, bias: bool) -> "torch.nn.Module":
    return torch.nn.Sequential(torch.nn.Conv2d(inputs, outputs, 3, padding=1, bias=bias), torch.nn.ReLU())


ARCHITECTURES = {"dense": _dense, "unet": _unet}
