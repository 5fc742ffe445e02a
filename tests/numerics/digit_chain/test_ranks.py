import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from numerics.digit_chain import ranks


@given(st.lists(st.integers(0, 5), min_size=4, max_size=12).filter(lambda values: len(set(values)) > 1))
def test_the_rank_correlation_is_the_usual_one(values):
    index = np.arange(len(values))

    assert ranks.spearman(index, np.array(values)) == pytest.approx(spearmanr(index, values).statistic)


def test_a_perfect_order_is_beyond_chance_and_noise_is_not():
    index, noise = np.arange(20), np.random.default_rng(1).normal(size=20)

    assert ranks.permutation_p(index, -index) <= 0.01
    assert ranks.permutation_p(index, noise) > 0.05


def test_inversions_are_counted_as_a_share_of_all_pairs():
    assert ranks.inversions(np.array([3, 2, 1])) == 0
    assert ranks.inversions(np.array([1, 2, 3])) == 1
    assert ranks.inversions(np.array([2, 2, 1])) == pytest.approx(1 / 3)


def test_an_interval_holds_the_mean_and_knows_that_groups_differ():
    alike = ranks.interval(np.full((5, 3), 2.0))
    spread = ranks.interval(np.repeat([[0.0], [1.0], [2.0], [3.0]], 50, axis=1))

    assert (alike.low, alike.high) == (2.0, 2.0)
    assert spread.high - spread.low > 1


@pytest.mark.parametrize("values", [np.array([[1.0, np.nan]]), np.array([[1.0]])])
def test_nothing_follows_from_one_number_or_from_none(values):
    with pytest.raises(ValueError, match="values: expected at least two finite"):
        ranks.interval(values)


def samples(means, repeats=20, seed=0):
    return np.random.default_rng(seed).normal(means, 0.1, size=(1, repeats, len(means)))


def test_a_true_order_is_never_called_inverted_and_a_planted_inversion_is():
    assert all(ranks.worst_inversion(samples([1, 1.01, 1.02], seed=s)).low <= 0 for s in range(200))
    assert ranks.worst_inversion(samples([1, 2, 1.5])).low > 0


def test_equal_whole_numbers_are_not_certain_beyond_their_grain():
    times = np.tile([5.0, 4.0], (1, 4, 1))

    assert ranks.worst_inversion(times, grain=1.0).low < 0
