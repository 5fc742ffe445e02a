import numpy as np
import pytest
from hypothesis import given
from scipy.integrate import quad

from numerics import one_layer
from tests.numerics.strategies import initial_weights, log_uniform, quickly, seeds, variances

POINT = {"lam": 1.0, "Q": 0.1, "eta": 1.0, "tau": 1.0, "sigma0": 0.002, "sigmaT": 80.0}


def by_quadrature(*, lam, Q, eta, tau, sigma0, sigmaT):
    """ln of the variance of one scalar mode, whose weight relaxes exponentially."""

    def shrinkage(log_sigma):
        M = lam + np.exp(2 * log_sigma)
        return 1 - lam / M - (Q - lam / M) * np.exp(-2 * eta * tau * M)

    area, _ = quad(shrinkage, np.log(sigma0), np.log(sigmaT), epsabs=1e-11, epsrel=1e-11, limit=400)
    return 2 * np.log(sigmaT) - 2 * area


@given(variances, initial_weights, log_uniform(1e-4, 1e3), seeds)
@quickly
def test_the_variance_of_a_mode_is_the_one_of_the_mode_alone(lam, Q, tau, seed):
    point = POINT | {"lam": lam, "Q": Q, "tau": tau}

    log = one_layer.log_variance(**point, seed=seed, law="samples")

    assert abs(log.value - by_quadrature(**point)) <= log.error + 1e-9
    assert log.error < 1e-6


@pytest.mark.parametrize(
    "corner",
    [{"lam": 0.0}, {"lam": 1e-6, "tau": 1e5}, {"Q": 0.0}, {"Q": 1.0}, {"tau": 0.0}, {"tau": 1e4}, {"sigmaT": 0.0021}],
    ids=str,
)
def test_corners_are_measured(corner):
    point = POINT | corner

    log = one_layer.log_variance(**point)

    assert abs(log.value - by_quadrature(**point)) <= log.error + 1e-9
    assert log.error < 1e-7


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"eta": 0.5}, id="half rate"),
        pytest.param({"Q": 0.1 + 1e-7}, id="wrong start"),
        pytest.param({"sigma0": 0.002**2}, id="sigma squared"),
        pytest.param({"sigmaT": 80.001}, id="wrong first noise level"),
        pytest.param({"lam": 1.0 + 1e-7}, id="wrong mode"),
    ],
)
def test_a_planted_fault_is_outside_the_error(fault):
    right, wrong = one_layer.variance(**POINT), one_layer.variance(**POINT | fault)

    assert abs(right.value - wrong.value) > 10 * (right.error + wrong.error)


def test_the_variance_is_the_exponential_of_its_logarithm():
    log, plain = one_layer.log_variance(**POINT), one_layer.variance(**POINT)

    assert plain.value == pytest.approx(np.exp(log.value), rel=1e-14)
    assert plain.error == pytest.approx(plain.value * log.error, rel=1e-4)


@pytest.mark.parametrize("change", [{}, {"lam": 0.0}, {"lam": 0.01, "tau": 50.0}], ids=str)
def test_the_rate_is_the_limit_of_differences(change):
    point = POINT | change
    h = 1e-3 * point["tau"]
    after, before = (one_layer.variance(**point | {"tau": point["tau"] + step}).value for step in (h, -h))

    rate = one_layer.variance_rate(**point)

    assert rate.value == pytest.approx((after - before) / (2 * h), rel=1e-4)
    assert rate.error < 1e-4 * abs(rate.value)


def test_many_small_steps_of_descent_approach_the_flow():
    noise = {"lam": 1.0, "Q": 0.1, "sigma0": 0.05, "sigmaT": 5.0}
    flow = one_layer.variance(**noise, eta=0.01, tau=20.0)

    gaps = [abs(one_layer.gd_variance(**noise, eta=0.2 / n, n=n).value - flow.value) for n in (20, 40)]

    assert gaps[0] / gaps[1] == pytest.approx(2, rel=0.1)


def test_a_trained_bias_carries_the_mean():
    trained = POINT | {"tau": 1e4}

    mean = one_layer.generated_mean(**trained, mu=0.7, b0=-0.2)

    assert mean.value == pytest.approx(0.7, rel=0.02)
    assert mean.error < 1e-8


def test_a_bias_without_weights_is_integrated_over_the_noise_levels():
    mean = one_layer.generated_mean(**POINT | {"Q": 1.0, "tau": 0.0}, mu=0.7, b0=0.3)

    assert mean.value == pytest.approx(0.3 * np.log(80 / 0.002), rel=1e-12)
