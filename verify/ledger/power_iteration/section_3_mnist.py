"""Abstract, sections 1 and 3, on digits: what is generated, what a linear model explains, which frequencies last."""

from sympy import S

from verify.ledger.power_iteration.lanes_mnist import Found, claim, places

ANGLES = (
    "ten digits, 240 images each, pixels in [0, 1] or [-1, 1], mean subtracted or not, and all images of digits 0, 3, 5, 8 "
    "of MNIST"
)
LOST = "the noise level at which a noisy component leaves the clean one (sine 1/2)"
SETTINGS = (("chain_angles", "accumulated centred symmetric"), ("chain_angles_mnist", "accumulated centred"))


def over_angles(path: str) -> tuple[tuple[str, str], ...]:
    """Return the places of one number in all settings of the experiments on angles."""
    return tuple(place for experiment, names in SETTINGS for place in places(experiment, names, path))


order = Found(letter="order", places=over_angles("order"), op="<", bound=S.Zero)
frequency = Found(letter="order", places=over_angles("frequency_by_loss"), op="<", bound=S.Zero, first=6)
spectrum = Found(letter="order", places=over_angles("frequency_by_eigenvalue"), op="<", bound=S.Zero)
DIGITS = ("chain_digits", "accumulated centred")
explained = Found(letter="part", places=places(*DIGITS, "explained"), op=">", bound=S.Half)
left = Found(letter="part", places=places(*DIGITS, "left"), op="<", bound=S.Half, first=3)
own = Found(letter="part", places=places("chain_digits", "accumulated fresh", "own_class"), op=">", bound=S.Half)

CLAIMS = (
    claim(
        "wdmg.abs-emerge",
        "In a series of numerical experiments, we extend this result to general low rank data, and show that low "
        "frequencies emerge earlier in the generation process, where the denoising basis vectors are more aligned to "
        "the true data with a rate depending on their eigenvalues.",
        "abstract",
        f"{LOST} falls with the index of the component, and with its mean spatial frequency: rank correlations below "
        f"zero; on {ANGLES}",
        order,
        frequency,
        slips=(
            (order.but(">", 0), frequency),
            (order, frequency.but(">", 0)),
            (order.but("<", -0.99), frequency),
            (order, frequency.but("<", -0.99)),
        ),
    ),
    claim(
        "wdmg.lowfreq",
        "low frequencies, corresponding to large eigenvalues, emerge earlier in the reverse process",
        "section 1",
        "the mean spatial frequency of a clean component falls with its eigenvalue, and components of low frequency "
        f"are lost at higher noise: rank correlations below zero; on {ANGLES}",
        spectrum,
        frequency,
        slips=(
            (spectrum.but(">", 0), frequency),
            (spectrum, frequency.but(">", 0)),
            (spectrum.but("<", -0.99), frequency),
        ),
    ),
    claim(
        "wdmg.mnist-linear",
        "the MNIST dataset, which is simple enough to be estimated via a linear model",
        "section 3",
        "30 components of a class explain more than half of held-out images of that class (of their variance about "
        "the mean where it is subtracted), and the projection on them leaves less than half of noise of level 0.3; "
        "bundled digits, pixels in [0, 1], mean subtracted or not",
        explained,
        left,
        slips=(
            (explained.but("<", 0.5), left),
            (explained, left.but(">", 0.5)),
            (explained.but(">", 0.99), left),
            (explained, left.but("<", 0.01)),
        ),
    ),
    claim(
        "wdmg.fig1",
        "Digit generation from pure noise (class conditioned). The reverse process runs from left to right, top then "
        "bottom.",
        "figure 1",
        "of a thousand images generated for a class, more than half are nearest, up to their sign, to a training "
        "image of that class; bundled digits, pixels in [0, 1], no mean subtracted, T = 65, sigma_t = 0.03 t, noise "
        "accumulated or fresh",
        own,
        slips=((own.but("<", 0.5),), (own.but("<", 0.1),), (own.but(">", 2),)),
    ),
)
