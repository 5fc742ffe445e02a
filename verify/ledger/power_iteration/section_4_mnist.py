"""Section 4 on digits: slopes of the angles at small noise, order of the indices, size of the data set."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from sympy import Expr, Rational, S

from numerics.data import SETS as SETS_OF_IMAGES
from numerics.data import flat
from numerics.image_sets.low_dimension import share_of_modes, share_of_rank
from numerics.measured import Measured
from theory.domain import domain_of
from theory.relation import Inequality
from theory.symbols import symbols
from verify.checks.observed import Observed
from verify.claim import Claim
from verify.ledger.power_iteration.lanes_mnist import Found, claim, places
from verify.ledger.power_iteration.section_3_mnist import ANGLES, over_angles

LOW, HIGH = Rational(9, 10), Rational(11, 10)
FIG2 = (
    "Our numerical experiments on the MNIST dataset (detailed in Section 4.1) show that this is a good approximation in "
    "practice, also for the rank-r case (Fig. 2)."
)
ORDER = (
    "The sine of the angle between the clean principal components and their noisy versions, colored by the order of the "
    "eigenvalues (the darkest being largest eigenvalue). Low frequencies emerge earlier in the generation process (at "
    "higher noise levels)."
)
FIG3 = (
    "Increasing the amount of training data improves robustness to noise and enables the emergence of higher frequency "
    "components at higher noise levels, thereby capturing more nuances in the generated data."
)
SLOPE = "the mean of sin(theta_i) over sigma_bar/lambda_i sqrt(d/n) at tiny noise"
SIZES = "40 to 240 bundled digits of a class (mean subtracted or not) and 250 to 4000 images of digits 0, 3, 5 of MNIST"


def ratio(path: str, low: Expr = LOW, high: Expr = HIGH) -> tuple[Found, Found]:
    """Return that a measured number over a predicted one lies between two bounds in all settings."""
    at_least = Found(letter="over", places=over_angles(path), op=">=", bound=low)
    return at_least, Found(letter="over", places=over_angles(path), op="<=", bound=high)


def sizes(path: str) -> tuple[tuple[str, str], ...]:
    """Return the places of one number in all settings of the experiments on sizes."""
    return places("chain_sizes", "accumulated centred", path) + places("chain_sizes_mnist", "accumulated", path)


lead, every = ratio("leading_printed"), ratio("printed_mean")
trend = Found(letter="order", places=over_angles("order"), op="<", bound=S.Zero)
inversion = Found(
    letter="gap", places=places("chain_angles_repeated", "accumulated centred", "inversion"), op="<=", bound=S.Zero
)
gains = {
    base: Found(
        letter="over",
        places=tuple(place for i in (0, 5, 10) for place in sizes(f"{base}.gain.i{i}")),
        op=">",
        bound=S.One,
    )
    for base in ("same", "full")
}
error = Found(letter="over", places=sizes("error_ratio"), op="<", bound=S.One)
visible = Found(letter="gap", places=sizes("full.visible_gain"), op=">", bound=S.Zero)
BASES = {"same": "the same images", "full": "the whole class (which the largest number of bundled digits is)"}

LOWDIM = "the data reside in a low dimensional subspace (which is generally true for natural data)"
FEW = "fewer than half of the modes carry 95 % of their variance"
SETS = "on 3000 digits (d = 784), 100 faces (d = 625) and 18923 patches of a photograph (d = 64)"
(part,) = symbols("part1")


def low_dimensional(name: str, says: str, reading: str, read: Callable[[np.ndarray], Measured], bound: Expr) -> Claim:
    """Return the claim that a share of the dimension, read on every image set, is below `bound`."""
    measures = tuple((title, OnSet(title, read)) for title in SETS_OF_IMAGES)
    return Claim(
        id=name,
        says=says,
        where="section 4",
        source="as printed",
        reading=f"{reading}; {SETS}",
        relation=Inequality(part, "<", bound),
        domain=domain_of((part,)),
        checks=(Observed(measures=measures, lane="statistics"),),
        slips=tuple(Inequality(part, "<", Rational(1, k)) for k in (20, 50, 100)),
        formula=False,
    )


@dataclass(frozen=True, slots=True)
class OnSet:
    """What `read` measures on the image set called `name`."""

    name: str
    read: Callable[[np.ndarray], Measured]

    def __call__(self) -> Measured:
        """Load the images and measure."""
        return _of_set(self.name, self.read)


@cache
def _of_set(name: str, read: Callable[[np.ndarray], Measured]) -> Measured:
    return read(flat(SETS_OF_IMAGES[name]()))


CLAIMS = (
    replace(
        low_dimensional("wdmg.lowdim.rank", LOWDIM, "their second moments do not have full rank", share_of_rank, S.One),
        corrected_by="our.chain.low_dimension",
    ),
    low_dimensional("wdmg.lowdim.energy", LOWDIM, FEW, share_of_modes, S.Half),
    claim(
        "wdmg.fig2.lead",
        FIG2,
        "section 4, figure 2",
        f"{SLOPE} is 1 within a tenth for the first component, i = 0; on {ANGLES}",
        *lead,
        slips=((lead[0].but(">=", 1.1),), (lead[1].but("<=", 0.9),), (lead[0].but("<", 0.5),)),
    ),
    claim(
        "wdmg.fig2.all",
        FIG2,
        "section 4, figure 2",
        f"{SLOPE}, averaged over the 30 components, is 1 within a tenth; on {ANGLES}",
        *every,
        slips=((every[1].but("<=", 0.9),), (every[1].but("<=", 0.5),), (every[0].but("<", 0.9),)),
        corrected_by="our.chain.slope",
    ),
    claim(
        "wdmg.fig2.order.trend",
        ORDER,
        "figure 2",
        f"the noise level at which the sine passes 1/2 falls with the index: rank correlation below zero; on {ANGLES}",
        trend,
        slips=((trend.but(">", 0),), (trend.but("<", -0.99),), (trend.but(">", -0.1),)),
    ),
    claim(
        "wdmg.fig2.order.strict",
        ORDER,
        "figure 2",
        "at tiny noise the mean sine never falls from one index to a later one: its largest certain fall (simultaneous "
        "intervals over all pairs, level 0.01) is not positive; 120 draws of the noise for digits 0 and 3, 240 images each, "
        "pixels in [0, 1], mean subtracted or not",
        inversion,
        slips=((inversion.but("<", 0),), (inversion.but("<=", -0.1),), (inversion.but("<=", -1),)),
        corrected_by="our.chain.span_order",
    ),
    *(
        claim(
            f"wdmg.fig3.{base}",
            FIG3,
            "section 4, figure 3",
            f"components 0, 5 and 10, clean ones taken from {words}, withstand more noise (sine below 1/2) with the "
            f"largest number of images than with the smallest; {SIZES}",
            gains[base],
            slips=((gains[base].but("<", 1),), (gains[base].but(">", 100),), (gains[base].but("<=", 0.5),)),
        )
        for base, words in BASES.items()
    ),
    claim(
        "wdmg.fig3.generalisation",
        "Increasing the amount of training data improves the robustness to noise, and allows the appearance of high "
        "frequencies at higher noise levels, hence capturing more data nuances in the generated data and better "
        "generalization.",
        "figure 3",
        "the projection learned at noise level 0.3 leaves less error on held-out images with the largest number of "
        f"images than with the smallest; {SIZES}",
        error,
        slips=((error.but(">", 1),), (error.but("<", 0.1),), (error.but(">=", 2),)),
    ),
    claim(
        "wdmg.concl.order",
        "We show that in this process, low frequencies emerge earlier, and more data contributes to a richer "
        "representation per the same diffusion configuration.",
        "section 6",
        "components of lower index are lost at higher noise (rank correlation below zero), and at noise level 0.3 more "
        f"of 30 components have sine below 1/2 with the largest number of images than with the smallest; {SIZES}",
        trend,
        visible,
        slips=(
            (trend.but(">", 0), visible),
            (trend, visible.but("<", 0)),
            (trend, visible.but(">", 30)),
        ),
    ),
)
