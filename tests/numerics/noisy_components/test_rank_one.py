import numpy as np
import pytest

from numerics.noisy_components import spiked
from numerics.noisy_components.rank_one import sine_squared
from numerics.noisy_components.spiked import Spiked
from numerics.statistics.samples import sampled


@pytest.mark.parametrize(
    ("d", "n", "sigma", "law"),
    [
        (5, 4, 0.5, "fixed"),
        (4, 9, 1.0, "gaussian"),
        (2, 2, 0.3, "fixed"),
        (12, 3, 2.0, "signs"),
        (6, 7, 1e-3, "uniform"),
    ],
)
def test_the_angle_has_the_law_that_full_matrices_give(d, n, sigma, law):
    scene = Spiked(d=d, n=n, lams=(1.5,), law=law)
    full = spiked.overlaps(scene, np.array([[sigma**2]]), trials=20_000, seed=1)[:, 0, 0, 1, 0]
    short = sine_squared(d=d, n=n, lam=1.5, sigma=sigma, law=law, trials=40_000, seed=2)

    for read in (np.sqrt, np.square):
        one, other = sampled(read(1 - full**2)), sampled(read(short))
        assert abs(one.mean - other.mean) < 4 * np.hypot(one.error, other.error)


def test_a_tiny_angle_keeps_its_digits():
    large, small = (sine_squared(d=6, n=9, lam=1.0, sigma=s, trials=5, seed=3) for s in (1e-4, 1e-9))

    assert small / large == pytest.approx(1e-10, rel=1e-3)


def test_a_size_without_an_angle_is_refused():
    with pytest.raises(ValueError, match=">= 2"):
        sine_squared(d=1, n=5, lam=1.0, sigma=1.0, trials=2, seed=0)
