"""Remark D.1: time constants, across modes and noise levels; zero-mean data."""

import sympy as sp

from theory.centred import eta
from theory.domain import domain_of
from theory.one_layer import TRAINED as MODE_TRAINED
from theory.one_layer import flow_rate, lam, optimum, sigma, y
from theory.relation import Identity
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.lanes_4_2 import (
    FLOW,
    ODE_RELATIVE,
    ODE_SPREAD,
    ODE_SPREAD_IS,
    ODE_TIMESCALE,
    SPREAD,
    lam1,
    lam2,
    time_constant,
)
from verify.ledger.spectral_bias.section_4_2_order import BURIED, MOVING, eps, falls, relative, remaining, spread_within

CONSTANT = (
    "The deviation on eigen mode u_k has the time constant 1/(2 eta (lam_k + sigma^2)) i.e. the larger eigen "
    "dimensions will be learned faster."
)
NON_RESOLVED = "While the 'non-resolved' dimensions will learn at the same speed"
ACROSS = "Comparing across noise scale sigma, the larger noise scales will be learned faster."

from_flow = -(y - optimum(sigma)) / flow_rate(sigma)

CLAIMS = (
    Claim(
        id="wp.D.1.tc.constant",
        says=CONSTANT,
        reading=(
            "-(deviation)/(its derivative in tau) is 1/(2 eta (lam_k + sigma^2)), for any weight y that is not the "
            "optimum"
        ),
        where="Remark D.1",
        source="as printed",
        relation=Identity(from_flow, time_constant(lam)),
        domain=domain_of((lam, sigma, eta, y)).where(sp.Ne(y * (lam + sigma**2), lam)),
        assumes=FLOW,
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_TIMESCALE),
    ),
    Claim(
        id="wp.D.1.tc.faster",
        says=CONSTANT,
        reading="the time constant falls with lam_k",
        where="Remark D.1",
        source="as printed",
        relation=falls(time_constant(lam), lam),
        domain=domain_of((lam, sigma, eta)),
        assumes=FLOW,
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_TIMESCALE),
        slips=(falls(-time_constant(lam), lam),),
        formula=False,
    ),
    Claim(
        id="wp.D.1.nonres.bound",
        says=NON_RESOLVED,
        reading="if lam1, lam2 <= eps sigma^2, their time constants differ by at most the factor 1 + eps",
        where="Remark D.1",
        source="as printed",
        relation=spread_within(1 + eps),
        domain=BURIED,
        assumes=FLOW,
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_SPREAD),
        slips=(spread_within(sp.S.One), spread_within(1 + eps / 2), spread_within(1 + eps**2)),
        formula=False,
    ),
    Claim(
        id="wp.D.1.nonres.same",
        says=NON_RESOLVED,
        reading="modes with lam <= sigma^2/100 have one and the same time constant",
        where="Remark D.1",
        source="as printed",
        relation=Identity(SPREAD, sp.S.One),
        domain=domain_of((lam1, lam2, sigma, eta)).where(100 * lam1 <= sigma**2, 100 * lam2 <= sigma**2),
        assumes=FLOW,
        checks=(*EXACT, ODE_SPREAD_IS),
        corrected_by="our.one_layer.floor",
        formula=False,
    ),
    Claim(
        id="wp.D.1.noise.relative",
        says=ACROSS,
        reading="the deviation from the optimum, relative to that at the start, falls with sigma at every time tau > 0",
        where="Remark D.1",
        source="as printed",
        relation=falls(relative, sigma),
        domain=MOVING,
        assumes=FLOW,
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_RELATIVE),
        slips=(falls(-relative, sigma), falls(1 / relative, sigma)),
        formula=False,
    ),
    Claim(
        id="wp.D.1.noise.absolute",
        says=ACROSS,
        reading="the deviation from the optimum does not grow with sigma, at any time, from any start",
        where="Remark D.1",
        source="as printed",
        relation=falls(remaining, sigma, "<="),
        domain=MODE_TRAINED,
        assumes=FLOW,
        checks=EXACT,
        corrected_by="our.one_layer.noise_order",
        formula=False,
    ),
)
