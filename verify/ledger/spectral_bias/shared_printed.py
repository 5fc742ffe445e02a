"""Formulas of the paper that several claims of a section use, as printed."""

import sympy as sp

from theory.one_layer import Q, eta, lam, sigma0, sigmaT, tau
from theory.symbols import symbols

lam1, lam2, sigma1, sigma2, delta = symbols("lam1 lam2 sigma1 sigma2 delta")


def Phi(sigma: sp.Expr) -> sp.Expr:
    """Return Phi_k(sigma, tau) as printed in Prop. 4.2."""
    decayed = (1 - Q) / 2 * sp.Ei(-2 * eta * tau * sigma**2) * sp.exp(-2 * eta * tau * lam)
    return sp.sqrt(lam + sigma**2) * sp.exp(decayed - sp.Ei(-2 * eta * tau * (sigma**2 + lam)) / 2)


def variance() -> sp.Expr:
    """Return the generated variance as printed in Prop. 4.2."""
    return sigmaT**2 * Phi(sigma0) ** 2 / Phi(sigmaT) ** 2


def commutator_entry() -> sp.Expr:
    """Return the only entry of W_1 W_2 - W_2 W_1 for two modes, from eq. (7) and W(0) = delta u_1 u_2^T."""
    one, two = (tuple(_trained(sigma)) for sigma in (sigma1, sigma2))
    return (one[0] - one[1]) * two[2] - (two[0] - two[1]) * one[2]


def _trained(sigma: sp.Expr) -> tuple[sp.Expr, sp.Expr, sp.Expr]:
    """Return the entries (1,1), (2,2) and (1,2) of W_sigma(tau)."""
    kept = [sp.exp(-2 * eta * tau * (sigma**2 + mode)) for mode in (lam1, lam2)]
    grown = [mode / (mode + sigma**2) * (1 - k) for mode, k in zip((lam1, lam2), kept, strict=True)]
    return grown[0], grown[1], delta * kept[1]
