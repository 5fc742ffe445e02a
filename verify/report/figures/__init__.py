"""One figure a file and one line here; a figure is drawn from arrays and carries them along as text."""

from collections.abc import Callable

from verify.report.figures import (
    branches,
    emergence,
    image_emergence,
    image_measured,
    image_spectrum,
    image_variances,
    variances,
    weights,
)
from verify.report.model import Figure, ImageSet

FIGURES: dict[str, Callable[[], Figure]] = {
    "weights": weights.draw,
    "variances": variances.draw,
    "emergence": emergence.draw,
    "branches": branches.draw,
}
IMAGE_FIGURES: dict[str, Callable[[ImageSet], Figure | None]] = {
    "spectrum": image_spectrum.draw,
    "variances": image_variances.draw,
    "emergence": image_emergence.draw,
    "measured": image_measured.draw,
}
