"""Denoisers that commute with the cyclic shift, in any number of pixels: loss, patch regression, stationarity, power.

Letters: T the shift, (T x)_m = x_{m+1}; W a denoiser; x0, z data and noise; p, n a patch around a pixel chosen at
random and its noise, with e0 the centre of the patch and w the filter; c, s cosines and sines of a Fourier mode.

Source: spectral-bias paper, section 5.2 and appendix G.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import domain_of
from theory.matrices import (
    Commute,
    Eigenvector,
    Expect,
    Flow,
    Grad,
    Independent,
    Inv,
    MatrixExp,
    Moments,
    Orthogonal,
    PositiveSemidefinite,
    Rate,
    Rule,
    norm2,
)
from theory.relation import MatrixIdentity, MatrixSolves
from theory.symbols import symbols

d, K, N, S, sigma, sigmaT, eta, tau = symbols("d K N S sigma sigmaT eta tau")
g_p, g_q, cos_w, sin_w, wj = symbols("g_p g_q cos_w sin_w w")

T, T2, W, B, L, C, Sigma = (sp.MatrixSymbol(name, d, d) for name in ("T", "T2", "W", "B", "L", "C", "Sigma"))
x0, z, x, c, s = (sp.MatrixSymbol(name, d, 1) for name in ("x0", "z", "x", "c", "s"))
unit = sp.Identity(d)
PIXELS = (
    PositiveSemidefinite(Sigma),
    Moments(x0, sp.ZeroMatrix(d, 1), Sigma),
    Moments(z, sp.ZeroMatrix(d, 1), unit),
    Independent(x0, z),
)
SHIFT = (Orthogonal(T), Commute(T, W))
LEVEL = domain_of((sigma,))

Sigma_patch = sp.MatrixSymbol("Sigma_patch", K, K)
p, n, w, w0, e0, f, w_tau = (sp.MatrixSymbol(name, K, 1) for name in ("p", "n", "w", "w0", "e0", "f", "w_tau"))
PATCHES = (
    PositiveSemidefinite(Sigma_patch),
    Moments(p, sp.ZeroMatrix(K, 1), Sigma_patch),
    Moments(n, sp.ZeroMatrix(K, 1), sp.Identity(K)),
    Independent(p, n),
)
M = Sigma_patch + sigma**2 * sp.Identity(K)
TRAINED = domain_of((sigma, N, eta, tau))


def loss(data: sp.MatrixExpr) -> sp.Expr:
    """Return E||W(x + sigma z) - x||^2 for data x."""
    return Expect(norm2(W * (data + sigma * z) - data))


patch_loss = N * Expect(norm2(w.T * (p + sigma * n) - e0.T * p))
"""The loss of a filter: N times the mean over pixels of the squared error at the centre of the patch."""

patch_gradient = 2 * N * (M * w - Sigma_patch * e0)
patch_optimum = Inv(M) * Sigma_patch * e0


def filter_after(speed: sp.Expr = 2 * N * eta) -> sp.MatrixExpr:
    """Return the filter after training time tau; Prop. 5.4."""
    return patch_optimum + MatrixExp(-speed * tau * M) * (w0 - patch_optimum)


def filter_flow(solution: sp.MatrixExpr) -> MatrixSolves:
    """Return that `solution` is the filter in gradient flow on its loss, from w0."""
    return MatrixSolves(
        solution=solution,
        var=tau,
        unknown=w_tau,
        rate=-eta * patch_gradient.xreplace({w: w_tau}),
        at=((tau, sp.S.Zero),),
        start=w0,
        given=PATCHES,
    )


MODE = (*PATCHES, Eigenvector(f, Sigma_patch, S))
mode_rate = -2 * N * eta * ((S + sigma**2) * f.T * w - S * f.T * e0)

covariance = sigmaT**2 * MatrixExp(L) * MatrixExp(L.T)
"""What the sampler generates: L is the integral of (W_s - I)/s from sigma_0 to sigma_T, and commutes with its
transpose where every W_s commutes with the shift."""

FOURIER = (
    Rule(c.T * W, g_p * c.T - g_q * s.T),
    Rule(s.T * W, g_q * c.T + g_p * s.T),
    Flow(x, sigma, -(W - unit) * x / sigma),
)
"""(c + i s)^T W = (p + i q) (c + i s)^T, and the probability flow."""

X, Y = (sp.MatrixSymbol(name, 1, 1) for name in ("X", "Y"))
TURNING = (Flow(X, sigma, ((1 - g_p) * X + g_q * Y) / sigma), Flow(Y, sigma, ((1 - g_p) * Y - g_q * X) / sigma))
"""The same for the coordinates X + i Y = (c + i s)^T x: d(X + i Y)/dsigma = -(p + i q - 1)(X + i Y)/sigma."""

mode_power = sp.Trace(X * X.T) + sp.Trace(Y * Y.T)
power = sp.Trace(c.T * x * x.T * c) + sp.Trace(s.T * x * x.T * s)
ROTATION = (
    Rule(T * c, cos_w * c - sin_w * s),
    Rule(T * s, sin_w * c + cos_w * s),
    Rule(T.T * c, cos_w * c + sin_w * s),
    Rule(T.T * s, -sin_w * c + cos_w * s),
)
"""c_m = cos(m omega), s_m = sin(m omega)."""

DERIVATION = Derivation(
    name="circulant",
    steps=(
        Step(
            name="directional derivative",
            states=2 * sp.Trace((W * (Sigma + sigma**2 * unit) - Sigma) * B.T),
            relation=MatrixIdentity(
                Rate(loss(x0), wj),
                2 * sp.Trace((W * (Sigma + sigma**2 * unit) - Sigma) * B.T),
                (*PIXELS, Flow(W, wj, B)),
            ),
            domain=LEVEL,
            because="a tap w moves W along B = dW/dw, a power of the shift",
        ),
        Step(
            name="shifted data",
            states=loss(T * x0),
            relation=MatrixIdentity(loss(T * x0), loss(x0), (*PIXELS, *SHIFT)),
            domain=LEVEL,
            because="W commutes with the shift and the noise is white: shifted data have the same loss",
        ),
        Step(
            name="patch gradient",
            states=patch_gradient,
            relation=MatrixIdentity(Grad(patch_loss, w), patch_gradient, PATCHES),
            domain=domain_of((sigma, N)),
            because="the residual at a pixel is w . (patch + noise) - centre: a ridge regression in patch space",
        ),
        Step(
            name="filter",
            states=filter_after(),
            relation=filter_flow(filter_after()),
            domain=TRAINED,
            because="dw/dtau = -2 N eta (sigma^2 I + Sigma_patch)(w - w*)",
        ),
        Step(
            name="patch mode",
            states=mode_rate,
            relation=MatrixIdentity(-eta * f.T * Grad(patch_loss, w), mode_rate, MODE),
            domain=domain_of((sigma, N, eta, S)),
            because="along an eigenvector of the patch covariance the gradient acts on one number",
        ),
        Step(
            name="power",
            states=2 * (1 - g_p) / sigma * power,
            relation=MatrixIdentity(Rate(power, sigma), 2 * (1 - g_p) / sigma * power, FOURIER),
            domain=domain_of((sigma, g_p, g_q)),
            because="the imaginary part of the coefficient turns the mode, the real part changes its power",
        ),
        Step(
            name="stationarity",
            states=covariance,
            relation=MatrixIdentity(T * covariance, covariance * T, (Orthogonal(T), Commute(T, L))),
            domain=domain_of((sigmaT,)),
            because="what commutes with the shift stays so under sums, products, transposes and exponentials",
        ),
    ),
)
