"""Abstract and sections 1 and 2 by simulation: the decay of the correlation, its bound, the number of samples."""

import sympy as sp

from numerics.noisy_components import spiked_scenes as measured
from theory.domain import domain_of
from theory.observable import Mean
from theory.relation import Inequality
from theory.symbols import symbols
from verify.checks.cells import Cell, cells
from verify.checks.compared import Compared
from verify.checks.limit import InTheLimit
from verify.claim import Claim
from verify.ledger.power_iteration.lanes_simulated import (
    DRAWN,
    FIXED,
    SINE,
    SIZES,
    descending,
    in_ratio,
    limit,
    linear_in_d,
    ordered,
)

d, n, gamma, ell, lam, sig, sig_bar, step, s = symbols("d n_data gamma ell lam_root sig sig_bar step s_bar")
lam2_i, eps = symbols("lam2_i eps")
DECAY = "the correlation of the noisy basis eigenvectors with their clean version decays as the noise level increases, with a rate determined by the eigenvalues and the size of the training dataset"
LAWS = ("gaussian", "signs", "sparse", "uniform")
COLUMNS = tuple(rf"\langle u^{{({k})}}, u\rangle^2" for k in (1, 2, 3))


def _varied(n_data: tuple[float, ...], lam2: tuple[float, ...], s: tuple[float, ...]) -> Cell:
    return (("d", 100.0), ("n_data", n_data), ("lam2", lam2), ("s", s))


def _decay(name: str, reading: str, at: tuple[Cell, ...]) -> Claim:
    return Claim(
        id=f"wdmg.decay.{name}.simulated",
        says=DECAY,
        reading=reading,
        where="section 1",
        source="as printed",
        relation=descending(COLUMNS),
        domain=domain_of((d, n, s)),
        assumes=FIXED,
        checks=(Compared(draws=measured.cosines_squared, observables=COLUMNS, cells=at, trials=2000),),
        slips=(descending(COLUMNS, "<"), descending(COLUMNS[::-1]), descending((COLUMNS[1], COLUMNS[0]))),
        formula=False,
    )


CLAIMS = (
    _decay(
        "noise",
        "E<u^t, u>^2 falls with the noise variance",
        tuple(_varied((n,) * 3, (1.0,) * 3, (0.1, 0.2, 0.4)) for n in (50.0, 100.0, 400.0)),
    ),
    _decay(
        "eigenvalue",
        "at one noise level, E<u^t, u>^2 is larger for a larger eigenvalue",
        tuple(_varied((n,) * 3, (4.0, 2.0, 1.0), (0.5,) * 3) for n in (50.0, 100.0, 400.0)),
    ),
    _decay(
        "samples",
        "at one noise level, E<u^t, u>^2 is larger for more samples",
        tuple(_varied((400.0, 200.0, 100.0), (1.0,) * 3, (v,) * 3) for v in (0.1, 0.4)),
    ),
    ordered(
        "wdmg.abs-emerge.simulated",
        "low frequencies emerge earlier in the generation process, where the denoising basis vectors are more aligned to the true data with a rate depending on their eigenvalues",
        "general low rank: at every noise level, E<u_i^t, u_i>^2 falls with i",
        "abstract",
    ),
    Claim(
        id="wdmg.bound.simulated",
        says="Analytically, this corresponds to the spiked covariance model, in which we bound this decay for the leading eigenvector",
        reading="the right-hand side of eq. (12) is an upper bound of E sin(theta)",
        where="section 1",
        source="as printed",
        relation=Inequality(Mean(SINE, d, gamma, ell), "<=", in_ratio),
        domain=domain_of((d, gamma, ell)),
        assumes=FIXED,
        checks=(
            Compared(
                draws=measured.sines,
                observables=(SINE,),
                trials=1500,
                cells=cells(d=(100.0, 200.0), gamma=(0.25, 1.0, 4.0), ell=(4.0, 10.0)),
            ),
        ),
        corrected_by="our.spiked.angle.simulated",
        formula=False,
    ),
    linear_in_d(
        "wdmg.linear-sc.simulated",
        "we consider linear models and deduce a linear sample complexity bound associated with learning the score function",
        "section 2",
    ),
    Claim(
        id="wdmg.data.simulated",
        says="we consider data that reside in a low dimensional subspace, with no specific distribution",
        reading="the leading order of eq. (12), at the noise level sigma/sqrt(d), for four laws of the coefficients",
        where="section 2",
        source="as printed",
        relation=limit(r"\sqrt d\,\sin\theta", sig / lam * sp.sqrt(gamma), gamma, lam, sig),
        domain=domain_of((gamma, lam, sig)),
        assumes=(
            "d, n to infinity with d/n to gamma",
            "coefficients independent, of mean 0 and variance 1",
            "rank one",
        ),
        checks=(
            InTheLimit(
                sample=measured.scaled_sine,
                margin=0.02,
                points=SIZES,
                trials=DRAWN,
                cells=cells(gamma=(0.5, 2.0), lam_root=(2.0,), sig=(1.5,), law=LAWS),
            ),
        ),
    ),
)
