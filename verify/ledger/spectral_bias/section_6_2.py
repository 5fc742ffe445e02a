"""Section 6.2 and appendix B.2: what a convolutional UNet learns of images."""

import sympy as sp

from theory.relation import Inequality
from theory.symbols import symbols
from verify.checks.recorded import InResults
from verify.claim import Claim
from verify.ledger.spectral_bias.lanes_6 import (
    FIFTH,
    ONE,
    TENTH,
    ZERO,
    in_results,
    m_down,
    m_up,
    measured,
    n_down,
    n_other,
    n_up,
    near_to,
    r_down,
    r_up,
)

near, near_first, far = symbols("near near_first far")
explained, explained_late, off, off_other = symbols("explained explained_late off off_other")
PIXELS = {"digits": 14 * 14, "faces": 12 * 12}
EARLY = "early in training, we do not see contour of face, but locally coherent patches, reminiscent of Ising models"
SPEED = (
    "the CNN-based UNet converge much faster and better than the MLP-based UNet, matching the N-fold speed-up from weight "
    "sharing (Prop. 5.4, Fig. 4B)"
)
ALPHA = (
    "all eigenmodes with increasing variance rise simultaneously, while eigenmodes with decreasing variance co-decay at a "
    "later time, giving an effective power-law exponent alpha ~ 0; Thus, spectral bias is essentially absent"
)
LINEAR = (
    "The early CNN denoiser is indeed well-approximated by a local linear filter; generally, early in training, the "
    "denoiser is very local and linear"
)
PATCHES = "variance of generated patches along patch eigenbases against emergence time (harmonic criterion)"
CNN = ("digits_cnn", "patches_cnn", "faces_cnn", "colours_cnn")


def in_patches(experiment: str, size: int, letter: str) -> InResults:
    """Return the check on the rising or the falling modes of patches of this size, by the harmonic criterion."""
    branch = {"r_up": "rising", "r_down": "falling"}[letter]
    return InResults(quantities=((letter, experiment, f"patch_{size}_1.harmonic.{branch}.order"),))


def coherent(experiment: str) -> tuple[Claim, ...]:
    """Return two readings of locally coherent: by levels set beforehand, and by order."""
    levels = (Inequality(near, ">", 3 * TENTH), Inequality(far**2, "<", TENTH**2))
    orders = (Inequality(near, ">", near_first), Inequality(near, ">", far), Inequality(near, ">", -far))
    told = (
        ("level", levels, "near far", "the first above 3/10, the second within 1/10 of 0"),
        (
            "order",
            orders,
            "near far near_first",
            "the first above what it was before training and above the size of the second",
        ),
    )
    return tuple(
        measured(
            f"wp.6.2.early.{experiment}.{name}",
            EARLY,
            "section 6.2, Fig. 4A",
            relation,
            in_results(experiment, letters),
            (Inequality(near, "<", -TENTH), Inequality(far**2, ">", ONE)),
            reading=f"{experiment}, at the third part of the measured steps, whose logarithms are evenly spaced; median "
            f"correlations of neighbouring pixels of a sample, and of pixels half an image apart: {words}",
        )
        for name, relation, letters, words in told
    )


def simultaneous(experiment: str) -> tuple[Claim, ...]:
    """Return the three parts of the statement on simultaneous emergence."""
    told = (("rising", m_up, "m_up"), ("falling", m_down, "m_down"))
    exponents = tuple(
        measured(
            f"wp.6.2.alpha0.{experiment}.{branch}",
            ALPHA,
            "section 6.2, Fig. 12",
            near_to(symbol, "0", FIFTH),
            in_results(experiment, name),
            (near_to(symbol, "2", FIFTH), near_to(symbol, "-2", FIFTH)),
            reading=f"{experiment}, {branch} modes; alpha is 0 within 1/5",
        )
        for branch, symbol, name in told
    )
    return (
        *exponents,
        measured(
            f"wp.6.2.alpha0.{experiment}.later",
            ALPHA,
            "section 6.2, Fig. 12",
            Inequality(n_down, ">", n_up),
            in_results(experiment, "n_up n_down"),
            (Inequality(n_down, ">", 100 * n_up), Inequality(100 * n_down, "<", n_up)),
            reading=f"{experiment}; the median emergence step of the falling modes is larger than that of the rising ones",
        ),
    )


def speed(name: str) -> tuple[Claim, ...]:
    """Return three readings of the comparison of both networks on the same images."""
    cnn, mlp = f"{name}_cnn", f"{name}_mlp"
    same = f"{cnn} against {mlp}, same data, batch, learning rate and loss"
    told = (
        ("faster", 2, "the median emergence step of rising modes is more than twice as large for the MLP"),
        (
            "N",
            sp.Rational(PIXELS[name], 2),
            f"N-fold: more than N/2 times as large, N = {PIXELS[name]} pixels at the quick size",
        ),
    )
    return (
        *(
            measured(
                f"wp.6.2.speed.{name}.{reading}",
                SPEED,
                "section 6.2, Fig. 4B",
                Inequality(n_other, ">", factor * n_up),
                in_results(cnn, "n_up", n_other=mlp),
                (Inequality(n_other, "<", n_up / 100), Inequality(n_other, ">", 10000 * n_up)),
                reading=f"{same}; {words}",
            )
            for reading, factor, words in told
        ),
        measured(
            f"wp.6.2.speed.{name}.better",
            SPEED,
            "section 6.2, Fig. 4B",
            Inequality(off, "<", off_other),
            in_results(cnn, "off", off_other=mlp),
            (Inequality(off, "<", off_other - 10), Inequality(off, ">", off_other + 10)),
            reading=f"{same}; better: at the end ln variance is nearer to its target, medians over modes",
        ),
    )


CLAIMS = (
    *(claim for experiment in CNN for claim in coherent(experiment)),
    *(claim for name in PIXELS for claim in speed(name)),
    *(claim for experiment in CNN for claim in simultaneous(experiment)),
    *(
        measured(
            f"wp.6.2.local.{experiment}",
            LINEAR,
            "section 6.2, Fig. 14",
            (Inequality(explained, ">", 1 - TENTH), Inequality(explained, ">", explained_late)),
            in_results(experiment, "explained explained_late"),
            (Inequality(explained, "<", ZERO), Inequality(explained, ">", ONE + TENTH)),
            reading=f"{experiment}, sigma = 1; the best 7 x 7 filter explains more than 9/10 of the variance of the denoised "
            "pixels at the third part of the measured steps, and more than it does at the end",
        )
        for experiment in CNN
    ),
    *(
        measured(
            f"wp.B.2.patches.{experiment}.{branch}",
            PATCHES,
            "appendix B.2, Figs 17-20",
            Inequality(order, "<", ZERO),
            in_patches(experiment, size, order.name),
            (Inequality(order, ">", ZERO), Inequality(order, "<", -ONE - TENTH)),
            reading=f"{experiment}, {size} x {size} patches at every pixel, {branch} modes; the captions state no law: larger "
            "variance is reached sooner, a negative rank correlation",
        )
        for experiment, size, branch, order in (
            ("digits_cnn", 3, "rising", r_up),
            ("patches_cnn", 3, "rising", r_up),
            ("digits_cnn", 5, "falling", r_down),
            ("patches_cnn", 4, "falling", r_down),
            ("faces_cnn", 3, "rising", r_up),
            ("faces_cnn", 5, "falling", r_down),
            ("colours_cnn", 3, "rising", r_up),
            ("colours_cnn", 5, "falling", r_down),
        )
    ),
)
