"""Part A by simulation: overlaps of noisy components, their angles, when they emerge, how many samples they take."""

from functools import partial

import sympy as sp

from numerics.noisy_components import spiked_scenes as measured
from theory import spiked
from theory.domain import domain_of
from theory.observable import Mean
from theory.relation import Both, Inequality
from theory.symbols import symbols
from verify.checks.cells import Cell, cells
from verify.checks.compared import Compared
from verify.checks.limit import InTheLimit
from verify.claim import Claim
from verify.ledger.power_iteration.lanes_simulated import (
    FIXED,
    REGIME,
    SINE,
    in_ratio,
    limit,
    small_noise,
    within_ten_percent,
)

d, n, gamma, ell, lam2, s, s_a, s_b, w_ab, eps = symbols("d n_data gamma ell lam_sq s_bar s_a s_b w_ab eps")
lam2_0, lam2_i, lam2_1, lam, sig_bar = symbols("lam2_0 lam2_i lam2_1 lam_root sig_bar")
EXACT = ("Gaussian noise", "d and n fixed")
RATIOS = (1 / 3, 0.5, 1.0, 2.0, 4.0)


def _correlated(gamma: float, levels: tuple[float, float], correlation: float) -> Cell:
    s, t = levels
    return (("gamma", gamma), ("lam2", 1.0), ("s_a", s), ("s_b", t), ("w_ab", correlation * (s * t) ** 0.5))


def _in_thresholds(*multiples: float) -> tuple[Cell, ...]:
    """Return cells with ell at multiples of the threshold sqrt(gamma)."""
    return tuple((("gamma", g), ("ell", round(m * g**0.5, 4))) for g in RATIOS for m in multiples)


PAIRS = (
    _correlated(1.0, (0.1, 0.2), -0.9),
    _correlated(0.5, (0.3, 0.2), -0.5),
    _correlated(1.0, (0.2, 0.2), 0.0),
    _correlated(2.0, (0.1, 0.2), 0.5),
    _correlated(1.0, (0.15, 0.3), 0.95),
)
CROSSED = tuple(tuple(p for p in cell if p[0] != "lam2") for cell in PAIRS[::2])
rotated = sum(((lam2_i + mode) / (lam2_i - mode) ** 2 for mode in (lam2_0, lam2_1)), (d - 3) / lam2_i) / n
GAPS = tuple(
    (("d", float(d)), ("n_data", float(n)), ("lam2_0", a), ("lam2_i", b), ("lam2_1", c))
    for (d, n), (a, b, c) in (((6, 5), (9.0, 4.0, 1.0)), ((12, 20), (6.0, 4.0, 3.0)), ((10, 8), (5.5, 4.0, 1.0)))
)
chi_ratio = sp.gamma(d / 2) * sp.gamma((n - 1) / 2) / (sp.gamma((d - 1) / 2) * sp.gamma(n / 2))
TINY = tuple(
    (("d", a), ("n_data", b), ("lam_root", 1.0), ("law", "gaussian"))
    for a, b in ((5.0, 4.0), (12.0, 30.0), (50.0, 200.0))
)
simulated = partial(Claim, where="part A", source="ours")

CLAIMS = (
    simulated(
        id="our.spiked.overlap.simulated",
        says="two noisy versions of a component have the scalar product sqrt(C(s_a) C(s_b)) (1 + gamma w/lambda^2)/(1 - gamma w^2/lambda^4) in the limit, sign included, for correlations of the noises from -0.9 to 0.95",
        relation=limit(r"\langle u^a, u^b\rangle", spiked.overlap(s_a, s_b, w_ab), *spiked.PAIR.symbols),
        domain=spiked.PAIR,
        assumes=REGIME,
        checks=(
            InTheLimit(
                sample=measured.overlap,
                cells=PAIRS,
                points=(24, 48, 96),
                trials=(800, 350, 160),
                margin=0.02,
                relative=False,
            ),
        ),
    ),
    simulated(
        id="our.spiked.overlap.cross",
        says="noisy versions of different components become orthogonal: the mean square of their scalar product tends to 0",
        relation=limit(r"\langle u_0^a, u_1^b\rangle^2", sp.S.Zero, gamma, s_a, s_b, w_ab),
        domain=domain_of((gamma, s_a, s_b, w_ab)),
        assumes=REGIME,
        checks=(
            InTheLimit(
                sample=measured.cross_overlap_squared,
                cells=CROSSED,
                points=(24, 48, 96),
                trials=(400, 200, 100),
                margin=0.01,
                relative=False,
            ),
        ),
        slips=(limit(r"\langle u_0^a, u_1^b\rangle^2", sp.Rational(1, 20), gamma, s_a, s_b, w_ab),),
        formula=False,
    ),
    simulated(
        id="our.spiked.angle.simulated",
        says="below the threshold sin^2 of the angle tends to gamma (ell + 1)/(ell (ell + gamma)), ell = lambda^2/s",
        relation=limit(r"\sin^2\theta", spiked.sine_squared(), gamma, ell),
        domain=spiked.RATIO,
        assumes=REGIME,
        checks=(
            InTheLimit(
                sample=measured.sine_squared_in_ratio,
                cells=_in_thresholds(3, 8),
                points=(100, 200, 400),
                trials=(2000, 2000, 1400),
                margin=0.02,
            ),
        ),
    ),
    simulated(
        id="our.spiked.emergence.below",
        says="below the threshold, at twice, three and six times the least detectable ell, <u^t, u>^2 tends to (1 - gamma/ell^2)/(1 + gamma/ell)",
        relation=limit(r"\langle u^t, u\rangle^2", spiked.cosine_squared, gamma, ell),
        domain=spiked.RATIO,
        assumes=REGIME,
        checks=(
            InTheLimit(
                sample=measured.cosine_squared_in_ratio,
                cells=tuple(c for c in _in_thresholds(2, 3, 6) if c[0][1] in (0.5, 2.0)),
                points=(200, 400, 800),
                trials=(1500, 1200, 800),
                margin=0.02,
                relative=False,
            ),
        ),
    ),
    simulated(
        id="our.spiked.emergence.above",
        says="at 0.4 of the least detectable ell, that is at noise above the threshold, <u^t, u>^2 tends to 0",
        relation=limit(r"\langle u^t, u\rangle^2", sp.S.Zero, gamma, ell),
        domain=domain_of((gamma, ell)).where(4 * ell**2 <= gamma),
        assumes=REGIME,
        checks=(
            InTheLimit(
                sample=measured.cosine_squared_in_ratio,
                cells=_in_thresholds(0.4)[::2],
                points=(100, 200, 400, 800),
                trials=(1200, 1200, 800, 400),
                degree=2,
                margin=0.01,
                relative=False,
            ),
        ),
        slips=tuple(
            limit(r"\langle u^t, u\rangle^2", value, gamma, ell)
            for value in (spiked.cosine_squared, sp.Rational(1, 20))
        ),
        formula=False,
    ),
    simulated(
        id="our.spiked.emergence.simulated",
        says="E<u^t, u>^2 = 1/2 at a noise variance that tends to lambda^2 (sqrt(gamma^2 + 8 gamma) - gamma)/(4 gamma)",
        relation=limit(r"\hat s_{1/2}", lam2 * (sp.sqrt(gamma**2 + 8 * gamma) - gamma) / (4 * gamma), gamma, lam2),
        domain=domain_of((gamma, lam2)),
        assumes=(*REGIME, "s_{1/2}: the noise variance at which E<u^t, u>^2 = 1/2, found by simulation"),
        checks=(
            InTheLimit(
                sample=measured.half_level,
                cells=cells(gamma=(0.5, 1.0, 2.0), lam2=(2.0,)),
                points=(100, 200, 400),
                trials=(1200, 1000, 800),
                margin=0.03,
            ),
        ),
    ),
    simulated(
        id="our.spiked.samples.simulated",
        says="the number of samples at which E sin^2(theta) = eps^2, over d, tends to (1 + (1 - eps^2) ell)/(eps^2 ell^2)",
        relation=limit(r"\hat n_\varepsilon/d", (1 + (1 - eps**2) * ell) / (eps**2 * ell**2), eps, ell),
        domain=domain_of((eps, ell)).where(eps < 1),
        assumes=(*REGIME, "n_eps: the number of samples at which E sin^2(theta) = eps^2, found by simulation"),
        checks=(
            InTheLimit(
                sample=measured.samples_needed,
                cells=cells(eps=(0.3, 0.5), ell=(2.0, 4.0)),
                points=(60, 120, 240),
                trials=(1400, 1100, 900),
                margin=0.03,
            ),
        ),
    ),
    simulated(
        id="our.spiked.small_noise.simulated",
        says="for Gaussian data of rank one, at every d and n, E sin(theta)/sigma tends to Gamma(d/2) Gamma((n-1)/2)/(lambda Gamma((d-1)/2) Gamma(n/2)) as sigma tends to 0",
        relation=small_noise(r"\sin\theta/\bar\sigma", sig_bar, chi_ratio / lam, d, n, lam),
        domain=domain_of((d, n, lam)).where(d >= 2, n >= 2),
        assumes=("Gaussian noise", "Gaussian coefficients", "d and n fixed"),
        checks=(
            InTheLimit(
                sample=measured.sine_per_noise,
                cells=TINY,
                along="sig_bar",
                power=2.0,
                points=(0.02, 0.04, 0.08),
                trials=(60_000, 60_000, 60_000),
                margin=0.02,
            ),
        ),
    ),
    simulated(
        id="our.spiked.eigengap.simulated",
        says="at every d and n, E sin^2(theta_i)/s tends to (1/n) sum over j != i of (lambda_i^2 + lambda_j^2)/(lambda_i^2 - lambda_j^2)^2 as s tends to 0, j over all d directions",
        relation=small_noise(r"\sin^2\theta_i/s", s, rotated, *(d, n, lam2_0, lam2_i, lam2_1)),
        domain=domain_of((d, n, lam2_0, lam2_i, lam2_1)).where(lam2_0 > lam2_i, lam2_i > lam2_1, d >= 3),
        assumes=(*EXACT, "data fixed, of rank three; the component in the middle, with wide and narrow gaps"),
        checks=(
            InTheLimit(
                sample=measured.rotation_per_variance,
                cells=GAPS,
                along="s",
                power=1.0,
                points=(0.002, 0.01, 0.02),
                trials=(24_000, 8000, 4000),
                margin=0.05,
            ),
        ),
    ),
    Claim(
        id="our.spiked.within_ten",
        says="eq. (12) is off by at most 10 % of E sin(theta) where n >= d and sigma-bar_t <= lambda/2",
        where="corrects the range of eq. (12)",
        source="ours",
        relation=within_ten_percent(),
        domain=domain_of((d, gamma, ell)).where(gamma <= 1, ell >= 4),
        assumes=FIXED,
        checks=(
            Compared(
                draws=measured.sines,
                observables=(SINE,),
                trials=800,
                cells=cells(d=(50.0, 100.0, 200.0), gamma=(0.25, 0.5, 1.0), ell=(4.0, 10.0, 40.0)),
            ),
        ),
        slips=tuple(
            Both((Inequality(Mean(SINE, d, gamma, ell), op, factor * in_ratio),))
            for op, factor in ((">=", sp.Rational(11, 10)), ("<=", sp.Rational(9, 10)), ("<=", sp.Rational(1, 2)))
        ),
        formula=False,
    ),
)
