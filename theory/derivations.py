"""The registry of derivations; a claim names the step that derives it as "derivation: step"."""

from theory import (
    centred,
    emergence,
    gaussian,
    joint,
    mean_coupling,
    mean_dynamics,
    one_layer,
    passage,
    regression,
    sampling,
    shortfall,
)
from theory.derivation import Derivation, Step

DERIVATIONS: dict[str, Derivation] = {
    d.name: d
    for d in (
        gaussian.DERIVATION,
        joint.DERIVATION,
        regression.DERIVATION,
        centred.DERIVATION,
        one_layer.DERIVATION,
        mean_coupling.DERIVATION,
        mean_dynamics.DERIVATION,
        sampling.DERIVATION,
        emergence.DERIVATION,
        shortfall.DERIVATION,
        passage.DERIVATION,
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
