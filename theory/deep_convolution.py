"""Deep full-width convolutions: W = Circ(w)^2, Circ(w_1) Circ(w_2), Circ(w)^L, mode by mode.

gamma is the Fourier coefficient of W, M = S + sigma^2 and gamma* = S/M. With g = sqrt(N) F w the chain rule gives
  squared      dgamma/dtau = -8 N eta |gamma| (M gamma - S)
  two filters  dgamma/dtau = -2 N eta sqrt(C^2 + 4 |gamma|^2) (M gamma - S), C = |g_1|^2 - |g_2|^2 constant
  L filters    dgamma/dtau = -2 N eta L^2 |gamma|^(2 - 2/L) (M gamma - S)
so that gamma stays on the segment from its start to gamma*.

Source: derived here from appendix G.3 of the spectral-bias paper.
"""

import sympy as sp

from theory.convolution import N, S
from theory.domain import domain_of
from theory.one_layer import eta, sigma, tau, y
from theory.relation import Both, Identity, Solves
from theory.symbols import symbols

rho_0, tan_half, alpha, beta, grown = symbols("rho_0 tan_half alpha_u beta_u X_u")
M = S + sigma**2
decay = sp.exp(-8 * N * eta * S * tau)


def square_denominator(E: sp.Expr = decay) -> sp.Expr:
    """Return the common denominator of real part, imaginary part and modulus of the squared filter."""
    T2 = tan_half**2
    return (1 + T2) * E / rho_0 + M / S * (1 - E) * (1 + T2 * E)


def square_real(E: sp.Expr = decay) -> sp.Expr:
    """Return Re gamma of W = Circ(w)^2, from rho_0 exp(2 i arctan T)."""
    return (1 - tan_half**2 * E**2) / square_denominator(E)


def square_imaginary() -> sp.Expr:
    """Return Im gamma of the same."""
    return 2 * tan_half * decay / square_denominator()


def square_modulus() -> sp.Expr:
    """Return |gamma| of the same."""
    return (1 + tan_half**2 * decay**2) / square_denominator()


def square_start() -> tuple[sp.Expr, sp.Expr]:
    """Return real and imaginary part of rho_0 exp(2 i arctan T)."""
    T2 = tan_half**2
    return rho_0 * (1 - T2) / (1 + T2), 2 * rho_0 * tan_half / (1 + T2)


def square_flow(real: sp.Expr, imaginary: sp.Expr) -> Both:
    """Return that the parts obey the flow of the squared filter, with the modulus they have, from its start."""
    speed, starts = -8 * N * eta * square_modulus(), square_start()
    return Both(
        (
            Identity(real**2 + imaginary**2, square_modulus() ** 2),
            Solves(solution=real, var=tau, unknown=y, rate=speed * (M * y - S), at=sp.S.Zero, start=starts[0]),
            Solves(solution=imaginary, var=tau, unknown=y, rate=speed * M * y, at=sp.S.Zero, start=starts[1]),
        )
    )


def square_parts() -> tuple[sp.Expr, sp.Expr, sp.Expr]:
    """Return A, B, c of Re gamma = B/(A + c sigma^2), at one training time; `gap` stands for exp(-8 N eta S tau)."""
    (E,) = symbols("gap")
    T2 = tan_half**2
    left = (1 - E) * (1 + T2 * E)
    return (1 + T2) * E / rho_0 + left, 1 - T2 * E**2, left / S


excess = rho_0
"""(alpha + beta)^2 - c > 0, the initial value of X; then c = (alpha + beta)^2 - excess."""


def gap_of_two(a: sp.Expr, b: sp.Expr, c: sp.Expr, X: sp.Expr) -> sp.Expr:
    """Return u = 4 a X/((X - b)^2 - 4 a c)."""
    return 4 * a * X / ((X - b) ** 2 - 4 * a * c)


def total_of_two(a: sp.Expr, b: sp.Expr, c: sp.Expr, X: sp.Expr) -> sp.Expr:
    """Return sqrt(a + b u + c u^2) = |g_1|^2 + |g_2|^2 as a function of X."""
    return sp.sqrt(a) * (X**2 - b**2 + 4 * a * c) / ((X - b) ** 2 - 4 * a * c)


def two_filters() -> tuple[sp.Expr, sp.Expr, sp.Expr]:
    """Return a, b, c by alpha = sqrt(a), beta = sqrt(a + b + c) and the initial value of X = 2 a + b + 2 alpha beta."""
    a, c = alpha**2, (alpha + beta) ** 2 - excess
    return a, beta**2 - a - c, c


SQUARED = domain_of((rho_0, tan_half, S, sigma, N, eta, tau)).where(S > 0)
