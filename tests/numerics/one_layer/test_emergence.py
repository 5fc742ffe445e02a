import math

import pytest

from numerics.one_layer.emergence import emergence_time
from numerics.one_layer.optimal import optimal_mean, optimal_variance

POINT = {"sigma0": 0.02, "sigmaT": 10.0}


@pytest.mark.parametrize("seed", range(3))
def test_the_optimal_denoisers_generate_the_shrunk_and_stretched_data(seed):
    found = optimal_variance(lam=0.5, seed=seed, **POINT)
    assert found.value == pytest.approx(100 * (0.5 + 0.0004) / (0.5 + 100), abs=2 * found.error + 1e-12)


def test_the_optimal_denoisers_carry_the_centre_of_the_noise_towards_the_mean():
    found = optimal_mean(lam=0.5, mu=2.0, **POINT)
    assert found.value == pytest.approx(2 * (1 - math.sqrt(0.5004 / 100.5)), abs=2 * found.error + 1e-12)


def test_a_mode_emerges_later_the_smaller_its_variance():
    slow, fast = (
        emergence_time(lam=lam, Q=0.0, before=0.0, after=2 / lam, criterion="geometric", **POINT) for lam in (0.1, 1.0)
    )
    assert 8 < slow.value / fast.value < 12


def test_a_mean_that_is_not_passed_is_an_error():
    with pytest.raises(ValueError, match="sign"):
        emergence_time(lam=1.0, Q=0.0, before=0.0, after=1e-4, criterion="geometric", **POINT)
