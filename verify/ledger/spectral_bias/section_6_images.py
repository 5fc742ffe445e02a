"""Section 6.1, experiment 2: what MLPs learn of images, mode by mode."""

import sympy as sp

from theory.domain import domain_of
from theory.relation import Both, Identity, Inequality
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.lanes_6 import (
    HALF,
    ONE,
    TENTH,
    ZERO,
    branches,
    in_results,
    m_down,
    m_up,
    m_up2,
    measured,
    r_up,
    sigmoid,
)

(chi_last,) = symbols("chi_last")
IMAGES = "section 6.1, Fig. 3"
SETS = {"digits": "MNIST", "faces": "FFHQ, here a hundred faces of Labeled Faces in the Wild"}
ORDER = "the coarse facial contours ... emerge quickly, whereas high-frequency details (lower PCs) only appear later"
ALIGN = (
    "the sample covariance rapidly aligns with and becomes close to diagonal in the data eigenbasis U; it will be "
    "chi = 1 if U is the eigenbasis"
)
TOP = (
    "The top eigenmodes' variances follow sigmoidal trajectories converging to their targets, and their 'emergence "
    "times' increase down the spectrum"
)
BRANCHES = (
    "modes with increasing and decreasing variance each exhibit a clear power-law scaling between emergence step and "
    "target variance, with exponents -0.48 (R^2 = 0.97, N = 57) and -0.35 (R^2 = 0.92, N = 2914)"
)
ROBUST = (
    "Although the observed spectral bias is slightly attenuated relative to the Gaussian case and linear theory "
    "prediction, it remains robust and consistent across datasets (MNIST, CIFAR-10, FFHQ32 and AFHQ32)"
)
SLOWER = (
    "the distributional learning dynamics of MLP-based diffusion still suffers from slower convergence speed for lower "
    "eigenmodes"
)
ENTRIES = symbols("Sig00 Sig11 Sig22 Sig01 Sig02 Sig12")
DIAGONAL = sum(s**2 for s in ENTRIES[:3])
OFF = 2 * sum(s**2 for s in ENTRIES[3:])


def chi(off: sp.Expr) -> sp.Expr:
    """Return the alignment score of U^T Sigma U in three dimensions, with the squares off the diagonal."""
    return DIAGONAL / (DIAGONAL + off)


CLAIMS = (
    measured(
        "wp.6.1.img.order.ffhq",
        f"FFHQ: {ORDER}",
        IMAGES,
        Inequality(r_up, "<", -HALF),
        in_results("ffhq_mlp", "r_up"),
        (Inequality(r_up, ">", HALF),),
        reading="rank correlation of emergence step and variance of the rising modes below -1/2",
    ),
    *(
        measured(
            f"wp.6.1.img.order.{name}",
            f"{title}: {ORDER}",
            IMAGES,
            Inequality(r_up, "<", -HALF),
            in_results(f"{name}_mlp", "r_up"),
            (Inequality(r_up, ">", HALF), Inequality(r_up, "<", -sp.Rational(11, 10))),
            reading=f"{name}_mlp; rank correlation of emergence step and variance of the rising modes below -1/2",
        )
        for name, title in SETS.items()
    ),
    Claim(
        id="wp.6.1.img.align.score",
        says=ALIGN,
        where="section 6.1, Fig. 10",
        source="as printed",
        reading="three dimensions: chi, squares of the diagonal of U^T Sigma U over squares of all entries, is at most 1, and "
        "it is 1 if nothing is off the diagonal",
        relation=Both((Identity(ONE, chi(ZERO)), Inequality(DIAGONAL, "<=", DIAGONAL + OFF))),
        domain=domain_of(ENTRIES).where(DIAGONAL > 0),
        checks=EXACT,
        slips=(
            Inequality(DIAGONAL, ">=", DIAGONAL + OFF),
            Inequality(DIAGONAL, "<=", OFF),
            Identity(ONE, chi(ENTRIES[3] ** 2)),
        ),
        formula=False,
    ),
    *(
        measured(
            f"wp.6.1.img.align.{name}",
            ALIGN,
            "section 6.1, Fig. 10",
            Inequality(chi_last, ">", 1 - TENTH),
            in_results(f"{name}_mlp", "chi_last"),
            (Inequality(chi_last, ">", ONE + TENTH), Inequality(chi_last, "<", HALF)),
            reading=f"{name}_mlp; close to diagonal: chi is above 9/10 at the end of training",
        )
        for name in SETS
    ),
    *(sigmoid(f"wp.6.1.img.top.{name}.sigmoid", TOP, IMAGES, f"{name}_mlp", HALF, rising=True) for name in SETS),
    *(
        measured(
            f"wp.6.1.img.top.{name}.order",
            TOP,
            IMAGES,
            (Inequality(r_up, "<", -HALF), Inequality(m_up, "<", ZERO)),
            in_results(f"{name}_mlp", "r_up m_up"),
            (Inequality(r_up, ">", HALF), Inequality(r_up, "<", -ONE - TENTH), Inequality(m_up, ">", ZERO)),
            reading=f"{name}_mlp; top: the rising modes; increase down the spectrum: the rank correlation of emergence step "
            f"and variance is below -1/2, and the exponent is negative; the shape of the courses: wp.6.1.img.top.{name}.sigmoid",
        )
        for name in SETS
    ),
    *branches("wp.6.1.img.", BRANCHES, IMAGES, "ffhq_mlp", "-0.48", "-0.35"),
    *(
        measured(
            f"wp.6.1.img.robust.{name}",
            f"{ROBUST}; {SLOWER}",
            "section 6.1, B.2.2",
            (Inequality(m_up, "<", ZERO), Inequality(m_down, "<", ZERO)),
            in_results(f"{name}_mlp", "m_up m_down"),
            (Inequality(m_up, ">", ZERO), Inequality(m_down, ">", ZERO)),
            reading=f"{name}_mlp; robust: the exponents of both branches are negative",
        )
        for name in ("digits", "patches", "faces")
    ),
    *(
        measured(
            f"wp.6.1.img.robust.{name}.falling",
            f"{ROBUST}; {SLOWER}",
            "section 6.1, B.2.2",
            Inequality(m_down, "<", ZERO),
            in_results(f"{name}_mlp", "m_down"),
            (Inequality(m_down, ">", ZERO), Inequality(m_down, "<", -2 * ONE)),
            reading=f"{name}_mlp; the exponent of the falling modes alone is negative; {few} modes rise",
        )
        for name, few in (("patches", "two"), ("faces", "four"))
    ),
    measured(
        "wp.6.1.img.robust.attenuated",
        ROBUST,
        "section 6.1, B.2.2",
        Inequality(m_up, ">", m_up2),
        in_results("digits_mlp", "m_up", m_up2="gauss_mlp_128"),
        (Inequality(m_up, "<", m_up2 - ONE), Inequality(m_up, ">", m_up2 + 2)),
        reading="digits_mlp against gauss_mlp_128, rising modes: the exponent is nearer to 0",
    ),
)
