"""Training with Adam on EDM's loss, fast on the machine at hand, to be stopped and taken up again at any step."""

import ctypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from warnings import warn

import numpy as np
import torch
from torch import Tensor, nn

from numerics.networks import edm
from numerics.networks.loss import loss

RANDOM = "random_state"
ADAM = "adam"
Loss = Callable[[Tensor, Tensor, Tensor], Tensor]  # of samples, noise levels and unit noise
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, KEPT = -1, -3, 1 << 30  # glibc's names and numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train: batch size and learning rate of Adam; with the same bits each time, or fast.

    Args:
        batch: samples a step.
        rate: learning rate.
        deterministic: float32, nothing compiled, and on CUDA algorithms that give the same bits each time; on the CPU
            the bits are the same for the same number of threads.
    """

    batch: int
    rate: float
    deterministic: bool = True


class Trainer:
    """A network in training on `data` (n, ...), on the device of the data.

    The noise comes from a generator of its own, whose state is part of a checkpoint. A training that need not be
    deterministic is compiled, and on CUDA runs in bfloat16 where that is safe.
    """

    def __init__(self, network: nn.Module, data: Tensor, plan: Plan, *, seed: int) -> None:
        keep_memory()
        images, cuda = data.ndim == 4, data.device.type == "cuda"
        self.plan, self.step = plan, 0
        self.data = data.contiguous(memory_format=torch.channels_last) if images else data
        self.network = network.to(data.device)
        if images:  # where convolutions are fast
            self.network = self.network.to(memory_format=torch.channels_last)
        self.adam = torch.optim.Adam(self.network.parameters(), lr=plan.rate, fused=True)
        self.generator = torch.Generator(device=data.device).manual_seed(seed)
        self._low = cuda and not plan.deterministic
        if cuda:
            torch.use_deterministic_algorithms(plan.deterministic)
            torch.set_float32_matmul_precision("highest" if plan.deterministic else "high")
        self._loss: Loss = partial(loss, self.network)
        if not plan.deterministic:
            self._loss = self._compiled({"mode": "reduce-overhead"} if cuda else {})

    def advance(self, steps: int) -> None:
        """Train for so many steps."""
        for _ in range(steps):
            x, sigma, noise = self._drawn()
            self.adam.zero_grad()
            self._lost(self._loss, x, sigma, noise).backward()
            self.adam.step()
        self.step += steps

    def denoise(self, x: Tensor, sigma: float) -> Tensor:
        """Return D(x; sigma) of a batch; the network is told the one noise level once."""
        with torch.no_grad():
            return edm.denoised(self.network, x, x.new_full((1,), sigma))

    def state(self) -> dict[str, np.ndarray]:
        """Return all that a checkpoint needs."""
        weights = {f"network.{name}": _array(value) for name, value in self.network.state_dict().items()}
        moments = {
            f"{ADAM}.{k}.{name}": _array(value)
            for k, kept in self.adam.state_dict()["state"].items()
            for name, value in kept.items()
        }
        return weights | moments | {RANDOM: self.generator.get_state().numpy(), "trained": np.array(self.step)}

    def restore(self, state: Mapping[str, np.ndarray]) -> None:
        """Take up a state that `state` returned."""
        weights = {name: torch.tensor(state[f"network.{name}"]) for name in self.network.state_dict()}
        self.network.load_state_dict(weights)
        moments: dict[int, dict[str, Tensor]] = {}
        own = list(self.network.parameters())
        for name in (name for name in state if name.startswith(f"{ADAM}.")):
            _, k, moment = name.split(".")
            moments.setdefault(int(k), {})[moment] = _laid_out(torch.tensor(state[name]), own[int(k)])
        self.adam.load_state_dict(self.adam.state_dict() | {"state": moments})
        self.generator.set_state(torch.from_numpy(state[RANDOM]))
        self.step = int(state["trained"])

    def _lost(self, loss: Loss, x: Tensor, sigma: Tensor, noise: Tensor) -> Tensor:
        with torch.autocast("cuda", torch.bfloat16, enabled=self._low):
            return loss(x, sigma, noise)

    def _compiled(self, options: Mapping[str, str]) -> Loss:
        """Return the loss compiled; where torch cannot, for want of a C++ compiler, say, as it is, with a warning."""
        fast, state = compiled(self.network, **options), self.generator.get_state()
        try:
            self._lost(fast, *self._drawn())
        except RuntimeError as cause:
            warn(f"training is not compiled: {' '.join(str(cause).splitlines()[:2])}", stacklevel=4)
            return self._loss
        finally:
            self.generator.set_state(state)
        return fast

    def _drawn(self) -> tuple[Tensor, Tensor, Tensor]:
        """Return a batch, a noise level and unit noise for each of its members."""
        size, device = self.plan.batch, self.data.device
        chosen = torch.randint(len(self.data), (size,), generator=self.generator, device=device)
        sigma = edm.noise_levels(torch.randn(size, generator=self.generator, device=device))
        x = self.data[chosen]
        noise = torch.randn(x.shape, generator=self.generator, device=device)
        return x, sigma, noise.contiguous(memory_format=torch.channels_last) if x.ndim == 4 else noise


def compiled(network: nn.Module, **options: str) -> Loss:
    """Return the loss of a network as one compiled graph."""
    torch.compiler.reset()  # what was compiled for other networks counts against a limit
    return torch.compile(partial(loss, network), fullgraph=True, dynamic=False, **options)


@cache
def keep_memory() -> None:
    """Have the C library keep freed memory, which the next step needs again, where it can be told so (glibc)."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(M_MMAP_THRESHOLD, KEPT)
        library.mallopt(M_TRIM_THRESHOLD, KEPT)


def _laid_out(value: Tensor, like: Tensor) -> Tensor:
    """Return a value with the layout in memory of the parameter it belongs to, which Adam relies on."""
    return torch.empty_like(like).copy_(value) if value.shape == like.shape else value


def _array(value: Tensor) -> np.ndarray:
    return value.detach().cpu().numpy().copy()
