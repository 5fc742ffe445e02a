"""The derivation of `theory.parametrised`: from the chain rule through fixed coefficients to the generated variances.

Source: derived here.
"""

import sympy as sp

from theory import centred
from theory.centred import DATA, W0, W_prime, W_tau, b0, b_tau, c_out, c_skip, flow, weights
from theory.derivation import Derivation, Step
from theory.domain import domain_of
from theory.matrices import Grad
from theory.objectives import OBJECTIVES
from theory.one_layer import eta, lam, later, sampled, sigma, sigma0, tau, y
from theory.one_layer import variance as one_layer_variance
from theory.one_layer import weight as one_layer_weight
from theory.parametrised import (
    ONE,
    SAMPLED_EDM,
    SAMPLED_VP,
    TRAINED_EDM,
    ZERO,
    Q,
    c_in,
    denoiser_weight,
    edm_variance,
    edm_weight,
    into,
    log_edm_variance,
    log_vp_variance,
    off_scale,
    out,
    skip,
    v,
    vp_variance,
    vp_weight,
    w_loss,
)
from theory.regression import W, b, loss, unit
from theory.relation import Identity, MatrixIdentity, Solves


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
