import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.experiments.result import estimate
from numerics.networks.across import across

VALUES = st.lists(st.floats(-5, 5), min_size=1, max_size=6)


def result(value, low=1.0, high=2.0, **more):
    return {"exponent": estimate(value, value - low, value + high), "times": [value]} | more


def test_one_training_is_left_as_it_is():
    assert across([result(0.5)]) == result(0.5)


def test_trainings_that_agree_do_not_narrow_what_the_modes_leave_open():
    found = across([result(0.5)] * 4)["exponent"]

    assert found == pytest.approx({"value": 0.5, "low": -0.5, "high": 2.5})


def test_the_scatter_of_trainings_widens_the_interval_as_student_says():
    found = across([result(v, 0.0, 0.0) for v in (1.0, 2.0, 3.0)])["exponent"]

    assert found["value"] == 2
    assert found["high"] - 2 == pytest.approx(4.302653 / np.sqrt(3))


def test_what_one_training_could_not_estimate_is_not_known():
    assert across([{"a": {"e": estimate(1, 0, 2)}}, {"a": {"e": None}}]) == {"a": {"e": None}}
    assert across([{"a": {"e": None}}, {"a": {"e": estimate(1, 0, 2)}}]) == {"a": {"e": None}}


def test_curves_are_those_of_the_first_training():
    assert across([result(1.0), result(2.0)])["times"] == [1.0]


@given(VALUES)
def test_the_interval_holds_the_mean_and_is_no_narrower_than_that_of_one_training(values):
    found = across([result(v) for v in values])["exponent"]

    assert found["low"] <= np.mean(values) - 1 + 1e-9
    assert found["high"] >= np.mean(values) + 2 - 1e-9
