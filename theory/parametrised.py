"""What a network predicts and how it is scaled decides where its denoiser starts and how fast a mode is learned.

In the variable sigma of the denoiser D(x; sigma) = W x + b every parametrisation below has one law,
psi = psi* + (psi_0 - psi*) exp(-2 eta tau kappa (lam + sigma^2)), with its own start psi_0 and its own kappa:

    EDM preconditioning, weight 1/c_out^2   psi_0 = c_skip       kappa = c_in^2
    EDM noise prediction                    psi_0 = 1            kappa = 1
    VP x-, eps-, v-prediction               psi_0 = 0, 1, alpha^2   kappa = alpha^2

when the trained output starts from zero. With v = kappa (lam + sigma^2), the weight rate, the sampling integrals are
exponential integrals of v.

Source: derived here; the coefficients are those of appendix I of the spectral-bias paper.
"""

import sympy as sp

from theory.domain import domain_of
from theory.functions import Ein
from theory.objectives import OBJECTIVES, alpha
from theory.one_layer import eta, final_variance, lam, later, optimum, sigma, sigma0, sigmaT, tau
from theory.relation import Both, Relation, Within
from theory.symbols import symbols

sigma_data, c_in, w_loss = symbols("sigma_data c_in w_loss")
(Q,) = symbols("Q")
a = 2 * eta * tau
ZERO, ONE = sp.S.Zero, sp.S.One

skip = sigma_data**2 / (sigma**2 + sigma_data**2)
out = sigma * sigma_data / sp.sqrt(sigma**2 + sigma_data**2)
into = 1 / sp.sqrt(sigma**2 + sigma_data**2)

TRAINED_EDM = domain_of((lam, sigma_data, sigma, eta, tau))
SAMPLED_EDM = domain_of((lam, sigma_data, eta, tau, sigma0, sigmaT)).where(sigma0 <= sigmaT)
SAMPLED_VP = domain_of((lam, eta, tau, sigma0, sigmaT)).where(sigma0 <= sigmaT)
VP = {alpha: 1 / sp.sqrt(1 + sigma**2), sigma: sigma / sp.sqrt(1 + sigma**2)}
"""alpha_t and sigma_t of a variance-preserving process at the ratio sigma = sigma_t/alpha_t."""


def v(sigma: sp.Expr, scale: sp.Expr = sigma_data) -> sp.Expr:
    """Return (lam + sigma^2)/(scale^2 + sigma^2), the variance of the scaled input along a mode."""
    return (lam + sigma**2) / (scale**2 + sigma**2)


def weight(sigma: sp.Expr, start: sp.Expr, scale: sp.Expr = sigma_data) -> sp.Expr:
    """Return the weight psi of a mode after training time tau, whose deviation from psi* decays with v."""
    return optimum(sigma) + (start - optimum(sigma)) * sp.exp(-a * v(sigma, scale))


def edm_weight(sigma: sp.Expr, scale: sp.Expr = sigma_data) -> sp.Expr:
    """Return the weight of a mode under EDM preconditioning, from W' = 0."""
    return weight(sigma, scale**2 / (sigma**2 + scale**2), scale)


def vp_weight(kind: str, sigma: sp.Expr) -> sp.Expr:
    """Return the weight of a mode under VP prediction of the named kind (x, eps, v), from a zero output."""
    return weight(sigma, {"x": ZERO, "eps": ONE, "v": 1 / (1 + sigma**2)}[kind], ONE)


def denoiser_weight(kind: str) -> sp.Expr:
    """Return the weight of D(x; sigma), x = x_t/alpha, for the network of VP prediction trained on its own loss."""
    network = OBJECTIVES[f"vp_{kind}"].trained(ZERO)
    return {"x": alpha * network, "eps": 1 - sigma * network, "v": alpha**2 - alpha * sigma * network}[kind].subs(
        VP, simultaneous=True
    )


def edm_variance() -> sp.Expr:
    """Return the generated variance under EDM preconditioning, for tau > 0."""
    return final_variance() * sp.exp(sp.Ei(-a * v(sigmaT)) - sp.Ei(-a * v(sigma0)))


def log_edm_variance(scale: sp.Expr = sigma_data) -> sp.Expr:
    """Return ln of the generated variance under EDM preconditioning, finite on the whole domain."""
    level = sp.log(sigmaT**2 * (scale**2 + sigma0**2) / (scale**2 + sigmaT**2))
    return level + Ein(a * v(sigma0, scale)) - Ein(a * v(sigmaT, scale))


def J(c: sp.Expr) -> sp.Expr:
    """Return the integral of exp(-a v)/(v - c) from v(sigma_0) to v(sigma_T) for sigma_data = 1, tau > 0, lam != 1."""
    last, first = (sp.Ei(-a * (v(sigma, ONE) - c)) for sigma in (sigmaT, sigma0))
    return sp.exp(-a * c) * (last - first)


def J_entire(c: sp.Expr) -> sp.Expr:
    """Return the same for c = lam or 1, finite on the whole domain."""
    distance = {lam: lambda sigma: (1 - lam) * sigma**2 / (1 + sigma**2), ONE: lambda sigma: (lam - 1) / (1 + sigma**2)}
    ratio = {lam: sigmaT**2 * (1 + sigma0**2) / (sigma0**2 * (1 + sigmaT**2)), ONE: (1 + sigma0**2) / (1 + sigmaT**2)}
    return sp.exp(-a * c) * (sp.log(ratio[c]) - Ein(a * distance[c](sigmaT)) + Ein(a * distance[c](sigma0)))


def vp_variance(kind: str) -> sp.Expr:
    """Return the generated variance under VP prediction of the named kind, for tau > 0 and lam != 1."""
    H = {"x": J(lam) - J(ZERO), "eps": J(ONE) - J(ZERO), "v": -J(ZERO)}[kind]
    return final_variance() * sp.exp(-H)


def log_vp_variance(kind: str) -> sp.Expr:
    """Return ln of the generated variance under VP prediction, finite on the whole domain."""
    lag = {"x": lambda: J_entire(lam), "eps": lambda: J_entire(ONE), "v": lambda: ZERO}[kind]()
    return log_edm_variance(ONE) - lag


def off_scale(relation: Relation) -> Both:
    """Return `relation` below and above lam = 1, where the arguments of the exponential integrals change sign."""
    domain = later(SAMPLED_VP)
    return Both((Within(relation, domain.where(lam < 1)), Within(relation, domain.where(lam > 1))))
