"""Every quantity has one name in all layers: ASCII here, the paper's letter in LaTeX."""

from collections.abc import Iterable
from dataclasses import dataclass

import sympy as sp


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A symbol with its meaning, unit and sign; `symbol` carries the sign as an assumption."""

    name: str
    latex: str
    meaning: str
    unit: str = "1"
    sign: str = "real"  # real | nonnegative | positive | integer

    @property
    def symbol(self) -> sp.Symbol:
        """The SymPy symbol of this quantity; equal for equal name and sign."""
        return sp.Symbol(self.name, **_ASSUMPTIONS[self.sign])


_ASSUMPTIONS: dict[str, dict[str, bool]] = {
    "real": {"real": True},
    "nonnegative": {"nonnegative": True},
    "positive": {"positive": True},
    "integer": {"integer": True, "nonnegative": True},
}


def _quantity(name: str, latex: str, meaning: str, unit: str = "1", sign: str = "real") -> Quantity:
    return Quantity(name=name, latex=latex, meaning=meaning, unit=unit, sign=sign)


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
    _quantity("w_sigma1", r"w(\sigma_1)", "weight of the first noise level in the loss", "1", "positive"),
    _quantity("w_sigma2", r"w(\sigma_2)", "weight of the second noise level in the loss", "1", "positive"),
)
NAMES: dict[str, Quantity] = {quantity.name: quantity for quantity in QUANTITIES}


def symbols(names: str) -> tuple[sp.Symbol, ...]:
    """Return the registered symbols of a space-separated list of names.

    Raises:
        ValueError: a name is not registered.
    """
    return tuple(_registered(name).symbol for name in names.split())


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
