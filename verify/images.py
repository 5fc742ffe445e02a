"""The real image sets of the main job: which images, how they are shown to the sampler, what is measured."""

from dataclasses import dataclass

import numpy as np

from numerics import data
from numerics.image_sets.modes import Emergence, generated_along_modes

SIGMA0, SIGMAT, Q, ETA = 0.002, 80.0, 0.1, 0.7
TAUS = (2e-5, 0.05, 1.0)  # the first is short enough for the first noise level to matter
CURVES = 6  # modes shown in figures


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageData:
    """A data set: one row of pixels an image, in [-1, 1]."""

    name: str
    words: str
    rows: np.ndarray


def digits() -> ImageData:
    """Return the bundled handwritten digits, averaged over blocks of 4 x 4 pixels (d = 49)."""
    rows = data.flat(data.shrink(data.digits(), 4))
    return ImageData(name="digits", words="3000 handwritten digits, 7 x 7", rows=2 * rows - 1)


def faces() -> ImageData:
    """Return the bundled faces, averaged over blocks of 3 x 3 pixels (d = 64)."""
    rows = data.flat(data.shrink(data.faces(), 3))
    return ImageData(name="faces", words="100 faces, 8 x 8", rows=2 * rows - 1)


def patches() -> ImageData:
    """Return the 8 x 8 patches of the photograph that Matplotlib ships (d = 64)."""
    return ImageData(name="patches", words="patches of a photograph, 8 x 8", rows=2 * data.flat(data.patches()) - 1)


def emergence_of_digits() -> Emergence:
    """Return what is generated along every mode of the digits."""
    return _measured(digits())


def emergence_of_faces() -> Emergence:
    """Return what is generated along every mode of the faces."""
    return _measured(faces())


def emergence_of_patches() -> Emergence:
    """Return what is generated along every mode of the patches."""
    return _measured(patches())


def modes_shown(count: int) -> tuple[int, ...]:
    """Return some of `count` modes, spread evenly over the logarithm of their rank."""
    return tuple(int(k) - 1 for k in np.unique(np.geomspace(1, max(count - 1, 1), CURVES).astype(int)))


IMAGES = {"digits": digits, "faces": faces, "patches": patches}


def _measured(images: ImageData) -> Emergence:
    return generated_along_modes(images.rows, Q=Q, eta=ETA, taus=TAUS, sigma0=SIGMA0, sigmaT=SIGMAT)
