"""Which linear law the emergence steps of trained networks follow: the plain one, or that of EDM's loss and scaling."""

from theory.relation import Inequality
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.spectral_bias.lanes_6 import ONE, in_results, measured

(gain,) = symbols("gain")
SAYS = (
    "the emergence steps of a network trained with EDM's preconditioning and loss follow the law of our.edm.rate, rate "
    "2 eta (lam + s)/(s + sigma_data^2), more closely than the plain law, rate 2 eta (lam + s)"
)


def _closer(experiment: str) -> Claim:
    return measured(
        f"our.networks.law.{experiment}",
        SAYS,
        "section 6.1 of the spectral-bias paper",
        Inequality(gain, ">", ONE),
        in_results(experiment, "gain"),
        (Inequality(gain, "<", ONE / 10), Inequality(gain, ">", 100 * ONE)),
        reading=f"{experiment}; both laws start at c_skip and use the same sampler; more closely: the standard deviation over "
        "modes of ln(measured step) - ln(predicted time) is smaller",
        ours=True,
    )


CLAIMS = tuple(_closer(name) for name in ("gauss_mlp_128", "digits_mlp", "patches_mlp"))
