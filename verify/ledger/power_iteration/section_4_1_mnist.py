"""Section 4.1 on digits: products of consecutive bases, mixing times, and what the total product keeps."""

from sympy import Rational, S

from verify.ledger.power_iteration.lanes_mnist import Found, claim, places

WHERE = "section 4.1, figure 5"
EVERY = "accumulated fresh weak centred centred_fresh symmetric"
CHAIN = "30 components, T = 65, sigma_t = 0.03 t, bundled digits of ten classes, pixels in [0, 1], no mean subtracted"
VARIED = (
    "noise accumulated, fresh, weaker (sigma_t = 0.01 t), mean subtracted with accumulated and with fresh noise, and "
    "pixels in [-1, 1]"
)
SUPPORT = "This assumption is supported by our simulations in Fig. 5"
TAUS = "In addition, tau_i > tau_j for i < j."
LEAK = (
    "In high noise levels, the correlation with the natural basis is low, and the products U_t^T U_{t+1} are not exactly "
    'diagonal. However, the correlation "leaks" to a close neighborhood of the original component and the temporal '
    "products are still somewhat concentrated around their diagonal."
)
FIG5 = (
    "This justifies Assumption 4.2, and shows that the total projection (bottom right image, for tau = T) converges to "
    "the first eigenvector, similarly to the power method."
)
MIXES = "tau_i is taken as the first step with <u_i^t, u_i^{t+1}>^2 < 1/2"


def chains(variations: str, path: str) -> tuple[tuple[str, str], ...]:
    """Return the places of one number under some variations of the chains."""
    return places("chain_products", variations, path)


def near(variations: str) -> Found:
    """Return that the energy near the diagonal is at least a tenth above an even spread."""
    return Found(letter="over", places=chains(variations, "nearby_late"), op=">", bound=Rational(11, 10))


def share(variations: str, experiment: str = "chain_products") -> Found:
    """Return that u_0 takes more than nine tenths of the total product."""
    return Found(letter="part", places=places(experiment, variations, "share"), op=">", bound=Rational(9, 10))


first = Found(letter="gap", places=chains(EVERY, "diagonal_first"), op="<=", bound=Rational(1, 10))
led = Found(letter="part", places=chains(EVERY, "led_early"), op=">", bound=S.Half)
trend = Found(letter="order", places=chains(EVERY + " shared", "order"), op="<", bound=S.Zero)
repeated = places("chain_products_repeated", "accumulated", "inversion")
inversion = Found(letter="gap", places=repeated, op="<=", bound=S.Zero)
spread = Found(letter="order", places=chains(EVERY + " shared", "spread_order"), op="<", bound=S.Zero)
LEAKS = {
    "accumulated": ("accumulated weak centred symmetric", "noise that accumulates", None),
    "shared": ("shared", "one shared draw of noise", None),
    "fresh": ("fresh", "fresh noise, no mean subtracted", None),
    "fresh_centred": ("centred_fresh", "fresh noise, mean subtracted", "our.chain.even"),
}
BY_READING = "our.chain.share_by_reading"
SHARES = {
    "fresh": (share("fresh centred_fresh"), "fresh noise at each step, mean subtracted or not", None),
    "accumulated": (share("accumulated symmetric"), "noise that accumulates, pixels in [0, 1] or [-1, 1]", None),
    "mnist": (
        share("accumulated", "chain_products_mnist"),
        "noise that accumulates, all of MNIST, digits 0 and 3",
        None,
    ),
    "weak": (share("weak"), "noise that accumulates more slowly, sigma_t = 0.01 t", BY_READING),
    "centred": (share("centred"), "noise that accumulates, mean subtracted", BY_READING),
    "shared": (share("shared"), "one shared draw of noise", BY_READING),
}

CLAIMS = (
    claim(
        "wdmg.A4.2.support.printed",
        SUPPORT,
        WHERE,
        "eq 16 as printed, the mean scalar product of u_i^t and u_i^{t+1} is zero for small t: for i = 0 and t < 5 it "
        f"is at most a tenth; {CHAIN}; {VARIED}",
        first,
        slips=((first.but("<=", 0.01),), (first.but("<", 0.9),), (first.but("<=", 0),)),
        corrected_by="our.chain.off_diagonal",
    ),
    claim(
        "wdmg.A4.2.support.diagonal",
        SUPPORT,
        WHERE,
        "in the first five steps the diagonal entry of U_t^T U_{t+1} is the largest of its row in more than half of "
        f"the rows; {CHAIN}; {VARIED}",
        led,
        slips=((led.but("<", 0.5),), (led.but(">", 0.999),), (led.but("<", 0.1),)),
    ),
    claim(
        "wdmg.A4.2.order.trend",
        TAUS,
        "assumption 4.2",
        f"{MIXES}; it falls with the index: rank correlation below zero; {CHAIN}; {VARIED}, or shared",
        trend,
        slips=((trend.but(">", 0),), (trend.but("<", -0.99),), (trend.but(">", -0.1),)),
    ),
    claim(
        "wdmg.A4.2.order.strict",
        TAUS,
        "assumption 4.2",
        f"{MIXES}, averaged over forty draws of the noise; it never rises from one index to a later one: its largest "
        "certain rise (simultaneous intervals over all pairs, level 0.01) is not positive; digits 0 and 3, noise "
        "accumulated over 30 steps, sigma_t = 0.03 t, pixels in [0, 1], no mean subtracted",
        inversion,
        slips=((inversion.but("<", 0),), (inversion.but("<=", -1),), (inversion.but("<=", -0.1),)),
        corrected_by="our.chain.mixing_order",
    ),
    *(
        claim(
            f"wdmg.leak.{name}",
            LEAK,
            "section 4.1",
            "over the second half of the chain, the energy of U_t^T U_{t+1} within two places of the diagonal is at "
            f"least a tenth more than if it were spread evenly; {words}; {CHAIN}",
            near(variations),
            slips=(
                (near(variations).but("<", 0.9),),
                (near(variations).but(">", 7),),
                (near(variations).but("<", 0.5),),
            ),
            corrected_by=correction,
        )
        for name, (variations, words, correction) in LEAKS.items()
    ),
    claim(
        "wdmg.leak.order.digits",
        "This process happens in accordance with Equation 4.1, where the spreading of the diagonal elements happens for "
        "high indices in lower values of t (less noise is needed to spread the correlation).",
        "section 4.1",
        "the first step at which a row of U_t^T U_{t+1} spreads over more than two entries (inverse participation) "
        f"falls with the index: rank correlation below zero; {CHAIN}; {VARIED}, or shared",
        spread,
        slips=((spread.but(">", 0),), (spread.but("<", -0.99),), (spread.but(">", -0.1),)),
    ),
    *(
        claim(
            f"wdmg.fig5.{name}",
            FIG5,
            WHERE,
            f"more than nine tenths of the variance that the product of all steps passes on lies along u_0; {words}; "
            "30 components, T = 65; sigma_t = 0.03 t, bundled digits of ten classes, pixels in [0, 1] and no mean "
            "subtracted unless said otherwise",
            found,
            slips=((found.but(">", 1.1),), (found.but("<", 0.01),), (found.but(">", 0.99999),)),
            corrected_by=correction,
        )
        for name, (found, words, correction) in SHARES.items()
    ),
)
