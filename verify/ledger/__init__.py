"""The ledger: `CLAIMS` holds every claim by id. A new section is a module with `CLAIMS` and one line in `SECTIONS`."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from verify.claim import Claim

SECTIONS = (
    "ours.divergence",
    "ours.edm_passage",
    "ours.edm_weighted",
    "ours.deep",
    "ours.denoiser",
    "ours.denoiser_rank",
    "ours.diffusion",
    "ours.diffusion_model",
    "ours.small_noise",
    "ours.spiked",
    "ours.spiked_angle",
    "ours.spiked_emergence",
    "ours.emergence",
    "ours.emergence_layers",
    "ours.convolution",
    "ours.convolution_emergence",
    "ours.deep_convolution",
    "ours.deep_convolution_flow",
    "ours.course",
    "ours.chain",
    "ours.chain_angles",
    "ours.chain_collapse",
    "ours.chain_injection",
    "ours.chain_simulated",
    "ours.descent",
    "ours.emergence_weights",
    "ours.mean_bounds",
    "ours.flow_emergence",
    "ours.flow_matching",
    "ours.flow_patch",
    "ours.flow_two_layer",
    "ours.gradient_descent",
    "ours.mean_coupling",
    "ours.momentum",
    "ours.one_layer",
    "ours.objectives",
    "ours.parametrised",
    "ours.patch",
    "ours.patch_shape",
    "ours.misaligned",
    "ours.passage",
    "ours.passage_falling",
    "ours.passage_special",
    "ours.real_images",
    "ours.regression",
    "ours.sampling",
    "power_iteration.abstract",
    "power_iteration.section_1",
    "power_iteration.section_2",
    "power_iteration.section_3",
    "power_iteration.section_3_reverse",
    "power_iteration.section_3_projection",
    "power_iteration.section_4",
    "power_iteration.section_4_angle",
    "power_iteration.section_4_samples",
    "power_iteration.section_4_drivers",
    "power_iteration.section_4_emergence",
    "spectral_bias.appendix_B_1",
    "spectral_bias.appendix_B_1_flow",
    "ours.two_layer",
    "ours.untied",
    "ours.steppers",
    "ours.shortfall",
    "ours.zero_init",
    "power_iteration.section_4_1",
    "power_iteration.section_4_1_angles",
    "power_iteration.section_4_1_factors",
    "power_iteration.section_4_1_injection",
    "power_iteration.section_4_1_phases",
    "power_iteration.section_4_1_proof",
    "power_iteration.section_4_1_simulated",
    "power_iteration.section_4_1_theorem",
    "ours.spiked_simulated",
    "power_iteration.section_1_simulated",
    "power_iteration.section_4_simulated",
    "power_iteration.section_4_angle_simulated",
    "spectral_bias.appendix_C_1",
    "spectral_bias.appendix_C_1_class",
    "spectral_bias.appendix_C_1_flow",
    "spectral_bias.appendix_C_2",
    "spectral_bias.appendix_C_3",
    "spectral_bias.appendix_C_4",
    "spectral_bias.appendix_C_5",
    "spectral_bias.appendix_C_6",
    "spectral_bias.appendix_D_1",
    "spectral_bias.appendix_D_1_errors",
    "spectral_bias.appendix_D_1_remark",
    "spectral_bias.appendix_D_1_residual",
    "spectral_bias.appendix_D_1_steps",
    "spectral_bias.appendix_D_2",
    "spectral_bias.appendix_D_2_1",
    "spectral_bias.appendix_D_2_top",
    "spectral_bias.appendix_D_3",
    "spectral_bias.appendix_E_1",
    "spectral_bias.appendix_E_1_aligned",
    "spectral_bias.appendix_E_1_2",
    "spectral_bias.appendix_E_2",
    "spectral_bias.appendix_F",
    "spectral_bias.appendix_F_3",
    "spectral_bias.appendix_G_fourier",
    "spectral_bias.appendix_G_full",
    "spectral_bias.appendix_G_local",
    "spectral_bias.appendix_G_sampling",
    "spectral_bias.appendix_G_shifts",
    "spectral_bias.appendix_G_spectrum",
    "spectral_bias.appendix_H",
    "spectral_bias.appendix_H_1",
    "spectral_bias.appendix_H_2",
    "spectral_bias.appendix_H_2_power",
    "spectral_bias.appendix_H_3",
    "spectral_bias.section_1_7",
    "spectral_bias.section_3_1",
    "spectral_bias.section_3_1_forms",
    "spectral_bias.section_3_2",
    "spectral_bias.section_3_2_shrink",
    "spectral_bias.section_4",
    "spectral_bias.section_4_1",
    "spectral_bias.section_4_2",
    "spectral_bias.section_4_2_mean",
    "spectral_bias.section_4_2_order",
    "spectral_bias.section_4_2_overshoot",
    "spectral_bias.section_4_2_solution",
    "spectral_bias.section_4_3",
    "spectral_bias.section_4_3_modes",
    "spectral_bias.section_4_3_exponent",
    "spectral_bias.section_4_3_shape",
    "spectral_bias.section_5_1",
    "spectral_bias.section_5_1_more",
    "spectral_bias.section_5_2",
    "spectral_bias.section_5_2_full",
    "spectral_bias.section_5_2_local",
    "spectral_bias.section_5_2_table",
)


@cache
def _collected() -> dict[str, Claim]:
    """Return the claims of all sections.

    Raises:
        ValueError: two claims share an id, or a correction names a claim that does not exist.
    """
    listed = [claim for name in SECTIONS for claim in import_module(f"verify.ledger.{name}").CLAIMS]
    found = {claim.id: claim for claim in listed}
    if len(found) < len(listed):
        twice = sorted({c.id for c in listed if [d.id for d in listed].count(c.id) > 1})
        raise ValueError(f"ledger: expected each id once, got {', '.join(twice)} more than once")
    if lost := [c.id for c in listed if c.corrected_by is not None and c.corrected_by not in found]:
        raise ValueError(f"ledger: {lost[0]} is corrected by {found[lost[0]].corrected_by}, which is not in the ledger")
    return found


if TYPE_CHECKING:
    CLAIMS: dict[str, Claim]


def __getattr__(name: str) -> dict[str, Claim]:
    """Return `CLAIMS`, read when it is first asked for: a section alone needs no other."""
    if name != "CLAIMS":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _collected()
