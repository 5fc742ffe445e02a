"""Convolutions: pixels, taps, Fourier modes and patches."""

from theory.symbols.quantity import quantity

QUANTITIES = (
    quantity("a_kj", "a_{kj}", "share of a patch eigenvector in a Fourier mode, times its centre tap"),
    quantity("b_kj", "b_{kj}", "the same, times the initial filter along that eigenvector"),
    quantity("N", "N", "number of pixels on the circle", "1", "positive"),
    quantity("K", "K", "number of taps of a filter", "1", "positive"),
    quantity("k", "k", "number of a Fourier mode", "1", "integer"),
    quantity("r", "r", "half-width of a filter", "1", "integer"),
    quantity("S", "S_k", "data variance of a Fourier mode", "u^2", "nonnegative"),
    quantity("S1", "S_1", "data variance of a first Fourier mode", "u^2", "nonnegative"),
    quantity("S2", "S_2", "data variance of a second Fourier mode", "u^2", "nonnegative"),
    quantity("gam_re", r"\mathrm{Re}\,\gamma_k(0)", "real part of the initial Fourier coefficient"),
    quantity("gam_im", r"\mathrm{Im}\,\gamma_k(0)", "imaginary part of the initial Fourier coefficient"),
    quantity("g_p", "p", "real part of a Fourier coefficient"),
    quantity("g_q", "q", "imaginary part of a Fourier coefficient"),
    quantity("cos_w", r"\cos\omega", "cosine of the angle of a Fourier mode"),
    quantity("sin_w", r"\sin\omega", "sine of the angle of a Fourier mode"),
    quantity("theta", r"\theta", "eigenvalue of the patch covariance", "u^2", "nonnegative"),
    quantity("theta1", r"\theta_1", "a first eigenvalue of the patch covariance", "u^2", "nonnegative"),
    quantity("theta2", r"\theta_2", "a second eigenvalue of the patch covariance", "u^2", "nonnegative"),
    quantity("a_k", "a_{k1}", "share of the first patch mode in the response to the centre"),
    quantity("b_k1", "b_{k1}", "response of the first patch mode to the initial filter"),
    quantity("b_k2", "b_{k2}", "response of the second patch mode to the initial filter"),
    quantity("rho_0", r"\rho_0", "modulus of an initial Fourier coefficient", "1", "positive"),
    quantity("tan_half", "T", "tangent of half the phase of an initial Fourier coefficient"),
    quantity("gap", "u", "part of the initial distance from the optimum that is left", "1", "positive"),
    quantity("alpha_u", r"\sqrt a", "square root of C^2 + 4 gamma*^2", "1", "positive"),
    quantity("beta_u", r"\sqrt{a+b+c}", "initial sum of the squared moduli of two filters", "1", "positive"),
    quantity("X_u", "X", "exponentially growing variable of two filters", "1", "positive"),
    *(quantity(f"tap{j}", f"w_{{{j}}}", "a tap of a filter") for j in range(8)),
    *(quantity(f"lag{n}", rf"\bar c_{{{n}}}", "shift-averaged covariance at a lag", "u^2") for n in range(4)),
    *(
        quantity(f"Sig{i}{j}", rf"\Sigma_{{{i}{j}}}", "covariance of two pixels", "u^2")
        for i in range(6)
        for j in range(i, 6)
    ),
)
