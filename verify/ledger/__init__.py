"""The ledger: every claim, by id. A new section is a module with `CLAIMS` and one line in `SECTIONS`."""

from importlib import import_module

from verify.claim import Claim

SECTIONS = (
    "ours.emergence",
    "ours.course",
    "ours.descent",
    "ours.emergence_weights",
    "ours.mean_bounds",
    "ours.mean_coupling",
    "ours.one_layer",
    "ours.misaligned",
    "ours.passage",
    "ours.passage_falling",
    "ours.passage_special",
    "ours.real_images",
    "ours.regression",
    "ours.sampling",
    "ours.shortfall",
    "ours.zero_init",
    "spectral_bias.appendix_C_1",
    "spectral_bias.appendix_C_1_class",
    "spectral_bias.appendix_C_1_flow",
    "spectral_bias.appendix_C_2",
    "spectral_bias.appendix_C_3",
    "spectral_bias.appendix_C_5",
    "spectral_bias.appendix_D_1",
    "spectral_bias.appendix_D_1_errors",
    "spectral_bias.appendix_D_1_remark",
    "spectral_bias.appendix_D_1_residual",
    "spectral_bias.appendix_D_1_steps",
    "spectral_bias.appendix_D_2",
    "spectral_bias.appendix_D_2_1",
    "spectral_bias.appendix_D_2_top",
    "spectral_bias.appendix_D_3",
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
)


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


CLAIMS: dict[str, Claim] = _collected()
