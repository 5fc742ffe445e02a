import numpy as np
from hypothesis import given

from numerics import one_layer
from tests.numerics.strategies import noise_levels, quickly, seeds

DATA = {"lam": 0.5, "mu": 0.8}


@given(seed=seeds, sigma=noise_levels)
@quickly
def test_weight_and_bias_arrive_from_opposite_sides_when_the_mean_is_positive(seed, sigma):
    weight, bias = (read(**DATA, sigma=sigma, seed=seed) for read in (one_layer.slow_weight, one_layer.slow_bias))

    assert weight.value * bias.value < 0


def test_late_in_training_the_slow_exponential_is_all_that_is_left():
    point = {**DATA, "sigma": 1.2, "Q": 0.0, "eta": 1.0}
    end, late, later = (one_layer.weight(**point, tau=tau).value for tau in (60.0, 5.0, 5.5))
    rate = np.log((late - end) / (later - end)) / 0.5

    assert np.isclose((late - end) * np.exp(rate * 5.0), one_layer.slow_weight(**DATA, sigma=1.2).value, rtol=1e-3)


def test_without_a_mean_nothing_couples_weight_and_bias():
    assert abs(one_layer.coupling_minor(lam=0.5, sigma=0.7, mu=0.0).value) < 1e-12
