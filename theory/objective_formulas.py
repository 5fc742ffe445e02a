"""The named formulas of the training objectives: optima, generated variances, divergence of a mode."""

import sympy as sp

from theory import divergence, parametrised, parametrised_steps
from theory.domain import domain_of
from theory.formula import Formula
from theory.objective_steps import DERIVATION
from theory.objectives import DOMAINS, OBJECTIVES, TIME, Objective, lam, mean

UNIT_RATE = {"eta": sp.S.One}
PARTS = {
    "weight": "optimal weight of a mode",
    "bias": "optimal bias along a mode",
    "rate": "variance of the input along a mode, to which the learning rate of the mode is proportional",
    "minloss": "what a mode adds to the least loss",
}
TARGETS = {
    "edm_x": "predicting x0 from x0 + sigma z",
    "edm_eps": "predicting z from x0 + sigma z",
    "vp_x": "predicting x0 from alpha x0 + sigma z",
    "vp_eps": "predicting z from alpha x0 + sigma z",
    "vp_v": "predicting alpha z - sigma x0 from alpha x0 + sigma z",
    "flow": "predicting x0 - z from t x0 + (1-t) z",
}
UNITS = {"weight": "1", "bias": "u", "rate": "u^2", "minloss": "u^2"}


def _formula(o: Objective, part: str) -> Formula:
    everywhere = domain_of((lam, mean)).joined(TIME if o.name == "flow" else o.domain)
    return Formula(
        name=f"objective.{o.name}.{part}",
        meaning=f"{PARTS[part]}, {TARGETS[o.name]}",
        unit=UNITS[part],
        source="spectral-bias paper, appendix C.4, Table 2",
        expr=getattr(o, part),
        domain=everywhere if part == "rate" else DOMAINS[o.name],
        derivation=DERIVATION,
        step=o.name,
        defaults={} if part == "bias" else {"mu": sp.S.Zero},
    )


def _vp(kind: str, words: str) -> Formula:
    return Formula(
        name=f"vp_{kind}.variance",
        meaning=f"generated variance under variance-preserving {words}, weight from zero, in the scale sigma_t/alpha_t",
        unit="u^2",
        source="derived here",
        expr=parametrised.vp_variance(kind),
        stable=sp.exp(parametrised.log_vp_variance(kind)),
        domain=parametrised.SAMPLED_VP,
        derivation=parametrised_steps.DERIVATION,
        step=f"VP {kind} by exponential integrals",
        defaults=UNIT_RATE,
    )


EDM = Formula(
    name="edm.variance",
    meaning="generated variance under EDM preconditioning and loss weight 1/c_out^2, inner weight from zero",
    unit="u^2",
    source="derived here; coefficients of appendix I of the spectral-bias paper",
    expr=parametrised.edm_variance(),
    stable=sp.exp(parametrised.log_edm_variance()),
    domain=parametrised.SAMPLED_EDM,
    derivation=parametrised_steps.DERIVATION,
    step="EDM variance",
    defaults=UNIT_RATE,
)
KL = Formula(
    name="kl.mode",
    meaning="divergence of the generated law from that of the data that a mode contributes, for equal means",
    unit="1",
    source="spectral-bias paper, appendix C.6, eq. (71)",
    expr=divergence.of_ratio(divergence.r),
    domain=domain_of((divergence.r,)),
    derivation=divergence.DERIVATION,
    step="ratio",
)
FORMULAS = (
    *(_formula(o, part) for o in OBJECTIVES.values() for part in PARTS),
    EDM,
    _vp("x", "prediction of the data"),
    _vp("eps", "prediction of the noise"),
    _vp("v", "prediction of the velocity"),
    KL,
)
