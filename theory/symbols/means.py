"""The mean of the data, whose bias is coupled to the weights."""

from theory.symbols.quantity import quantity

QUANTITIES = (
    quantity("r_fast", r"r_+", "larger eigenvalue of the coupling of a weight and its bias", "1", "positive"),
    quantity("m1", "m_1", "overlap of the mean with a first mode", "u"),
    quantity("m2", "m_2", "overlap of the mean with a second mode", "u"),
    quantity("s_top", r"s_{\mathrm{top}}", "share of the squared mean along the leading tenth of the modes"),
    quantity("s_mean", r"s_\mu", "variance along the mean over that of an average mode", "1", "nonnegative"),
    quantity("r_M", "r", "eigenvalue of the matrix that couples all weights and the bias", "1", "positive"),
    quantity("r_slow", r"r_-", "smaller eigenvalue of the coupling of a weight and its bias", "1", "positive"),
)
