import numpy as np
import pytest

from numerics.digit_chain import digits
from numerics.digit_chain.digits import Preparation, classes


def test_the_bundled_digits_are_split_by_class():
    found = classes(Preparation())

    assert [part.train.shape for part in found] == [(784, 240)] * 10
    assert [part.test.shape for part in found] == [(784, 60)] * 10
    assert found[3].train.min() >= 0 and found[3].train.max() == 1


def test_preparations_change_scale_and_mean():
    centred, symmetric = classes(Preparation(centred=True), (3,))[0], classes(Preparation(scale="symmetric"), (3,))[0]

    assert np.abs(centred.train.mean(1)).max() < 1e-12
    assert symmetric.train.min() == -1
    assert centred.train + centred.mean[:, None] == pytest.approx((symmetric.train + 1) / 2)


def archive(folder, **arrays):
    path = folder / "all.npz"
    np.savez(path, **arrays)
    return path


def test_an_archive_keeps_its_own_split(tmp_path):
    images, labels = np.arange(40 * 4, dtype=np.uint8).reshape(40, 2, 2), np.arange(40) % 10
    parts = {"train_images": images, "train_labels": labels, "test_images": images[:20], "test_labels": labels[:20]}

    found = classes(Preparation(source=str(archive(tmp_path, **parts))), (1,))[0]

    assert (found.train.shape, found.test.shape) == ((4, 4), (4, 2))


def test_what_is_missing_is_named(tmp_path, monkeypatch):
    monkeypatch.delenv(digits.VARIABLE, raising=False)
    with pytest.raises(ValueError, match="data: expected digits"):
        classes(Preparation(source="mnist"))
    with pytest.raises(ValueError, match="test_labels not found"):
        classes(Preparation(source=str(archive(tmp_path, **dict.fromkeys(digits.ARRAYS[:3], np.zeros(2))))))
    with pytest.raises(ValueError, match="scale: expected one of unit"):
        Preparation(scale="log")
