"""Every quantity has one name in all layers: ASCII here, the paper's letter in LaTeX."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import sympy as sp


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A symbol with its meaning, unit and sign; `symbol` carries the sign as an assumption.

    `written` is what a user writes for it: two quantities may share a letter, as r does, in different formulas.
    """

    name: str
    latex: str
    meaning: str
    unit: str = "1"
    sign: str = "real"  # real | nonnegative | positive | integer
    written: str = ""

    @property
    def symbol(self) -> sp.Symbol:
        """The SymPy symbol of this quantity; equal for equal name and sign."""
        return _symbol(self.written or self.name, self.sign)


_ASSUMPTIONS: dict[str, dict[str, bool]] = {
    "real": {"real": True},
    "nonnegative": {"nonnegative": True},
    "positive": {"positive": True},
    "integer": {"integer": True, "nonnegative": True},
}


@cache
def _symbol(name: str, sign: str) -> sp.Symbol:
    return sp.Symbol(name, **_ASSUMPTIONS[sign])


def _quantity(
    name: str, latex: str, meaning: str, unit: str = "1", sign: str = "real", *, written: str = ""
) -> Quantity:
    return Quantity(name=name, latex=latex, meaning=meaning, unit=unit, sign=sign, written=written)


QUANTITIES: tuple[Quantity, ...] = (
    _quantity("lam", r"\lambda", "variance of a data mode", "u^2", "nonnegative"),
    _quantity("lam1", r"\lambda_1", "variance of a first data mode", "u^2", "nonnegative"),
    _quantity("lam2", r"\lambda_2", "variance of a second data mode", "u^2", "nonnegative"),
    _quantity("mu", r"\mu", "mean of the data along a mode", "u"),
    _quantity("sigma", r"\sigma", "noise level", "u", "positive"),
    _quantity("sigma1", r"\sigma_1", "a first noise level", "u", "positive"),
    _quantity("sigma2", r"\sigma_2", "a second noise level", "u", "positive"),
    _quantity("sigma0", r"\sigma_0", "last noise level of the sampler", "u", "positive"),
    _quantity("sigmaT", r"\sigma_T", "first noise level of the sampler", "u", "positive"),
    _quantity("s", "s", "a noise level between the last and the first", "u", "positive"),
    _quantity("tau", r"\tau", "training time", "1", "nonnegative"),
    _quantity("eta", r"\eta", "learning rate", "1", "positive"),
    _quantity("n", "n", "number of gradient-descent steps", "1", "integer"),
    _quantity("Q", "Q", "initial weight of a mode"),
    _quantity("Q1", "Q_1", "initial weight of a first mode"),
    _quantity("Q2", "Q_2", "initial weight of a second mode"),
    _quantity("h", "h", "width of a two-layer network", "1", "positive"),
    _quantity("L", "L", "number of layers", "1", "positive"),
    _quantity("p", "p", "weight of a mode in the second of two layers"),
    _quantity("q", "q", "weight of a mode in the first of two layers"),
    _quantity("p0", "p_0", "initial weight of a mode in the second of two layers"),
    _quantity("q0", "q_0", "initial weight of a mode in the first of two layers"),
    _quantity("C", "C", "difference of the squares of the weights of two layers"),
    _quantity("kappa", r"\kappa", "sqrt(4 lam^2 + C^2 (lam + sigma^2)^2) - 2 lam of two layers", "u^2", "nonnegative"),
    _quantity("Y0", "Y_0", "initial square of the sum of the weights of two layers", "1", "positive"),
    _quantity("s_layer", r"s_\ell", "weight of a mode in one layer"),
    _quantity("others", "A", "product of the weights of a mode in all other layers"),
    _quantity("v", "v", "weight of a mode, as a variable of integration"),
    _quantity("v0", "v_0", "size of an initial weight", "1", "positive"),
    _quantity("o1", "o_{11}", "squared length of a first mode vector"),
    _quantity("o2", "o_{22}", "squared length of a second mode vector"),
    _quantity("q1", "q_1", "a first mode vector at width one"),
    _quantity("q2", "q_2", "a second mode vector at width one"),
    _quantity("E", "E", "decay factor of a mode in training", "1", "nonnegative"),
    _quantity("phi", r"\varphi", "integral of 2 eta times the weight over the training time", "1", "nonnegative"),
    _quantity("span", r"\Lambda", "logarithm of the variance of a mode over that of the last noise level"),
    _quantity("odds", r"\rho_Q", "initial weight Q over 1 - Q", "1", "positive"),
    _quantity("F", "F", "value of a function given by its derivative"),
    _quantity("w", "w", "weight of a mode"),
    _quantity("b", "b", "bias along a mode", "u"),
    _quantity("b0", "b_0", "initial bias along a mode", "u"),
    _quantity("x", "x", "coordinate along a mode", "u"),
    _quantity("y", "y", "unknown of a differential equation"),
    _quantity("psi", r"\psi", "weight of a mode"),
    _quantity("c_skip", r"c_{\mathrm{skip}}", "skip coefficient of a preconditioned denoiser"),
    _quantity("c_out", r"c_{\mathrm{out}}", "output coefficient of a preconditioned denoiser"),
    _quantity("alpha", r"\alpha", "signal scale of a variance-preserving process", "1", "positive"),
    _quantity("delta", r"\delta", "initial deviation of a weight from its optimum"),
    _quantity("xi", r"\xi", "training time 2 eta tau lam, counted in the time scale of a mode", "1", "positive"),
    _quantity("psi_s", r"\psi_0(s)", "initial weight of a mode at the noise level considered"),
    _quantity("kappa_s", r"\kappa(s)", "learning rate at the noise level considered, relative to eta", "1", "positive"),
    _quantity("w_L", "w", "solution w > 1 of w exp(-w) = a given number", "1", "positive"),
    _quantity("log_a", "u", "logarithm of the training time 2 eta tau"),
    _quantity("log_s", "v", "logarithm of a noise variance"),
    _quantity("shift", r"\delta_x", "distance of 2 eta tau lam from ln 2", "1", "positive"),
    _quantity("span_lam", "L", "logarithm of the variance of a mode over the last noise variance", "1", "positive"),
    _quantity("reach", "T", "logarithm of the first noise variance over the variance of a mode"),
    _quantity("d", "d", "dimension of the data", "1", "positive"),
    _quantity("r_fast", r"r_+", "larger eigenvalue of the coupling of a weight and its bias", "1", "positive"),
    _quantity("m1", "m_1", "overlap of the mean with a first mode", "u"),
    _quantity("m2", "m_2", "overlap of the mean with a second mode", "u"),
    _quantity("s_top", r"s_{\mathrm{top}}", "share of the squared mean along the leading tenth of the modes"),
    _quantity("s_mean", r"s_\mu", "variance along the mean over that of an average mode", "1", "nonnegative"),
    _quantity("r_M", "r", "eigenvalue of the matrix that couples all weights and the bias", "1", "positive"),
    _quantity("r_slow", r"r_-", "smaller eigenvalue of the coupling of a weight and its bias", "1", "positive"),
    _quantity("eps", r"\varepsilon", "bound on the variance of a mode, relative to that of the noise", "1", "positive"),
    _quantity("e", "e", "dimension of a regression's target", "1", "positive"),
    _quantity("t", "t", "time of flow matching, 0 for noise and 1 for data", "1", "nonnegative"),
    _quantity("rho", r"\rho", "distance from a point", "u", "positive"),
    _quantity("y1", "y_1", "a first possible value of the data", "u"),
    _quantity("y2", "y_2", "a second possible value of the data", "u"),
    _quantity("share", r"\pi_1", "probability of the first possible value", "1", "nonnegative"),
    _quantity("x_T", "x_T", "coordinate along a mode where the sampler starts", "u"),
    _quantity("score", "s_x", "value of a score", "u^-1"),
    _quantity("alpha_rate", r"\dot\alpha", "time derivative of the signal scale"),
    _quantity("sigma_rate", r"\dot\sigma", "time derivative of the noise scale"),
    _quantity("a_X", "a_X", "weight of the data in the input"),
    _quantity("s_X", "s_X", "weight of the noise in the input", "u"),
    _quantity("a_Y", "a_Y", "weight of the data in the target"),
    _quantity("s_Y", "s_Y", "weight of the noise in the target", "u"),
    _quantity("c_in", r"c_{\mathrm{in}}", "input coefficient of a preconditioned denoiser"),
    _quantity("c_noise", r"c_{\mathrm{noise}}", "variance of the unit noise along a mode", "1", "nonnegative"),
    _quantity("z_size", "z_1", "size of a possible value of the noise", "1", "positive"),
    _quantity("c_2", "c_2", "coefficient of the square of its input in a denoiser", "u^-1"),
    _quantity("sigma_data", r"\sigma_{\mathrm{data}}", "scale of a preconditioned denoiser", "u", "positive"),
    _quantity("w_loss", r"w_\sigma", "weight of a noise level in the loss", "1", "positive"),
    _quantity("p_low", "p", "value of exp(-y) at the lower end of a window", "1", "positive"),
    _quantity("r_kl", "r", "generated over true variance of a mode", "1", "positive", written="r"),
    _quantity("lam_gen", r"\tilde\lambda", "generated variance of a mode", "u^2", "positive"),
    _quantity("mu_gen", r"\tilde\mu", "generated mean along a mode", "u"),
    _quantity("lndet1", r"\ln\det\Sigma_1", "logarithm of the determinant of a first covariance"),
    _quantity("lndet2", r"\ln\det\Sigma_2", "logarithm of the determinant of a second covariance"),
    _quantity("j", "j", "index of a sum", "1", "integer"),
    _quantity("kappa_t", r"\kappa", "training time in units of the learning rate", "1", "nonnegative"),
    _quantity("c", "c", "curvature of a loss along a mode", "1", "nonnegative"),
    _quantity("beta", r"\beta", "momentum of gradient descent"),
    _quantity("r1", "r_1", "first root of the characteristic polynomial of momentum"),
    _quantity("r2", "r_2", "second root of the characteristic polynomial of momentum"),
    _quantity("sigma_next", r"\sigma_{i+1}", "next noise level of a sampler's grid", "u", "nonnegative"),
    _quantity("width", "h", "hidden width of a two-layer network", "1", "positive"),
    _quantity("Y", "Y", "square of the sum of the two weights of a mode", "1", "positive"),
    _quantity("layer", "r", "1 plus the distance from t*, in units of the boundary layer there", "1", "positive"),
    _quantity("Y_up", "Y_+", "stable value of Y", "1", "positive"),
    _quantity("Y_down", "-Y_-", "unstable value of Y, with its sign changed", "1", "positive"),
    _quantity("stretched", "v", "kappa B_t, the place in the boundary layer at t*"),
    _quantity("a_kj", "a_{kj}", "share of a patch eigenvector in a Fourier mode, times its centre tap"),
    _quantity("b_kj", "b_{kj}", "the same, times the initial filter along that eigenvector"),
    _quantity("length", r"\Delta", "length of an interval of logarithms", "1", "positive"),
    _quantity("v_log", "v", "logarithm of a squared noise level"),
    _quantity("w_sigma1", r"w(\sigma_1)", "weight of the first noise level in the loss", "1", "positive"),
    _quantity("w_sigma2", r"w(\sigma_2)", "weight of the second noise level in the loss", "1", "positive"),
    _quantity("N", "N", "number of pixels on the circle", "1", "positive"),
    _quantity("K", "K", "number of taps of a filter", "1", "positive"),
    _quantity("k", "k", "number of a Fourier mode", "1", "integer"),
    _quantity("r", "r", "half-width of a filter", "1", "integer"),
    _quantity("S", "S_k", "data variance of a Fourier mode", "u^2", "nonnegative"),
    _quantity("S1", "S_1", "data variance of a first Fourier mode", "u^2", "nonnegative"),
    _quantity("S2", "S_2", "data variance of a second Fourier mode", "u^2", "nonnegative"),
    _quantity("gam_re", r"\mathrm{Re}\,\gamma_k(0)", "real part of the initial Fourier coefficient"),
    _quantity("gam_im", r"\mathrm{Im}\,\gamma_k(0)", "imaginary part of the initial Fourier coefficient"),
    _quantity("g_p", "p", "real part of a Fourier coefficient"),
    _quantity("g_q", "q", "imaginary part of a Fourier coefficient"),
    _quantity("cos_w", r"\cos\omega", "cosine of the angle of a Fourier mode"),
    _quantity("sin_w", r"\sin\omega", "sine of the angle of a Fourier mode"),
    _quantity("theta", r"\theta", "eigenvalue of the patch covariance", "u^2", "nonnegative"),
    _quantity("theta1", r"\theta_1", "a first eigenvalue of the patch covariance", "u^2", "nonnegative"),
    _quantity("theta2", r"\theta_2", "a second eigenvalue of the patch covariance", "u^2", "nonnegative"),
    _quantity("a_k", "a_{k1}", "share of the first patch mode in the response to the centre"),
    _quantity("b_k1", "b_{k1}", "response of the first patch mode to the initial filter"),
    _quantity("b_k2", "b_{k2}", "response of the second patch mode to the initial filter"),
    _quantity("rho_0", r"\rho_0", "modulus of an initial Fourier coefficient", "1", "positive"),
    _quantity("tan_half", "T", "tangent of half the phase of an initial Fourier coefficient"),
    _quantity("gap", "u", "part of the initial distance from the optimum that is left", "1", "positive"),
    _quantity("alpha_u", r"\sqrt a", "square root of C^2 + 4 gamma*^2", "1", "positive"),
    _quantity("beta_u", r"\sqrt{a+b+c}", "initial sum of the squared moduli of two filters", "1", "positive"),
    _quantity("X_u", "X", "exponentially growing variable of two filters", "1", "positive"),
    *(_quantity(f"order{j}", rf"\rho_{{{j}}}", "rank correlation measured in one setting") for j in range(1, 13)),
    *(_quantity(f"part{j}", f"f_{{{j}}}", "share measured in one setting", "1", "nonnegative") for j in range(1, 13)),
    *(_quantity(f"over{j}", f"q_{{{j}}}", "ratio measured in one setting", "1", "nonnegative") for j in range(1, 13)),
    *(_quantity(f"gap{j}", rf"\delta_{{{j}}}", "difference measured in one setting") for j in range(1, 13)),
    _quantity("m_up", r"m_\uparrow", "exponent of the emergence step against the variance, rising modes"),
    _quantity("m_down", r"m_\downarrow", "exponent of the emergence step against the variance, falling modes"),
    _quantity("m_up2", r"m_\uparrow'", "exponent of rising modes in a second experiment"),
    _quantity("r_up", r"\rho_\uparrow", "rank correlation of emergence step and variance, rising modes"),
    _quantity("r_down", r"\rho_\downarrow", "rank correlation of emergence step and variance, falling modes"),
    _quantity("n_up", r"n_\uparrow", "median emergence step of the rising modes", "1", "positive"),
    _quantity("n_down", r"n_\downarrow", "median emergence step of the falling modes", "1", "positive"),
    _quantity("n_other", r"n'_\uparrow", "median emergence step of the rising modes, another network", "1", "positive"),
    _quantity("chi_first", r"\chi_0", "alignment of generated and data modes, untrained", "1", "positive"),
    _quantity("chi_last", r"\chi_T", "alignment of generated and data modes, trained", "1", "positive"),
    _quantity("direct", "D", "net over total change of ln variance, median over modes outside the gray zone"),
    _quantity("direct_gray", "D_g", "net over total change of ln variance, median over modes of the gray zone"),
    _quantity("late", "L_p", "share of the modes whose variance changes fastest after the first interval"),
    _quantity("off", "e", "distance of ln variance from its target at the end, median over modes"),
    _quantity("off_other", "e'", "distance of ln variance from its target at the end, another network"),
    _quantity("p_up", r"p_\uparrow", "slope of ln emergence step on ln predicted time, rising modes"),
    _quantity("p_down", r"p_\downarrow", "slope of ln emergence step on ln predicted time, falling modes"),
    _quantity("p_pre", "p'", "slope of ln emergence step on ln time predicted with preconditioning, rising modes"),
    _quantity("gain", "G", "scatter of emergence about the plain law over that about another", "1", "positive"),
    _quantity("near", "c_1", "correlation of neighbouring pixels of a sample, median"),
    _quantity("near_first", "c_1(0)", "correlation of neighbouring pixels of a sample before training, median"),
    _quantity("far", "c_w", "correlation of pixels half an image apart, median"),
    _quantity("explained", "R^2", "share of the denoised pixels' variance that a local linear filter explains"),
    _quantity("explained_late", "R_T^2", "the same after training"),
    _quantity("m_low", r"m_-", "lower end of the interval of an exponent"),
    _quantity("m_high", r"m_+", "upper end of the interval of an exponent"),
    _quantity("m_low2", r"m_-'", "lower end of the interval of an exponent in a second experiment"),
    _quantity("m_high2", r"m_+'", "upper end of the interval of an exponent in a second experiment"),
    _quantity("gamma", r"\gamma", "dimension of the data over the number of samples", "1", "positive"),
    _quantity("n_data", "n", "number of samples", "1", "positive"),
    _quantity("draws", "m", "number of noise draws of a sample", "1", "positive"),
    _quantity("rank", "r", "number of principal components", "1", "positive"),
    _quantity("rank_k", "k", "rank of a projector", "1", "positive"),
    _quantity("T", "T", "number of steps of a chain", "1", "positive"),
    _quantity("step", "t", "step of a chain", "1", "integer"),
    _quantity("tau_step", r"\tau", "intermediate step of a chain", "1", "integer"),
    _quantity("tau_i", r"\tau_i", "step from which on a component's angle is not small", "1", "positive"),
    _quantity("tau_j", r"\tau_j", "the same of another component", "1", "positive"),
    _quantity("beta_t", r"\beta_t", "noise variance that a step adds", "1", "nonnegative"),
    _quantity("alpha_t", r"\alpha_t", "1 minus the noise variance that a step adds", "1", "positive"),
    _quantity("alpha_bar", r"\bar\alpha_t", "product of alpha over the steps so far", "1", "positive"),
    _quantity("e_t", "e_t", "noise level that a reverse step adds", "1", "nonnegative"),
    _quantity("eps_hat", r"\epsilon", "noise in the input along a mode"),
    _quantity("x_clean", "x_0", "clean coordinate along a mode", "u"),
    _quantity("x_before", "x_{t-1}", "coordinate along a mode one step earlier", "u"),
    _quantity("sig", r"\sigma_t", "noise level of one step", "u", "nonnegative"),
    _quantity("sig_next", r"\sigma_{t+1}", "noise level of the next step", "u", "nonnegative"),
    _quantity("sig_bar", r"\bar\sigma_t", "accumulated noise level", "u", "nonnegative"),
    _quantity("sig_bar_next", r"\bar\sigma_{t+1}", "accumulated noise level after the next step", "u", "nonnegative"),
    _quantity("s_bar", "s", "accumulated noise variance", "u^2", "nonnegative", written="s"),
    _quantity("s_a", "s_a", "noise variance of a first basis", "u^2", "nonnegative"),
    _quantity("s_b", "s_b", "noise variance of a second basis", "u^2", "nonnegative"),
    _quantity("w_ab", "w_{ab}", "covariance of the noises of two bases", "u^2"),
    _quantity("lam_root", r"\lambda", "root of an eigenvalue of the data covariance", "u", "positive"),
    _quantity("lam_i", r"\lambda_i", "root of the eigenvalue with index i", "u", "positive"),
    _quantity("lam_j", r"\lambda_j", "root of the eigenvalue with index j", "u", "positive"),
    _quantity("lam_0", r"\lambda_0", "root of the largest eigenvalue", "u", "positive"),
    _quantity("lam_1", r"\lambda_1", "root of the second largest eigenvalue", "u", "positive"),
    _quantity("lam_sq", r"\lambda^2", "eigenvalue of the data covariance", "u^2", "positive", written="lam2"),
    _quantity("lam2_i", r"\lambda_i^2", "eigenvalue with index i", "u^2", "positive"),
    _quantity("lam2_j", r"\lambda_j^2", "eigenvalue with index j", "u^2", "positive"),
    _quantity("lam2_0", r"\lambda_0^2", "largest eigenvalue", "u^2", "positive"),
    _quantity("lam2_1", r"\lambda_1^2", "second largest eigenvalue", "u^2", "positive"),
    _quantity("ell", r"\ell", "eigenvalue over the accumulated noise variance", "1", "positive"),
    _quantity("y_noise", "y", "accumulated noise variance over the eigenvalue", "1", "nonnegative"),
    _quantity(
        "y_load",
        r"\gamma y^2",
        "gamma times the squared covariance of two noises over the eigenvalue",
        "1",
        "nonnegative",
    ),
    _quantity(
        "theta_pca", r"\theta_{\mathrm{PCA}}", "angle of a noisy component with the clean one", "rad", "nonnegative"
    ),
    _quantity("dtheta", r"\Delta\theta", "increment of that angle in a step", "rad"),
    _quantity("overlap", r"\langle u^t, u\rangle", "scalar product of a noisy component with the clean one"),
    _quantity("c_0", "c_0", "factor of the first component in one step of a chain", "1", "nonnegative"),
    _quantity("c_1", "c_1", "factor of the second component in one step of a chain", "1", "nonnegative"),
    _quantity("g_0", "g_0", "gain of the first component in a chain", "1", "nonnegative"),
    _quantity("g_1", "g_1", "gain of the second component in a chain", "1", "nonnegative"),
    _quantity("lam_cut", r"\mu", "a number between the eigenvalues that are kept and those that are dropped", "u^2"),
    _quantity("angle_bound", r"\varepsilon", "largest sine of the angle allowed", "1", "positive"),
    _quantity("tolerance", r"\delta", "largest relative difference allowed", "1", "positive"),
    _quantity("rho_ab", r"\rho_{ab}", "correlation of the noises of two bases"),
    _quantity(
        "root_a", r"\sqrt{y_a}", "root of the noise variance of a first basis over the eigenvalue", "1", "nonnegative"
    ),
    _quantity(
        "root_b", r"\sqrt{y_b}", "root of the noise variance of a second basis over the eigenvalue", "1", "nonnegative"
    ),
    _quantity(
        "root_half",
        r"\sqrt{1 + 8/\gamma}",
        "what gives the noise at which half of a component is left",
        "1",
        "positive",
    ),
    _quantity("scale", "c", "factor of a change of units", "1", "positive"),
    _quantity("entry", "g", "entry of a perturbation between two components, over the noise level", "u"),
    _quantity("order", r"\nu", "order of a moment", "1", "positive"),
    _quantity("tan_theta", r"\tan\theta", "tangent of the angle with the clean component", "1", "nonnegative"),
    _quantity("codim", "d-r", "dimension of the data minus the number of components", "1", "integer"),
    *(_quantity(f"u_{i}", f"u_{i}", "a coordinate of a component") for i in (1, 2)),
    *(_quantity(f"x_{i}", f"x_{i}", "one of two samples along a mode", "u") for i in (1, 2)),
    *(
        _quantity(f"z_{i}{j}", f"z_{{{i}{j}}}", "coefficient of a component in a sample")
        for i in (1, 2)
        for j in (1, 2)
    ),
    _quantity("zeta", r"\zeta", "singular value of a noisy data matrix", "u", "positive"),
    _quantity("p_a", "p_a", "resolvent of a first basis, data side", "u^-1", "positive"),
    _quantity("p_b", "p_b", "resolvent of a second basis, data side", "u^-1", "positive"),
    _quantity("q_a", "q_a", "resolvent of a first basis, sample side", "u^-1", "positive"),
    _quantity("q_b", "q_b", "resolvent of a second basis, sample side", "u^-1", "positive"),
    _quantity("input_1", "x_1", "first coordinate of the input", "u"),
    _quantity("input_2", "x_2", "second coordinate of the input", "u"),
    _quantity("atom_a1", "a_1", "first coordinate of a possible value of the data", "u"),
    _quantity("atom_a2", "a_2", "second coordinate of a possible value of the data", "u"),
    _quantity("atom_b1", "b_1", "first coordinate of another possible value", "u"),
    _quantity("atom_b2", "b_2", "second coordinate of another possible value", "u"),
    _quantity("weight_a", "p", "probability of the value a over that of 0", "1", "positive"),
    _quantity("weight_b", "q", "probability of the value b over that of 0", "1", "positive"),
    _quantity("D_ray", "D", "value of a denoiser along a ray", "u"),
    _quantity("D_1", "D_1", "value of a denoiser at the start of a ray", "u"),
    _quantity("c_ratio", "c", "C_0/C_1, by which a step of a chain favours the first component", "1", "positive"),
    _quantity("off_pole", "h", "distance of M from a pole, relative to its place", "1", "positive"),
    _quantity("u_span", "u", "reciprocal of ln(x/s_0)", "1", "positive"),
    _quantity("excess", "r", "coefficient of the square of that reciprocal"),
    _quantity("quotient", "q", "variance of a first mode over that of a second", "1", "positive"),
    _quantity("u_level", "u", "noise variance over the variance of a first mode", "1", "nonnegative"),
    _quantity("log_level", r"\ln\sigma", "logarithm of a noise level"),
    _quantity("mesh", "h", "step of the logarithm of the noise level", "1", "positive"),
    _quantity("background", "b", "variance of the data in every direction", "u^2", "positive", written="b"),
    *(
        _quantity(
            f"gamma_{i}", rf"\gamma_{i}", "number of directions of one variance over that of samples", "1", "positive"
        )
        for i in (0, 1)
    ),
    _quantity("k_eff", "k", "effective noise variance of a denoiser learned from samples", "u^2", "positive"),
    _quantity("alpha_pop", r"\alpha", "variance of the data along a direction", "u^2", "positive"),
    _quantity("M_dual", "M", "minus the reciprocal of the companion Stieltjes transform", "u^2", "positive"),
    _quantity("ell_b", r"\ell", "variance of a mode over that of the background", "1", "positive"),
    _quantity("x_hat", "x", "eigenvalue of a sample covariance", "u^2", "nonnegative"),
    _quantity("arc", r"v", "place in a bulk of eigenvalues, from -1 to 1"),
    _quantity("a_time", "a", "training time 2 eta tau", "u^-2", "nonnegative", written="a"),
    _quantity("P_pair", "P", "product of the two resolvents of noisy data", "u^-2"),
    _quantity("P_minus", "-P", "minus the same, left of the eigenvalues", "u^-2", "positive"),
    _quantity("root_rho", r"\varrho", "factor of the second moments of a long chain", "1", "positive"),
    _quantity("dof", r"\nu", "number of samples minus the dimension minus 1", "1", "positive"),
    _quantity("s_injected", r"\tau_0^2", "variance of the noise injected at the last step", "u^2", "nonnegative"),
    _quantity("S_last", "S", "largest noise variance of a chain", "u^2", "positive"),
    _quantity("z_pos", "z", "a positive number", "1", "positive"),
    _quantity("x_pos", "x", "a positive number, small where a limit is taken", "1", "positive"),
    *(_quantity(f"tap{j}", f"w_{{{j}}}", "a tap of a filter") for j in range(8)),
    *(_quantity(f"lag{n}", rf"\bar c_{{{n}}}", "shift-averaged covariance at a lag", "u^2") for n in range(4)),
    *(
        _quantity(f"Sig{i}{j}", rf"\Sigma_{{{i}{j}}}", "covariance of two pixels", "u^2")
        for i in range(6)
        for j in range(i, 6)
    ),
)
NAMES: dict[str, Quantity] = {quantity.name: quantity for quantity in QUANTITIES}
if len(NAMES) < len(QUANTITIES):
    raise ValueError("symbols: expected each name once")


def symbols(names: str) -> tuple[sp.Symbol, ...]:
    """Return the registered symbols of a space-separated list of names.

    Raises:
        ValueError: a name is not registered.
    """
    return tuple(_registered(name).symbol for name in names.split())


@cache
def latex_names() -> dict[sp.Symbol, str]:
    """Return the LaTeX of every registered symbol, for `sympy.latex(symbol_names=...)`."""
    return {quantity.symbol: quantity.latex for quantity in QUANTITIES}


def legend(expressions: Iterable[sp.Basic]) -> tuple[Quantity, ...]:
    """Return the quantities that occur in `expressions`, in the order of the registry."""
    free = {symbol for expression in expressions for symbol in expression.free_symbols}
    return tuple(quantity for quantity in QUANTITIES if quantity.symbol in free)


def _registered(name: str) -> Quantity:
    if name not in NAMES:
        raise ValueError(f"symbol: expected one of {', '.join(NAMES)}; got {name!r}")
    return NAMES[name]
