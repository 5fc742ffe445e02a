"""The named formulas of the spiked model."""

from theory import spiked
from theory.formula import Clipped, Formula
from theory.spiked_steps import DERIVATION

FORMULAS = (
    Formula(
        name="spiked.cos2",
        meaning="squared overlap of a noisy principal component with the clean one in large dimension, lam2 being the "
        "eigenvalue of the component, s the noise variance and gamma the dimension over the number of samples",
        unit="1",
        source="derived here, beyond eq. (12) of the power-iteration paper",
        expr=spiked.detected(spiked.s),
        stable=Clipped(expr=spiked.overlap_squared(spiked.s), margin=spiked.margin(spiked.s)),
        domain=spiked.MODE,
        derivation=DERIVATION,
        step="every noise",
    ),
)
