"""Equation (12) by simulation, reading by reading, and the rate at which the leading component turns."""

import sympy as sp

from numerics.noisy_components import spiked_scenes as measured
from theory import spiked
from theory.domain import domain_of
from theory.symbols import symbols
from verify.checks.cells import cells
from verify.checks.compared import Compared
from verify.checks.limit import InTheLimit
from verify.claim import Claim
from verify.ledger.power_iteration.lanes_simulated import (
    DRAWN,
    FIXED,
    REGIME,
    SINE,
    SIZES,
    in_ratio,
    limit,
    small_noise,
    within_ten_percent,
)

d, n, gamma, ell, lam, sig, sig_bar, step, s = symbols("d n_data gamma ell lam_root sig sig_bar step s_bar")
lam2_i, eps = symbols("lam2_i eps")
EQ12 = "E sin theta_PCA = E sqrt(1 - <u^t, u>^2) ~= (sigma-bar_t / lambda) sqrt(d/n)"
SLOPE = r"\log_2 \sin\theta(2\bar\sigma_t)/\sin\theta(\bar\sigma_t)"

CLAIMS = (
    Claim(
        id="wdmg.eq12.leading.simulated",
        says=EQ12,
        reading="leading order for small noise and large d: at the noise level sigma/sqrt(d), sqrt(d) E sin(theta) tends to (sigma/lambda) sqrt(d/n)",
        where="eq. (12)",
        source="as printed",
        relation=limit(r"\sqrt d\,\sin\theta_{\mathrm{PCA}}", sig / lam * sp.sqrt(gamma), gamma, lam, sig),
        domain=domain_of((gamma, lam, sig)),
        assumes=("d, n to infinity with d/n to gamma, sigma-bar_t = sigma/sqrt(d)", "data fixed", "rank one"),
        checks=(
            InTheLimit(
                sample=measured.scaled_sine,
                margin=0.02,
                points=SIZES,
                trials=DRAWN,
                cells=cells(gamma=(0.25, 0.5, 1.0, 2.0, 4.0), lam_root=(2.0,), sig=(1.5,)),
            ),
        ),
    ),
    Claim(
        id="wdmg.eq12.fixed.simulated",
        says=EQ12,
        reading="the limit of large d and n at a fixed noise level",
        where="eq. (12)",
        source="as printed",
        relation=limit(SINE, in_ratio, gamma, ell),
        domain=spiked.RATIO,
        assumes=REGIME,
        checks=(
            InTheLimit(
                sample=measured.sine_in_ratio,
                margin=0.02,
                points=SIZES,
                trials=DRAWN,
                cells=cells(gamma=(0.25, 1.0, 2.0), ell=(6.0, 20.0)),
            ),
        ),
        corrected_by="our.spiked.angle.simulated",
    ),
    Claim(
        id="wdmg.eq12.numeric.simulated",
        says=EQ12,
        reading="off by at most 10 % of E sin(theta), for sigma-bar_t <= lambda/2 and d/n from 1/4 to 4",
        where="eq. (12)",
        source="as printed",
        relation=within_ten_percent(),
        domain=domain_of((d, gamma, ell)),
        assumes=FIXED,
        checks=(
            Compared(
                draws=measured.sines,
                observables=(SINE,),
                trials=800,
                cells=cells(d=(100.0, 200.0), gamma=(0.25, 1.0, 4.0), ell=(4.0, 10.0, 40.0)),
            ),
        ),
        corrected_by="our.spiked.within_ten",
        formula=False,
    ),
    Claim(
        id="wdmg.eq12.finite.simulated",
        says=EQ12,
        reading="at every size, as the noise tends to 0",
        where="eq. (12)",
        source="as printed",
        relation=small_noise(r"\sin\theta_{\mathrm{PCA}}/\bar\sigma_t", sig_bar, sp.sqrt(d / n) / lam, d, n, lam),
        domain=domain_of((d, n, lam)).where(d >= 2, n >= 2),
        assumes=("Gaussian noise", "Gaussian coefficients", "d and n fixed"),
        checks=(
            InTheLimit(
                sample=measured.sine_per_noise,
                along="sig_bar",
                power=2.0,
                points=(0.02, 0.04, 0.08),
                margin=0.02,
                trials=(30_000, 30_000, 30_000),
                cells=tuple(
                    (("d", a), ("n_data", b), ("lam_root", 1.0), ("law", "gaussian"))
                    for a, b in ((5.0, 4.0), (12.0, 30.0), (50.0, 200.0))
                ),
            ),
        ),
        corrected_by="our.spiked.small_noise.simulated",
    ),
    Claim(
        id="wdmg.eq12.rate.simulated",
        says="This result shows that the leading eigenvector rotates in a rate proportional to the noise level",
        reading="at small noise, E sin(theta) is proportional to sigma-bar_t: its exponent between sigma-bar_t and twice that tends to 1",
        where="section 4, after eq. (12)",
        source="as printed",
        relation=small_noise(SLOPE, sig_bar, sp.S.One, d, n, lam),
        domain=domain_of((d, n, lam)),
        assumes=FIXED,
        checks=(
            InTheLimit(
                sample=measured.noise_exponent,
                along="sig_bar",
                power=2.0,
                points=(0.01, 0.02, 0.04),
                margin=0.02,
                trials=(2000, 2000, 2000),
                cells=tuple((("d", a), ("n_data", b), ("lam_root", 1.0)) for a, b in ((40.0, 160.0), (80.0, 20.0))),
            ),
        ),
        slips=tuple(small_noise(SLOPE, sig_bar, sp.Rational(v), d, n, lam) for v in ("2", "1/2", "0")),
        formula=False,
    ),
)
