import numpy as np
import pytest

from numerics.statistics.samples import Sampled, sampled, streamed


def test_a_stream_has_the_mean_and_error_of_all_its_draws():
    draws = 1e6 + np.random.default_rng(0).normal(size=(101, 3))

    whole, parts = sampled(draws), streamed(np.array_split(draws, 7))

    assert parts.count == 101
    assert parts.mean == pytest.approx(whole.mean, rel=1e-14)
    assert parts.error == pytest.approx(np.std(draws, axis=0, ddof=1) / np.sqrt(101), rel=1e-9)


def test_one_draw_has_no_error():
    with pytest.raises(ValueError, match="two"):
        sampled(np.ones(1))


@pytest.mark.parametrize("mean", [np.nan, np.inf])
def test_what_is_not_finite_is_a_failed_simulation(mean):
    with pytest.raises(ArithmeticError):
        Sampled(mean=mean, error=0.1, count=10)
