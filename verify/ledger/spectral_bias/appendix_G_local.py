"""Appendix G.4.1: training of local filters."""

import sympy as sp

from theory import cyclic
from theory.circulant import (
    PATCHES,
    M,
    Sigma_patch,
    e0,
    filter_after,
    filter_flow,
    patch_loss,
    w,
)
from theory.convolution import N, eta, sigma, tau, theta, theta1, theta2, y
from theory.domain import domain_of
from theory.matrices import Grad, Inv
from theory.relation import Both, Identity, Inequality, MatrixIdentity, Solves
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR, FLOW, LOCAL, ODE_FILTER, ODE_GRADIENT

PROP = (CIRCULAR, LOCAL, FLOW)
OPEN = ("linear convolution on a line, zeros beyond its ends", "centred data", "full-batch gradient flow on the taps")
ORDER = (
    "the learning dynamics of w will be first along higher eigenvalues of T, and then lower eigen ones; T can be regarded "
    "as the spatially averaged version of covariance matrix"
)
CYCLIC = (
    "T = N (sigma^2 I + Sigma_patch), Sigma_patch[a, b] = c_{a-b}, c_n = (1/N) sum_i Sigma_{i,i+n} (Toeplitz); the "
    "denoiser equals the central column from the Gaussian solution to the patch covariance"
)
WEIGHT = "dw/dtau = -2 N eta [(sigma^2 I + Sigma_patch) w - Sigma_patch e_0] and its solution (Prop. 5.4)"


def traced(N: int, k: int, m: int) -> sp.Expr:
    """Return Tr[S(m) (sigma^2 I + Sigma) S(k)^T] for the shifts of a circle of N pixels."""
    full = cyclic.covariance(N) + sigma**2 * sp.eye(N)
    return (cyclic.shift(N, m) * full * cyclic.shift(N, k).T).trace()


def decays(value: sp.Expr) -> sp.Expr:
    """Return the deviation of an eigenmode of T after training time tau, from 1."""
    return sp.exp(-2 * eta * value * tau)


def solved(solution: sp.Expr) -> Solves:
    """Return that `solution` is the deviation of an eigenmode of T in the linear flow of the taps, from 1."""
    return Solves(solution=solution, var=tau, unknown=y, rate=-2 * eta * theta * y, at=sp.S.Zero, start=sp.S.One)


def averaged(N: int, a: int, b: int) -> sp.Expr:
    """Return N (sigma^2 delta_ab + c_(a-b)) for N pixels on a circle."""
    Sigma = cyclic.covariance(N)
    return sum(Sigma[i, (i + a - b) % N] for i in range(N)) + N * sigma**2 * int(a == b)


CLAIMS = (
    Claim(
        id="wp.G.4.order.rate",
        says=ORDER,
        where="G.4.1",
        source="as printed",
        reading="the deviation along an eigenvector of T decays as exp(-2 eta theta tau), theta its eigenvalue",
        relation=solved(decays(theta)),
        domain=domain_of((theta, eta, tau)),
        assumes=OPEN,
        checks=EXACT,
    ),
    Claim(
        id="wp.G.4.order.first",
        says=ORDER,
        where="G.4.1",
        source="as printed",
        reading="at every time the deviation left is smaller along the eigenvector of the higher eigenvalue",
        relation=Inequality(decays(theta1), "<", decays(theta2)),
        domain=domain_of((theta1, theta2, eta, tau)).where(theta1 > theta2, tau > 0),
        assumes=OPEN,
        checks=EXACT,
        formula=False,
        slips=(Inequality(decays(theta1), ">", decays(theta2)),),
    ),
    Claim(
        id="wp.G.4.circ.average",
        says=CYCLIC,
        where="G.4.1 cyclic",
        source="as printed",
        reading="six pixels, any covariance: the entries (a, b) = (1, 1), (0, 1), (1, -1) of T",
        relation=Both(tuple(Identity(traced(6, a, b), averaged(6, a, b)) for a, b in ((1, 1), (0, 1), (1, -1)))),
        domain=domain_of((*cyclic.entries(6), sigma)),
        assumes=(CIRCULAR,),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.4.circ.column",
        says=CYCLIC,
        where="G.4.1 cyclic",
        source="as printed",
        reading="any number of taps: w* is the central column of Sigma_patch (Sigma_patch + sigma^2 I)^-1, the weight of "
        "(3) for Gaussian patches",
        relation=MatrixIdentity(Sigma_patch * Inv(M) * e0, Inv(M) * Sigma_patch * e0, PATCHES[:1]),
        domain=domain_of((sigma,)),
        assumes=(CIRCULAR,),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.4.weight.gradient",
        says=WEIGHT,
        where="G.4.1 cyclic",
        source="reconstructed",
        reading="any number of pixels and taps: -eta times the gradient of N times the mean loss of a pixel",
        relation=MatrixIdentity(Grad(patch_loss, w), 2 * N * (M * w - Sigma_patch * e0), PATCHES),
        domain=domain_of((sigma, N)),
        assumes=PROP,
        derived_in="circulant: patch gradient",
        checks=(KERNEL, ODE_GRADIENT),
    ),
    Claim(
        id="wp.G.4.weight.solution",
        says=WEIGHT,
        where="G.4.1 cyclic",
        source="reconstructed",
        relation=filter_flow(filter_after()),
        domain=domain_of((sigma, N, eta, tau)),
        assumes=PROP,
        derived_in="circulant: filter",
        checks=(KERNEL, ODE_FILTER),
    ),
)
