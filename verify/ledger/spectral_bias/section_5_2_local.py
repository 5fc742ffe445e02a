"""Section 5.2, local filters: Prop. 5.4 and its interpretation."""

import sympy as sp

from theory import cyclic
from theory.circulant import (
    MODE,
    PATCHES,
    TURNING,
    M,
    Sigma_patch,
    e0,
    f,
    filter_after,
    filter_flow,
    g_p,
    g_q,
    mode_power,
    mode_rate,
    patch_loss,
    w,
)
from theory.convolution import N, S, eta, sigma, tau, theta, theta1, theta2, y
from theory.domain import domain_of
from theory.matrices import Grad, Inv, Rate
from theory.relation import Identity, Inequality, LimitIs, MatrixIdentity, Solves, Stationary
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.shared_three_taps import COSINES, linear_in_cosine
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR, FLOW, LOCAL, ODE_FILTER, SAME_START

PROP = (CIRCULAR, LOCAL, FLOW)
WEIGHT = (
    "w_sigma(tau) = w_sigma* + exp[-2 N eta tau (sigma^2 I + Sigma_patch)] (w_sigma(0) - w_sigma*), w_sigma* = "
    "(sigma^2 I + Sigma_patch)^-1 Sigma_patch e_0"
)
LAW = (
    "filter converges along eigenmodes of patch Sigma_patch: modes with larger variance converges sooner, those with "
    "smaller variance later, preserving the inverse-variance law"
)
SAMPLING = (
    "The sampling ODE remains diagonal in Fourier space, so the generated distribution will be a stationary Gaussian "
    "process with local covariance structure shaped by the learned patch denoiser, though its exact form needs "
    "numerical integration to spell out."
)
RIDGE = "Training with a narrow convolutional filter reduces to ridge regression in patch space."
full_speed = 2 * N * eta
(level,) = symbols("tap1")
TRAINED = domain_of((sigma, N, eta, tau))


def printed_patch(entry: sp.Expr) -> Identity:
    """Return that entry (-1, 0) of (1/N) E[P_r(x) P_r(x)^T] is `entry`, six pixels, r = 1."""
    return Identity(cyclic.patch_covariance(cyclic.covariance(6), 1)[0, 1], entry)


def decays(speed: sp.Expr, rate: sp.Expr = N * eta) -> Solves:
    """Return that the deviation of a patch mode from its optimum decays as exp(-speed tau), from 1."""
    return Solves(
        solution=sp.exp(-speed * tau),
        var=tau,
        unknown=y,
        rate=-2 * rate * (theta + sigma**2) * y,
        at=sp.S.Zero,
        start=sp.S.One,
    )


def lag_of_cosines(n: int) -> sp.Expr:
    """Return the covariance at lag n of six pixels whose modes have the variances exp(tap1 cos omega_k); r = 1."""
    return sum(sp.exp(level * sp.cos(sp.pi * k / 3)) * sp.cos(sp.pi * k * n / 3) for k in range(6)) / 6


six = cyclic.covariance(6)
mean_of_lag_one = sum(six[i, (i + 1) % 6] for i in range(6)) / 6

CLAIMS = (
    Claim(
        id="wp.5.4.patchdef",
        says="P_r(x) = [x_{i-r:i+r}]_{i=1..N}, Sigma_patch = (1/N) E_x[P_r(x) P_r(x)^T]",
        where="section 5.2",
        source="as printed",
        reading="definition; judged: its entries are shift-averaged covariances, here between the left neighbour and the "
        "centre, r = 1, six pixels",
        relation=printed_patch(mean_of_lag_one),
        domain=domain_of(cyclic.entries(6)),
        assumes=(CIRCULAR,),
        checks=EXACT,
    ),
    Claim(
        id="wp.5.4.weight.flow",
        says=WEIGHT,
        reading="for any number N of pixels and K of taps; the loss is N times the mean over pixels of (w.(patch + noise)"
        " - centre)^2",
        where="Prop. 5.4",
        source="as printed",
        relation=filter_flow(filter_after(full_speed)),
        domain=TRAINED,
        assumes=PROP,
        derived_in="circulant: filter",
        checks=(KERNEL, ODE_FILTER),
        slips=(filter_flow(filter_after(2 * eta)), filter_flow(filter_after(N * eta))),
    ),
    Claim(
        id="wp.5.4.weight.optimum",
        says=WEIGHT,
        reading="w* is where the gradient of the loss vanishes",
        where="Prop. 5.4",
        source="as printed",
        relation=Stationary(scalar=patch_loss, letters=(w,), at=sp.Tuple(Inv(M) * Sigma_patch * e0), given=PATCHES),
        domain=domain_of((sigma, N)),
        assumes=PROP,
        derived_in="circulant: patch gradient",
        checks=(KERNEL,),
        slips=(Stationary(scalar=patch_loss, letters=(w,), at=sp.Tuple(Sigma_patch * e0), given=PATCHES),),
    ),
    Claim(
        id="wp.5.4.weight.loss",
        says=RIDGE,
        reading="the loss of a circular filter of three taps on four pixels is N times w^T (Sigma_patch + sigma^2 I) w - "
        "2 w^T Sigma_patch e_0 plus the variance of the pixels, for any covariance",
        where="section 5.2",
        source="as printed",
        relation=Identity(
            cyclic.loss(cyclic.weight(4, cyclic.taps(3, -1)), cyclic.covariance(4)),
            cyclic.ridge(4, cyclic.taps(3, -1), cyclic.covariance(4)),
        ),
        domain=domain_of((*cyclic.entries(4), *cyclic.taps(3).values(), sigma)),
        assumes=PROP,
        checks=EXACT,
    ),
    Claim(
        id="wp.5.4.patchlaw.mode",
        says=LAW,
        reading="f.w moves by itself for an eigenvector f of Sigma_patch, with the rate 2 N eta (theta + sigma^2)",
        where="section 5.2",
        source="as printed",
        relation=MatrixIdentity(-eta * f.T * Grad(patch_loss, w), mode_rate, MODE),
        domain=domain_of((sigma, N, eta, S)),
        assumes=PROP,
        derived_in="circulant: patch mode",
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.5.4.patchlaw.order",
        says=LAW,
        reading="of two eigenmodes the one of larger variance has the smaller time constant, 1/(2 N eta (theta + sigma^2))",
        where="section 5.2",
        source="as printed",
        relation=Inequality(1 / (full_speed * (theta1 + sigma**2)), "<", 1 / (full_speed * (theta2 + sigma**2))),
        domain=domain_of((theta1, theta2, sigma, N, eta)).where(theta1 > theta2),
        assumes=PROP,
        checks=EXACT,
        formula=False,
        slips=(Inequality(1 / (full_speed * (theta1 + sigma**2)), ">", 1 / (full_speed * (theta2 + sigma**2))),),
    ),
    Claim(
        id="wp.5.4.patchlaw.asymptotic",
        says=LAW,
        reading="the time constant of a patch mode times its variance tends to 1/(2 N eta), that of no other quantity, as "
        "the variance grows at a given noise level",
        where="section 5.2",
        source="as printed",
        relation=LimitIs(expr=theta / (full_speed * (theta + sigma**2)), var=theta, point=sp.oo, value=1 / full_speed),
        domain=domain_of((theta, sigma, N, eta)),
        assumes=PROP,
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.5.4.patchlaw.inverse",
        says=LAW,
        reading="the time constant of a patch mode is exactly inversely proportional to its variance at a noise level: "
        "times theta it is the same for any two modes",
        where="section 5.2",
        source="as printed",
        relation=Identity(theta1 / (full_speed * (theta1 + sigma**2)), theta2 / (full_speed * (theta2 + sigma**2))),
        domain=domain_of((theta1, theta2, sigma, N, eta)),
        assumes=PROP,
        checks=EXACT,
        corrected_by="our.patch.rate",
        formula=False,
    ),
    Claim(
        id="wp.5.4.Nspeed",
        says="It also enjoys the N times speed up given by weight sharing, accelerating progress without altering the "
        "ordering.",
        where="section 5.2",
        source="as printed",
        reading="the deviation of a patch mode decays N times as fast as that of a one-layer mode of the same variance "
        "trained at the same rate eta",
        relation=decays(N * (2 * eta * (theta + sigma**2))),
        domain=domain_of((theta, sigma, N, eta, tau)),
        assumes=PROP,
        checks=EXACT,
        slips=(decays(2 * eta * (theta + sigma**2)),),
    ),
    Claim(
        id="wp.5.4.sampling.diagonal",
        says=SAMPLING,
        reading="diagonal: the coordinate X + i Y of a Fourier mode with coefficient p + i q obeys an equation of its own, "
        "so that its power follows itself alone; that its form needs numerical integration is answered by "
        "our.patch.variance",
        where="section 5.2",
        source="as printed",
        relation=MatrixIdentity(Rate(mode_power, sigma), 2 * (1 - g_p) / sigma * mode_power, TURNING),
        domain=domain_of((sigma, g_p, g_q)),
        assumes=PROP,
        derived_in="circulant: power",
        checks=EXACT,
    ),
    Claim(
        id="wp.5.4.sampling.shaped",
        says=SAMPLING,
        reading="'shaped by the learned patch denoiser': with three taps and long training ln of the variance of a mode is "
        "a linear function of cos omega, whatever the patch mode (x, y, x)",
        where="section 5.2",
        source="as printed",
        relation=linear_in_cosine(),
        domain=COSINES,
        assumes=(*PROP, SAME_START),
        derived_in="local convolution: final level",
        checks=EXACT,
    ),
    Claim(
        id="wp.5.4.sampling.local",
        says=SAMPLING,
        reading="'local covariance structure' as support: with r = 1 the generated covariance vanishes at lag 3 of six "
        "pixels (the variances of the modes are the exponential of a cosine by our.patch.limit)",
        where="section 5.2",
        source="as printed",
        relation=Identity(lag_of_cosines(3), sp.S.Zero),
        domain=domain_of((level,)),
        assumes=(*PROP, SAME_START),
        checks=EXACT,
        corrected_by="our.patch.degree",
        formula=False,
    ),
)
