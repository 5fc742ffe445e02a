import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from numerics.statistics.inference import at_zero, chi_squared, critical, holm, reach

COEFFICIENTS = st.lists(st.floats(-5, 5), min_size=2, max_size=2)


@given(COEFFICIENTS, st.floats(0.1, 10))
def test_a_line_is_extrapolated_exactly(line, scale):
    x = scale * np.array([0.3, 0.5, 1.0, 0.1])
    found = at_zero(x, line[0] + line[1] * x, np.array([0.1, 0.2, 0.1, 0.4]))

    assert found.value == pytest.approx(line[0], abs=1e-9)
    assert found.fit == pytest.approx(1)


def test_the_error_of_an_intercept_is_that_of_the_draws():
    x, error = np.array([1.0, 0.5, 0.25]), np.array([0.1, 0.2, 0.3])
    rng = np.random.default_rng(0)
    found = [at_zero(x, 2 + 3 * x + error * rng.normal(size=3), error) for _ in range(4000)]

    assert np.std([f.value for f in found]) == pytest.approx(found[0].error, rel=0.05)
    assert np.mean([f.fit < 0.01 for f in found]) == pytest.approx(0.01, abs=0.006)


def test_two_points_do_not_test_a_line():
    with pytest.raises(ValueError, match="at least 3"):
        at_zero(np.array([1.0, 0.5]), np.ones(2), np.ones(2))


@given(st.lists(st.floats(0, 0.05), min_size=1, max_size=8))
def test_holm_rejects_what_bonferroni_rejects_and_stops_at_the_first_doubt(p):
    p = np.array(p)
    rejected = holm(p)

    assert rejected[p <= 0.01 / len(p)].all()
    assert not rejected[p > 0.01].any()
    assert max(p[rejected], default=0.0) <= min(p[~rejected], default=1.0)


@pytest.mark.parametrize("count", [1, 10, 300])
def test_the_critical_value_keeps_the_family_wise_level(count):
    alone = 2 * stats.norm.sf(critical(count))

    assert 1 - (1 - alone) ** count <= 0.01 + 1e-12
    assert stats.norm.sf(-reach()) == pytest.approx(0.95)


def test_a_sum_of_squares_of_noise_is_not_rejected_more_often_than_said():
    z = np.random.default_rng(1).normal(size=(4000, 7))

    assert np.mean([chi_squared(row) < 0.01 for row in z]) == pytest.approx(0.01, abs=0.005)
