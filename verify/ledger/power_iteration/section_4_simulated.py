"""Section 4 by simulation: the population covariance, what turns the components, and in which order they emerge."""

import sympy as sp

from numerics.noisy_components import spiked_scenes as measured
from theory import spiked
from theory.domain import domain_of
from theory.observable import Mean
from theory.relation import Both, Identity, Inequality, Relation
from theory.symbols import symbols
from verify.checks.cells import cells
from verify.checks.compared import Compared
from verify.checks.every_size import AtEverySize
from verify.checks.limit import InTheLimit
from verify.claim import Claim
from verify.ledger.power_iteration.lanes_simulated import (
    DRAWN,
    FIXED,
    REGIME,
    SIZES,
    descending,
    limit,
    linear_in_d,
    ordered,
)

d, n, gamma, ell, lam, sig, sig_bar, step, s = symbols("d n_data gamma ell lam_root sig sig_bar step s_bar")
lam2_i, eps = symbols("lam2_i eps")
EMERGE = "The first component to be visible in the generated image is the one with the largest eigenvector ... the next components take presence, by the order of their associated eigenvalue"
LAWS = ("gaussian", "signs", "sparse", "uniform")
DRIVERS = tuple(rf"\sin^2\theta_{{\mathrm{{{name}}}}}" for name in ("noise", "sample", "both"))
GROWING = tuple(rf"\langle u_2^t, u_2\rangle^2_{{{size}}}" for size in ("4d", "2d", "d"))  # by the number of samples
noise, sample, both = (Mean(name, d, n, s) for name in DRIVERS)
POPULATION = cells(d=(8.0,), n_data=(20.0,), lam2_i=((4.0, 1.0),), s=(0.5, 2.0), law=LAWS)


def _driven(name: str, says: str, reading: str, relation: Relation, *slips: Relation) -> Claim:
    at = cells(d=(30.0,), n_data=(20.0, 60.0), s=(0.1, 0.4))
    return Claim(
        id=f"wdmg.drivers.{name}",
        says=says,
        reading=reading,
        where="section 4, after eq. (11)",
        source="as printed",
        relation=relation,
        domain=domain_of((d, n, s)),
        assumes=("Gaussian noise", "two components", "d and n fixed"),
        checks=(Compared(draws=measured.drivers, observables=DRIVERS, cells=at, trials=500),),
        slips=slips,
        formula=False,
    )


def _eq9(name: str, reading: str, observable: str, value: sp.Expr, check: AtEverySize) -> Claim:
    mean = Mean(observable, lam2_i, s)
    return Claim(
        id=f"wdmg.eq9.{name}",
        says="Sigma_t = E x_0 x_0^T + sigma-bar_t^2 I = sum_i lambda_i^2 u_i u_i^T + sigma-bar_t^2 I, its population covariance",
        reading=reading,
        where="eq. (9)",
        source="as printed",
        relation=Identity(mean, value),
        domain=domain_of((lam2_i, s)),
        assumes=("coefficients of mean 0 and variance 1, of four laws", "independent noise"),
        checks=(check,),
        slips=tuple(Identity(mean, value + off) for off in (sp.Rational(1, 10), s, -s / 2)),
        formula=value.has(lam2_i),
    )


CLAIMS = (
    _eq9(
        "simulated",
        "along u_i",
        r"u_i^\dagger \hat\Sigma_t u_i",
        lam2_i + s,
        AtEverySize(sample=measured.population_entries, cells=POPULATION, trials=12_000, margin=0.03),
    ),
    _eq9(
        "simulated.beside",
        "along a direction orthogonal to all u_i",
        r"v^\dagger \hat\Sigma_t v",
        s,
        AtEverySize(sample=measured.population_beside, cells=POPULATION, trials=12_000, margin=0.03),
    ),
    _eq9(
        "simulated.diagonal",
        "no entry between different u_i, or between these and directions orthogonal to all",
        r"u_i^\dagger \hat\Sigma_t u_j",
        sp.S.Zero,
        AtEverySize(
            sample=measured.population_off_diagonal, cells=POPULATION, trials=12_000, margin=0.05, relative=False
        ),
    ),
    Claim(
        id="wdmg.product.simulated",
        says="we analyze the decay of the product <u_t^i, u_i> over time",
        reading="after t steps that each add noise of variance sigma^2, <u^t, u> tends to sqrt(C(t sigma^2))",
        where="section 4",
        source="reconstructed",
        relation=limit(
            r"\langle u^t, u\rangle",
            sp.sqrt(spiked.cosine_squared.xreplace({ell: lam**2 / (step * sig**2)})),
            *(gamma, lam, sig, step),
        ),
        domain=domain_of((gamma, lam, sig, step)).where(step >= 1, gamma * step**2 * sig**4 < lam**4),
        assumes=REGIME,
        checks=(
            InTheLimit(
                sample=measured.cosine_along_steps,
                margin=0.02,
                points=SIZES,
                trials=DRAWN,
                cells=cells(gamma=(0.5, 2.0), lam_root=(1.0,), sig=(0.25,), step=(1.0, 2.0, 5.0)),
            ),
        ),
    ),
    _driven(
        "noise.simulated",
        "The first being the added noise, i.e., ||Sigma_t - Sigma_0||",
        "noise on a fixed data set turns its leading component, and adds to what sampling alone does",
        Both((Inequality(noise, ">", sp.Rational(1, 1000)), Inequality(both, ">", sample))),
        Both((Inequality(noise, "<", sp.Rational(1, 1000)), Inequality(both, ">", sample))),
        Both((Inequality(noise, ">", sp.Rational(1, 1000)), Inequality(both, "<", sample))),
        Both((Inequality(sample, ">", both),)),
    ),
    _driven(
        "sample.simulated",
        "The second, is in the finite sample approximation ||Sigma-hat_t - Sigma_t||",
        "without noise, the leading component of the samples is not that of their law, and adds to what noise alone does",
        Both((Inequality(sample, ">", sp.Rational(1, 1000)), Inequality(both, ">", noise))),
        Both((Inequality(sample, "<", sp.Rational(1, 1000)), Inequality(both, ">", noise))),
        Both((Inequality(sample, ">", sp.Rational(1, 1000)), Inequality(both, "<", noise))),
        Both((Inequality(noise, ">", both),)),
    ),
    linear_in_d("wdmg.eq12.O(d).simulated", "approximately O(d) sample complexity", "section 4, after eq. (12)"),
    ordered(
        "wdmg.slope.simulated",
        "Notice that in Equation 12 the angle is inversely linked to the eigenvalue, inferring a slower change with higher eigenvalues",
        "at every noise level, components with larger eigenvalues have turned less",
        "section 4, after eq. (12)",
    ),
    ordered("wdmg.emerge.simulated", EMERGE, "at every noise level, E<u_i^t, u_i>^2 falls with i", "section 4"),
    Claim(
        id="wdmg.fig3.simulated",
        says="Increasing the amount of training data improves robustness to noise and enables the emergence of higher frequency components at higher noise levels",
        reading="at every noise level, E<u_i^t, u_i>^2 of the component with the smallest eigenvalue grows with the number of samples",
        where="section 4, figure 3",
        source="as printed",
        relation=descending(GROWING),
        domain=domain_of((d, n, s)),
        assumes=(*FIXED, "three components"),
        checks=(
            Compared(
                draws=measured.last_component_squared,
                observables=GROWING,
                cells=cells(d=(40.0,), n_data=((160.0, 80.0, 40.0),), s=(0.1, 0.3, 0.6)),
                trials=400,
            ),
        ),
        slips=(descending(GROWING, "<"), descending(GROWING[::-1]), descending((GROWING[1], GROWING[0]))),
        formula=False,
    ),
)
