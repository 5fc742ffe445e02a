import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from numerics import layers
from tests.numerics.strategies import log_uniform, quickly, seeds

POINT = {"lam": 0.5, "sigma": 0.7, "eta": 0.5, "tau": 0.8}


def scalar_flow(rate, start, tau):
    return solve_ivp(lambda _, w: rate(w), (0, tau), np.atleast_1d(start), rtol=1e-11, atol=1e-13).y[:, -1]


@given(log_uniform(0.1, 3), log_uniform(0.2, 1.5), st.floats(0.01, 1.2), seeds)
@quickly
def test_a_mode_of_two_symmetric_layers_is_a_scalar_square(lam, sigma, Q, seed):
    M = lam + sigma**2
    p = scalar_flow(lambda p: 0.5 * 4 * p * (lam - M * p**2), np.sqrt(Q), 0.6)

    found = layers.weight(lam=lam, sigma=sigma, Q=Q, eta=0.5, tau=0.6, seed=seed, law="samples")

    assert abs(found.value - p[0] ** 2) <= found.error + 1e-9
    assert found.error < 1e-5


@pytest.mark.parametrize(("p0", "q0"), [(0.3, -0.7), (1.0, 1.0), (0.5, -0.5), (0.0, 0.9)])
def test_a_mode_of_two_separate_layers_is_a_pair_of_scalars(p0, q0):
    M = POINT["lam"] + POINT["sigma"] ** 2
    p, q = scalar_flow(lambda s: 2 * POINT["eta"] * s[::-1] * (POINT["lam"] - M * s[0] * s[1]), [p0, q0], POINT["tau"])

    found = layers.untied_weight(p0=p0, q0=q0, **POINT)

    assert abs(found.value - p * q) <= found.error + 1e-9


def test_equal_layers_are_slower_than_tied_ones_by_the_depth():
    at = {"s_layer": 0.8, "lam": 0.5, "sigma": 0.7, "eta": 0.5, "L": 4}

    assert layers.tied_speed(**at).value == pytest.approx(4 * layers.equal_speed(**at).value, rel=1e-10)


def test_a_residual_layer_is_a_shifted_one():
    at = {"lam": 0.5, "sigma": 0.7, "eta": 0.5, "L": 3}

    assert layers.residual_speed(s_layer=-0.2, **at).value == pytest.approx(
        layers.tied_speed(s_layer=0.8, **at).value, rel=1e-10
    )


def test_a_skip_with_the_wrong_sign_forgets_the_pair():
    late = {"sigma": 0.5, "Q": 0.3, "eta": 0.5, "tau": 8.0}

    assert layers.added_weight(**late).value == pytest.approx(0.0, abs=1e-2)
    assert layers.subtracted_weight(**late).value == pytest.approx(0.25 / 0.95, rel=1e-2)


def test_the_limit_of_infinite_depth_is_approached_at_the_reported_error():
    at = POINT | {"Q": 0.2}
    deeper = layers.tied_weight(**at | {"eta": POINT["eta"] / 4096**2}, L=4096)

    found = layers.infinite_weight(**at)

    assert abs(found.value - deeper.value) <= found.error + 1e-3
    assert found.error < 1e-5


def test_before_training_the_variance_is_the_initial_level():
    found = layers.variance(lam=0.5, Q=0.2, eta=0.5, tau=0.0, sigma0=0.1, sigmaT=2.0)

    assert found.value == pytest.approx(2.0**0.4 * 0.1**1.6, rel=1e-8)


@pytest.mark.parametrize(
    "fault", [{"eta": 0.51}, {"Q": 0.201}, {"lam": 0.501}, {"tau": 0.81}], ids=["rate", "start", "mode", "time"]
)
def test_a_planted_fault_is_outside_the_error(fault):
    at = POINT | {"Q": 0.2}
    right, wrong = layers.weight(**at), layers.weight(**at | fault)

    assert abs(right.value - wrong.value) > 10 * (right.error + wrong.error)
