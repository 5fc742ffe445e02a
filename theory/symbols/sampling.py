"""The sampler's grid, and the law of what is generated."""

from theory.symbols.quantity import quantity

QUANTITIES = (
    quantity("r_kl", "r", "generated over true variance of a mode", "1", "positive", written="r"),
    quantity("lam_gen", r"\tilde\lambda", "generated variance of a mode", "u^2", "positive"),
    quantity("mu_gen", r"\tilde\mu", "generated mean along a mode", "u"),
    quantity("lndet1", r"\ln\det\Sigma_1", "logarithm of the determinant of a first covariance"),
    quantity("lndet2", r"\ln\det\Sigma_2", "logarithm of the determinant of a second covariance"),
    quantity("sigma_next", r"\sigma_{i+1}", "next noise level of a sampler's grid", "u", "nonnegative"),
)
