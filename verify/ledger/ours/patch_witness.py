"""Data whose high frequencies a local filter unlearns first: exponential correlations with rational patch modes."""

import sympy as sp

STRONG, WEAK = sp.Rational(97, 120), sp.Rational(1, 6)


def ar1(rho: sp.Rational = STRONG) -> tuple[tuple[sp.Expr, sp.Expr], ...]:
    """Return (theta_j, a_j) of three pixels of correlation rho^|n| at the highest frequency, cos omega = -1.

    For rho = (s - 8/s)/2 the eigenvalues are rational, since rho^2 + 8 is a square.
    """
    root = sp.sqrt(rho**2 * (rho**2 + 8))
    values = ((2 + rho**2 + root) / 2, (2 + rho**2 - root) / 2)
    sides = [(value - 1) / (2 * rho) for value in values]
    return tuple((value, (1 - 2 * side) / (1 + 2 * side**2)) for value, side in zip(values, sides, strict=True))
