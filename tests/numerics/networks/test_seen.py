import base64
import zlib

import numpy as np

from numerics.networks.history import History
from numerics.networks.problem import pictures
from numerics.networks.seen import MOST, Seen, as_bytes, shown

RNG = np.random.default_rng(0)


def unpacked(text, shape):
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype=np.uint8).reshape(shape)


def test_grey_values_become_bytes_and_what_is_out_of_range_is_cut_off():
    assert as_bytes(np.array([-3.0, -1.0, 0.0, 1.0, 2.0])).tolist() == [0, 0, 128, 255, 255]


def test_the_first_images_are_kept_across_batches():
    problem = pictures(RNG.random((20, 3, 4, 4)), [[2, 1]])
    seen, images = Seen(problem), RNG.uniform(-1, 1, size=(9, 3, 4, 4))
    seen.add(images[:2])
    seen.add(images[2:])
    found = seen.found()

    assert np.array_equal(found["kept"], as_bytes(images[:MOST]))
    assert found["near"].shape == (9,)
    assert found["patch_2_1"].shape == (12,)


def test_nothing_is_read_off_no_images():
    assert Seen(pictures(RNG.random((5, 1, 4, 4)), [])).found() == {}


def test_a_stored_picture_is_the_one_that_was_generated():
    problem = pictures(RNG.random((20, 1, 4, 4)), [])
    history = History(np.arange(30))
    for k in history.steps:
        history.add({"kept": np.full((MOST, 1, 4, 4), k, dtype=np.uint8)})
    found = shown(problem, history, [])

    assert found["steps"][0] == 0
    assert found["steps"][-1] == 29
    values = unpacked(found["generated"], (len(found["steps"]), found["count"], 1, 4, 4))
    assert values[:, 0, 0, 0, 0].tolist() == found["steps"].tolist()
