"""One figure a file and one line here; a figure is drawn from arrays and carries them along as text."""

from collections.abc import Callable

from verify.report.figures import (
    branches,
    calibration,
    emergence,
    flow_branches,
    flow_variances,
    flow_weights,
    image_emergence,
    image_measured,
    image_spectrum,
    image_variances,
    mean_coupling,
    objectives,
    patch_spectra,
    spiked_angles,
    two_layer_branches,
    two_layer_phases,
    two_layer_variances,
    two_layer_weights,
    variances,
    weights,
)
from verify.report.model import Figure, ImageSet

FIGURES: dict[str, Callable[[], Figure]] = {
    "weights": weights.draw,
    "variances": variances.draw,
    "emergence": emergence.draw,
    "branches": branches.draw,
    "two_layer_weights": two_layer_weights.draw,
    "two_layer_variances": two_layer_variances.draw,
    "two_layer_branches": two_layer_branches.draw,
    "two_layer_phases": two_layer_phases.draw,
    "flow_weights": flow_weights.draw,
    "flow_variances": flow_variances.draw,
    "flow_branches": flow_branches.draw,
    "mean_coupling": mean_coupling.draw,
    "patch_spectra": patch_spectra.draw,
    "objectives": objectives.draw,
    "calibration": calibration.draw,
    "spiked_angles": spiked_angles.draw,
}
IMAGE_FIGURES: dict[str, Callable[[ImageSet], Figure | None]] = {
    "spectrum": image_spectrum.draw,
    "variances": image_variances.draw,
    "emergence": image_emergence.draw,
    "measured": image_measured.draw,
}
