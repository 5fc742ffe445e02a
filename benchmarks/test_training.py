"""A training step takes less time than the same step written straight from appendix I, here and on CUDA if there is."""

import time
from collections.abc import Callable
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

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # torch's own, while it compiles
RATE = 1e-4
ROUNDS, STEPS = 15, {"cpu": 15, "cuda": 50}
LEAST = {"cpu": 1.05, "cuda": 3.0}
GAUSS = {"d": 256, "layers": 5, "width": 256, "embedding": 256}
QUICK = {"d": 784, "layers": 8, "width": 784, "embedding": 128}
FULL = QUICK | {"width": 1024}
GREY = {"channels": 1, "base": 16, "factors": [1, 2]}
DIGITS = GREY | {"factors": [1, 2, 3, 4]}
COLOUR = {"channels": 3, "base": 128, "factors": [1, 2, 2], "attention": [1]}


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


def _mlps(**sizes: int) -> tuple[Callable[[], nn.Module], Callable[[], nn.Module]]:
    return lambda: PlainMlp(**sizes), lambda: Mlp(**sizes)


def _unets(**sizes) -> tuple[Callable[[], nn.Module], Callable[[], nn.Module]]:
    return lambda: Unet(**sizes), lambda: Unet(**sizes)


CASES = {
    "mlp, 256 dimensions": ("cpu", *_mlps(**GAUSS), (256,), 256),
    "mlp, 784 pixels": ("cpu", *_mlps(**QUICK), (784,), 64),
    "unet, 14 x 14 pixels": ("cpu", *_unets(**GREY), (1, 14, 14), 64),
    "mlp, 256 dimensions, full size": ("cuda", *_mlps(**GAUSS), (256,), 1024),
    "mlp, 784 pixels, full size": ("cuda", *_mlps(**FULL), (784,), 2048),
    "unet, 28 x 28 pixels, full size": ("cuda", *_unets(**DIGITS), (1, 28, 28), 2048),
    "unet, 32 x 32 pixels in colour, full size": ("cuda", *_unets(**COLOUR), (3, 32, 32), 512),
}
"""Where it runs, the plain network, ours, the shape of a sample, samples a step."""


class Plain:
    """The loop of I.3 and I.4 in a few lines: the loss as it is defined, Adam as it comes."""

    def __init__(self, network: nn.Module, data: torch.Tensor, batch: int) -> None:
        self.network, self.data, self.batch = network, data, batch
        self.adam = torch.optim.Adam(network.parameters(), lr=RATE)

    def advance(self, steps: int) -> None:
        for _ in range(steps):
            x = self.data[torch.randint(len(self.data), (self.batch,), device=self.data.device)]
            wide = (-1, *(1,) * (x.ndim - 1))
            sigma = (torch.randn(self.batch, device=x.device) * 1.2 - 1.2).exp()
            weight = (sigma**2 + 0.25) / (sigma * 0.5) ** 2
            noisy = x + sigma.view(wide) * torch.randn_like(x)
            loss = (weight.view(wide) * (edm.denoised(self.network, noisy, sigma) - x) ** 2).mean()
            self.adam.zero_grad()
            loss.backward()
            self.adam.step()


WORKER: dict[str, Plain | Trainer] = {}  # what the process of a pool trains


def begin(case: str, ours: bool) -> None:
    """Make ready to train in this process, and take the first steps."""
    device, plain, network, shape, batch = CASES[case]
    torch.set_num_threads(1)
    torch.manual_seed(0)
    data = torch.randn(2000, *shape, device=device)
    plan = Plan(batch=batch, rate=RATE, deterministic=False)
    ready = Trainer(network(), data, plan, seed=0) if ours else Plain(plain().to(device), data, batch)
    ready.advance(5)
    WORKER["training"] = ready


def seconds(case: str) -> float:
    """Return the time of some steps: of the processor, or on CUDA by the clock."""
    device = CASES[case][0]
    now = _settled if device == "cuda" else time.process_time
    start = now()
    WORKER["training"].advance(STEPS[device])
    return now() - start


def _settled() -> float:
    torch.cuda.synchronize()
    return time.perf_counter()


@pytest.fixture(params=CASES)
def case(request):
    if CASES[request.param][0] == "cuda" and not torch.cuda.is_available():
        pytest.skip("no CUDA device")
    return request.param


def test_a_step(benchmark, case):
    begin(case, ours=True)
    benchmark(seconds, case)


def test_training_is_faster_than_the_plain_loop(case, capsys):
    """The two take turns, each in a process of its own, as ours tells the C library to keep its memory."""
    with _process(case, False) as plain, _process(case, True) as ours:
        ratios = [_alone(plain, case) / _alone(ours, case) for _ in range(ROUNDS)]
    with capsys.disabled():
        told = f"{median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
        print(f"\n{case}: time of a plain step over time of ours {told}")

    assert median(ratios) >= LEAST[CASES[case][0]]


def _process(case: str, ours: bool) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=begin, initargs=(case, ours))


def _alone(pool: ProcessPoolExecutor, case: str) -> float:
    return pool.submit(seconds, case).result()
