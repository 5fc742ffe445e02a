import numpy as np
import pytest
from PIL import Image

from numerics.user_data import load


def picture(path, size=(4, 3), mode="L"):
    pixels = np.random.default_rng(len(path.name)).integers(0, 256, size=(size[1], size[0])).astype(np.uint8)
    Image.fromarray(pixels).convert(mode).save(path)


def test_a_matrix_of_samples_is_read_back(tmp_path):
    data = np.random.default_rng(0).normal(size=(5, 3))
    np.save(tmp_path / "x.npy", data)

    assert np.array_equal(load(tmp_path / "x.npy"), data)


def test_images_become_rows(tmp_path):
    np.save(tmp_path / "x.npy", np.zeros((5, 4, 3, 2), dtype=np.uint8))

    assert load(tmp_path / "x.npy").shape == (5, 24)


@pytest.mark.parametrize("text", ["3\n1\n2\n", "# variances\n1 2 3\n", "1,2,3\n"])
def test_a_text_of_numbers_is_a_spectrum(tmp_path, text):
    (tmp_path / "lams.txt").write_text(text)

    assert load(tmp_path / "lams.txt").tolist() == [3, 2, 1]


def test_the_only_array_of_an_archive_needs_no_key(tmp_path):
    np.savez(tmp_path / "x.npz", anything=np.ones((2, 2)))

    assert load(tmp_path / "x.npz").shape == (2, 2)


def test_one_of_several_arrays_is_chosen_by_key(tmp_path):
    np.savez(tmp_path / "x.npz", a=np.ones((2, 2)), b=np.zeros((3, 4)))

    assert load(tmp_path / "x.npz", key="b").shape == (3, 4)


def test_a_folder_of_pictures_is_a_matrix(tmp_path):
    for name in ("a.png", "bb.jpg"):
        picture(tmp_path / name)
    (tmp_path / "notes.txt").write_text("not a picture")

    data = load(tmp_path)

    assert data.shape == (2, 12)
    assert 0 <= data.min() < data.max() <= 1


def test_bundled_sets_go_by_name():
    assert load("faces").shape == (100, 625)


REFUSED = {
    "several arrays": (lambda p: np.savez(p / "x.npz", a=np.ones(2), b=np.ones(2)), "x.npz", r"\['a', 'b'\].*key"),
    "pickled": (lambda p: np.save(p / "x.npy", np.array([{}, 1], dtype=object)), "x.npy", "allow_pickle"),
    "not a number": (lambda p: np.save(p / "x.npy", np.array([[1, np.nan], [1, 2]])), "x.npy", "1 NaN or infinite"),
    "infinite": (lambda p: np.save(p / "x.npy", np.array([[1, np.inf], [1, 2]])), "x.npy", "finite"),
    "complex": (lambda p: np.save(p / "x.npy", np.ones((2, 2)) * 1j), "x.npy", "real numbers, got complex128"),
    "one sample": (lambda p: np.save(p / "x.npy", np.ones((1, 4))), "x.npy", "at least 2 samples.*got 1"),
    "a scalar": (lambda p: np.save(p / "x.npy", np.array(3.0)), "x.npy", r"got shape \(\)"),
    "nothing in it": (lambda p: np.save(p / "x.npy", np.ones((0, 4))), "x.npy", r"got shape \(0, 4\)"),
    "negative variance": (lambda p: np.save(p / "x.npy", np.array([1.0, -2.0])), "x.npy", ">= 0, got -2"),
    "a broken file": (lambda p: (p / "x.npy").write_bytes(b"\x93NUMPY\x01"), "x.npy", "not readable"),
    "an empty file": (lambda p: (p / "x.npy").write_bytes(b""), "x.npy", "not readable"),
    "a broken archive": (lambda p: (p / "x.npz").write_bytes(b"PK\x03\x04zzz"), "x.npz", "not readable"),
    "words": (lambda p: (p / "x.txt").write_text("one two"), "x.txt", "not readable"),
    "a ragged table": (lambda p: (p / "x.txt").write_text("1 2\n3\n"), "x.txt", "not readable"),
    "an empty text": (lambda p: (p / "x.txt").write_text(""), "x.txt", "not readable|expected"),
    "binary for text": (lambda p: (p / "x.dat").write_bytes(bytes(range(256))), "x.dat", "not readable"),
    "an empty folder": (lambda p: (p / "x").mkdir(), "x", "expected images.*got none"),
    "a missing file": (lambda p: None, "x.npy", "got nothing; check the path"),
    "two sizes": (lambda p: (picture(p / "a.png"), picture(p / "b.png", (5, 5))), "", "one size"),
    "grey and colour": (lambda p: (picture(p / "a.png"), picture(p / "b.png", mode="RGB")), "", "one size"),
    "one picture": (lambda p: picture(p / "a.png"), "", "at least 2 samples"),
    "a broken picture": (lambda p: (p / "a.png").write_bytes(b"\x89PNG\r\n"), "", "a.png: expected an image"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_unusable_data_are_refused_in_one_sentence(tmp_path, case):
    make, name, sentence = REFUSED[case]
    make(tmp_path)

    with pytest.raises(ValueError, match=sentence) as refusal:
        load(tmp_path / name)

    assert "\n" not in str(refusal.value)


def test_an_unknown_key_is_named_with_the_known_ones(tmp_path):
    np.savez(tmp_path / "x.npz", a=np.ones((2, 2)))

    with pytest.raises(ValueError, match=r"holds \['a'\], not 'z'"):
        load(tmp_path / "x.npz", key="z")
