import numpy as np
import pytest

from numerics import scenes
from numerics.autograd import value
from numerics.problems import Theta_of, extrapolated, loss_of, problem
from numerics.scenes import joint as joint_scenes
from numerics.scenes import moments as moment_scenes

SEEDS = range(3)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_gradients_are_the_differences_of_the_loss(seed):
    letters, found = scenes.gradients(seed)
    loss, Theta = loss_of(letters, "samples"), Theta_of(letters)
    direction = np.random.default_rng(seed).normal(size=Theta.shape)

    slope = extrapolated(lambda h: value(loss, Theta + h * direction))

    assert slope == pytest.approx((found.array * direction).sum(), rel=1e-8)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_denoiser_has_a_smaller_loss_than_the_minimiser(seed):
    letters, least = scenes.least_loss(seed)
    _, best = scenes.minimiser(seed)
    loss = loss_of(letters, "moments")
    rng = np.random.default_rng(seed)

    others = [value(loss, best.array + rng.normal(scale=scale, size=best.array.shape)) for scale in (1e-3, 0.1, 1.0)]

    assert min(others) > least.value
    assert value(loss, best.array) == pytest.approx(least.value, abs=2 * least.worst)


def test_every_third_covariance_is_singular_and_the_others_are_not_diagonal():
    ranks = [np.linalg.matrix_rank(problem(seed)["Sigma"]) - problem(seed)["d"] for seed in range(6)]

    assert ranks == [0, 0, -1, 0, 0, -1]
    assert min(abs(problem(seed)["Sigma"][0, 1]) for seed in range(6)) > 1e-3


def test_the_gradient_at_one_level_does_not_depend_on_the_denoiser_at_the_other():
    letters, found = moment_scenes.two_levels(1)

    assert found.array.shape == (int(letters["d"]), int(letters["d"]) + 1)
    assert found.worst < 1e-10


@pytest.mark.parametrize("seed", SEEDS)
def test_a_regression_starts_where_its_flow_starts(seed):
    letters, speed = joint_scenes.speed_of_W(seed)
    _, gradient = joint_scenes.gradient_in_W(seed)

    assert speed.array == pytest.approx(-float(letters["eta"]) * gradient.array, abs=speed.worst + gradient.worst)


def test_the_inputs_of_a_split_regression_have_no_variance_in_some_direction():
    letters, _ = joint_scenes.split_loss(0)

    assert np.linalg.matrix_rank(letters["Sigma_xx"]) < letters["d"]
    r, x = letters["r"][:, :, 0], letters["x"][:, :, 0]
    assert np.cov(np.column_stack([r, x]).T)[: r.shape[1], r.shape[1] :] == pytest.approx(0, abs=1e-10)
