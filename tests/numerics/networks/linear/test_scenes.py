import numpy as np
import pytest

from numerics.convolution.taps import circular, torus
from numerics.measured import Measured
from numerics.networks.linear import fourier, modes, scenes
from numerics.networks.linear.aligned import aligned
from numerics.networks.linear.modes import Pace

SCENES = [
    *(
        getattr(scenes, name)
        for name in ["one_layer", "heavy_ball", "biased", "two_layer", "untied", "deep", "preconditioned"]
    ),
    *(getattr(scenes, name) for name in ["velocity", "velocity_two_layer", "full_width_1d", "full_width_2d"]),
    *(getattr(scenes, name) for name in ["patch_1d", "patch_2d"]),
    *(getattr(modes, name) for name in ["one_layer", "biased", "two_layer", "untied", "deep", "preconditioned"]),
    *(getattr(modes, name) for name in ["velocity", "velocity_two_layer"]),
    fourier.fourier_mode,
]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: f"{scene.__module__.split('.')[-1]}.{scene.__name__}")
def test_training_starts_where_it_was_meant_to_and_leaves(scene):
    trained = scene(3)

    for name, found in trained.course.items():
        assert np.abs(found.array[0] - trained.first[name]).max() <= found.worst
        assert np.abs(found.array[-1] - found.array[0]).max() > 1e-3
    assert trained.relative_error < 1e-12


@pytest.mark.parametrize(
    ("offsets", "sides", "basis"),
    [
        pytest.param([(-1,), (0,), (1,)], (5,), circular(5, [-1, 0, 1]), id="line"),
        pytest.param([(0, 0), (1, -1)], (2, 3), torus(2, 3, [(0, 0), (1, -1)]), id="image"),
    ],
)
def test_the_covariance_of_a_patch_is_the_mean_over_its_places(offsets, sides, basis):
    Sigma = scenes.random_covariance(np.random.default_rng(0), basis.shape[1])

    found = scenes.patch_covariance(Sigma, offsets, sides)

    assert np.allclose(found, np.einsum("aip,pq,biq->ab", basis, Sigma, basis) / len(Sigma))


def test_the_last_step_is_a_difference():
    W = Measured(value=np.array([1.0, 4.0, 9.0]), error=0.1)

    assert scenes.last_step(W).array.tolist() == [0.0, 3.0, 5.0]
    assert scenes.last_step(W).worst == pytest.approx(0.2)


def test_a_mode_moves_as_if_it_were_alone():
    data = aligned(0)

    course = modes.one_layer(0, Pace(eta=0.1, steps=1)).course["y"].array

    rate = 0.2 * (data.lam[0] + scenes.SIGMA**2)
    assert np.allclose(course[1], course[0] * (1 - rate) + 0.2 * data.lam[0])
