"""Three taps: data whose high frequencies they unlearn first, and the shape of every spectrum that they generate."""

import sympy as sp

from theory.convolution import final_share, sigma0, sigmaT, theta1, theta2
from theory.domain import domain_of
from theory.relation import Identity
from theory.symbols import symbols

cos_w, side, centre = symbols("cos_w tap3 tap4")
COSINES = domain_of((theta1, theta2, side, centre, cos_w, sigma0, sigmaT))

STRONG, WEAK = sp.Rational(97, 120), sp.Rational(1, 6)


def ar1(rho: sp.Rational = STRONG) -> tuple[tuple[sp.Expr, sp.Expr], ...]:
    """Return (theta_j, a_j) of three pixels of correlation rho^|n| at the highest frequency, cos omega = -1.

    For rho = (s - 8/s)/2 the eigenvalues are rational, since rho^2 + 8 is a square.
    """
    root = sp.sqrt(rho**2 * (rho**2 + 8))
    values = ((2 + rho**2 + root) / 2, (2 + rho**2 - root) / 2)
    sides = [(value - 1) / (2 * rho) for value in values]
    return tuple((value, (1 - 2 * side) / (1 + 2 * side**2)) for value, side in zip(values, sides, strict=True))


def log_level(cosine: sp.Expr) -> sp.Expr:
    """Return ln of the variance after long training at an angle, up to ln sigma_T^2.

    The even patch modes are (side, centre, side) and (centre, -2 side, centre)/sqrt(2), of length 1 for 2 side^2 +
    centre^2 = 1; the vector of cosines is (cosine, 1, cosine).
    """
    first = (centre + 2 * side * cosine) * centre
    second = (2 * side - 2 * centre * cosine) * side
    return final_share(theta1, first) + final_share(theta2, second)


def linear_in_cosine() -> Identity:
    """Return that ln of the variance at an angle is the mean of its values at 0 and pi with the weights (1 +- cos)/2."""
    low, high = log_level(sp.S.One), log_level(-sp.S.One)
    return Identity(log_level(cos_w), (1 + cos_w) / 2 * low + (1 - cos_w) / 2 * high)
