"""Real image sets that need no network: handwritten digits, faces, and patches of a photograph, grey or in colour."""

from importlib.resources import files

import numpy as np
from jaxtyping import Float

Images = Float[np.ndarray, "n height width"]

PATCH, COLOURED_PATCH = 8, 16
"""Height and width of a patch of the photograph, grey and in colour."""


def digits() -> Images:
    """Return 3000 handwritten digits (MNIST), 300 of each class, 28 x 28, grey values in [0, 1]."""
    return _bundled("digits")


def faces() -> Images:
    """Return 100 faces (Labeled Faces in the Wild), 25 x 25, grey values in [0, 1]."""
    return _bundled("faces")


def patches() -> Images:
    """Return all patches of a grid over the photograph that Matplotlib ships, 8 x 8, grey values in [0, 1]."""
    return _cut(_photograph("L"), PATCH)


def colours() -> Float[np.ndarray, "n height width 3"]:
    """Return such patches of the same photograph in colour, 16 x 16."""
    return np.stack([_cut(channel, COLOURED_PATCH) for channel in np.moveaxis(_photograph("RGB"), 2, 0)], axis=-1)


SETS = {"digits": digits, "faces": faces, "patches": patches}
"""The sets of grey images, by name."""

COLOURED = {"colours": colours}
"""The sets of images in colour, by name."""


def shrink(images: Float[np.ndarray, "*n height width"], factor: int) -> Float[np.ndarray, "*n rows columns"]:
    """Return the images with each factor x factor block averaged; rows and columns left over are cut off."""
    *n, height, width = images.shape
    rows, columns = height // factor, width // factor
    blocks = images[..., : rows * factor, : columns * factor].reshape(*n, rows, factor, columns, factor)
    return blocks.mean(axis=(-3, -1))


def flat(images: Images) -> Float[np.ndarray, "n d"]:
    """Return one row of pixels for each image."""
    return images.reshape(len(images), -1)


def _bundled(name: str) -> Images:
    with files("numerics.bundled").joinpath(f"{name}.npz").open("rb") as stream, np.load(stream) as archive:
        return archive["images"] / 255


def _photograph(mode: str) -> np.ndarray:
    """Return the photograph of Grace Hopper that Matplotlib ships, values in [0, 1]."""
    from matplotlib import cbook
    from PIL import Image

    with Image.open(cbook.get_sample_data("grace_hopper.jpg", asfileobj=False)) as photograph:
        return np.asarray(photograph.convert(mode), dtype=np.float64) / 255


def _cut(values: Float[np.ndarray, "height width"], side: int) -> Images:
    """Return all patches of this side on a grid; neighbouring ones overlap by half."""
    every = side // 2
    windows = np.lib.stride_tricks.sliding_window_view(values, (side, side))[::every, ::every]
    return windows.reshape(-1, side, side)
