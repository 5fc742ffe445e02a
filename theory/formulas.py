"""The registry of named formulas: what `lindiff eval`, `derive`, `check` and `export` know by name."""

from theory import (
    convolution_formulas,
    descent_formulas,
    flow_formulas,
    layer_formulas,
    objective_formulas,
    one_layer_formulas,
    spiked_formulas,
)
from theory.formula import Formula

FORMULAS: dict[str, Formula] = {
    formula.name: formula
    for family in (
        one_layer_formulas,
        descent_formulas,
        layer_formulas,
        convolution_formulas,
        flow_formulas,
        objective_formulas,
        spiked_formulas,
    )
    for formula in family.FORMULAS
}
