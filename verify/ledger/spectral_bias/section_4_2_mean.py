"""Section 4.2, non-centred data: what couples W and b, and what the coupling does to a mode."""

import sympy as sp

from numerics import one_layer as measured
from numerics import training_scenes
from theory import regression
from theory.centred import W0, eta, mode_gradient, projection, tau, v
from theory.centred import flow as matrix_flow
from theory.domain import domain_of
from theory.matrices import Covariance, Eigenvector, Expect, Grad, Moments, Rule, norm2
from theory.mean_coupling import (
    BY_DATA,
    COUPLED,
    b,
    fast_bias,
    fast_weight,
    lam,
    loss,
    mu,
    slow_bias,
    slow_weight,
    w,
)
from theory.regression import PSD, Sigma, W, d, sigma, u
from theory.relation import Both, Identity, Inequality, MatrixIdentity, Relation
from verify.checks.matrices import Matrices
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_4_2 import CONTINUOUS, first

COUPLING = "A non-zero mean introduces a rank-one coupling between W and b (matrix M in Prop D.2)."
OVERSHOOT = "Eigenmodes of weights overlapping with the mean now interact with b, producing transient overshoots and other non-monotonic effects"
ORTHOGONAL = "orthogonal modes retain the exponential convergnece above"
ASSUMES = ("non-centred data, mu != 0", CONTINUOUS)
ALONG = (*ASSUMES, "the mean is along u_k", "weight and bias of the mode start at 0")

MEAN = box(lam=("0.05", "3.0"), sigma=("0.2", "1.5"), mu=("0.2", "2.0"))

k = sp.Symbol("k", integer=True, positive=True)
X, mean_X = (sp.MatrixSymbol(name, k, 1) for name in ("X", "v"))
Y, mean_Y = (sp.MatrixSymbol(name, d, 1) for name in ("Y", "m_Y"))
S, C, S_Y, Theta = (
    sp.MatrixSymbol(name, *shape)
    for name, shape in (("S", (k, k)), ("C", (d, k)), ("S_Y", (d, d)), ("Theta", (d, k)))
)
stacked_loss = Expect(norm2(Theta * X - Y))
STACKED = (Moments(X, mean_X, S), Moments(Y, mean_Y, S_Y), Covariance(Y, X, C))


def curvature(*wrt: sp.Symbol) -> sp.Derivative:
    """Return half the second derivative of the loss of a mode with the mean along it."""
    return sp.Derivative(loss, *wrt) / 2


def by_data(relation: Relation) -> sp.Expr:
    """Return the left-hand side with the eigenvalues as functions of variance, mean and noise level."""
    comparison = first(relation)
    return comparison.lhs.xreplace(BY_DATA) if isinstance(comparison, Inequality) else sp.nan


minor = (curvature(w, w) - (lam + sigma**2)) * (curvature(b, b) - 1) - curvature(w, b) ** 2
ORTHOGONAL_MODE = (*regression.DATA, Eigenvector(u, Sigma, lam), Rule(regression.mu.T * u, sp.ZeroMatrix(1, 1)))
ODE_WEIGHT = Ode(measure=measured.slow_weight, box=MEAN, formula=by_data)
ODE_BIAS = Ode(measure=measured.slow_bias, box=MEAN, formula=by_data)
ODE_MINOR = Ode(measure=measured.coupling_minor, box=MEAN)

CLAIMS = (
    Claim(
        id="wp.4.2.coupling.block",
        says=COUPLING,
        reading="b enters the gradient in W as the matrix of rank one 2 b mu^T, in any dimension",
        where="section 4.2",
        source="as printed",
        relation=MatrixIdentity(
            Grad(regression.loss, W) - Grad(regression.loss.xreplace({regression.b: sp.ZeroMatrix(d, 1)}), W),
            2 * regression.b * regression.mu.T,
            regression.DATA,
        ),
        domain=domain_of((sigma,)),
        assumes=ASSUMES,
        derived_in="regression: gradient in W",
        checks=(*EXACT, Matrices(scene=training_scenes.bias_in_gradient)),
    ),
    Claim(
        id="wp.4.2.coupling.diagonal",
        says=COUPLING,
        reading="acting on [W b], half the curvature of the loss is the covariance S of the input [x; 1], which leaves b alone, plus the matrix of rank one v v^T, v = [mu; 1]",
        where="section 4.2",
        source="as printed",
        relation=MatrixIdentity(
            Grad(stacked_loss, Theta) - Grad(stacked_loss, Theta, sp.ZeroMatrix(d, k)),
            2 * Theta * (S + mean_X * mean_X.T),
            STACKED,
        ),
        domain=domain_of(()),
        assumes=ASSUMES,
        derived_in="joint regression: gradient in W",
        checks=(*EXACT, Matrices(scene=training_scenes.dynamics)),
    ),
    Claim(
        id="wp.4.2.coupling.centred",
        says=COUPLING,
        reading="half the curvature of the loss differs by a matrix of rank one from that of centred data, diag(sigma^2 + lam_k, 1): its minor in (w_k, b) vanishes",
        where="section 4.2",
        source="as printed",
        relation=Identity(minor, sp.S.Zero),
        domain=domain_of((lam, sigma, mu)).where(sp.Ne(mu, 0)),
        assumes=(*ASSUMES, "the mean is along u_k"),
        checks=(*EXACT, ODE_MINOR),
        corrected_by="our.mean.rank_two",
        formula=False,
    ),
    Claim(
        id="wp.4.2.overshoot.weight",
        says=OVERSHOOT,
        reading="for some parameters with mu > 0 the weight, from zero, ends above its optimum: its slow exponential is positive",
        where="section 4.2",
        source="as printed",
        relation=Inequality(slow_weight, ">", sp.S.Zero, some=True),
        domain=COUPLED,
        assumes=ALONG,
        derived_in="mean coupling: slow weight",
        checks=(KERNEL, ODE_WEIGHT),
        slips=(Inequality(fast_weight, ">", sp.S.Zero, some=True),),
        formula=False,
    ),
    Claim(
        id="wp.4.2.overshoot.bias",
        says=OVERSHOOT,
        reading="for some parameters with mu > 0 the bias, from zero, ends above its optimum: its slow exponential is positive",
        where="section 4.2",
        source="as printed",
        relation=Inequality(slow_bias, ">", sp.S.Zero, some=True),
        domain=COUPLED,
        assumes=ALONG,
        derived_in="mean coupling: slow bias",
        checks=(KERNEL, ODE_BIAS),
        slips=(Inequality(fast_bias, ">", sp.S.Zero, some=True),),
        formula=False,
    ),
    Claim(
        id="wp.4.2.overshoot.always",
        says=OVERSHOOT,
        reading="for all parameters with mu != 0 the weight, from zero, ends above its optimum: its slow exponential is positive",
        where="section 4.2",
        source="as printed",
        relation=Inequality(slow_weight, ">", sp.S.Zero),
        domain=COUPLED,
        assumes=ALONG,
        checks=EXACT,
        corrected_by="our.mean.overshoot_weight",
        formula=False,
    ),
    Claim(
        id="wp.4.2.overshoot.orthogonal",
        says=ORTHOGONAL,
        reading="for u_k with mu.u_k = 0, W(tau) u_k is that of zero-mean data, whatever the mean and the bias",
        where="section 4.2",
        source="as printed",
        relation=Both(
            (
                matrix_flow(projection(), W0 * u, v, -eta * mode_gradient),
                MatrixIdentity(
                    Grad(regression.loss, W) * u, mode_gradient.xreplace({v: W * u}).doit(), ORTHOGONAL_MODE
                ),
            )
        ),
        domain=domain_of((lam, sigma, eta, tau)),
        assumes=(*ASSUMES, "mu.u_k = 0"),
        derived_in="centred: projection",
        checks=(*EXACT, Matrices(scene=training_scenes.orthogonal_projection)),
        slips=(
            MatrixIdentity(
                Grad(regression.loss, W) * u, mode_gradient.xreplace({v: W * u}).doit(), ORTHOGONAL_MODE[:-1]
            ),
        ),
    ),
)
