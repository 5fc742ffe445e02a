import numpy as np
import pytest
from hypothesis import given

from numerics import one_layer
from numerics.gradient_flow import gradient_flow
from numerics.one_layer.weight import planted_loss
from tests.numerics.strategies import initial_weights, noise_levels, quickly, seeds, training_times, variances

POINT = {"lam": 1.3, "sigma": 0.6, "Q": 0.2, "eta": 0.7, "tau": 0.9}


@given(variances, noise_levels, initial_weights, training_times, seeds)
@quickly
def test_a_mode_does_not_depend_on_the_rest_of_the_problem(lam, sigma, Q, tau, seed):
    point = {"lam": lam, "sigma": sigma, "Q": Q, "eta": 1.0, "tau": tau}

    one, other = one_layer.weight(**point), one_layer.weight(**point, seed=seed, law="samples")

    assert abs(one.value - other.value) <= one.error + other.error
    assert one.error + other.error < 1e-9


@pytest.mark.parametrize("law", ["moments", "samples"])
@pytest.mark.parametrize("lam", [0.0, 1e-6, 1.0])
def test_a_weight_starts_at_its_initial_value(lam, law):
    weight = one_layer.weight(**POINT | {"lam": lam, "tau": 0.0}, law=law)

    assert abs(weight.value - POINT["Q"]) <= weight.error < 1e-14


@given(variances, noise_levels, initial_weights)
@quickly
def test_a_weight_ends_where_ridge_regression_does(lam, sigma, Q):
    weight = one_layer.weight(lam=lam, sigma=sigma, Q=Q, eta=1.0, tau=1e5)

    assert weight.value == pytest.approx(lam / (lam + sigma**2), abs=1e-9)


def test_a_weight_is_the_one_that_a_stiff_solver_finds():
    problem, loss = planted_loss(lam=1.3, sigma=0.6, Q=0.2, seed=3, law="samples")
    stepped = gradient_flow(loss, problem.Theta0, eta=0.7, taus=np.array([0.9]), rtol=1e-8).at(0)

    weight = one_layer.weight(**POINT, seed=3)

    assert abs(problem.u @ stepped.value[:, :-1] @ problem.u - weight.value) <= 4 * stepped.worst + weight.error


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"eta": 0.35}, id="half rate"),
        pytest.param({"sigma": 0.36}, id="sigma squared"),
        pytest.param({"sigma": 0.600001}, id="wrong noise level"),
        pytest.param({"lam": 1.3 + 0.36}, id="noisy variance"),
        pytest.param({"Q": 0.2000001}, id="wrong start"),
    ],
)
def test_a_planted_fault_is_outside_the_error(fault):
    right, wrong = one_layer.weight(**POINT), one_layer.weight(**POINT | fault)

    assert abs(right.value - wrong.value) > 100 * (right.error + wrong.error)


def test_a_mean_along_the_mode_couples_weight_and_bias():
    plain, pushed = (one_layer.weight(**POINT, mu=mu, b0=0.5) for mu in (0.0, 0.4))

    assert abs(plain.value - pushed.value) > 1e-3


def test_a_bias_without_mean_forgets_at_a_rate_that_ignores_the_mode():
    one, other = (
        one_layer.bias(b0=0.8, eta=0.5, tau=1.2, lam=lam, sigma=sigma) for lam, sigma in ((1.0, 1.0), (9.0, 0.1))
    )

    assert abs(one.value - other.value) <= one.error + other.error
    assert one.value == pytest.approx(0.8 * np.exp(-1.2), rel=1e-12)


def test_a_weight_off_the_axis_decays_like_a_weight_towards_nothing():
    off = one_layer.weight_off_axis(**POINT)
    gap, start = (
        one_layer.weight(**POINT | {"Q": Q}).value - one_layer.weight(**POINT | {"Q": 0.0}).value for Q in (0.2, 0.0)
    )

    assert start == 0
    assert off.value == pytest.approx(gap, rel=1e-10)


@pytest.mark.parametrize("n", [0, 1, 7])
def test_descent_follows_the_recurrence_of_its_own_gradient(n):
    weight = one_layer.gd_weight(lam=1.3, sigma=0.6, Q=0.2, eta=0.1, n=n)

    w = 0.2
    for _ in range(n):
        w -= 0.1 * (-2 * 1.3 * (1 - w) + 2 * w * 0.6**2)
    assert abs(weight.value - w) <= weight.error + 1e-16 < 1e-12
