import numpy as np
import pytest

from numerics.scenes import preconditioned as preconditioned_scenes
from numerics.scenes import training as training_scenes

SCENES = [
    training_scenes.gradients,
    training_scenes.weights,
    training_scenes.bias,
    training_scenes.projection,
    training_scenes.orthogonal_projection,
    training_scenes.error,
    training_scenes.score_error,
    training_scenes.loss_in_training,
    training_scenes.coupling,
    training_scenes.dynamics,
    preconditioned_scenes.gradient_in_W_prime,
    preconditioned_scenes.weights,
    preconditioned_scenes.bias,
]


@pytest.mark.parametrize("scene", SCENES, ids=lambda s: f"{s.__module__.split('.')[-1]}.{s.__name__}")
def test_a_scene_is_certain_and_the_same_each_time(scene):
    (letters, found), (_, again) = scene(1), scene(1)

    assert found.worst < 1e-8 * (1 + np.abs(found.array).max())
    assert np.array_equal(found.array, again.array)
    assert letters["d"] in (2.0, 3.0, 4.0)


def test_the_mean_of_centred_and_orthogonal_problems_is_as_named():
    centred, orthogonal = training_scenes.centred(1), training_scenes.orthogonal(1)

    assert not centred["mu"].any()
    assert np.abs(orthogonal["u"].T @ orthogonal["mu"]) < 1e-12 < np.abs(orthogonal["mu"]).max()


def test_the_inner_weights_of_a_wrapped_problem_give_its_initial_weights():
    letters, found = preconditioned_scenes.weights(1)

    assert np.allclose(letters["c_skip"] * np.eye(3) + letters["c_out"] * letters["W_prime"], letters["W0"])
    assert found.array.shape == (3, 3)
