"""A training step takes less time than the same step written straight from appendix I."""

import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from statistics import median

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from numerics.networks import edm
from numerics.networks.mlp import Fourier, Mlp
from numerics.networks.trainer import Plan, Trainer
from numerics.networks.unet import Unet

RATE = 1e-4
ROUNDS, STEPS = 15, 4
SMALL = {"d": 256, "layers": 5, "width": 256, "embedding": 256}
DEEP = {"d": 196, "layers": 8, "width": 384, "embedding": 128}
IMAGE = {"channels": 1, "base": 16, "factors": [1, 2]}


class Block(nn.Module):
    """The block of I.2 as it is written: every block embeds the noise level by a layer of its own."""

    def __init__(self, size: int, width: int, embedding: int) -> None:
        super().__init__()
        self.norm0, self.first = nn.LayerNorm(size, eps=1e-5), nn.Linear(size, width)
        self.affine = nn.Linear(embedding, 2 * width)
        self.norm1, self.second = nn.LayerNorm(width, eps=1e-5), nn.Linear(width, width)
        self.skip = nn.Linear(size, width) if size != width else None

    def forward(self, x: torch.Tensor, told: torch.Tensor) -> torch.Tensor:
        inner = self.first(F.silu(self.norm0(x)))
        scale, shift = self.affine(told).chunk(2, dim=1)
        inner = self.second(F.silu(torch.addcmul(shift, self.norm1(inner), scale + 1)))
        return (inner + (x if self.skip is None else self.skip(x))) * 1.0


class PlainMlp(nn.Module):
    """The network of I.2."""

    def __init__(self, d: int, layers: int, width: int, embedding: int) -> None:
        super().__init__()
        self.embed = Fourier(embedding)
        self.blocks = nn.ModuleList(Block(width if i else d, width, embedding) for i in range(layers - 1))
        self.last = nn.Linear(width, d)

    def forward(self, x: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
        told = self.embed(noise)
        for block in self.blocks:
            x = block(x, told)
        return self.last(x)


CASES = {
    "mlp, 256 dimensions": (lambda: PlainMlp(**SMALL), lambda: Mlp(**SMALL), (256,), 256),
    "mlp, 196 pixels": (lambda: PlainMlp(**DEEP), lambda: Mlp(**DEEP), (196,), 64),
    "unet, 14 x 14 pixels": (lambda: Unet(**IMAGE), lambda: Unet(**IMAGE), (1, 14, 14), 64),
}


class Plain:
    """The loop of I.3 and I.4 in a few lines: the loss as it is defined, Adam as it comes."""

    def __init__(self, network: nn.Module, data: torch.Tensor, batch: int) -> None:
        self.network, self.data, self.batch = network, data, batch
        self.adam = torch.optim.Adam(network.parameters(), lr=RATE)

    def advance(self, steps: int) -> None:
        for _ in range(steps):
            x = self.data[torch.randint(len(self.data), (self.batch,))]
            wide = (-1, *(1,) * (x.ndim - 1))
            sigma = (torch.randn(self.batch) * 1.2 - 1.2).exp()
            weight = (sigma**2 + 0.25) / (sigma * 0.5) ** 2
            noisy = x + sigma.view(wide) * torch.randn_like(x)
            loss = (weight.view(wide) * (edm.denoised(self.network, noisy, sigma) - x) ** 2).mean()
            self.adam.zero_grad()
            loss.backward()
            self.adam.step()


WORKER: dict[str, Plain | Trainer] = {}  # what the process of a pool trains


def begin(case: str, ours: bool) -> None:
    """Make ready to train in this process, and take the first steps."""
    plain, network, shape, batch = CASES[case]
    torch.set_num_threads(1)
    torch.manual_seed(0)
    data = torch.randn(2000, *shape)
    ready = Trainer(network(), data, Plan(batch=batch, rate=RATE), seed=0) if ours else Plain(plain(), data, batch)
    ready.advance(3)
    WORKER["training"] = ready


def seconds(steps: int) -> float:
    """Return the processor time of so many steps."""
    start = time.process_time()
    WORKER["training"].advance(steps)
    return time.process_time() - start


@pytest.mark.parametrize("case", CASES)
def test_a_step(benchmark, case):
    begin(case, ours=True)
    benchmark(WORKER["training"].advance, 1)


@pytest.mark.parametrize("case", CASES)
def test_training_is_faster_than_the_plain_loop(case, capsys):
    """The two take turns, each in a process of its own, as ours tells the C library to keep its memory."""
    with _process(case, False) as plain, _process(case, True) as ours:
        ratios = [_alone(plain) / _alone(ours) for _ in range(ROUNDS)]
    with capsys.disabled():
        told = f"{median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
        print(f"\n{case}: time of a plain step over time of ours {told}")

    assert median(ratios) >= 1.05


def _process(case: str, ours: bool) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=begin, initargs=(case, ours))


def _alone(pool: ProcessPoolExecutor) -> float:
    return pool.submit(seconds, STEPS).result()
