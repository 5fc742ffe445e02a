"""When a mode emerges."""

from theory.symbols.quantity import quantity

QUANTITIES = (
    quantity("psi_s", r"\psi_0(s)", "initial weight of a mode at the noise level considered"),
    quantity("kappa_s", r"\kappa(s)", "learning rate at the noise level considered, relative to eta", "1", "positive"),
    quantity("w_L", "w", "solution w > 1 of w exp(-w) = a given number", "1", "positive"),
    quantity("log_a", "u", "logarithm of the training time 2 eta tau"),
    quantity("log_s", "v", "logarithm of a noise variance"),
    quantity("shift", r"\delta_x", "distance of 2 eta tau lam from ln 2", "1", "positive"),
    quantity("span_lam", "L", "logarithm of the variance of a mode over the last noise variance", "1", "positive"),
    quantity("reach", "T", "logarithm of the first noise variance over the variance of a mode"),
    quantity("eps", r"\varepsilon", "bound on the variance of a mode, relative to that of the noise", "1", "positive"),
    quantity("p_low", "p", "value of exp(-y) at the lower end of a window", "1", "positive"),
    quantity("length", r"\Delta", "length of an interval of logarithms", "1", "positive"),
)
