"""A mean couples the weights of all modes to the bias through one symmetric matrix, diagonal plus rank one.

With the eigenbasis U of the data, m = U^T mu and Z = [(W - W*) U, b - b*],

    dZ/dtau = -2 eta Z M,   M = diag(sigma^2 + lam_1, .., sigma^2 + lam_d, 0) + v v^T,   v = [m; 1].

Source: spectral-bias paper, Proposition D.2, Remark D.3, appendix D.2.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import domain_of
from theory.matrices import (
    Covariance,
    Diagonal,
    Eigenvector,
    Expect,
    Flow,
    Grad,
    Inv,
    Moments,
    Nonsingular,
    Orthogonal,
    PositiveDefinite,
    Rate,
    Rule,
    norm2,
)
from theory.regression import DATA, Sigma, W, W_opt, b, b_opt, d, lam, least_loss, loss, mu, sigma, u, unit
from theory.relation import MatrixIdentity
from theory.symbols import symbols

eta, tau, r = symbols("eta tau r_M")
k = sp.Symbol("k", integer=True, positive=True)
U, Lam, D, W_tau = (sp.MatrixSymbol(name, d, d) for name in ("U", "Lam", "D", "W_tau"))
m, b_tau = (sp.MatrixSymbol(name, d, 1) for name in ("m", "b_tau"))
E, S = (sp.MatrixSymbol(name, k, k) for name in ("E", "S"))
v, e, X = (sp.MatrixSymbol(name, k, 1) for name in ("v", "e", "X"))
Y, mean_Y = (sp.MatrixSymbol(name, d, 1) for name in ("Y", "m_Y"))
Theta, Theta_opt = (sp.MatrixSymbol(name, d, k) for name in ("Theta", "Theta_opt"))
S_Y = sp.MatrixSymbol("S_Y", d, d)
unit_k = sp.Identity(k)
NOISE, TRAINED, ANY = domain_of((sigma,)), domain_of((sigma, eta)), domain_of((r,))

lost_W, lost_b = W - W_opt, b - b_opt
entrained = lost_W * mu + lost_b
overlap = sp.Trace(u.T * mu)
MODE = (*DATA, Eigenvector(u, Sigma, lam))
BASIS = (*DATA, Orthogonal(U), Diagonal((Lam,)), Rule(Sigma, U * Lam * U.T))
in_basis, overlaps = lost_W * U, U.T * mu

gradient_along = 2 * ((lam + sigma**2) * lost_W * u + overlap * entrained)
gradient_b = 2 * entrained
gradient_in_basis = 2 * (in_basis * (Lam + sigma**2 * unit) + (in_basis * overlaps + lost_b) * overlaps.T)

resolvent = Inv(E - r * unit_k)
SHIFTED = (Diagonal((E,)), Nonsingular(E - r * unit_k))
missed = v + v * v.T * resolvent * v
POSITIVE = (PositiveDefinite(D),)

stacked_loss = Expect(norm2(Theta * X - Y))
EIGENMODE = (
    Moments(X, v, S - v * v.T),
    Moments(Y, mean_Y, S_Y),
    Covariance(Y, X, Theta_opt * S - mean_Y * v.T),
    Eigenvector(e, S, r),
)

distance = norm2(W_tau - W_opt) + norm2(b_tau - b_opt)
AT_TIME = {W: W_tau, b: b_tau}
DESCENT = (
    *DATA,
    Flow(W_tau, tau, -eta * Grad(loss, W, W_tau).xreplace({b: b_tau})),
    Flow(b_tau, tau, -eta * Grad(loss, b, b_tau).xreplace({W: W_tau})),
)


DERIVATION = Derivation(
    name="mean dynamics",
    steps=(
        Step(
            name="weights along a mode",
            states=gradient_along,
            relation=MatrixIdentity(Grad(loss, W) * u, gradient_along, MODE),
            domain=domain_of((sigma, lam)),
            because="M u = (lam + sigma^2) u, and the mean of the residual, (W - W*) mu + b - b*, meets mu^T u",
        ),
        Step(
            name="bias",
            states=gradient_b,
            relation=MatrixIdentity(Grad(loss, b), gradient_b, DATA),
            domain=NOISE,
            because="the gradient in b is twice the mean of the residual, which vanishes at the optimum",
        ),
        Step(
            name="eigenbasis",
            states=gradient_in_basis,
            relation=MatrixIdentity(Grad(loss, W) * U, gradient_in_basis, BASIS),
            domain=NOISE,
            because="in the eigenbasis the covariance is diagonal, and the mean is the vector of overlaps",
        ),
        Step(
            name="eigenvectors",
            states=resolvent * v,
            relation=MatrixIdentity((E + v * v.T) * resolvent * v - r * resolvent * v, missed, SHIFTED),
            domain=ANY,
            because="(E - r)^-1 v is an eigenvector of E + v v^T exactly where 1 + v^T (E - r)^-1 v = 0",
        ),
        Step(
            name="eigenmodes",
            states=2 * r * (Theta - Theta_opt) * e,
            relation=MatrixIdentity(Grad(stacked_loss, Theta) * e, 2 * r * (Theta - Theta_opt) * e, EIGENMODE),
            domain=ANY,
            because="the gradient is 2 (Theta - Theta*) M, so an eigenvector of M sees itself alone",
        ),
        Step(
            name="distance to the optimum",
            states=-4 * eta * (loss.xreplace(AT_TIME) - least_loss),
            relation=MatrixIdentity(Rate(distance, tau), -4 * eta * (loss.xreplace(AT_TIME) - least_loss), DESCENT),
            domain=TRAINED,
            because="the loss is quadratic: its slope towards the optimum is twice its excess",
        ),
    ),
)
