"""Networks trained in discrete time: gradient descent and heavy ball on the exact expectation, minibatches on samples.

All noise levels are one tensor. The gradient is that of autograd, in float64.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

import numpy as np
from jaxtyping import Float

from numerics.lazy import Tensor, torch
from numerics.measured import Measured
from numerics.networks.linear.architecture import Linear, Parameters

ParameterLoss = Callable[[Parameters], Tensor]
"""Maps parameters to losses of any shape; the losses of different levels and of different free axes do not mix."""

Start = Mapping[str, np.ndarray]
Course = dict[str, Measured]
"""Every parameter by name after 0, 1, ..., n steps, (n + 1, m, *shape)."""

EPS = float(np.finfo(np.float64).eps)
ULPS = 8  # units in the last place that one step may lose in a sum of some tens of products
REPLICAS = 3
SAFETY = 4.0


def iterates(
    loss: ParameterLoss, start: Parameters, *, eta: float, beta: float = 0.0, nudge: Callable | None = None
) -> Iterator[dict[str, Tensor]]:
    """Yield the parameters of theta <- theta - eta dloss/dtheta + beta (theta - previous theta), the start first.

    `nudge` may move every parameter that is yielded by a little: nudge(name, value) -> value.
    """
    moved = nudge or (lambda name, value: value)  # noqa: ARG005
    before = theta = {name: moved(name, value) for name, value in start.items()}
    while True:
        yield theta
        slope = gradient(loss, theta)
        step = {name: torch.add(value, slope[name], alpha=-eta) for name, value in theta.items()}
        if beta:
            step = {name: value + beta * (theta[name] - before[name]) for name, value in step.items()}
        before, theta = theta, {name: moved(name, value) for name, value in step.items()}


def gradient(loss: ParameterLoss, theta: Parameters) -> dict[str, Tensor]:
    """Return the gradient of the sum of all losses in each parameter."""
    leaves = {name: value.detach().requires_grad_() for name, value in theta.items()}
    slopes = torch.autograd.grad(loss(leaves).sum(), list(leaves.values()))
    return dict(zip(leaves, slopes, strict=True))


def descent(loss: ParameterLoss, start: Start, *, eta: float, steps: int, beta: float = 0.0) -> Course:
    """Return the course of full-batch training.

    The error measures rounding by its effect: replicas are trained along, in which the start and the result of every
    step are moved by `ULPS` units in the last place of their largest entry, with signs that stay the same so that
    nothing averages out. The error at a step is `SAFETY` times the largest distance of a replica.
    """
    replicas = {name: torch.tensor(np.stack([value] * (1 + REPLICAS))) for name, value in start.items()}
    nudge = _nudges(start)
    found = list(islice(iterates(loss, replicas, eta=eta, beta=beta, nudge=nudge), steps + 1))
    return {name: _measured(torch.stack([theta[name] for theta in found]).numpy()) for name in start}


def minibatch_losses(
    network: Linear,
    data: Float[np.ndarray, "n d"],
    sigma: Float[np.ndarray, " m"],
    *,
    replicas: int,
    batch: int,
    seed: int,
) -> Iterator[ParameterLoss]:
    """Yield the loss |D(x0 + sigma z) - x0|^2 of one minibatch after another, for so many independent trainings.

    A minibatch is drawn from the data with replacement, with fresh normal noise, for each training and each level.
    """
    random = torch.Generator().manual_seed(seed)
    points, levels = torch.tensor(data), torch.tensor(sigma)[:, None, None]
    shape = (replicas, len(sigma), batch)
    while True:
        x0 = points[torch.randint(len(points), shape, generator=random)]
        x = x0 + levels * torch.randn(x0.shape, generator=random, dtype=torch.float64)
        yield _batch_loss(network, x, x0)


def stochastic_descent(
    losses: Iterator[ParameterLoss], start: Start, *, replicas: int, eta: float, steps: int
) -> dict[str, Float[np.ndarray, "r m *shape"]]:
    """Return the parameters of all trainings after so many steps, each on a loss of its own."""
    theta = {name: torch.tensor(np.stack([value] * replicas)) for name, value in start.items()}
    for loss in islice(losses, steps):
        slope = gradient(loss, theta)
        theta = {name: value - eta * slope[name] for name, value in theta.items()}
    return {name: value.numpy() for name, value in theta.items()}


def _batch_loss(network: Linear, x: Tensor, x0: Tensor) -> ParameterLoss:
    """Return the mean of |D(x) - x0|^2 over the batch."""
    return lambda layers: (network.forward(layers, x) - x0).square().sum(-1).mean(-1)


def _nudges(start: Start) -> Callable[[str, Tensor], Tensor]:
    """Return what moves all replicas but the first by `ULPS` units in the last place, always in the same direction."""
    rng = np.random.default_rng(0)
    signs = {name: rng.choice([-1.0, 1.0], size=(1 + REPLICAS, *value.shape)) for name, value in start.items()}
    for pattern in signs.values():
        pattern[0] = 0.0
    units = {name: torch.tensor(ULPS * EPS * pattern) for name, pattern in signs.items()}

    def nudge(name: str, value: Tensor) -> Tensor:
        size = value.abs().amax(dim=tuple(range(2, value.dim())), keepdim=True)
        return value + size * units[name]

    return nudge


def _measured(found: Float[np.ndarray, "n r m *shape"]) -> Measured:
    """Return the first replica, with the distance of the others as the error of a level."""
    apart = np.abs(found[:, 1:] - found[:, :1])
    axes = tuple(range(3, apart.ndim))
    worst = SAFETY * apart.max(axis=(1, *axes), keepdims=True)[:, 0]
    return Measured(value=found[:, 0], error=worst)
