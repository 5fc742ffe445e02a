"""A mode of the data, the levels of the noise, and the time of training."""

from theory.symbols.quantity import quantity

QUANTITIES = (
    quantity("lam", r"\lambda", "variance of a data mode", "u^2", "nonnegative"),
    quantity("lam1", r"\lambda_1", "variance of a first data mode", "u^2", "nonnegative"),
    quantity("lam2", r"\lambda_2", "variance of a second data mode", "u^2", "nonnegative"),
    quantity("mu", r"\mu", "mean of the data along a mode", "u"),
    quantity("sigma", r"\sigma", "noise level", "u", "positive"),
    quantity("sigma1", r"\sigma_1", "a first noise level", "u", "positive"),
    quantity("sigma2", r"\sigma_2", "a second noise level", "u", "positive"),
    quantity("sigma0", r"\sigma_0", "last noise level of the sampler", "u", "positive"),
    quantity("sigmaT", r"\sigma_T", "first noise level of the sampler", "u", "positive"),
    quantity("s", "s", "a noise level between the last and the first", "u", "positive"),
    quantity("tau", r"\tau", "training time", "1", "nonnegative"),
    quantity("eta", r"\eta", "learning rate", "1", "positive"),
    quantity("n", "n", "number of gradient-descent steps", "1", "integer"),
)
