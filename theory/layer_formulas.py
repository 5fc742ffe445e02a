"""The named formulas of two layers and of deep networks."""

import sympy as sp

from theory import deep, two_layer, untied
from theory import one_layer as one
from theory.formula import Formula, Implicit

UNIT_RATE = {"eta": sp.S.One}

FORMULAS = (
    Formula(
        name="two_layer.weight",
        meaning="weight of a mode of two symmetric layers after training time tau at noise sigma, from Q >= 0",
        unit="1",
        source="spectral-bias paper, Prop. 5.1",
        expr=two_layer.weight(one.sigma),
        stable=two_layer.weight_entire(one.sigma),
        domain=two_layer.TRAINED,
        derivation=two_layer.DERIVATION,
        step="weight",
        defaults=UNIT_RATE,
    ),
    Formula(
        name="two_layer.variance",
        meaning="variance that two symmetric layers generate after training time tau at every noise level",
        unit="u^2",
        source="spectral-bias paper, Prop. 5.1",
        expr=two_layer.variance(),
        stable=sp.exp(two_layer.log_variance_entire()),
        domain=two_layer.SAMPLED,
        derivation=two_layer.DERIVATION,
        step="variance",
        defaults=UNIT_RATE,
    ),
    Formula(
        name="untied.weight",
        meaning="product of the weights of a mode in two separate layers after training time tau, from (p0, q0)",
        unit="1",
        source="derived here from appendix F.2 of the spectral-bias paper",
        expr=untied.weight(),
        domain=untied.TRAINED,
        derivation=untied.DERIVATION,
        step="weight",
        defaults=UNIT_RATE,
    ),
    Formula(
        name="deep.infinite_weight",
        meaning="weight of a mode of infinitely many tied layers after training time tau, eta standing for eta L^2",
        unit="1",
        source="derived here from appendix F.3 of the spectral-bias paper",
        expr=Implicit(
            expr=deep.inner_weight(),
            unknown=deep.phi,
            curve=deep.outer_time(),
            slope=deep.outer_slope(),
            level=2 * one.eta * one.tau * one.Q,
        ),
        domain=deep.TRAINED,
        derivation=deep.DERIVATION,
        step="outer time",
        defaults=UNIT_RATE,
    ),
)
