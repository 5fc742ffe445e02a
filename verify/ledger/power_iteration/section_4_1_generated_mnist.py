"""Section 4.1 on digits: the distribution of generated digits over the clean components (figure 6)."""

from sympy import Rational, S

from verify.ledger.power_iteration.lanes_mnist import Found, claim, places

CHAINS = (
    "bundled digits of five classes, pixels in [0, 1], sigma_t = 0.03 t; noise accumulated or fresh without, and "
    "accumulated with the mean subtracted"
)
LEFT = (
    "On the left, we plot the distribution without injected noise, i.e. x_g = P_T xi (as in Equation 14), for various "
    "values of T. As we show above, the distribution tends to be concentrated on the first eigenvector as T increases."
)
MIDDLE = (
    "While in the low indices the dominant behavior is similar to the former case, the higher orders do not converge to "
    "zero and maintain their presence in the generated distribution."
)
RIGHT = (
    "On the right, we picked the best configuration (T = 65 in this case) to approximate the natural distribution. In "
    "addition to the convergence in mean, we included the standard deviation of the natural and generated samples, "
    "resulting in a decent fit to the target distribution."
)
SCHEDULE = "injected noise of variance 1 at T and 1/T before"
TENTH = Rational(1, 10)


def generated(path: str, variations: str = "accumulated fresh centred") -> tuple[tuple[str, str], ...]:
    """Return the places of one number in some settings of the experiment on generated digits."""
    return places("chain_generated", variations, path)


rise = Found(letter="order", places=generated("none.rise"), op=">", bound=S.Zero)
last = Found(letter="part", places=generated("none.share_last", "accumulated fresh"), op=">", bound=Rational(9, 10))
centred = Found(letter="part", places=generated("none.share_last", "centred"), op=">", bound=Rational(9, 10))
with_noise = Found(letter="over", places=generated("paper.tail_to_natural"), op=">", bound=TENTH)
without = Found(letter="over", places=generated("none.tail_to_natural"), op=">=", bound=S.Zero, first=4)
gone = Found(letter="over", places=generated("none.tail_to_natural", "accumulated fresh"), op="<", bound=TENTH, first=4)
more = tuple(
    Found(letter="over", places=(place,), op=">", bound=less, first=1 + k)
    for k, (place, less) in enumerate(zip(with_noise.places, without.letters, strict=True))
)
best = Found(letter="gap", places=generated("paper.advantage"), op=">", bound=S.Zero)
WEAK = "chain_generated_weak"
best_weak = Found(letter="gap", places=places(WEAK, "weak", "paper.advantage"), op=">", bound=S.Zero)
fit = Found(
    letter="part",
    places=generated("paper.within_std") + places(WEAK, "weak", "paper.within_std"),
    op=">",
    bound=Rational(9, 10),
)
LENGTHS = {
    "weak": (best_weak, "sigma_t = 0.01 t, noise accumulated, no mean subtracted", None),
    "strong": (best, "sigma_t = 0.03 t, noise accumulated (mean subtracted or not) or fresh", "our.chain.best_length"),
}

CLAIMS = (
    claim(
        "wdmg.fig6a.trend",
        LEFT,
        "figure 6 left",
        "the share of u_0 in the generated variance grows with T = 5, 15, 35, 65, 100: rank correlation above zero; "
        + CHAINS,
        rise,
        slips=((rise.but("<", 0),), (rise.but(">", 1),), (rise.but("<", 0.1),)),
    ),
    claim(
        "wdmg.fig6a.limit",
        LEFT,
        "figure 6 left",
        "at T = 100 more than nine tenths of the generated variance lie along u_0; bundled digits of five classes, "
        "pixels in [0, 1], no mean subtracted, sigma_t = 0.03 t, noise accumulated or fresh",
        last,
        slips=((last.but("<", 0.9),), (last.but(">", 1.1),), (last.but("<", 0.1),)),
    ),
    claim(
        "wdmg.fig6a.centred",
        LEFT,
        "figure 6 left",
        "at T = 100 more than nine tenths of the generated variance lie along u_0; bundled digits of five classes, "
        "pixels in [0, 1], mean subtracted, sigma_t = 0.03 t, noise accumulated",
        centred,
        slips=((centred.but(">", 1.1),), (centred.but("<", 0.01),), (centred.but(">", 1),)),
        corrected_by="our.chain.share_by_reading",
    ),
    claim(
        "wdmg.fig6b",
        MIDDLE,
        "figure 6 middle",
        f"at T = 100 the mean of c_10 to c_29 is more than a tenth of that of natural held-out digits with {SCHEDULE}, "
        f"and more than without; {CHAINS}",
        with_noise,
        without,
        *more,
        slips=(
            (with_noise.but("<", 0.1), without, *more),
            (with_noise.but(">", 10), without, *more),
            (with_noise, without, more[0].but("<", without.letters[0])),
        ),
    ),
    claim(
        "wdmg.fig6b.vanishing",
        MIDDLE,
        "figure 6 middle",
        f"the same, and without injected noise it is less than a tenth (mean not subtracted); {CHAINS}",
        with_noise,
        gone,
        slips=((with_noise.but("<", 0.1), gone), (with_noise.but(">", 10), gone), (with_noise, gone.but(">", 2))),
        corrected_by="our.chain.tail.without",
    ),
    *(
        claim(
            f"wdmg.fig6c.best.{name}",
            RIGHT,
            "figure 6 right",
            f"with {SCHEDULE}, c of generated digits is nearer to that of natural held-out digits (relative Euclidean "
            f"distance) at T = 65 than at 5, 15, 35 and 100; {words}; bundled digits of five classes, pixels in [0, 1]",
            found,
            slips=((found.but(">", 1),), (found.but("<", -1),), (found.but(">", 2),)),
            corrected_by=correction,
        )
        for name, (found, words, correction) in LENGTHS.items()
    ),
    claim(
        "wdmg.fig6c.fit",
        RIGHT,
        "figure 6 right",
        f"with {SCHEDULE} and T = 65, c_i differs from that of natural held-out digits by at most their standard "
        f"deviation for more than nine tenths of the 30 indices; {CHAINS}; and sigma_t = 0.01 t",
        fit,
        slips=((fit.but("<", 0.1),), (fit.but(">", 1.1),), (fit.but("<", 0.01),)),
        corrected_by="our.chain.tail",
    ),
)
