import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.image_sets.mean_direction import share_of_mean, variance_along_mean


@given(st.integers(0, 100), st.floats(0.1, 10.0))
def test_the_scale_of_the_data_does_not_matter(seed, scale):
    data = np.random.default_rng(seed).normal(size=(20, 3)) + 1.0

    assert variance_along_mean(scale * data).value == pytest.approx(variance_along_mean(data).value)


def test_data_that_vary_only_along_their_mean_have_all_variance_there():
    data = np.array([[1.0, 0.0], [3.0, 0.0]])

    assert variance_along_mean(data).value == pytest.approx(2.0)


def test_data_that_vary_only_across_their_mean_have_none_there():
    data = np.array([[1.0, -1.0], [1.0, 1.0]])

    assert variance_along_mean(data).value == pytest.approx(0.0)


def test_the_leading_tenth_of_three_modes_is_one_mode():
    data = np.array([[1.0, 2.0, 2.0], [7.0, 2.0, 2.0]])  # varies along the first axis; the mean is (4, 2, 2)

    assert share_of_mean(data).value == pytest.approx(16 / 24)
