import numpy as np
import pytest

from numerics.data import SETS, digits, faces, flat, patches, shrink

SHAPES = {"digits": (3000, 28, 28), "faces": (100, 25, 25)}


@pytest.mark.parametrize("name", SETS)
def test_grey_values_fill_the_unit_interval(name):
    images = SETS[name]()

    assert images.dtype == np.float64
    assert 0 <= images.min() < 0.1 < 0.9 < images.max() <= 1


@pytest.mark.parametrize("name", SHAPES)
def test_the_sets_have_the_sizes_they_are_said_to_have(name):
    assert SETS[name]().shape == SHAPES[name]


@pytest.mark.parametrize("images", [digits, faces])
def test_no_image_comes_twice(images):
    rows = flat(images())

    assert len(np.unique(rows, axis=0)) == len(rows)


def test_patches_are_cut_the_same_way_every_time():
    assert patches().shape[1:] == (8, 8)
    assert np.array_equal(patches(), patches())


def test_patches_vary_most_as_a_whole():
    rows = flat(patches())
    brightness = rows.mean(1).var() * 64

    assert brightness > 0.5 * rows.var(0).sum()


def test_shrinking_averages_blocks_and_cuts_the_rest():
    image = np.arange(12.0).reshape(1, 3, 4)

    assert np.array_equal(shrink(image, 2), [[[2.5, 4.5]]])
