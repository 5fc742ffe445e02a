"""Simulated angles cost a fraction of what a plain NumPy loop over the same matrices costs, measured in one run."""

import time
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest

from numerics.noisy_components import spiked
from numerics.noisy_components.rank_one import sine_squared
from numerics.noisy_components.spiked import Spiked

HALF = 120  # draws in each of two processes
LEVELS = np.array([[0.2, 0.1], [0.1, 0.3]])


@pytest.mark.parametrize(("d", "n"), [(64, 64), (80, 320), (320, 80), (160, 160)])
def test_two_noisy_bases(d, n, capsys):
    scene = Spiked(d=d, n=n, lams=(1.5, 1.0))
    ratio = _ratio(lambda: _plain_overlaps(scene, 40), lambda: spiked.overlaps(scene, LEVELS, trials=40, seed=1))
    with capsys.disabled():
        print(f"\noverlaps of two noisy bases, {d} x {n}, one process: {ratio:.1f} times as fast as a plain loop")

    assert ratio >= 1.5


def test_two_noisy_bases_in_two_processes(capsys):
    scene = Spiked(d=160, n=160, lams=(1.5, 1.0))
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_half, (1, 2)))
        ratio = _ratio(lambda: _plain_overlaps(scene, 2 * HALF), lambda: list(pool.map(_half, (3, 4))))
    with capsys.disabled():
        print(f"\noverlaps of two noisy bases, 160 x 160, two processes: {ratio:.1f} times as fast as a plain loop")

    assert ratio >= 5


@pytest.mark.parametrize(("d", "n"), [(40, 40), (160, 160), (200, 400)])
def test_the_angle_of_the_leading_component(d, n, capsys):
    trials = 4000
    plain = _seconds(lambda: _plain_angles(d, n, 40)) * trials / 40
    ratio = plain / _seconds(lambda: sine_squared(d=d, n=n, lam=1.5, sigma=0.5, trials=trials, seed=1))
    with capsys.disabled():
        print(f"\nangle of the leading component, {d} x {n}: {ratio:.0f} times as fast as a plain loop")

    assert ratio >= 5


def _half(seed):
    return spiked.overlaps(Spiked(d=160, n=160, lams=(1.5, 1.0)), LEVELS, trials=HALF, seed=seed)


def _plain_overlaps(scene, trials):
    """Draw, decompose, multiply, one trial after the other."""
    rng, U = np.random.default_rng(0), spiked.directions(scene, 0)
    F, X0 = np.linalg.cholesky(LEVELS), spiked.data_sets(scene, U, np.random.default_rng(1), 1).X0[0]
    found = []
    for _ in range(trials):
        Z = rng.normal(size=(2, scene.d, scene.n))
        bases = [U] + [
            np.linalg.svd(X0 + F[a, 0] * Z[0] + F[a, 1] * Z[1], full_matrices=False)[0][:, :2] for a in (0, 1)
        ]
        found.append([[a.T @ b for b in bases] for a in bases])
    return np.array(found)


def _plain_angles(d, n, trials):
    rng, found = np.random.default_rng(0), []
    X0 = np.zeros((d, n))
    X0[0, 0] = 1.5 * np.sqrt(n)
    for _ in range(trials):
        U = np.linalg.svd(X0 + 0.5 * rng.normal(size=(d, n)), full_matrices=False)[0]
        found.append(1 - U[0, 0] ** 2)
    return np.array(found)


def _ratio(plain, ours):
    return _seconds(plain) / _seconds(ours)


def _seconds(task):
    """Return the shortest of three times."""
    found = []
    for _ in range(3):
        start = time.perf_counter()
        task()
        found.append(time.perf_counter() - start)
    return min(found)
