import numpy as np
import pytest

from numerics.layers import scenes

SCENES = (
    scenes.gradient_in_P,
    scenes.vector_speed,
    scenes.overlap_speed,
    scenes.squared_error,
    scenes.aligned_speed,
    scenes.untied_speeds,
    scenes.balance_speed,
    scenes.layer_gradient,
    scenes.aligned_layer_gradient,
)


@pytest.mark.parametrize("scene", SCENES, ids=lambda s: s.__name__)
def test_a_scene_is_measured_to_rounding_on_moments_and_on_samples(scene):
    letters, found = scene(2)

    assert found.worst <= 1e-9 * (1 + np.abs(found.array).max())
    assert letters["Sigma"].shape[0] == letters["d"]


def test_the_balance_of_two_layers_is_kept():
    letters, found = scenes.balance_speed(1)
    W1, W2, Sigma = letters["W1"], letters["W2"], letters["Sigma"]
    M = Sigma + letters["sigma"] ** 2 * np.eye(len(Sigma))
    half = -2 * letters["eta"] * W2.T @ (W2 @ W1 @ M - Sigma) @ W1.T

    assert np.allclose(found.array, half + half.T)


def test_aligned_layers_have_a_diagonal_speed():
    _, found = scenes.untied_speeds(0)
    d = len(found.array)

    for block in (found.array[:, :d], found.array[:, d:]):
        assert np.allclose(block, np.diag(np.diag(block)), atol=1e-9)


def test_trained_mode_vectors_stay_orthogonal():
    _, found = scenes.trained_vectors(0)
    overlaps = found.array.T @ found.array

    assert np.allclose(overlaps, np.diag(np.diag(overlaps)), atol=1e-6)
