"""Section 7: the prediction outside the assumptions of the theory, on four trained networks."""

from theory.relation import Inequality
from verify.ledger.spectral_bias.lanes_6 import HALF, ZERO, in_results, m_down, m_up, measured, r_down, r_up

SEVEN = (
    "even when all of these assumptions were somewhat violated, the general theoretical prediction is correct, with "
    "modified power coefficients."
)
LEARNED = (
    "the prediction: larger variance is learned sooner: rank correlation of emergence step and variance below -1/2, a "
    "negative exponent of any size"
)

CLAIMS = (
    *(
        measured(
            f"wp.7.robust.{name}",
            SEVEN,
            "section 7",
            (Inequality(r_up, "<", -HALF), Inequality(r_down, "<", -HALF), Inequality(m_up, "<", ZERO)),
            in_results(name, "r_up r_down m_up"),
            (Inequality(r_up, ">", HALF), Inequality(r_down, ">", HALF)),
            reading=f"{name}; {LEARNED}, in both branches",
        )
        for name in ("gauss_mlp_128", "digits_mlp", "patches_mlp", "faces_mlp")
    ),
    *(
        measured(
            f"wp.7.robust.{name}.falling",
            SEVEN,
            "section 7",
            (Inequality(r_down, "<", -HALF), Inequality(m_down, "<", ZERO)),
            in_results(name, "r_down m_down"),
            (Inequality(r_down, ">", HALF), Inequality(m_down, ">", ZERO)),
            reading=f"{name}; {LEARNED}; the falling modes alone, as {few} rise",
        )
        for name, few in (("patches_mlp", "two"), ("faces_mlp", "four"))
    ),
)
