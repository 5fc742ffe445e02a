"""Which linear law the emergence steps of trained networks follow: the plain one, or that of EDM's loss and scaling.

Only trainings in which every mode arrives are asked: where the last ones are missing, an exponent is too small.
"""

from theory.relation import Inequality
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.spectral_bias.lanes_6 import FIFTH, ONE, in_results, m_down, measured, near_to

gain, p_up, p_down, p_pre = symbols("gain p_up p_down p_pre")
GAUSSIANS = ("gauss_mlp_128", "gauss_mlp_256", "gauss_mlp_512")
WHERE = "section 6.1 of the spectral-bias paper"
LAWS = (
    "plain: rate 2 eta (lam + s) of the weight; preconditioned, our.edm.rate: 2 eta (lam + s)/(s + sigma_data^2); both start "
    "at c_skip and use the sampler of the experiment"
)
JOINT = (
    "rising and falling modes together: with one unit of time for both branches, the emergence steps of a network trained "
    "with EDM's preconditioning and loss scatter less about the preconditioned law than about the plain law"
)
EXPONENT = (
    "rising modes alone: the emergence steps scale as the plain law says, not as the preconditioned one, although "
    "the network is preconditioned"
)
HALF_LAW = (
    "falling modes of patches of a photograph: the emergence steps scale as the plain law says for a start at c_skip, whose "
    "exponent is near -1/2: an exponent below 1 is no departure from linear theory"
)


def _together(experiment: str) -> Claim:
    return measured(
        f"our.networks.law.{experiment}",
        JOINT,
        WHERE,
        Inequality(gain, ">", ONE),
        in_results(experiment, "gain"),
        (Inequality(gain, "<", ONE / 10), Inequality(gain, ">", 100 * ONE)),
        reading=f"{experiment}; {LAWS}; scatter: standard deviation over modes of ln(measured step) - ln(predicted time)",
        ours=True,
    )


def _rising(experiment: str) -> Claim:
    return measured(
        f"our.networks.exponent.{experiment}",
        EXPONENT,
        WHERE,
        Inequality((p_up - 1) ** 2, "<", (p_pre - 1) ** 2),
        in_results(experiment, "p_up p_pre"),
        (Inequality((p_up - 2) ** 2, "<", (p_pre - 2) ** 2), Inequality(p_pre, "<", -ONE)),
        reading=f"{experiment}; {LAWS}; the slope of ln(measured step) on ln(predicted time) is nearer to 1 for the plain law",
        ours=True,
    )


CLAIMS = (
    *map(_together, GAUSSIANS),
    *map(_rising, GAUSSIANS),
    measured(
        "our.networks.falling.patches_mlp",
        HALF_LAW,
        WHERE,
        (near_to(p_down, "1", FIFTH), near_to(m_down, "-1/2", FIFTH)),
        in_results("patches_mlp", "p_down m_down"),
        (near_to(p_down, "2", FIFTH), near_to(m_down, "-1", FIFTH)),
        reading=f"patches_mlp; {LAWS}; the slope of ln(measured step) on ln(predicted time) is 1 within 1/5, and the "
        "exponent of the measured steps is -1/2 within 1/5",
        ours=True,
    ),
)
