"""Appendix C.4, Table 2: moments, optimum, least loss and speed of every variant of the loss.

A row of the table is five claims: its moments, its optimum and its least loss in matrices of any size, the entries
for a mode, and the speed of a mode in gradient flow. The flow's matrices are regular at t = 1 if Sigma is.
"""

from functools import partial

import sympy as sp

from numerics.scenes.objectives import InputAndTarget, LeastLoss, Minimiser, Trained
from theory.domain import domain_of
from theory.matrices import Expect
from theory.objectives import Q, eta, mean, mode_loss, tau, v, w, y
from theory.regression import DATA, PSD, W, b, d, u
from theory.relation import Both, Identity, MatrixIdentity, Relation, Solves, Stationary
from verify.checks.matrices import Matrices, parts_of, point_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.shared_table_2 import ROWS, Row

WHERE = "app. C.4, Table 2"
ASSUMES = ("linear predictor W X + b of Y", "full batch", "x0 and z independent")
(W0,) = (sp.MatrixSymbol("W0", d, d),)


def moments(row: Row) -> Both:
    """Return the printed covariances and means of input and target."""
    X, Y = row.objective.input, row.objective.target
    return Both(
        (
            MatrixIdentity(Expect(X * X.T) - Expect(X) * Expect(X).T, row.input_covariance, DATA),
            MatrixIdentity(Expect(Y * X.T) - Expect(Y) * Expect(X).T, row.cross_covariance, DATA),
            MatrixIdentity(Expect(X), row.input_mean, DATA),
            MatrixIdentity(Expect(Y), row.target_mean, DATA),
        )
    )


def optimum(row: Row) -> Stationary:
    """Return that the gradients of the loss, written by its moments, vanish at the printed weights and bias."""
    return Stationary(scalar=row.objective.moment_loss, letters=(W, b), at=sp.Tuple(row.W, row.b), given=(PSD,))


def minimum(row: Row) -> MatrixIdentity:
    """Return that the loss has the printed value where its gradients vanish."""
    optimal = {W: row.objective.optimal_W, b: row.objective.optimal_b}
    return MatrixIdentity(row.objective.moment_loss.xreplace(optimal), row.least, (PSD,))


def mode(row: Row) -> Both:
    """Return that the loss of a mode is its minimum plus two squares, which vanish at the printed weight and bias."""
    o = row.objective
    squares = (w * o.a * mean + v - o.p * mean) ** 2 + row.rate * (w - row.psi) ** 2
    return Both(
        (
            Identity(mode_loss(o, w, v), squares + row.minloss),
            Identity(o.p * mean - o.a * row.psi * mean, row.bias),
        )
    )


def trained(row: Row) -> Solves:
    """Return that the weight of a mode relaxes at the printed speed, 2 eta times the variance of the input."""
    return Solves(
        solution=row.psi + (Q - row.psi) * sp.exp(-2 * eta * row.rate * tau),
        var=tau,
        unknown=y,
        rate=row.objective.flow_rate,
        at=sp.S.Zero,
        start=Q,
    )


def along(relation: Relation) -> sp.MatrixExpr:
    """Return W(tau) u that a solution, linear in its start, gives from W0 u."""
    from_zero, from_one = (relation.formula.xreplace({Q: start}) for start in (sp.S.Zero, sp.S.One))
    return from_zero * u + (from_one - from_zero) * W0 * u


def claims(row: Row) -> tuple[Claim, ...]:
    """Return the claims of one row."""
    entry = partial(Claim, says=row.says, where=WHERE, source="reconstructed", assumes=ASSUMES)
    matrix, kind = row.objective.domain, row.variant
    entries = "the entries Sigma_XX, Sigma_YX, mu_X and mu_Y, with Sigma for lam, in any dimension"
    return (
        entry(
            id=f"{row.id}.moments",
            reading=entries,
            relation=moments(row),
            domain=matrix,
            checks=(KERNEL, Matrices(scene=InputAndTarget(kind), formula=parts_of)),
        ),
        entry(
            id=f"{row.id}.optimum",
            reading="the gradients of the loss in W and b vanish at psi* and b*, with Sigma for lam, in any dimension",
            relation=optimum(row),
            domain=matrix,
            derived_in="objectives: optimum",
            checks=(KERNEL, Matrices(scene=Minimiser(kind), formula=point_of)),
        ),
        entry(
            id=f"{row.id}.minimum",
            reading="the loss at its stationary point is the trace of the last entry, with Sigma for lam",
            relation=minimum(row),
            domain=matrix,
            derived_in="objectives: completed square",
            checks=(KERNEL, Matrices(scene=LeastLoss(kind))),
        ),
        entry(
            id=f"{row.id}.mode",
            reading="what a mode adds to the loss is the last entry plus two squares, which vanish at psi* and b*",
            relation=mode(row),
            domain=domain_of((w, v)).joined(row.domain),
            derived_in=f"objectives: {kind}",
            checks=EXACT,
        ),
        entry(
            id=f"{row.id}.speed",
            reading="the weight of a mode of centred data approaches psi* as exp(-2 eta Sigma_XX tau)",
            relation=trained(row),
            domain=domain_of((Q, eta, tau)).joined(row.domain),
            derived_in="objectives: training",
            checks=(*EXACT, Matrices(scene=Trained(kind), formula=along)),
        ),
    )


CLAIMS = tuple(claim for row in ROWS for claim in claims(row))
