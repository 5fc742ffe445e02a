"""Real image sets that need no network: handwritten digits, faces, and patches of a photograph."""

from importlib.resources import files

import numpy as np
from jaxtyping import Float

Images = Float[np.ndarray, "n height width"]

PATCH = 8
"""Height and width of a patch of the photograph."""


def digits() -> Images:
    """Return 3000 handwritten digits (MNIST), 300 of each class, 28 x 28, grey values in [0, 1]."""
    return _bundled("digits")


def faces() -> Images:
    """Return 100 faces (Labeled Faces in the Wild), 25 x 25, grey values in [0, 1]."""
    return _bundled("faces")


def patches() -> Images:
    """Return all patches of a grid over the photograph that Matplotlib ships, 8 x 8, grey values in [0, 1]."""
    from matplotlib import cbook
    from PIL import Image

    with Image.open(cbook.get_sample_data("grace_hopper.jpg", asfileobj=False)) as photograph:
        grey = np.asarray(photograph.convert("L"), dtype=np.float64) / 255
    every = PATCH // 2  # neighbouring patches overlap by half
    windows = np.lib.stride_tricks.sliding_window_view(grey, (PATCH, PATCH))[::every, ::every]
    return windows.reshape(-1, PATCH, PATCH)


SETS = {"digits": digits, "faces": faces, "patches": patches}
"""The image sets, by name."""


def shrink(images: Images, factor: int) -> Float[np.ndarray, "n rows columns"]:
    """Return the images with each factor x factor block averaged; rows and columns left over are cut off."""
    n, height, width = images.shape
    rows, columns = height // factor, width // factor
    blocks = images[:, : rows * factor, : columns * factor].reshape(n, rows, factor, columns, factor)
    return blocks.mean(axis=(2, 4))


def flat(images: Images) -> Float[np.ndarray, "n d"]:
    """Return one row of pixels for each image."""
    return images.reshape(len(images), -1)


def _bundled(name: str) -> Images:
    with files("numerics.bundled").joinpath(f"{name}.npz").open("rb") as stream, np.load(stream) as archive:
        return archive["images"] / 255
