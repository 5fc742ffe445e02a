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

from theory import centred
from theory.centred import DATA, W0, W_prime, W_tau, b0, b_tau, c_out, c_skip, flow, weights
from theory.derivation import Derivation, Step
from theory.domain import domain_of
from theory.functions import Ein
from theory.matrices import Grad
from theory.objectives import OBJECTIVES, alpha
from theory.one_layer import eta, final_variance, lam, later, optimum, sigma, sigma0, sigmaT, tau, y
from theory.one_layer import variance as one_layer_variance
from theory.one_layer import weight as one_layer_weight
from theory.regression import W, b, loss, unit
from theory.relation import Both, Identity, MatrixIdentity, Relation, Solves, Within
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


def sampled(solution: sp.Expr, weight: sp.Expr) -> Solves:
    """Return that `solution` is the variance generated by denoisers of this weight at sigma0, from sigmaT^2."""
    rate = 2 * (1 - weight) / sigma0 * y
    return Solves(solution=solution, var=sigma0, unknown=y, rate=rate, at=sigmaT, start=sigmaT**2)


def off_scale(relation: Relation) -> Both:
    """Return `relation` below and above lam = 1, where the arguments of the exponential integrals change sign."""
    domain = later(SAMPLED_VP)
    return Both((Within(relation, domain.where(lam < 1)), Within(relation, domain.where(lam > 1))))


def scaled(scalar: sp.Expr) -> sp.Expr:
    """Return a function of (W, b) as one of (W', b') with W = c_skip I + c_out c_in W', b = c_out b', weighted."""
    return w_loss * scalar.xreplace({W: c_skip * unit + c_out * c_in * W_prime, b: c_out * b})


SCALED = domain_of((sigma, c_skip, c_out, c_in, w_loss))
KINDS = ("x", "eps", "v")

DERIVATION = Derivation(
    name="parametrised",
    continues=centred.DERIVATION,
    steps=(
        Step(
            name="chain rule with input scale",
            states=w_loss * c_out * c_in * Grad(loss, W, c_skip * unit + c_out * c_in * W_prime),
            relation=MatrixIdentity(
                Grad(scaled(loss), W_prime),
                w_loss * c_out * c_in * Grad(loss, W, c_skip * unit + c_out * c_in * W_prime),
                DATA,
            ),
            domain=SCALED,
            because="W depends on W' through c_out c_in, and the loss is weighted",
        ),
        Step(
            name="weights with input scale",
            states=weights(w_loss * c_out**2 * c_in**2),
            relation=flow(
                weights(w_loss * c_out**2 * c_in**2),
                W0,
                W_tau,
                -eta * w_loss * (c_out * c_in) ** 2 * Grad(loss, W, W_tau),
            ),
            domain=domain_of((eta, tau)).joined(SCALED),
            because="c_out c_in enters once by the gradient in W' and once by W itself",
        ),
        Step(
            name="bias with input scale",
            states=centred.bias(w_loss * c_out**2),
            relation=flow(centred.bias(w_loss * c_out**2), b0, b_tau, -eta * w_loss * c_out**2 * Grad(loss, b, b_tau)),
            domain=domain_of((eta, tau)).joined(SCALED),
            because="c_out enters once by the gradient in b' and once by b = c_out b'",
        ),
        Step(
            name="EDM rate",
            states=v(sigma),
            relation=Identity(out**-2 * (out * into) ** 2 * (lam + sigma**2), v(sigma)),
            domain=TRAINED_EDM,
            because="with weight 1/c_out^2 what is left is c_in^2, which makes the input's variance near 1",
        ),
        Step(
            name="EDM weight",
            states=edm_weight(sigma),
            relation=Solves(
                solution=edm_weight(sigma),
                var=tau,
                unknown=y,
                rate=-2 * eta * into**2 * ((lam + sigma**2) * y - lam),
                at=ZERO,
                start=skip,
            ),
            domain=TRAINED_EDM,
            because="a mode relaxes with the rate 2 eta v from c_skip, where W' = 0",
        ),
        Step(
            name="EDM variance",
            states=edm_variance(),
            relation=sampled(edm_variance(), edm_weight(sigma0)),
            domain=later(SAMPLED_EDM),
            because="(psi* - c_skip)/sigma^2 is -d ln v/d sigma^2, so the integral is one of exp(-a v)/v",
        ),
        Step(
            name="EDM entire form",
            states=sp.exp(log_edm_variance()),
            relation=sampled(sp.exp(log_edm_variance()), edm_weight(sigma0)),
            domain=SAMPLED_EDM,
            because="Ei(-u) = gamma + ln u - Ein(u), and the logarithms of tau cancel",
        ),
        *(
            Step(
                name=f"VP {kind} weight",
                states=vp_weight(kind, sigma),
                relation=Identity(denoiser_weight(kind), vp_weight(kind, sigma)),
                domain=domain_of((lam, sigma, eta, tau)),
                because=because,
            )
            for kind, because in (
                ("x", "the network predicts x0 from x_t = alpha x, so the denoiser's weight is alpha times its own"),
                ("eps", "D = (x_t - sigma_t eps)/alpha, so the denoiser's weight is 1 - sigma_t times the network's"),
                ("v", "D = alpha x_t - sigma_t v, so the denoiser's weight is alpha^2 - alpha sigma_t times it"),
            )
        ),
        *(
            Step(
                name=f"VP {kind} variance",
                states=sp.exp(log_vp_variance(kind)),
                relation=sampled(sp.exp(log_vp_variance(kind)), vp_weight(kind, sigma0)),
                domain=SAMPLED_VP,
                because="partial fractions in v = (lam + sigma^2)/(1 + sigma^2); v - c vanishes nowhere for c = lam, 1",
            )
            for kind in KINDS
        ),
        *(
            Step(
                name=f"VP {kind} by exponential integrals",
                states=vp_variance(kind),
                relation=off_scale(sampled(vp_variance(kind), vp_weight(kind, sigma0))),
                domain=later(SAMPLED_VP).where(sp.Ne(lam, 1)),
                because="the same integrals, where their arguments do not vanish",
            )
            for kind in KINDS
        ),
        Step(
            name="EDM noise weight",
            states=one_layer_weight(sigma).xreplace({Q: ONE}),
            relation=Identity(
                1 - sigma * OBJECTIVES["edm_eps"].trained(ZERO), one_layer_weight(sigma).xreplace({Q: ONE})
            ),
            domain=domain_of((lam, sigma, eta, tau)),
            because="D = x - sigma eps, and the input is that of the denoiser",
        ),
        Step(
            name="EDM noise variance",
            states=one_layer_variance().xreplace({Q: ONE}),
            relation=sampled(one_layer_variance().xreplace({Q: ONE}), one_layer_weight(sigma0).xreplace({Q: ONE})),
            domain=later(SAMPLED_VP),
            because="the one-layer law with Q = 1",
        ),
    ),
)
