"""One figure a file and one line here; a figure is drawn from arrays and carries them along as text."""

from collections.abc import Callable
from functools import partial

from verify.report.figures import (
    alignment,
    branches,
    calibration,
    chain_angles,
    chain_digits,
    chain_generated,
    chain_jacobian,
    chain_perturbation,
    chain_power_iteration,
    chain_products,
    chain_sizes,
    courses,
    emergence,
    exponents,
    flow_branches,
    flow_variances,
    flow_weights,
    image_emergence,
    image_measured,
    image_spectrum,
    image_variances,
    locality,
    mean_coupling,
    objectives,
    patch_spectra,
    pictures,
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
    "spiked_angles": spiked_angles.draw,
    "calibration": calibration.draw,
}
Recorded = dict[str, Callable[[], Figure | None]]
PICTURED = [name for name in courses.EXPERIMENTS if not name.startswith("gauss")]
CONVOLUTIONAL = [name for name in PICTURED if name.endswith("cnn")]


def _of_network(name: str) -> Recorded:
    """Return the figures of one trained network."""
    found: Recorded = {f"samples_{name}": partial(pictures.generated, name)} if name in PICTURED else {}
    found[f"course_{name}"] = partial(courses.draw, name)
    for key in courses.PATCHES:
        if key[0] == name:
            found[f"patches_{'_'.join(map(str, key))}"] = partial(courses.draw_patches, *key)
    if name in CONVOLUTIONAL:
        found[f"locality_{name}"] = partial(locality.draw, name)
        found[f"denoised_{name}"] = partial(pictures.denoised, name)
    return found


NETWORK_FIGURES: Recorded = {"exponents": exponents.draw, "alignment": alignment.draw} | {
    name: draw for experiment in courses.EXPERIMENTS for name, draw in _of_network(experiment).items()
}
CHAIN_FIGURES: Recorded = {
    "chain_digits": chain_digits.draw,
    "chain_angles": chain_angles.draw,
    "chain_sizes": chain_sizes.draw,
    "chain_perturbation": chain_perturbation.draw,
    "chain_products": chain_products.draw,
    "chain_generated": chain_generated.draw,
    "chain_power_iteration": chain_power_iteration.draw,
    "chain_jacobian": chain_jacobian.draw,
}
RECORDED_FIGURES = NETWORK_FIGURES | CHAIN_FIGURES
"""Figures of stored results: what was not run is not drawn."""
ROOMS = {
    "Closed forms": ("The papers’ figures, drawn again from the closed forms.", tuple(FIGURES)),
    "Trained networks": ("Drawn from stored results of trainings, which know no closed form.", tuple(NETWORK_FIGURES)),
    "Chains of projections": ("Drawn from stored results on handwritten digits.", tuple(CHAIN_FIGURES)),
}
"""Where the report shows them: a heading, a line on them, their names."""
IMAGE_FIGURES: dict[str, Callable[[ImageSet], Figure | None]] = {
    "spectrum": image_spectrum.draw,
    "variances": image_variances.draw,
    "emergence": image_emergence.draw,
    "measured": image_measured.draw,
}
