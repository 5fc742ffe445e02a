"""Section 4.1 by simulation: the theorem, the small-angle laws and the leak of a row, for each reading of the noise."""

from functools import partial
from itertools import pairwise

import sympy as sp

from numerics.noisy_components import chain_scenes as measured
from theory.domain import domain_of
from theory.observable import Mean
from theory.projection_chain import gamma, lam2_0, lam_sq, s_a, s_b, s_bar
from theory.relation import Both, Identity, Inequality
from theory.symbols import symbols
from verify.checks.cells import cells
from verify.checks.compared import Compared
from verify.checks.every_size import AtEverySize
from verify.checks.limit import InTheLimit
from verify.claim import Claim
from verify.ledger.ours.chain_simulated import FIXED, REGIME, in_size, in_steps
from verify.ledger.power_iteration.section_4_1 import PRINTED_16
from verify.ledger.power_iteration.section_4_1_theorem import THEOREM
from verify.ledger.power_iteration.section_4_1_theorem import WHERE as IN_THEOREM
from verify.ledger.power_iteration.shared_bases import EQ19, EQ21, PROOF

ZERO = sp.S.Zero
READINGS = ("fresh", "accumulated", "shared")
d, n = symbols("d n_data")
CONSECUTIVE = r"\langle u_i^t, u_i^{t+1}\rangle"
ROW = tuple(rf"\langle u_0^t, u_{j}^{{t+1}}\rangle^2" for j in range(4))
printed = partial(Claim, source="as printed", formula=False)
SIZES, DRAWN = (24, 48, 96), (200, 100, 60)
LEVELS = tuple((("s_a", a), ("s_b", b)) for a, b in ((0.02, 0.2), (0.2, 0.3)))


def at(reading: str) -> tuple:
    """Return cells of rank one at two pairs of consecutive levels."""
    return tuple((("reading", reading), ("gamma", 1.0), ("lam2", 1.0), *pair) for pair in LEVELS)


def laws(reading: str) -> InTheLimit:
    """Return the test of the limit of <u^t, u^{t+1}>."""
    return InTheLimit(
        sample=measured.consecutive, cells=at(reading), points=SIZES, trials=DRAWN, margin=0.01, relative=False
    )


def falling(names: tuple[str, ...], op: str = ">") -> Both:
    """Return that the means of the observables named are in descending order."""
    means = [Mean(name, d, n, s_bar) for name in names]
    return Both(tuple(Inequality(a, op, b) for a, b in pairwise(means)))


PAIR = domain_of((gamma, lam_sq, s_a, s_b))
CLAIMS = (
    *(
        printed(
            id=f"wdmg.thm4.3.{reading}.simulated",
            says=THEOREM,
            reading=f"{reading} noise, T to infinity at fixed d and n, two components: the mean of the variance along u_1 "
            "over that along u_0 tends to 0",
            where=IN_THEOREM,
            relation=in_steps(r"R_1(T)", ZERO, lam2_0, lam_sq),
            domain=domain_of((d, n, lam2_0, lam_sq)),
            assumes=FIXED,
            checks=(
                InTheLimit(
                    sample=measured.scheduled_ratio,
                    cells=(
                        (("reading", reading), ("d", 8.0), ("n_data", 10.0), ("lam2_0", 2.0), ("lam2", 1.0)),
                        (("reading", reading), ("d", 12.0), ("n_data", 6.0), ("lam2_0", 3.0), ("lam2", 1.0)),
                    ),
                    points=(10, 20, 40, 80),
                    trials=(400, 300, 200, 100),
                    margin=0.05,
                    along="T",
                    degree=2,
                    relative=False,
                ),
            ),
            corrected_by=f"our.chain.fixed_size.{reading}.simulated",
        )
        for reading in READINGS
    ),
    printed(
        id="wdmg.eq16.simulated",
        says=PRINTED_16,
        reading="as the letters say, the same index i at both steps; fresh noise, rank one",
        where="assumption 4.2, eq. (16)",
        relation=in_size(CONSECUTIVE, ZERO, gamma, lam_sq, s_a, s_b),
        domain=PAIR,
        assumes=REGIME,
        checks=(laws("fresh"),),
        corrected_by="our.chain.symmetry.fresh.simulated",
    ),
    printed(
        id="wdmg.eq19.simulated",
        says=EQ19,
        reading="the mean of <u^t, u> tends to 1 - gamma s/lam^2 as d and n grow, rank one, gamma s/lam^2 = 1/10 and 1/5",
        where="eq. (19)",
        relation=in_size(r"\langle u^t, u\rangle", 1 - gamma * s_bar / lam_sq, gamma, lam_sq, s_bar),
        domain=domain_of((gamma, lam_sq, s_bar)),
        assumes=REGIME,
        checks=(
            InTheLimit(
                sample=measured.clean_cosine,
                cells=cells(gamma=(1.0,), lam2=(1.0,), s=(0.1, 0.2)),
                points=SIZES,
                trials=DRAWN,
                margin=0.01,
                relative=False,
            ),
        ),
        corrected_by="our.chain.cosine",
    ),
    *(
        printed(
            id=f"wdmg.eq21.{reading}.simulated",
            says=EQ21,
            reading=f"{reading} noise, rank one: the mean of <u^t, u^{{t+1}}> tends to cos(gamma (s_{{t+1}} - s_t)/lam^2) as "
            "d and n grow",
            where="eq. (21)",
            relation=in_size(CONSECUTIVE, sp.cos(gamma * (s_b - s_a) / lam_sq), gamma, lam_sq, s_a, s_b),
            domain=PAIR,
            assumes=REGIME,
            checks=(laws(reading),),
            corrected_by="our.chain.gain.small_noise",
        )
        for reading in READINGS
    ),
    *(
        printed(
            id=f"wdmg.eq22.{reading}.simulated",
            says="E<u_i^t, u_j^{t+1}> ~ E<u_i^t, u_j^t> = 0, which holds for t <= tau_{r-1} by Assumption 4.2",
            reading=f"{reading} noise, i != j, at every t and every size: both means are 0",
            where="eq. (22)",
            relation=Identity(Mean(r"\langle u_i^t, u_j^{t+1}\rangle", d, n, s_a, s_b), ZERO),
            domain=domain_of((d, n, s_a, s_b)),
            assumes=FIXED,
            checks=(
                AtEverySize(
                    sample=measured.cross_overlaps,
                    cells=cells(reading=(reading,), d=(8.0,), n_data=(12.0,), s_a=(0.1,), s_b=(0.2,)),
                    trials=8000,
                    margin=0.05,
                    relative=False,
                ),
            ),
            slips=(Identity(Mean(r"\langle u_i^t, u_j^{t+1}\rangle", d, n, s_a, s_b), sp.Rational(1, 10)),),
        )
        for reading in READINGS
    ),
    printed(
        id="wdmg.leak.simulated",
        says='in high noise levels the correlation "leaks" to a close neighborhood of the original component and the '
        "temporal products are still somewhat concentrated around their diagonal",
        reading="fresh noise, four components with neighbouring eigenvalues: the mean squares of the row <u_0^t, "
        "u_j^{t+1}>, j = 0, ..., 3, fall with j",
        where=PROOF,
        relation=falling(ROW),
        domain=domain_of((d, n, s_bar)),
        assumes=FIXED,
        checks=(
            Compared(
                draws=measured.leaked,
                observables=ROW,
                cells=cells(d=(12.0,), n_data=(20.0, 40.0), s=(0.5, 1.0)),
                trials=1500,
            ),
        ),
        slips=(falling(ROW, "<"), falling(ROW[::-1]), falling((ROW[0], ROW[3], ROW[1]))),
    ),
)
