"""Chains of projections on digits: what holds where the paper's statements do not."""

from dataclasses import replace

from sympy import Rational, S

from numerics.image_sets.low_dimension import share_of_modes
from verify.ledger.power_iteration.lanes_mnist import Found, claim, places
from verify.ledger.power_iteration.section_3_mnist import ANGLES, over_angles
from verify.ledger.power_iteration.section_4_1_generated_mnist import CHAINS, generated
from verify.ledger.power_iteration.section_4_1_mnist import CHAIN, EVERY, VARIED, chains
from verify.ledger.power_iteration.section_4_mnist import FEW, low_dimensional, ratio

WHERE = "real images"
NEAR = (Rational(9, 10), Rational(11, 10))

slope = ratio("first_order_mean")
span = Found(letter="order", places=over_angles("order_nested"), op=">", bound=Rational(9, 10))
mean = Found(letter="gap", places=chains(EVERY, "off_mean"), op="<", bound=Rational(1, 100))
above = Found(letter="gap", places=chains(EVERY, "off_mean"), op=">", bound=Rational(-1, 100))
rms = Found(letter="over", places=chains(EVERY, "off_rms"), op="<", bound=Rational(1, 10))
even = tuple(
    Found(letter="over", places=chains("centred_fresh", "nearby_late"), op=op, bound=bound)
    for op, bound in zip((">", "<"), NEAR, strict=True)
)
mixing = Found(letter="order", places=places("chain_products_repeated", "accumulated", "order"), op="<", bound=S.Zero)
fresh = Found(letter="part", places=chains("fresh centred_fresh", "share"), op=">", bound=Rational(9, 10))
weaker = Found(letter="part", places=chains("weak centred", "share"), op="<", bound=Rational(9, 10), first=3)
middle = Found(letter="part", places=chains("weak centred", "share"), op=">", bound=Rational(1, 10), first=3)
shared = Found(letter="part", places=chains("shared", "share"), op="<", bound=Rational(1, 10), first=5)
lengths = (
    Found(
        letter="gap", places=places("chain_generated_weak", "weak", "paper.advantage"), op=">", bound=S.Zero, first=4
    ),
    Found(letter="gap", places=generated("paper.advantage"), op="<", bound=S.Zero),
)
tail = Found(letter="over", places=generated("paper.tail_to_natural"), op=">", bound=S.One)
stays = Found(letter="over", places=generated("none.tail_to_natural", "accumulated"), op=">", bound=Rational(1, 10))
gone = Found(letter="over", places=generated("none.tail_to_natural", "fresh"), op="<", bound=Rational(1, 10), first=2)
power = Found(
    letter="part",
    places=places("chain_power_iteration", "accumulated fresh", "power_share"),
    op=">",
    bound=Rational(99, 100),
)
spiked = Found(
    letter="part",
    places=tuple(("chain_power_iteration", f"spiked.{name}.share") for name in ("accumulated", "fresh", "shared")),
    op="<",
    bound=S.Half,
    first=3,
)
natural = Found(letter="part", places=places("chain_digits", "fresh", "alike_natural"), op="<", bound=S.One, first=3)
alike = Found(
    letter="part", places=places("chain_digits", "accumulated fresh", "alike"), op=">", bound=natural.letters[0]
)

CLAIMS = (
    replace(
        low_dimensional(
            "our.chain.low_dimension",
            "image sets lie near a subspace of low dimension, not in one",
            FEW,
            share_of_modes,
            S.Half,
        ),
        where=WHERE,
        source="ours",
    ),
    claim(
        "our.chain.alike",
        "the digits that a chain without injected noise generates are more alike than natural ones of their class",
        WHERE,
        "mean absolute cosine of two generated images of a class above that of two held-out ones; bundled digits of ten "
        "classes, T = 65, sigma_t = 0.03 t, pixels in [0, 1], no mean subtracted, noise accumulated or fresh",
        alike,
        natural,
        slips=(
            (alike.but("<", natural.letters[0]), natural),
            (alike.but("<", 0.1), natural),
            (alike.but(">", 1.1), natural),
        ),
        source="ours",
    ),
    claim(
        "our.chain.slope",
        "at small noise sin(theta_i) grows as sigma_bar sqrt((sum_{j != i} (lam_i + lam_j)/(lam_i - lam_j)^2 + (d - r)/"
        "lam_i)/n), the sum over the other nonzero eigenvalues of X_0 X_0^T/n: near eigenvalues mix",
        WHERE,
        f"root mean square of the sine over this law, averaged over 30 components, is 1 within a tenth; on {ANGLES}",
        *slope,
        slips=((slope[0].but(">", 1.1),), (slope[1].but("<", 0.9),), (slope[0].but("<", 0.5),)),
        source="ours",
    ),
    claim(
        "our.chain.span_order",
        "the angle between a clean component and the span of all 30 noisy ones grows with its index, where the angle "
        "index by index does not",
        WHERE,
        f"rank correlation of the index and that sine, averaged over noise levels, above nine tenths; on {ANGLES}",
        span,
        slips=((span.but("<", 0.9),), (span.but(">", 1.1),), (span.but("<", 0.5),)),
        source="ours",
    ),
    claim(
        "our.chain.off_diagonal",
        "for small t the entries of U_t^T U_{t+1} beside the diagonal have mean zero and are small",
        WHERE,
        "with the signs of the clean components, their mean over the first five steps is below 1/100 and their root "
        f"mean square below 1/10; {CHAIN}; {VARIED}",
        mean,
        above,
        rms,
        slips=((mean, above, rms.but(">", 0.1)), (mean.but(">", 0.01), above, rms), (mean, above, rms.but("<", 0.001))),
        source="ours",
    ),
    claim(
        "our.chain.even",
        "once fresh noise has drowned the data, consecutive bases are unrelated: the energy near the diagonal is that "
        "of an even spread",
        WHERE,
        "over the second half of the chain, energy within two places of the diagonal over that of an even spread is 1 "
        "within a tenth; fresh noise, mean subtracted; bundled digits, T = 65, sigma_t = 0.03 t, pixels in [0, 1]",
        *even,
        slips=((even[0].but(">", 1.1),), (even[1].but("<", 0.9),), (even[1].but("<", 0.5),)),
        source="ours",
    ),
    claim(
        "our.chain.mixing_order",
        "higher indices mix earlier on the whole",
        WHERE,
        "rank correlation of the index and the first step with <u_i^t, u_i^{t+1}>^2 < 1/2 below zero; digits 0 and 3, "
        "noise accumulated, sigma_t = 0.03 t",
        mixing,
        slips=((mixing.but(">", 0),), (mixing.but("<", -0.99),), (mixing.but(">", -0.1),)),
        source="ours",
    ),
    claim(
        "our.chain.share_by_reading",
        "what the total product keeps depends on the noise: fresh noise leaves the first component alone, noise that "
        "accumulates slowly or on centred data leaves others beside it, one shared draw leaves all",
        WHERE,
        "share of u_0 in the product of 65 steps above 9/10 for fresh noise (mean subtracted or not), between 1/10 and "
        "9/10 for accumulated noise (sigma_t = 0.01 t; or mean subtracted), below 1/10 for shared noise; bundled digits",
        fresh,
        weaker,
        middle,
        shared,
        slips=(
            (fresh.but("<", 0.9), weaker, middle, shared),
            (fresh, weaker.but(">", 0.9), middle, shared),
            (fresh, weaker, middle, shared.but(">", 0.1)),
        ),
        source="ours",
    ),
    claim(
        "our.chain.tail",
        "injected noise as in the example after eq 25 leaves more of the higher components than natural digits have",
        WHERE,
        f"at T = 100 the mean of c_10 to c_29 is above that of natural held-out digits; {CHAINS}",
        tail,
        slips=((tail.but("<", 1),), (tail.but(">", 10),), (tail.but("<", 0.5),)),
        source="ours",
    ),
    claim(
        "our.chain.tail.without",
        "without injected noise the higher components die out where the noise of every step is fresh, not where it "
        "accumulates",
        WHERE,
        "at T = 100 the mean of c_10 to c_29 over that of natural held-out digits is above a tenth for accumulated noise, "
        f"below a tenth for fresh noise; {CHAINS}",
        stays,
        gone,
        slips=((stays.but("<", 0.1), gone), (stays, gone.but(">", 0.1)), (stays.but(">", 1), gone)),
        source="ours",
    ),
    claim(
        "our.chain.best_length",
        "which number of steps comes nearest to natural digits depends on the size of the steps: 65 does for sigma_t = "
        "0.01 t, and for sigma_t = 0.03 t another does",
        WHERE,
        "with noise injected as in the example after eq 25, distance at T = 65 below that at 5, 15, 35, 100 for sigma_t = "
        "0.01 t (noise accumulated), and above the least of those for sigma_t = 0.03 t (accumulated, fresh, mean "
        "subtracted); bundled digits of five classes",
        *lengths,
        slips=(
            (lengths[0].but("<", 0), lengths[1]),
            (lengths[0], lengths[1].but(">", 0)),
            (lengths[0].but(">", 1), lengths[1]),
        ),
        source="ours",
    ),
    claim(
        "our.chain.power",
        "the power method singles out the first component where a chain of projections with the schedule of Theorem 4.3 "
        "does not",
        WHERE,
        "share of u_0 above 99/100 after 100 steps of the power method on digits 0, 4, 8 (no mean subtracted), below 1/2 "
        "after 256 projections with sigma_t = 1/256 on normal data (d = 100, n = 200, eigenvalues 4, 2, 1, 1/2, 1/4), "
        "noise accumulated, fresh or shared",
        power,
        spiked,
        slips=((power.but("<", 0.99), spiked), (power, spiked.but(">", 0.5)), (power.but("<", 0.5), spiked)),
        source="ours",
    ),
)
