import numpy as np
import pytest

from numerics.autograd import gradient
from numerics.problems import loss_of
from numerics.scenes.objectives import KINDS, InputAndTarget, LeastLoss, LossValue, Minimiser, Trained, problem_of


@pytest.mark.parametrize("kind", KINDS)
def test_the_gradient_of_samples_vanishes_at_the_minimiser(kind):
    letters, found = Minimiser(kind)(1)
    loss = loss_of(letters, "samples", problem_of(kind, 1)[1])

    assert np.abs(gradient(loss, found.array)).max() < 1e-9


@pytest.mark.parametrize("kind", KINDS)
def test_no_denoiser_beats_the_least_loss(kind):
    _, least = LeastLoss(kind)(1)
    _, some = LossValue(kind)(1)

    assert least.value < some.value


@pytest.mark.parametrize("kind", KINDS)
def test_a_scene_is_certain_and_repeatable(kind):
    for scene in (InputAndTarget(kind), Minimiser(kind), Trained(kind)):
        first, second = scene(3)[1], scene(3)[1]

        assert first.worst < 1e-7
        assert np.array_equal(first.array, second.array)


def test_training_moves_the_weights():
    letters, found = Trained("vp_v")(2)
    start = letters["W0"] @ letters["u"]

    assert np.abs(found.array - start).max() > 1e-3
