"""Training: all parameters are one vector, so that a step of Adam is one call and a checkpoint three arrays."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from numerics.lazy import Tensor, torch
from numerics.networks import edm

RANDOM = "random_state"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train: batch size and learning rate of Adam."""

    batch: int
    rate: float


class Trainer:
    """A network in training on `data` (n, ...), on the device of the data.

    The noise comes from a generator of its own, whose state is part of a checkpoint. On CUDA the network runs in
    bfloat16 where that is safe and is compiled; on the CPU neither.
    """

    def __init__(self, network: torch.nn.Module, data: Tensor, plan: Plan, *, seed: int) -> None:
        self.plan, self.data, self.step = plan, data, 0
        self.network = network.to(data.device)
        self.parameters, gradients = _as_one(self.network)
        self.parameters.grad = gradients
        self.adam = torch.optim.Adam([self.parameters], lr=plan.rate, fused=True)
        self.generator = torch.Generator(device=data.device).manual_seed(seed)
        self._fast = data.device.type == "cuda"
        self._forward = torch.compile(self.network) if self._fast else self.network

    def advance(self, steps: int) -> None:
        """Train for so many steps."""
        self.network.train()
        for _ in range(steps):
            x, sigma, noise = self._drawn()
            self.parameters.grad.zero_()
            with torch.autocast("cuda", torch.bfloat16, enabled=self._fast):
                lost = edm.loss(self._forward, x, sigma, noise)
            lost.backward()
            self.adam.step()
        self.step += steps

    def denoise(self, x: Tensor, sigma: float) -> Tensor:
        """Return D(x; sigma) of a batch."""
        with torch.no_grad():
            return edm.denoised(self.network.eval(), x, x.new_full((len(x),), sigma))

    def state(self) -> dict[str, np.ndarray]:
        """Return all that a checkpoint needs."""
        moments = self.adam.state.get(self.parameters, {})
        kept = {name: _array(value) for name, value in moments.items()}
        buffers = {f"buffer.{name}": _array(value) for name, value in self.network.named_buffers()}
        random = {RANDOM: self.generator.get_state().numpy(), "trained": np.array(self.step)}
        return {"parameters": _array(self.parameters), **kept, **buffers, **random}

    def restore(self, state: Mapping[str, np.ndarray]) -> None:
        """Take up a state that `state` returned."""
        with torch.no_grad():
            self.parameters.copy_(torch.from_numpy(state["parameters"]))
            for name, buffer in self.network.named_buffers():
                buffer.copy_(torch.from_numpy(state[f"buffer.{name}"]))
        self.generator.set_state(torch.from_numpy(state[RANDOM]))
        self.step = int(state["trained"])
        if "exp_avg" in state:
            device = self.parameters.device
            names = ("step", "exp_avg", "exp_avg_sq")
            self.adam.state[self.parameters] = {n: torch.tensor(state[n], device=device) for n in names}

    def _drawn(self) -> tuple[Tensor, Tensor, Tensor]:
        """Return a batch, a noise level and unit noise for each of its members."""
        size, device = self.plan.batch, self.data.device
        chosen = torch.randint(len(self.data), (size,), generator=self.generator, device=device)
        sigma = edm.noise_levels(torch.randn(size, generator=self.generator, device=device))
        shape = (size, *self.data.shape[1:])
        noise = torch.randn(shape, generator=self.generator, device=device)
        return _channels_last(self.data[chosen]), sigma, _channels_last(noise)


def _as_one(network: torch.nn.Module) -> tuple[Tensor, Tensor]:
    """Return one vector that all parameters are views of, and one for their gradients."""
    own = list(network.parameters())
    values = torch.cat([_laid_out(p.detach()).reshape(-1) for p in own])
    gradients, place = torch.zeros_like(values), 0
    for p in own:
        part = slice(place, place + p.numel())
        p.data, p.grad = _shaped(values[part], p.shape), _shaped(gradients[part], p.shape)
        place += p.numel()
    return values, gradients


def _laid_out(p: Tensor) -> Tensor:
    """Return the kernel of a convolution with its channels last in memory, which is where it is fast."""
    return p.permute(0, 2, 3, 1) if p.ndim == 4 else p


def _shaped(part: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Return a part of the vector as a parameter of this shape."""
    if len(shape) != 4:
        return part.view(shape)
    out, into, height, width = shape
    return part.view(out, height, width, into).permute(0, 3, 1, 2)


def _channels_last(x: Tensor) -> Tensor:
    return x.contiguous(memory_format=torch.channels_last) if x.ndim == 4 else x


def _array(value: Tensor) -> np.ndarray:
    return value.detach().cpu().numpy().copy()
