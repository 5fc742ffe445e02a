"""Sections 5 and 6 at our scale: Jacobians of small denoisers trained here on digits."""

from sympy import Rational, S

from verify.ledger.power_iteration.lanes_mnist import Found, claim

EXPERIMENT = "chain_jacobian"
NETWORKS = ("dense_free", "dense_biased", "unet_free", "unet_biased")
SCALE = (
    "four kinds of denoisers (dense, U-net; with biases, without) of 14 x 14 digits, three networks of each, three "
    "generated paths of each, 30 leading eigenvectors of the symmetric part, noise levels 3 to 0.1"
)
RISES = "the angle of an eigenvector to that at the final image grows with the noise level (mean rank correlation above zero)"
ORDERED = "eigenvectors of higher index turn further (rank correlation of index and mean sine above zero)"
FIG7 = (
    "Even though the denoising model is far from linear, the decay of the angle between the denoising basis in high "
    "noise levels and the natural denoising basis is similar to the decay in the linear case (compare to Figure 2)."
)
SYMMETRIC = "For simplicity, we assume that the Jacobian is symmetric and non-negative (which is approximately true)."
TENTH = Rational(1, 10)


def trained(path: str, networks: tuple[str, ...] = NETWORKS, stage: str = "trained") -> tuple[tuple[str, str], ...]:
    """Return the places of one number for the networks."""
    return tuple((EXPERIMENT, f"denoisers.{name}.{stage}.{path}") for name in networks)


rise = Found(letter="order", places=trained("rise"), op=">", bound=S.Zero)
order = Found(letter="order", places=trained("order"), op=">", bound=S.Zero, first=5)
asymmetry = Found(letter="over", places=trained("asymmetry_last"), op="<", bound=TENTH)
DENSE, UNET = NETWORKS[:2], NETWORKS[2:]
KINDS = {"dense": (DENSE, "dense networks"), "unet": (UNET, "U-nets")}


def small(path: str, networks: tuple[str, ...]) -> Found:
    """Return that a share is below a tenth."""
    return Found(letter="part", places=trained(path, networks), op="<", bound=TENTH)


def homogeneous(networks: tuple[str, ...]) -> Found:
    """Return that D(x) = J x within a thousandth for the network without biases."""
    return Found(letter="over", places=trained("remainder", networks[:1]), op="<", bound=Rational(1, 1000))


SLIPS = (
    (rise.but("<", 0), order),
    (rise, order.but("<", 0)),
    (rise.but(">", 1.1), order),
    (rise, order.but(">", 0.999)),
)
SAME_AS_LINEAR = (
    ("wdmg.abs-deep", "we empirically demonstrate the applicability of our findings beyond the linear case, in the "
     "Jacobians of a deep, non-linear denoiser", "abstract"),
    ("wdmg.relevant", "this model is relevant in differentiable environments of more complex settings such as DNN based "
     "denoisers, as we show in Section 5", "section 3"),
    ("wdmg.fig7.relevance", "this experiment shows that our analysis is relevant in a broader context and not just in "
     "the simplified linear case. The Jacobians of the nonlinear denoiser conform to the behavior of the linear model.",
     "section 5, figure 7"),
    ("wdmg.concl.deep", "we demonstrate the relevance of our analysis also in a deep, non-linear diffusion denoiser",
     "section 6"),
)  # fmt: skip

CLAIMS = (
    *(
        claim(name, says, where, f"{RISES}, and {ORDERED}; {SCALE}", rise, order, slips=SLIPS, lane="network")
        for name, says, where in SAME_AS_LINEAR
    ),
    claim(
        "wdmg.fig7",
        FIG7,
        "figure 7",
        f"{RISES}; {SCALE}",
        rise,
        slips=((rise.but("<", 0),), (rise.but(">", 1.1),), (rise.but("<", 0.1),)),
        lane="network",
    ),
    claim(
        "wdmg.fig7.order",
        "In this case as well, the correlation of the low indices (and hence low frequencies) withstands higher noise "
        "levels, thus appearing first in the generation process.",
        "figure 7",
        f"{ORDERED}; {SCALE}",
        order,
        slips=((order.but("<", 0),), (order.but(">", 0.999),), (order.but("<", 0.05),)),
        lane="network",
    ),
    claim(
        "wdmg.27sym.network.symmetric",
        SYMMETRIC,
        "section 5",
        f"|J - J^T| is less than a tenth of |J + J^T| at the final image; {SCALE}",
        asymmetry,
        corrected_by="our.jacobian.asymmetric",
        slips=((asymmetry.but("<", 0.001),), (asymmetry.but(">", 1),), (asymmetry.but("<", 0),)),
        lane="network",
    ),
    *(
        claim(
            f"wdmg.27sym.network.nonnegative.{name}",
            SYMMETRIC,
            "section 5",
            f"{words} only: negative eigenvalues of the symmetric part carry less than a tenth of the sum of all absolute "
            f"values at the final image; {SCALE}",
            small("negative_last", nets),
            slips=tuple((small("negative_last", nets).but(op, at),) for op, at in (("<", 0), (">", 0.5), ("<", 0.001))),
            lane="network",
        )
        for name, (nets, words) in KINDS.items()
    ),
    *(
        claim(
            f"wdmg.bg-shrink.{name}",
            "the learned denoising functions are equivalent to a shrinkage operation in a basis adapted to the underlying "
            "image",
            "section 2",
            f"{words} only: the eigenvalues of the symmetric part of the Jacobian at the final image leave [0, 1] by less "
            f"than a tenth of their absolute sum, and D(x) = J x within a thousandth without biases; {SCALE}",
            small("outside_last", nets),
            homogeneous(nets),
            slips=(
                (small("outside_last", nets).but("<", 0), homogeneous(nets)),
                (small("outside_last", nets), homogeneous(nets).but(">", 0.001)),
                (small("outside_last", nets).but(">", 0.5), homogeneous(nets)),
            ),
            lane="network",
        )
        for name, (nets, words) in KINDS.items()
    ),
)
