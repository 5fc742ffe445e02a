"""The loss of a linear denoiser sees two moments of the data; gradient, optimum and ridge form follow from them.

Source: spectral-bias paper, sections 4.1 and 4.2, appendices C.1-C.3 and D.1.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import domain_of
from theory.matrices import (
    Eigenvector,
    Expect,
    Grad,
    Independent,
    Inv,
    Moments,
    PositiveSemidefinite,
    norm2,
)
from theory.relation import MatrixIdentity
from theory.symbols import symbols

d, sigma, lam = symbols("d sigma lam")
W, Sigma = (sp.MatrixSymbol(name, d, d) for name in ("W", "Sigma"))
b, mu, x0, z, u, point = (sp.MatrixSymbol(name, d, 1) for name in ("b", "mu", "x0", "z", "u", "x"))
unit = sp.Identity(d)

M = Sigma + sigma**2 * unit
W_opt = Sigma * Inv(M)
b_opt = (unit - W_opt) * mu
PSD = PositiveSemidefinite(Sigma)
DATA = (PSD, Moments(x0, mu, Sigma), Moments(z, sp.ZeroMatrix(d, 1), unit), Independent(x0, z))

loss = Expect(norm2(W * (x0 + sigma * z) + b - x0))
ridge_loss = Expect(norm2(W * x0 + b - x0)) + sigma**2 * norm2(W)
moment_loss = (
    norm2(b - (unit - W) * mu) + sp.Trace((W - unit) * Sigma * (W - unit).T) + sigma**2 * norm2(W)
)  # ‖b − (I − W)μ‖² + Tr (W − I)Σ(W − I)ᵀ + σ²‖W‖²
least_loss = sigma**2 * sp.Trace(Sigma * Inv(M))
gradient_b = 2 * (b - (unit - W) * mu)
gradient_W = -2 * Sigma + 2 * W * M + gradient_b * mu.T

NOISE = domain_of((sigma,))

DERIVATION = Derivation(
    name="regression",
    steps=(
        Step(
            name="two moments",
            states=moment_loss,
            relation=MatrixIdentity(loss, moment_loss, DATA),
            domain=NOISE,
            because="the square is quadratic in (x0, z), so its expectation needs only their first two moments",
        ),
        Step(
            name="ridge form",
            states=ridge_loss,
            relation=MatrixIdentity(loss, ridge_loss, DATA),
            domain=NOISE,
            because="white independent noise adds sigma^2 E|Wz|^2 = sigma^2 |W|^2 and no cross term",
        ),
        Step(
            name="gradient in W",
            states=gradient_W,
            relation=MatrixIdentity(Grad(loss, W), gradient_W, DATA),
            domain=NOISE,
            because="differentiate the expectation entry by entry",
        ),
        Step(
            name="gradient in b",
            states=gradient_b,
            relation=MatrixIdentity(Grad(loss, b), gradient_b, DATA),
            domain=NOISE,
            because="differentiate the expectation entry by entry",
        ),
        Step(
            name="optimal weights",
            states=W_opt,
            relation=MatrixIdentity(-2 * Sigma + 2 * W_opt * M, sp.ZeroMatrix(d, d), (PSD,)),
            domain=NOISE,
            because="with the bias at its optimum the gradient in W is 2 W M - 2 Sigma, and M is invertible",
        ),
        Step(
            name="completed square",
            states=least_loss,
            relation=MatrixIdentity(
                loss,
                norm2(b - (unit - W) * mu) + sp.Trace((W - W_opt) * M * (W - W_opt).T) + least_loss,
                DATA,
            ),
            domain=NOISE,
            because="the loss is its minimum plus two squares, so the stationary point is the minimum",
        ),
        Step(
            name="one mode",
            states=2 * (lam + sigma**2) * W * u - 2 * lam * u,
            relation=MatrixIdentity(
                gradient_W.xreplace({mu: sp.ZeroMatrix(d, 1)}).doit() * u,
                2 * (lam + sigma**2) * W * u - 2 * lam * u,
                (PSD, Eigenvector(u, Sigma, lam)),
            ),
            domain=domain_of((sigma, lam)),
            because="centred data, and u an eigenvector of Sigma: the gradient acts on W u alone",
        ),
    ),
)
