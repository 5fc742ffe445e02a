"""Denoisers learned from finitely many samples."""

from theory.symbols.quantity import quantity

QUANTITIES = (
    quantity("zeta", r"\zeta", "singular value of a noisy data matrix", "u", "positive"),
    quantity("p_a", "p_a", "resolvent of a first basis, data side", "u^-1", "positive"),
    quantity("p_b", "p_b", "resolvent of a second basis, data side", "u^-1", "positive"),
    quantity("q_a", "q_a", "resolvent of a first basis, sample side", "u^-1", "positive"),
    quantity("q_b", "q_b", "resolvent of a second basis, sample side", "u^-1", "positive"),
    quantity("off_pole", "h", "distance of M from a pole, relative to its place", "1", "positive"),
    quantity("u_span", "u", "reciprocal of ln(x/s_0)", "1", "positive"),
    quantity("excess", "r", "coefficient of the square of that reciprocal"),
    quantity("background", "b", "variance of the data in every direction", "u^2", "positive", written="b"),
    *(
        quantity(
            f"gamma_{i}", rf"\gamma_{i}", "number of directions of one variance over that of samples", "1", "positive"
        )
        for i in (0, 1)
    ),
    quantity("k_eff", "k", "effective noise variance of a denoiser learned from samples", "u^2", "positive"),
    quantity("alpha_pop", r"\alpha", "variance of the data along a direction", "u^2", "positive"),
    quantity("M_dual", "M", "minus the reciprocal of the companion Stieltjes transform", "u^2", "positive"),
    quantity("ell_b", r"\ell", "variance of a mode over that of the background", "1", "positive"),
    quantity("x_hat", "x", "eigenvalue of a sample covariance", "u^2", "nonnegative"),
    quantity("arc", r"v", "place in a bulk of eigenvalues, from -1 to 1"),
    quantity("a_time", "a", "training time 2 eta tau", "u^-2", "nonnegative", written="a"),
    quantity("P_pair", "P", "product of the two resolvents of noisy data", "u^-2"),
    quantity("P_minus", "-P", "minus the same, left of the eigenvalues", "u^-2", "positive"),
    quantity("root_rho", r"\varrho", "factor of the second moments of a long chain", "1", "positive"),
    quantity("dof", r"\nu", "number of samples minus the dimension minus 1", "1", "positive"),
)
