"""Training linear networks at all noise levels in one tensor, next to a plain loop that trains one after another.

The loop is what one would write for one network, in the quickest of the usual ways: the expected loss from second
moments, autograd, a step in place. Written as a trace of (W - I) Sigma (W - I)^T it takes 1.5 to 2.7 times as long.

At d = 16 the loop spends its time on calls, and all levels at once save them. At d = 64 both spend it on products and
on memory: the loss and its gradient in W take two products a step, and these alone, batched and written in place, take
a sixth to a thirteenth of the loop's time on one thread. No batching of them is twenty times as quick.
"""

import time
from collections.abc import Callable
from itertools import islice

import numpy as np
import pytest
import torch

from numerics.networks.linear import LINEAR
from numerics.networks.linear.descent import iterates
from numerics.networks.linear.loss import exact_loss
from numerics.networks.linear.scenes import random_covariance
from numerics.objective import edm_x

SIZES = [(64, 16), (256, 16), (256, 32), (128, 64)]
STEPS, TURNS = 10, 3
LEAST = {16: 8.0, 32: 2.0, 64: 1.0}
"""How many times as long the loop takes at least, by d, with a margin for a busy machine."""


@pytest.mark.parametrize(("levels", "d"), SIZES)
@pytest.mark.parametrize("name", ["one_layer", "two_layer", "patch_1d"])
def test_all_levels_at_once(name, levels, d, capsys):
    sigma, Sigma = np.geomspace(0.02, 10.0, levels), random_covariance(np.random.default_rng(0), d)
    ((key, start),) = LINEAR[name](d, sigma).start(levels, seed=0, size=0.1).items()
    theta, loss = torch.tensor(start), exact_loss(LINEAR[name](d, sigma), Sigma, np.zeros(d), edm_x(sigma))
    tasks = [
        lambda: next(islice(iterates(loss, {key: theta}, eta=1e-3 / d), STEPS, None))[key],
        lambda: _looped(_matrix(name, d), Sigma, sigma, theta),
        lambda: _products(theta.new_ones(levels, d, d)),
    ]

    together, loop, products = _seconds(tasks)
    with capsys.disabled():
        print(f"\n{name}, {levels} levels, d = {d}: {1e3 * together / STEPS:.2f} ms a step;", end=" ")
        print(f"a loop takes {loop / together:.1f} times as long,", end=" ")
        print(f"{loop / products:.0f} times as long as two bare products a step")

    whole, parts = tasks[0](), tasks[1]()
    assert loop / together >= LEAST[d]
    assert (whole - parts).abs().max() <= 1e-13 * whole.abs().max()


def _looped(matrix: Callable, Sigma: np.ndarray, sigma: np.ndarray, start: torch.Tensor) -> torch.Tensor:
    """Return the same, one level after another: E|W (x0 + sigma z) - x0|^2, less its constant, down its gradient."""
    d, Y = len(Sigma), 2 * torch.tensor(Sigma)
    ends = []
    for level, first in zip(sigma, start, strict=True):
        X = torch.tensor(Sigma + level**2 * np.eye(d))
        theta = first.clone().requires_grad_()
        for _ in range(STEPS):
            W = matrix(theta)
            (slope,) = torch.autograd.grad(((W @ X - Y) * W).sum(), theta)
            with torch.no_grad():
                theta -= 1e-3 / d * slope
        ends.append(theta.detach())
    return torch.stack(ends)


def _matrix(name: str, d: int) -> Callable[[torch.Tensor], torch.Tensor]:
    """Return what makes W of the parameter of one network."""
    shifts = torch.stack([torch.eye(d, dtype=torch.float64).roll(j, 1) for j in (-1, 0, 1)])
    return {
        "one_layer": lambda W: W,
        "two_layer": lambda P: P @ P.T,
        "patch_1d": lambda w: (w @ shifts.flatten(1)).view(d, d),
    }[name]


def _products(W: torch.Tensor) -> None:
    """Multiply the matrices of all levels twice a step: once for the loss and once for its gradient."""
    found = torch.empty_like(W)
    for _ in range(2 * STEPS):
        torch.bmm(W, W, out=found)


def _seconds(tasks: list[Callable]) -> np.ndarray:
    """Return the shortest processor time of each task on one thread; they take turns."""
    usual = torch.get_num_threads()
    torch.set_num_threads(1)
    times = [[_once(task) for task in tasks] for _ in range(TURNS)]
    torch.set_num_threads(usual)
    return np.min(times, axis=0)


def _once(task: Callable) -> float:
    """Return the processor time of a task."""
    begin = time.process_time()
    task()
    return time.process_time() - begin
