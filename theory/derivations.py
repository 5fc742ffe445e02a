"""The registry of derivations; a claim names the step that derives it as "derivation: step"."""

from theory import (
    centred,
    circulant,
    convolution,
    deep,
    denoiser,
    descent,
    divergence,
    edm_passage,
    emergence,
    flow_emergence,
    flow_matching,
    flow_two_layer,
    gaussian,
    injection,
    jacobian,
    joint,
    least_squares,
    mean_coupling,
    mean_dynamics,
    noisy_pairs,
    objective_steps,
    one_layer,
    overlaps,
    parametrised_steps,
    passage,
    projection_chain,
    quality,
    regression,
    reverse,
    sample_covariance,
    sample_training,
    sampling,
    shortfall,
    shrinkage,
    small_noise,
    spiked_steps,
    steppers,
    two_layer,
    two_layer_emergence,
    untied,
)
from theory.derivation import Derivation, Step

DERIVATIONS: dict[str, Derivation] = {
    d.name: d
    for d in (
        gaussian.DERIVATION,
        joint.DERIVATION,
        least_squares.DERIVATION,
        jacobian.DERIVATION,
        regression.DERIVATION,
        centred.DERIVATION,
        one_layer.DERIVATION,
        mean_coupling.DERIVATION,
        mean_dynamics.DERIVATION,
        sampling.DERIVATION,
        sample_covariance.DERIVATION,
        sample_training.DERIVATION,
        noisy_pairs.DERIVATION,
        emergence.DERIVATION,
        objective_steps.DERIVATION,
        parametrised_steps.DERIVATION,
        edm_passage.DERIVATION,
        divergence.DERIVATION,
        quality.DERIVATION,
        two_layer.DERIVATION,
        two_layer_emergence.DERIVATION,
        overlaps.DERIVATION,
        untied.DERIVATION,
        deep.DERIVATION,
        circulant.DERIVATION,
        convolution.FULL,
        convolution.LOCAL,
        descent.DERIVATION,
        flow_matching.DERIVATION,
        flow_emergence.DERIVATION,
        flow_two_layer.DERIVATION,
        steppers.DERIVATION,
        shortfall.DERIVATION,
        shrinkage.DERIVATION,
        passage.DERIVATION,
        denoiser.DERIVATION,
        reverse.DERIVATION,
        spiked_steps.DERIVATION,
        projection_chain.DERIVATION,
        injection.DERIVATION,
        small_noise.DERIVATION,
    )
}


def derivation_of(reference: str) -> tuple[Step, ...]:
    """Return the steps up to the one that `reference`, "derivation: step", names.

    Raises:
        ValueError: there is no such derivation or step.
    """
    name, _, step = reference.partition(": ")
    if name not in DERIVATIONS or step not in {s.name for s in DERIVATIONS[name].steps}:
        known = [f"{d.name}: {s.name}" for d in DERIVATIONS.values() for s in d.steps]
        raise ValueError(f"derived_in: expected one of {known}, got {reference!r}")
    return DERIVATIONS[name].until(step)
