"""What the sections on the factors c_i of a chain and on its partial operators share."""

from functools import partial

import sympy as sp

from theory.domain import Domain, Range, domain_of
from theory.matrices import Eigenvector, Orthonormal, Rule
from theory.projection_chain import (
    U_0,
    M,
    T,
    U_next,
    U_t,
    gamma,
    lam2_1,
    rank,
    step,
)
from theory.relation import Inequality, LimitIs, MatrixIdentity
from theory.symbols import symbols
from theory.two_layer import narrowed
from verify.claim import Claim
from verify.ledger.lanes import KERNEL
from verify.ledger.power_iteration.shared_bases import PROOF

ZERO, ONE = sp.S.Zero, sp.S.One
c_0, c_1, x, z, lam_i, lam_j, eps = symbols("c_0 c_1 x_pos z_pos lam_i lam_j eps")
D = sp.MatrixSymbol("D", rank, rank)
e_0, e_1 = sp.MatrixSymbol("e_0", rank, 1), sp.MatrixSymbol("e_1", rank, 1)
STEP_IS_D = Rule(D, U_t.T * U_next)
DECAY = "the diagonal elements decay as tau grows larger, as c_i > c_j for i < j"
EQ23 = (
    "E P_tau = U_0 diag(c_0^tau, ..., c_{r-1}^tau) U_tau^T = U_0 c_0^tau diag(1, (c_1/c_0)^tau, ...) U_tau^T -> U_0 "
    "diag(c_0^tau, 0, ...) U_tau^T as tau -> T"
)
EQ24 = "E P_tau U_{tau+1} = U_0 c_0^tau diag(1, (c_1/c_0)^tau, ...) U_tau^T U_{tau+1}"
SUFFICIENT = (
    "given the decaying diagonal structure of the partial operator P_tau, 4.2 is sufficient for the total operator to "
    "converge as desired"
)
TAU = "for each index i there exists a time tau_i after which the small angle approximation does not hold"


def cosine(half: sp.Expr) -> sp.Expr:
    """Return cos x for x = 2 arctan(half), which grows with it from 0 to pi."""
    return (1 - half**2) / (1 + half**2)


def diagonal(rhs: sp.MatrixExpr, factors: sp.MatrixExpr) -> MatrixIdentity:
    """Return that U_0 M U_t^T times `factors` is `rhs` if U_t^T U_{t+1} = D."""
    return MatrixIdentity((U_0 * M * U_t.T) * factors, rhs, (STEP_IS_D,))


def mirrored(rhs: sp.MatrixExpr) -> MatrixIdentity:
    """Return what becomes of the entry <e_0, D M e_1> if M turns into S M S, S the reflection at e_0."""
    S = sp.Identity(rank) - 2 * e_0 * e_0.T
    return MatrixIdentity(e_0.T * D * S * M * S * e_1, rhs, (Eigenvector(e_0, D, c_0), Orthonormal((e_0, e_1))))


def power_bound() -> sp.Expr:
    """Return 1 - gamma^2/(2 lam_1^4 T^3), at most c_1^T and (c_1/c_0)^T for c_1 = cos(gamma/(lam_1^2 T^2))."""
    return 1 - gamma**2 / (2 * lam2_1**2 * T**3)


def halves(op: str) -> Inequality:
    """Return that cos is ordered by `op` against the order of the angles, up to pi."""
    return Inequality(cosine(x), op, cosine(z))


claim = partial(Claim, where=PROOF, source="as printed", checks=(KERNEL,), formula=False)
CONSTANT = LimitIs(expr=(c_1 / c_0) ** step, var=step, point=sp.oo, value=ZERO)
ANGLES = domain_of((x, z)).where(x < z)
DAMPED = narrowed(domain_of((x, z, eps)), eps=Range(ZERO, ONE, True, True))
UNIT = Domain(((x, Range(ZERO, ONE, True, True)), (step, Range(ZERO))))
