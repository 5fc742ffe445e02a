import numpy as np
import pytest
from PIL import Image

from numerics.experiments.experiment import BadSetting
from numerics.networks.problem import problem_of

RNG = np.random.default_rng(0)


def problem(data, shrink=1, patches=()):
    return problem_of({"data": str(data), "shrink": shrink, "patches": list(patches)}, RNG)


def saved(folder, values):
    np.save(folder / "data.npy", values)
    return folder / "data.npy"


@pytest.mark.parametrize(
    ("shape", "seen"),
    [
        ((9, 4, 6), (1, 4, 6)),
        ((9, 4, 6, 3), (3, 4, 6)),
        ((9, 3, 4, 6), (3, 4, 6)),
        ((9, 1, 5, 5), (1, 5, 5)),
        ((9, 25), (1, 5, 5)),
        ((9, 24), (24,)),
    ],
    ids=str,
)
def test_images_have_their_channels_first_and_vectors_stay_vectors(tmp_path, shape, seen):
    assert problem(saved(tmp_path, RNG.random(shape))).shape == seen


def test_channels_that_come_last_are_the_same_channels_first(tmp_path):
    images = RNG.random((5, 4, 6, 3))
    last, first = problem(saved(tmp_path, images)), problem(saved(tmp_path, images.transpose(0, 3, 1, 2)))

    assert np.array_equal(last.samples, first.samples)
    assert last.samples[2, 1, 3, 4] == pytest.approx(2 * images[2, 3, 4, 1] - 1)


def test_a_folder_of_pictures_in_colour_is_seen_in_colour(tmp_path):
    for k in range(3):
        Image.fromarray(RNG.integers(256, size=(6, 5, 3), dtype=np.uint8)).save(tmp_path / f"{k}.png")

    assert problem(tmp_path).shape == (3, 6, 5)


def test_shrinking_averages_blocks_in_every_channel(tmp_path):
    images = RNG.random((4, 3, 6, 6))
    small = problem(saved(tmp_path, images), shrink=2)

    assert small.samples[1, 2, 0, 1] == pytest.approx(2 * images[1, 2, :2, 2:4].mean() - 1, abs=1e-6)


def test_a_patch_in_colour_counts_all_its_channels(tmp_path):
    found = problem(saved(tmp_path, RNG.random((30, 3, 6, 6))), patches=[[2, 1]])

    assert len(found.patches[0].modes.lams) == 12


def test_vectors_are_taken_as_they_are(tmp_path):
    rows = 5 + RNG.normal(size=(50, 3))

    assert np.allclose(problem(saved(tmp_path, rows)).samples, rows)


@pytest.mark.parametrize(
    ("values", "shrink", "sentence"),
    [
        (255 * RNG.random((5, 4, 4)), 1, "values in .0, 1., got .* divide by 255"),
        (RNG.random((5, 2, 4, 4)), 1, "expected vectors or images of 1 or 3 channels"),
        (RNG.random(7), 1, "a network needs samples"),
        (RNG.normal(size=(9, 5)), 2, "shrink: expected 1 for vectors"),
    ],
    ids=["bytes", "two channels", "a spectrum", "vectors"],
)
def test_what_cannot_be_learned_from_is_said_in_one_sentence(tmp_path, values, shrink, sentence):
    with pytest.raises(BadSetting, match=sentence):
        problem(saved(tmp_path, values), shrink)


def test_colours_are_bundled():
    assert problem("colours").shape == (3, 16, 16)
