import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics import one_layer
from tests.numerics.strategies import noise_levels, quickly, seeds

MODE = {"lam": 0.7, "sigma": 0.5, "eta": 0.4}


@given(seed=seeds, sigma=noise_levels, Q=st.floats(-0.5, -0.1))
@quickly
def test_the_time_scale_does_not_depend_on_when_it_is_measured(seed, sigma, Q):
    early, late = (
        one_layer.timescale(lam=0.7, sigma=sigma, Q=Q, eta=0.4, tau=tau / (1 + sigma**2), seed=seed)
        for tau in (0.2, 1.0)
    )

    assert abs(early.value - late.value) <= early.error + late.error + 1e-12


def test_the_deviation_is_that_of_the_weight_from_the_least_loss():
    now, end = (one_layer.weight(**MODE, Q=0.1, tau=tau) for tau in (0.6, 200.0))

    assert np.isclose(one_layer.deviation(**MODE, Q=0.1, tau=0.6).value, now.value - end.value, atol=1e-12)


def test_a_weight_at_its_optimum_has_no_time_scale():
    best = one_layer.weight(**MODE, Q=0.1, tau=200.0).value

    with pytest.raises(ArithmeticError, match="time scale"):
        one_layer.timescale(**MODE, Q=best, tau=0.5)


def test_the_ratio_of_time_scales_is_one_for_equal_modes():
    found = one_layer.timescale_ratio(lam1=0.3, lam2=0.3, sigma1=0.5, sigma2=0.5, Q=-0.2, eta=0.4, tau=0.5)

    assert abs(found.value - 1) <= found.error
