"""The digits of each class as columns, prepared in one of the ways that the paper leaves open."""

import os
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from jaxtyping import Float

CLASSES = 10
HELD_OUT = 60  # of the 300 bundled images of a class
SCALES = {"unit": lambda grey: grey / 255, "symmetric": lambda grey: grey / 127.5 - 1}
"""What becomes of a grey value between 0 and 255, by name."""
BUNDLED, MNIST = "digits", "mnist"
VARIABLE = "LINDIFF_MNIST"  # of the environment: where the whole of MNIST lies
ARRAYS = ("train_images", "train_labels", "test_images", "test_labels")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """Which digits, and how they are shown to the chain.

    Args:
        source: "digits" for the bundled subset, of which the last 60 images of each class are held out; "mnist" for
            the archive that LINDIFF_MNIST names, or the path of one: an .npz file with train_images, train_labels,
            test_images and test_labels.
        scale: "unit" for grey values in [0, 1], "symmetric" for [-1, 1].
        centred: subtract the mean of the training images of the class.

    Raises:
        ValueError: the scale has another name.
    """

    source: str = BUNDLED
    scale: str = "unit"
    centred: bool = False

    def __post_init__(self) -> None:
        if self.scale not in SCALES:
            raise ValueError(f"scale: expected one of {', '.join(SCALES)}; got {self.scale!r}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Digit:
    """One class: training and held-out images as columns, and the mean that was subtracted from both."""

    train: Float[np.ndarray, "d n"]
    test: Float[np.ndarray, "d m"]
    mean: Float[np.ndarray, " d"]


def classes(preparation: Preparation, names: tuple[int, ...] = tuple(range(CLASSES))) -> tuple[Digit, ...]:
    """Return the digits named, prepared."""
    return tuple(prepared(*split, preparation) for split in (_split(preparation.source)[name] for name in names))


def prepared(train: np.ndarray, test: np.ndarray, preparation: Preparation) -> Digit:
    """Return images (n, height, width) with grey values 0 to 255 as prepared columns."""
    columns = [SCALES[preparation.scale](part.reshape(len(part), -1).T.astype(np.float64)) for part in (train, test)]
    mean = columns[0].mean(1) * preparation.centred
    return Digit(train=columns[0] - mean[:, None], test=columns[1] - mean[:, None], mean=mean)


@cache
def _split(source: str) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """Return training and held-out images of each class."""
    if source != BUNDLED:
        parts = _archive(_place(source))
        return tuple((parts[0][parts[1] == k], parts[2][parts[3] == k]) for k in range(CLASSES))
    with files("numerics.bundled").joinpath("digits.npz").open("rb") as stream, np.load(stream) as archive:
        images, labels = archive["images"], archive["labels"]
    own = [images[labels == k] for k in range(CLASSES)]
    return tuple((part[:-HELD_OUT], part[-HELD_OUT:]) for part in own)


def _place(source: str) -> Path:
    """Return where the archive lies.

    Raises:
        ValueError: it is not there.
    """
    path = Path(os.environ.get(VARIABLE, "") if source == MNIST else source)
    if not path.is_file():
        raise ValueError(
            f"data: expected {BUNDLED}, an .npz archive, or {MNIST} with its path in {VARIABLE}; got {source!r}"
        )
    return path


def _archive(path: Path) -> tuple[np.ndarray, ...]:
    with np.load(path, allow_pickle=False) as archive:
        if lost := [name for name in ARRAYS if name not in archive]:
            raise ValueError(f"{path.name}: expected the arrays {', '.join(ARRAYS)}; {', '.join(lost)} not found")
        return tuple(archive[name] for name in ARRAYS)
