"""Training linear networks at all noise levels in one tensor takes a fraction of a loop over the levels.

The loop trains one network after another, each with the same losses, the same autograd and the same steps.
"""

import time
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
STEPS = 20


@pytest.mark.parametrize(("levels", "d"), SIZES)
@pytest.mark.parametrize("name", ["one_layer", "two_layer", "patch_1d"])
def test_all_levels_at_once(name, levels, d, capsys):
    sigma, Sigma = np.geomspace(0.02, 10.0, levels), random_covariance(np.random.default_rng(0), d)
    start = {k: torch.tensor(v) for k, v in LINEAR[name](d, sigma).start(levels, seed=0, size=0.1).items()}

    together, whole = _timed(lambda: _trained(name, Sigma, sigma, start), repeats=3)
    one_by_one, parts = _timed(lambda: _looped(name, Sigma, sigma, start), repeats=1)
    ratio = one_by_one / together
    with capsys.disabled():
        each = f"{1e3 * together / STEPS:.2f} ms a step"
        print(f"\n{name}, {levels} levels, d = {d}: {each}, a loop takes {ratio:.1f} times as long")

    for key, value in whole.items():
        assert torch.allclose(value, parts[key], rtol=1e-11, atol=1e-12)
    if d == 16:  # beyond, the time goes into matrix products that a loop needs too
        assert ratio >= 20


def _trained(name, Sigma, sigma, start):
    """Return the parameters after all steps."""
    d = len(Sigma)
    network = LINEAR[name](d, sigma)
    loss = exact_loss(network, Sigma, np.zeros(d), edm_x(sigma))
    return next(islice(iterates(loss, start, eta=1e-3 / d), STEPS, None))


def _looped(name, Sigma, sigma, start):
    """Return the same, one level after another."""
    parts = [
        _trained(name, Sigma, sigma[j : j + 1], {key: value[j : j + 1] for key, value in start.items()})
        for j in range(len(sigma))
    ]
    return {key: torch.cat([part[key] for part in parts]) for key in start}


def _timed(task, repeats):
    """Return the shortest processor time of a task on one thread, and what it returned."""
    times, threads = [], torch.get_num_threads()
    torch.set_num_threads(1)
    for _ in range(repeats):
        begin = time.process_time()
        found = task()
        times.append(time.process_time() - begin)
    torch.set_num_threads(threads)
    return min(times), found
