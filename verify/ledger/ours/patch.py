"""Our own statements on local filters: the generated spectrum and its limit."""

import sympy as sp

from theory import convolution as conv
from theory.convolution import (
    PATCH_SAMPLED,
    PATCH_TRAINED,
    SUMMAND,
    N,
    a_k,
    b_k1,
    eta,
    final_share,
    gained,
    kappa,
    log_Phi,
    log_variance,
    patch_response,
    sigma,
    tau,
    theta,
    theta1,
    theta2,
    variance,
    y,
)
from theory.domain import domain_of
from theory.one_layer import later, log_variance_entire, sampled, sigma0, sigmaT
from theory.relation import Antiderivative, Both, Identity, LimitIs, Solves
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR, FLOW, LOCAL, ODE_PATCH, SAME_START

PROP = (CIRCULAR, LOCAL, FLOW)
TRAINED = (*PROP, SAME_START)


def deviation(solution: sp.Expr) -> Solves:
    """Return that `solution` is the deviation of a patch mode from its optimum in gradient flow, from 1."""
    rate = -2 * N * eta * (theta + sigma**2) * y
    return Solves(solution=solution, var=tau, unknown=y, rate=rate, at=sp.S.Zero, start=sp.S.One)


CLAIMS = (
    Claim(
        id="our.patch.rate",
        says="the deviation of a patch mode from its optimum decays as e^{-2 N eta tau (theta_j + sigma^2)}: the noise "
        "level adds to the variance, so that times are inversely proportional to theta_j only where theta_j >> sigma^2",
        where="corrects section 5.2 of the spectral-bias paper",
        source="ours",
        relation=deviation(sp.exp(-kappa * (theta + sigma**2))),
        domain=domain_of((theta, sigma, N, eta, tau)),
        assumes=PROP,
        derived_in="circulant: patch mode",
        checks=EXACT,
    ),
    Claim(
        id="our.patch.variance.factor",
        says="ln Phi_k = sum_j {a_kj/2 [ln(theta_j + sigma^2) - Ei(-kappa (theta_j + sigma^2))] + (a_kj - b_kj)/2 "
        "e^{-kappa theta_j} Ei(-kappa sigma^2)}, kappa = 2 N eta tau",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="a primitive of (1 - Re gamma_k)/sigma, two patch modes (all there are for three taps); more modes are "
        "more such summands, sum_j a_kj = 1",
        relation=Antiderivative(primitive=log_Phi(sigma), integrand=(1 - patch_response(sigma)) / sigma, var=sigma),
        domain=later(PATCH_TRAINED),
        assumes=TRAINED,
        derived_in="local convolution: sampling factor",
        checks=EXACT,
    ),
    Claim(
        id="our.patch.variance",
        says="the variance generated along a Fourier vector is sigma_T^2 Phi_k^2(sigma_0)/Phi_k^2(sigma_T)",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="two patch modes, all there are for three taps",
        relation=sampled(variance(), patch_response(sigma0)),
        domain=later(PATCH_SAMPLED),
        assumes=TRAINED,
        derived_in="local convolution: variance",
        checks=(KERNEL, ODE_PATCH),
    ),
    Claim(
        id="our.patch.variance.full_width",
        says="a patch as wide as the circle has the full-width law",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="where the cosines are an eigenvector of the patch covariance one summand has the share 1 and the other 0",
        relation=Identity(
            log_variance().xreplace({a_k: sp.S.One, conv.b_k2: sp.S.Zero}),
            conv.full_width(log_variance_entire()).xreplace({conv.S: theta1, conv.gam_re: b_k1}),
        ),
        domain=domain_of((theta1, theta2, b_k1, N, eta, tau, sigma0, sigmaT)).where(sigma0 < sigmaT),
        assumes=TRAINED,
        checks=EXACT,
    ),
    Claim(
        id="our.patch.limit",
        says="tau to infinity: the variance tends to sigma_T^2 prod_j [(theta_j + sigma_0^2)/(theta_j + sigma_T^2)]^a_kj",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="the logarithm of one factor",
        relation=LimitIs(expr=gained(theta, a_k, b_k1), var=tau, point=sp.oo, value=final_share(theta, a_k)),
        domain=later(SUMMAND),
        assumes=TRAINED,
        derived_in="local convolution: final level",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.patch.limit.ideal",
        says="then sigma_T to infinity and sigma_0 to 0: exp(f_k^T log(Sigma_patch) e_0)",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="two patch modes: ln of the variance tends to a ln theta_1 + (1 - a) ln theta_2",
        relation=Both(
            (
                LimitIs(
                    expr=sp.log(sigmaT**2) + final_share(theta1, a_k) + final_share(theta2, 1 - a_k),
                    var=sigmaT,
                    point=sp.oo,
                    value=a_k * sp.log(theta1 + sigma0**2) + (1 - a_k) * sp.log(theta2 + sigma0**2),
                ),
                LimitIs(
                    expr=a_k * sp.log(theta1 + sigma0**2) + (1 - a_k) * sp.log(theta2 + sigma0**2),
                    var=sigma0,
                    point=sp.S.Zero,
                    value=a_k * sp.log(theta1) + (1 - a_k) * sp.log(theta2),
                ),
            )
        ),
        domain=domain_of((theta1, theta2, a_k, sigma0, sigmaT)).where(theta1 > 0, theta2 > 0),
        assumes=TRAINED,
        checks=(KERNEL,),
    ),
    Claim(
        id="our.patch.limit.white",
        says="a filter of one tap (r = 0) generates white noise of the variance sigma_T^2 (theta + sigma_0^2)/(theta + "
        "sigma_T^2), theta that of a pixel",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        relation=Identity(
            sp.log(sigmaT**2) + final_share(theta, sp.S.One),
            sp.log(sigmaT**2 * (theta + sigma0**2) / (theta + sigmaT**2)),
        ),
        domain=domain_of((theta, sigma0, sigmaT)),
        assumes=TRAINED,
        checks=EXACT,
    ),
)
