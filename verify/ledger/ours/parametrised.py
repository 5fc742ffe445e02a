"""Parametrisations in use, EDM and variance preserving: how fast a mode is learned, and what is generated."""

import sympy as sp

from numerics.one_layer import predicted
from numerics.scenes import preconditioned as preconditioned_scenes
from theory import parametrised as p
from theory.centred import W0, W_tau, b0, b_tau, c_out
from theory.domain import domain_of
from theory.functions import phi1
from theory.matrices import MatrixExp
from theory.objectives import OBJECTIVES
from theory.one_layer import eta, final_variance, lam, later, optimum, sampled, sigma, sigma0, sigmaT, tau, y
from theory.parametrised_steps import KINDS, SCALED
from theory.regression import PSD, M, Sigma, W_opt
from theory.relation import Both, Identity, MatrixSolves, Solves
from verify.checks.matrices import Matrices
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.lanes_network import HALVED_EDM

ZERO, ONE = sp.S.Zero, sp.S.One
sigma_data, c_in, w_loss = p.sigma_data, p.c_in, p.w_loss
a = 2 * eta * tau
CENTRED, FLOW = "zero-mean data", "gradient flow of the network's own parameters"
FROM_ZERO = "trained output zero at tau = 0, at every noise level"
EDM = (CENTRED, FLOW, "EDM's coefficients and loss weight 1/c_out^2", FROM_ZERO)
VP = (CENTRED, FLOW, "alpha_t^2 + sigma_t^2 = 1, in the variables (x/alpha_t, s)", FROM_ZERO)

LEVELS = box(eta=("0.1", "1.0"), tau=("0.05", "2.0"), sigma0=("0.05", "0.3"), sigmaT=("3.0", "10.0"))
MODE = (("lam", "0.05", "3.0"), *LEVELS)
EDM_BOX = (("sigma_data", "0.4", "1.5"), *MODE)
LEVEL = box(lam=("0.05", "3.0"), sigma=("0.1", "2.0"), eta=("0.1", "1.0"), tau=("0.05", "2.0"))


def speed(scale: sp.Expr = sigma_data) -> tuple[sp.Expr, sp.Expr]:
    """Return v_0 and v_T."""
    return p.v(sigma0, scale), p.v(sigmaT, scale)


def relaxed(solution: sp.Expr, start: sp.Expr) -> Solves:
    """Return that `solution` is a weight under EDM preconditioning in gradient flow from `start`."""
    rate = -2 * eta * p.into**2 * ((lam + sigma**2) * y - lam)
    return Solves(solution=solution, var=tau, unknown=y, rate=rate, at=ZERO, start=start)


def corners(ranges: tuple[tuple[str, str, str], ...]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return the points lam = 0 and lam = 1 at the upper ends of the other ranges."""
    others = tuple((name, high) for name, _, high in ranges if name != "lam")
    return tuple((("lam", value), *others) for value in ("0", "1"))


CLAIMS = (
    Claim(
        id="our.edm.rate.weights",
        says="W = c_skip I + c_out c_in W', b = c_out b', loss weight w(sigma): W obeys the one-layer law with "
        "eta -> eta w(sigma) (c_out c_in)^2",
        reading="in any dimension, W(tau) from any W(0)",
        where="parametrisations in use",
        source="ours",
        relation=MatrixSolves(
            solution=W_opt + (W0 - W_opt) * MatrixExp(-2 * eta * w_loss * (c_out * c_in) ** 2 * tau * M),
            var=tau,
            unknown=W_tau,
            rate=-eta * w_loss * (c_out * c_in) ** 2 * (2 * W_tau * M - 2 * Sigma),
            at=((tau, ZERO),),
            start=W0,
            given=(PSD,),
        ),
        domain=domain_of((eta, tau)).joined(SCALED),
        assumes=(CENTRED, FLOW),
        derived_in="parametrised: weights with input scale",
        checks=(KERNEL, Matrices(scene=preconditioned_scenes.scaled_weights)),
    ),
    Claim(
        id="our.edm.rate.bias",
        says="W = c_skip I + c_out c_in W', b = c_out b', loss weight w(sigma): b obeys the one-layer law with "
        "eta -> eta w(sigma) c_out^2",
        where="parametrisations in use",
        source="ours",
        relation=MatrixSolves(
            solution=sp.exp(-2 * eta * w_loss * c_out**2 * tau) * b0,
            var=tau,
            unknown=b_tau,
            rate=-eta * w_loss * c_out**2 * (2 * b_tau),
            at=((tau, ZERO),),
            start=b0,
        ),
        domain=domain_of((eta, tau)).joined(SCALED),
        assumes=(CENTRED, FLOW),
        derived_in="parametrised: bias with input scale",
        checks=(KERNEL, Matrices(scene=preconditioned_scenes.scaled_bias)),
    ),
    Claim(
        id="our.edm.rate.v",
        says="with EDM's coefficients and w = 1/c_out^2 the weight rate is 2 eta v(s), v = (lam + s)/(sigma_data^2 + s)",
        reading="the weight of a mode from W' = 0, that is from c_skip",
        where="parametrisations in use",
        source="ours",
        relation=relaxed(
            optimum(sigma)
            + (sigma_data**2 / (sigma**2 + sigma_data**2) - optimum(sigma))
            * sp.exp(-2 * eta * tau * (lam + sigma**2) / (sigma_data**2 + sigma**2)),
            p.skip,
        ),
        domain=p.TRAINED_EDM,
        assumes=EDM,
        derived_in="parametrised: EDM weight",
        checks=(*EXACT, Ode(measure=predicted.edm_weight, box=(("sigma_data", "0.4", "1.5"), *LEVEL)), HALVED_EDM),
    ),
    Claim(
        id="our.edm.precond_variance.law",
        says="lam~(tau) = lam_inf exp[E_1(a v_0) - E_1(a v_T)]",
        where="parametrisations in use",
        source="ours",
        relation=sampled(
            final_variance() * sp.exp(-sp.Ei(-a * speed()[0]) + sp.Ei(-a * speed()[1])), p.edm_weight(sigma0)
        ),
        domain=later(p.SAMPLED_EDM),
        assumes=EDM,
        derived_in="parametrised: EDM variance",
        checks=(*EXACT, Ode(measure=predicted.edm_variance, box=EDM_BOX)),
    ),
    Claim(
        id="our.edm.precond_variance.entire",
        says="lam~(tau) = sigma_T^2 (sigma_data^2 + sigma_0^2)/(sigma_data^2 + sigma_T^2) exp[Ein(a v_0) - Ein(a v_T)], "
        "from tau = 0 on",
        where="parametrisations in use",
        source="ours",
        relation=sampled(sp.exp(p.log_edm_variance()), p.edm_weight(sigma0)),
        domain=p.SAMPLED_EDM,
        assumes=EDM,
        derived_in="parametrised: EDM entire form",
        checks=(*EXACT, Ode(measure=predicted.edm_variance, box=EDM_BOX, corners=corners(EDM_BOX))),
    ),
    Claim(
        id="our.edm.precond_variance.monotone",
        says="lam~ is monotone in tau for every mode; lam = sigma_data^2 is stationary",
        reading="d ln lam~/d tau is 2 eta (v_0 - v_T) times a positive factor, and v_0 - v_T has the sign of "
        "lam - sigma_data^2",
        where="parametrisations in use",
        source="ours",
        relation=Both(
            (
                Identity(
                    sp.Derivative(p.log_edm_variance(), tau),
                    2
                    * eta
                    * (speed()[0] - speed()[1])
                    * sp.exp(-a * speed()[1])
                    * phi1(-a * (speed()[0] - speed()[1])),
                ),
                Identity(
                    speed()[0] - speed()[1],
                    (lam - sigma_data**2)
                    * (sigmaT**2 - sigma0**2)
                    / ((sigma_data**2 + sigma0**2) * (sigma_data**2 + sigmaT**2)),
                ),
            )
        ),
        domain=p.SAMPLED_EDM.where(sp.Ne(lam, sigma_data**2), sigma0 < sigmaT),
        assumes=EDM,
        checks=EXACT,
    ),
    *(
        Claim(
            id=f"our.vp.variance.{kind}",
            says=f"lam~ = lam_inf e^-H with {H}, J(c) = e^(-a c) [Ei(-a (v_T - c)) - Ei(-a (v_0 - c))]",
            reading="sigma_data = 1; for every lam but 1, where the arguments of Ei vanish",
            where="parametrisations in use",
            source="ours",
            relation=p.off_scale(sampled(p.vp_variance(kind), p.vp_weight(kind, sigma0))),
            domain=later(p.SAMPLED_VP).where(sp.Ne(lam, 1)),
            assumes=VP,
            derived_in=f"parametrised: VP {kind} by exponential integrals",
            checks=(KERNEL, Ode(measure=getattr(predicted, f"vp_{kind}_variance"), box=MODE, points=2)),
        )
        for kind, H in (("x", "H_x = J(lam) - J(0)"), ("eps", "H_eps = J(1) - J(0)"), ("v", "H_v = -J(0)"))
    ),
    *(
        Claim(
            id=f"our.vp.variance.{kind}.entire",
            says=f"the generated variance under VP {kind}-prediction through Ein, for every lam >= 0 and tau >= 0",
            where="parametrisations in use",
            source="ours",
            relation=sampled(sp.exp(p.log_vp_variance(kind)), p.vp_weight(kind, sigma0)),
            domain=p.SAMPLED_VP,
            assumes=VP,
            derived_in=f"parametrised: VP {kind} variance",
            checks=(
                *EXACT,
                Ode(measure=getattr(predicted, f"vp_{kind}_variance"), box=MODE, corners=corners(MODE), points=2),
            ),
        )
        for kind in KINDS
    ),
    *(
        Claim(
            id=f"our.vp.variance.{kind}.weight",
            says=f"under VP {kind}-prediction the denoiser's weight relaxes with 2 eta v(s) from {start}",
            where="parametrisations in use",
            source="ours",
            relation=Identity(p.denoiser_weight(kind), p.vp_weight(kind, sigma)),
            domain=domain_of((lam, sigma, eta, tau)),
            assumes=VP,
            derived_in=f"parametrised: VP {kind} weight",
            checks=(*EXACT, Ode(measure=getattr(predicted, f"vp_{kind}_weight"), box=LEVEL)),
        )
        for kind, start in (("x", "0"), ("eps", "1"), ("v", "1/(1 + s)"))
    ),
    Claim(
        id="our.vp.variance.same",
        says="v-prediction has the same law as EDM preconditioning with sigma_data = 1",
        where="parametrisations in use",
        source="ours",
        relation=Identity(p.denoiser_weight("v"), p.edm_weight(sigma).xreplace({sigma_data: ONE})),
        domain=domain_of((lam, sigma, eta, tau)),
        assumes=VP,
        derived_in="parametrised: VP v weight",
        checks=EXACT,
    ),
    Claim(
        id="our.edm.eps_variance",
        says="EDM noise prediction from zero output is the one-layer law with Q = 1: lam~ = lam_inf "
        "exp[E_1(a (lam + eps_0)) - E_1(a (lam + eps_T))]",
        where="parametrisations in use",
        source="ours",
        relation=sampled(
            final_variance() * sp.exp(-sp.Ei(-a * (lam + sigma0**2)) + sp.Ei(-a * (lam + sigmaT**2))),
            1 - sigma0 * OBJECTIVES["edm_eps"].trained(ZERO).xreplace({sigma: sigma0}),
        ),
        domain=later(p.SAMPLED_VP),
        assumes=(CENTRED, FLOW, FROM_ZERO),
        derived_in="parametrised: EDM noise variance",
        checks=(*EXACT, Ode(measure=predicted.edm_eps_variance, box=MODE)),
    ),
)
