"""The sampler of the paper's figures, sigma_0 = 0.002 and sigma_T = 80, and claims about passages written for it."""

import sympy as sp

from theory.domain import Domain, domain_of
from theory.emergence import drift, level_drift, log_variance, pace, xi
from theory.one_layer import Q, lam, log_level, sigma0, sigmaT
from theory.relation import Inequality, Within
from verify.checks.enclosure import Enclosure

LEVELS = {sigma0: sp.Rational(1, 500), sigmaT: sp.Integer(80)}
MODES = ("0.001", "10")  # the variances of Fig. 7, the only ones the paper lists
ZERO = sp.S.Zero
COVER = Enclosure(boxes=2_000, samples=30)


def at_paper(expr: sp.Expr, start: sp.Expr | None = None) -> sp.Expr:
    """Return `expr` at the paper's noise levels and, if given, at the initial weight `start`."""
    return expr.xreplace(LEVELS if start is None else {**LEVELS, Q: start})


def gap(criterion: str, start: sp.Expr) -> sp.Expr:
    """Return ln of the generated variance over the level of passage; it vanishes at the emergence time."""
    return at_paper(log_variance() - log_level(criterion), start)


def excess(criterion: str, start: sp.Expr) -> sp.Expr:
    """Return (alpha - 1) times the pace: the slope of the gap in ln lam at fixed xi."""
    return at_paper(drift() - level_drift(criterion), start)


def speed(start: sp.Expr) -> sp.Expr:
    """Return the pace: the slope of the gap in ln xi at fixed lam."""
    return at_paper(pace(), start)


def aged(lams: tuple[str, str], ages: tuple[str, str]) -> Domain:
    """Return the box of variances lam and ages xi = 2 eta tau lam."""
    return domain_of((lam, xi)).within(lam=lams, xi=ages)


def bracketed(gap: sp.Expr, lams: tuple[str, str], ages: tuple[str, str], *, rising: bool = True) -> tuple[Within, ...]:
    """Return that the gap has opposite signs at the two ages, for every variance: the passage lies between them."""
    spectrum = domain_of((lam,)).within(lam=lams)
    signs = ("<", ">") if rising else (">", "<")
    return tuple(
        Within(Inequality(gap.xreplace({xi: sp.Rational(age)}), sign, ZERO), spectrum)
        for age, sign in zip(ages, signs, strict=True)
    )
