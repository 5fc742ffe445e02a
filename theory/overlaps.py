"""Two symmetric layers in any direction: overlaps o_km = u_k^T W u_m of the mode vectors P^T u_k, from the loss.

Sums over all modes are written with matrices: sum_n u_n u_n^T = I and sum_n lam_n u_n u_n^T = Sigma.

Source: spectral-bias paper, appendices E.1 and E.1.2.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, domain_of
from theory.matrices import Eigenvector, Orthonormal, Rate
from theory.one_layer import eta, sigma, tau
from theory.regression import PSD, Sigma, d, lam, u, unit
from theory.relation import Identity, MatrixIdentity
from theory.symbols import symbols
from theory.two_layer import DERIVATION as TWO_LAYERS
from theory.two_layer import FLOW, PPT, P, narrowed

lam1, lam2, o1, o2, q1, q2 = symbols("lam1 lam2 o1 o2 q1 q2")
u1, u2 = sp.MatrixSymbol("u1", d, 1), sp.MatrixSymbol("u2", d, 1)
M1, M2 = lam1 + sigma**2, lam2 + sigma**2
ONE = (PSD, Eigenvector(u, Sigma, lam), FLOW)
TWO = (PSD, Eigenvector(u1, Sigma, lam1), Eigenvector(u2, Sigma, lam2), FLOW)
SPLIT = (*TWO, Orthonormal((u1, u2)))
others = unit - u1 * u1.T - u2 * u2.T
overlap = u1.T * PPT * u2

VECTOR = domain_of((lam, sigma, eta))
PAIR = domain_of((lam1, lam2, sigma, eta))
ORDERED = narrowed(PAIR, lam1=POSITIVE, lam2=POSITIVE).where(lam1 > lam2)
WEIGHTED = domain_of((lam1, lam2, sigma, eta, o1, o2))
NARROW = domain_of((lam1, lam2, sigma, eta, q1, q2))


def vector_rate() -> sp.MatrixExpr:
    """Return dq/dtau of the mode vector q = P^T u."""
    pulled = (lam + 2 * sigma**2) * unit + Sigma
    return 4 * eta * lam * P.T * u - 2 * eta * P.T * pulled * PPT * u


def overlap_rate() -> sp.MatrixExpr:
    """Return do_12/dtau."""
    mixed = (lam1 + lam2 + 4 * sigma**2) * unit + 2 * Sigma
    return 4 * eta * (lam1 + lam2) * overlap - 2 * eta * u1.T * PPT * mixed * PPT * u2


def coefficient(o1: sp.Expr, o2: sp.Expr) -> sp.Expr:
    """Return the factor of o_12 in its own rate, where the squared lengths are o1 and o2."""
    lost = (3 * lam1 + lam2 + 4 * sigma**2) * o1 + (lam1 + 3 * lam2 + 4 * sigma**2) * o2
    return 4 * eta * (lam1 + lam2) - 2 * eta * lost


def split_rate(factor: sp.Expr) -> sp.MatrixExpr:
    """Return do_12/dtau with `factor` in front of o_12; the rest goes through the other modes."""
    mixed = (lam1 + lam2 + 4 * sigma**2) * unit + 2 * Sigma
    return factor * overlap - 2 * eta * u1.T * PPT * others * mixed * others * PPT * u2


def narrow_rate(lam1: sp.Expr, q1: sp.Expr, lam2: sp.Expr, q2: sp.Expr) -> sp.Expr:
    """Return dq1/dtau for two modes at width one, where the mode vectors are numbers."""
    lost = 2 * (lam1 + sigma**2) * q1**2 + (lam1 + lam2 + 2 * sigma**2) * q2**2
    return 4 * eta * lam1 * q1 - 2 * eta * lost * q1


def optimum(lam: sp.Expr) -> sp.Expr:
    """Return w* = lam/(lam + sigma^2)."""
    return lam / (lam + sigma**2)


def one_emerged() -> sp.Expr:
    """Return the factor of o_12 once the first mode has emerged and the second has not."""
    return -2 * eta * (lam1 - lam2) * (lam1 + 2 * sigma**2) / M1


def both_emerged() -> sp.Expr:
    """Return the factor of o_12 once both modes have emerged."""
    return -4 * eta * (lam1 + lam2) + 2 * eta * sigma**2 * (lam1 - lam2) ** 2 / (M1 * M2)


DERIVATION = Derivation(
    name="overlaps",
    continues=TWO_LAYERS,
    steps=(
        Step(
            name="mode vector",
            states=vector_rate(),
            relation=MatrixIdentity(Rate(P.T * u, tau), vector_rate(), ONE),
            domain=VECTOR,
            because="project the gradient on an eigenvector of Sigma",
        ),
        Step(
            name="overlap",
            states=overlap_rate(),
            relation=MatrixIdentity(Rate(overlap, tau), overlap_rate(), TWO),
            domain=PAIR,
            because="the product rule",
        ),
        Step(
            name="one emerged",
            states=one_emerged(),
            relation=Identity(coefficient(optimum(lam1), sp.S.Zero), one_emerged()),
            domain=PAIR,
            because="put o_11 = w*_1 and o_22 = 0",
        ),
        Step(
            name="both emerged",
            states=both_emerged(),
            relation=Identity(coefficient(optimum(lam1), optimum(lam2)), both_emerged()),
            domain=PAIR,
            because="put o_11 = w*_1 and o_22 = w*_2",
        ),
        Step(
            name="width one",
            states=-2 * eta * (lam1 - lam2) * (2 - q1**2 - q2**2),
            relation=Identity(
                narrow_rate(lam2, q2, lam1, q1) * q1 - q2 * narrow_rate(lam1, q1, lam2, q2),
                -2 * eta * (lam1 - lam2) * (2 - q1**2 - q2**2) * q1 * q2,
            ),
            domain=NARROW,
            because="the ratio q_2/q_1 has the derivative (dq_2 q_1 - q_2 dq_1)/q_1^2",
        ),
    ),
)
