import numpy as np
import pytest

from numerics.autograd import value
from numerics.problems import Theta_of, loss_of
from numerics.scenes import denoisers as scenes

SEEDS = (0, 1, 2, 5)


@pytest.mark.parametrize("seed", SEEDS)
def test_more_freedom_makes_a_smaller_error(seed):
    letters, projector = scenes.best_projector(seed)
    of_rank = scenes.best_of_rank(seed)[1]
    loss, W = loss_of(letters, "moments"), scenes.minimiser(seed)[1].array
    best = float(value(loss, Theta_of(letters | {"W": W})))

    assert best < of_rank.value < projector.value


@pytest.mark.parametrize("seed", SEEDS)
def test_no_random_projector_of_that_rank_beats_the_best(seed):
    letters, best = scenes.best_projector(seed)
    loss, rng = loss_of(letters, "moments"), np.random.default_rng(seed)
    d, k = len(letters["b"]), int(letters["k"])
    bases = (np.linalg.qr(rng.normal(size=(d, k)))[0] for _ in range(200))

    assert min(float(value(loss, Theta_of(letters | {"W": Q @ Q.T}))) for Q in bases) >= best.value - best.worst


@pytest.mark.parametrize("scene", [scenes.best_projector, scenes.best_of_rank, scenes.minimiser, scenes.error])
def test_a_scene_is_certain_and_repeatable(scene):
    first, second = scene(3)[1], scene(3)[1]

    assert first.worst < 1e-6
    assert np.array_equal(first.array, second.array)
