"""Remark D.1: time constants, across modes and noise levels; zero-mean data."""

import sympy as sp

from theory.centred import eta
from theory.domain import domain_of
from theory.one_layer import flow_rate, lam, optimum, sigma, y
from theory.relation import Identity
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.lanes_4_2 import (
    FLOW,
    ODE_TIMESCALE,
    time_constant,
)
from verify.ledger.spectral_bias.section_4_2_order import (
    buried_alike,
    buried_the_same,
    falls,
    nearer_in_noise,
    sooner_in_noise,
)

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
    buried_alike(
        id="wp.D.1.nonres.bound",
        says=NON_RESOLVED,
        reading="if lam1, lam2 <= eps sigma^2, their time constants differ by at most the factor 1 + eps",
        where="Remark D.1",
    ),
    buried_the_same(
        id="wp.D.1.nonres.same",
        says=NON_RESOLVED,
        reading="modes with lam <= sigma^2/100 have one and the same time constant",
        where="Remark D.1",
    ),
    sooner_in_noise(
        id="wp.D.1.noise.relative",
        says=ACROSS,
        reading="the deviation from the optimum, relative to that at the start, falls with sigma at every time tau > 0",
        where="Remark D.1",
    ),
    nearer_in_noise(
        id="wp.D.1.noise.absolute",
        says=ACROSS,
        reading="the deviation from the optimum does not grow with sigma, at any time, from any start",
        where="Remark D.1",
    ),
)
