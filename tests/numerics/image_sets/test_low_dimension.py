import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.image_sets.low_dimension import share_of_modes, share_of_rank


@given(st.integers(1, 5), st.integers(0, 50))
def test_a_planted_rank_is_found(rank, seed):
    rng = np.random.default_rng(seed)
    data = rng.normal(size=(40, rank)) @ rng.normal(size=(rank, 10))

    assert share_of_rank(data).value == pytest.approx(rank / 10)


def test_modes_that_carry_next_to_nothing_are_not_counted():
    data = np.diag([10.0, 10.0, 0.1, 0.1]) @ np.vstack([np.eye(4)] * 2).T

    assert share_of_modes(data.T).value == pytest.approx(2 / 4)
