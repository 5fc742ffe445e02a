"""The named formulas of flow matching."""

import sympy as sp

from theory import flow_matching as flow
from theory import flow_two_layer
from theory.formula import Formula

UNIT_RATE = {"eta": sp.S.One}

FORMULAS = (
    Formula(
        name="flow.weight",
        meaning="weight of a mode of a flow-matching velocity after training time tau at time t, from Q",
        unit="1",
        source="spectral-bias paper, appendix H.2",
        expr=flow.weight(),
        stable=flow.weight_entire(),
        domain=flow.TRAINED,
        derivation=flow.DERIVATION,
        step="weight",
        defaults=UNIT_RATE,
    ),
    Formula(
        name="flow.variance",
        meaning="variance at t = 1 that flow matching generates from N(0, 1), trained for tau at every t from Q",
        unit="1",
        source="spectral-bias paper, appendix H.2.1",
        expr=flow.variance(),
        stable=sp.exp(flow.log_variance_entire()),
        domain=flow.SAMPLED,
        derivation=flow.DERIVATION,
        step="variance",
        defaults=UNIT_RATE,
    ),
    Formula(
        name="flow_two_layer.weight",
        meaning="weight of a mode of a symmetric two-layer velocity after training time tau at time t, from Q",
        unit="1",
        source="spectral-bias paper, appendix H.3",
        expr=flow_two_layer.weight(),
        stable=flow_two_layer.weight_entire(),
        domain=flow_two_layer.TRAINED,
        derivation=flow_two_layer.DERIVATION,
        step="weight after t*",
        defaults=UNIT_RATE,
    ),
    Formula(
        name="flow_two_layer.variance",
        meaning="variance at t = 1 that symmetric two-layer flow matching generates from N(0, 1)",
        unit="1",
        source="derived here",
        expr=sp.exp(flow_two_layer.log_variance()),
        stable=sp.exp(flow_two_layer.log_variance_entire()),
        domain=flow_two_layer.SAMPLED,
        derivation=flow_two_layer.DERIVATION,
        step="sides of t*",
        defaults=UNIT_RATE,
    ),
)
