"""The components of a noisy data matrix in large dimension: overlap of two noisy bases, and with the clean one.

X_a = X_0 + E_a, where X_0/sqrt(n) has the singular value lambda with singular vectors u and v, and E_a/sqrt(n) has
independent entries of variance s_a/n; the entries of E_a and E_b at one position have the covariance w_ab. As d and n
grow, d/n tending to gamma, the resolvent of the Hermitised noise tends to diag(p I_d, q I_n), and what follows is
algebra: an outlier sits where p q = 1/lambda^2, and the scalar product of two outlier vectors is a product of
resolvents. What the limit itself needs (concentration of the resolvents) is assumed.

Source: section 4 of the power-iteration paper, whose eq. (12) is the leading order at small noise; derived here.
"""

import sympy as sp

from theory.domain import POSITIVE, Domain, domain_of
from theory.symbols import symbols

lam2, s, s_a, s_b, w_ab, gamma, ell = symbols("lam_sq s_bar s_a s_b w_ab gamma ell")


def overlap_squared(s: sp.Expr, lam2: sp.Expr = lam2) -> sp.Expr:
    """Return C(s) = (1 - gamma s^2/lambda^4)/(1 + gamma s/lambda^2), the limit of <u^t, u>^2 below the threshold."""
    return (1 - gamma * s**2 / lam2**2) / (1 + gamma * s / lam2)


def overlap(s_a: sp.Expr, s_b: sp.Expr, w: sp.Expr) -> sp.Expr:
    """Return the limit of <u^a, u^b> below the threshold, for noises of variances s_a, s_b and covariance w."""
    joint = (1 + gamma * w / lam2) / (1 - gamma * w**2 / lam2**2)
    return sp.sqrt(overlap_squared(s_a)) * sp.sqrt(overlap_squared(s_b)) * joint


def margin(s: sp.Expr) -> sp.Expr:
    """Return what is positive below the threshold, lambda^4 - gamma s^2."""
    return lam2**2 - gamma * s**2


def detected(s: sp.Expr) -> sp.Expr:
    """Return the limit of <u^t, u>^2 at every noise variance: C(s) below the threshold, 0 from there on."""
    part = overlap_squared(s)
    return (part + sp.Abs(part)) / 2


def outlier(s: sp.Expr) -> sp.Expr:
    """Return the singular value of X_t/sqrt(n) that belongs to lambda."""
    return sp.sqrt(lam2 * (1 + s / lam2) * (1 + gamma * s / lam2))


def data_side(s: sp.Expr) -> sp.Expr:
    """Return p, the resolvent on the side of the data, at the outlier."""
    return (1 + s / lam2) / outlier(s)


def sample_side(s: sp.Expr) -> sp.Expr:
    """Return q, the resolvent on the side of the samples, at the outlier."""
    return (1 + gamma * s / lam2) / outlier(s)


def data_product(w: sp.Expr) -> sp.Expr:
    """Return the data side x of G_a diag(I, 0) G_b, a solution of x = p_a p_b (1 + w y), y = q_a q_b gamma w x."""
    return data_side(s_a) * data_side(s_b) / (1 - gamma * w**2 / lam2**2)


def sample_product(w: sp.Expr) -> sp.Expr:
    """Return the sample side y of G_a diag(I, 0) G_b."""
    return sample_side(s_a) * sample_side(s_b) * gamma * w * data_product(w)


def norm(s_a: sp.Expr, s_b: sp.Expr, w: sp.Expr) -> sp.Expr:
    """Return N_ab, the scalar product of the data parts of two outlier vectors, which are not normalised."""
    return data_side(s_a) * data_side(s_b) * (1 + gamma * w / lam2) / (1 - gamma * w**2 / lam2**2)


def length(s: sp.Expr) -> sp.Expr:
    """Return sqrt(N_aa)."""
    return sp.sqrt(norm(s, s, s))


def sine_squared() -> sp.Expr:
    """Return the limit of sin^2 of the angle with the clean component, in ell = lambda^2/s."""
    return gamma * (ell + 1) / (ell * (ell + gamma))


def sensitivity() -> sp.Expr:
    """Return ell d(ln C)/d(ell)."""
    return gamma / (ell + gamma) * (ell**2 + 2 * ell + gamma) / (ell**2 - gamma)


cosine_squared = (1 - gamma / ell**2) / (1 + gamma / ell)
MODE = domain_of((lam2, s, gamma))
BELOW = MODE.where(gamma * s**2 < lam2**2)
NOISY = Domain(((lam2, POSITIVE), (s, POSITIVE), (gamma, POSITIVE))).where(gamma * s**2 < lam2**2)
ABOVE = MODE.where(gamma * s**2 >= lam2**2)
PAIR = domain_of((lam2, s_a, s_b, w_ab, gamma)).where(
    gamma * s_a**2 < lam2**2, gamma * s_b**2 < lam2**2, gamma * w_ab**2 < lam2**2
)  # the last one follows from w_ab^2 <= s_a s_b
RATIO = domain_of((ell, gamma)).where(ell**2 > gamma)
