"""Chains of denoisers fitted by least squares to finitely many samples: exact moments at every number of samples."""

import sympy as sp

from numerics.noisy_components import least_squares as simulated
from theory.domain import POSITIVE, Domain, domain_of
from theory.least_squares import (
    MODE,
    NOISE,
    PAIR,
    RESIDUE,
    SAMPLE,
    B,
    M,
    X,
    advanced,
    c,
    d,
    dof,
    fitted,
    lam2,
    lam2_0,
    lam2_1,
    n,
    noisy,
    optimal,
    renewal,
    rest,
    s,
    sigma,
    t,
    v,
    white_factor,
    y,
)
from theory.matrices import Expect, Inv, Nonsingular, inner
from theory.observable import Mean
from theory.relation import Both, Identity, LimitIs, MatrixIdentity, Recurrence
from theory.symbols import symbols
from verify.checks.cells import cells
from verify.checks.every_size import AtEverySize
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

s_a, s_b = symbols("s_a s_b")
WHERE = "least squares on independent batches of n samples, every n > d + 1"
SETTING = ("columns N(0, Sigma), white Gaussian noise, independent batches for each level", "n > d + 1")
WISHART = (*SETTING, "the mean of (X X^T)^-1 is (Sigma + s I)^-1/(n - d - 1)")
MOMENT = "M_t = W_t M_{t+1} W_t + tr(M_{t+1} (Sigma + s_t)^-1)/(n - d - 1) s_t W_t"
ONE = sp.S.One
PLANE = {dof: n - 3}
SIZES = domain_of((lam2_0, lam2_1, s_a, s_b, n)).where(n > 3)
ONE_SIZE = Domain(((lam2_0, POSITIVE), (lam2_1, POSITIVE), (s, POSITIVE), (n, POSITIVE))).where(n > 3)
WHITE = Domain(((lam2, POSITIVE), (s, POSITIVE), *domain_of((d, n, t)).ranges)).where(n > d + 1)
TRIALS = 40_000


def weight(lam2: sp.Expr, s: sp.Expr) -> sp.Expr:
    """Return lam^2/(lam^2 + s)."""
    return lam2 / (lam2 + s)


def second_order() -> sp.Expr:
    """Return u_0^T M_1 u_0 for two denoisers of one noise level in the plane."""
    return advanced(*advanced(ONE, ONE))[0].xreplace(PLANE)


CLAIMS = (
    Claim(
        id="our.joint.least_squares_chain.regression",
        says="X_0 = W_t X_t + an independent residual of covariance s_t W_t, W_t = Sigma (Sigma + s_t I)^-1",
        reading="uncorrelated, and so independent for Gaussian columns; sigma^2 = s",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                MatrixIdentity(Expect(rest * noisy.T), sp.ZeroMatrix(d, d), SAMPLE),
                MatrixIdentity(Expect(rest * rest.T), sigma**2 * optimal, SAMPLE),
            )
        ),
        domain=NOISE,
        assumes=SETTING,
        derived_in="least squares: rest",
        checks=EXACT,
    ),
    Claim(
        id="our.joint.least_squares_chain.inverse",
        says="E (X X^T)^-1 = (Sigma + s I)^-1/(n - d - 1)",
        reading="along a component of the data, in the plane",
        where=WHERE,
        source="ours",
        relation=Identity(Mean(r"u_0^\top (X X^\top)^{-1} u_0", lam2_0, s, n), 1 / ((lam2_0 + s) * (n - 3))),
        domain=ONE_SIZE,
        assumes=SETTING,
        checks=(
            AtEverySize(
                sample=simulated.inverse,
                cells=cells(lam2_0=(0.3, 1.0, 2.0), lam2_1=(0.5,), s=(0.25,), n_data=(10.0, 16.0)),
                trials=TRIALS,
                margin=0.02,
            ),
        ),
    ),
    Claim(
        id="our.joint.least_squares_chain.mean.given",
        says="E W_hat_1 ... W_hat_T = W_1 ... W_T",
        reading="W_hat^T a is W a + B r, B = (X X^T)^-1 X, whatever X is; its mean is W a, and batches are independent",
        where=WHERE,
        source="ours",
        relation=MatrixIdentity(Expect(v + B * RESIDUE[0].vector), v, RESIDUE),
        domain=domain_of((c,)),
        assumes=SETTING,
        derived_in="least squares: mean",
        checks=EXACT,
        slips=(
            MatrixIdentity(Expect(v + B * RESIDUE[0].vector), 2 * v, RESIDUE),
            MatrixIdentity(Expect(2 * v + B * RESIDUE[0].vector), v, RESIDUE),
            MatrixIdentity(Expect(v + B * RESIDUE[0].vector), -v, RESIDUE),
        ),
        formula=False,
    ),
    Claim(
        id="our.joint.least_squares_chain.mean",
        says="E W_hat_1 ... W_hat_T = W_1 ... W_T",
        reading="along a component of the data, for two denoisers of different noise levels in the plane, at every n",
        where=WHERE,
        source="ours",
        relation=Identity(
            Mean(r"u_0^\top \hat W_a \hat W_b u_0", lam2_0, s_a, s_b), lam2_0**2 / ((lam2_0 + s_a) * (lam2_0 + s_b))
        ),
        domain=SIZES,
        assumes=SETTING,
        derived_in="least squares: mean",
        checks=(
            AtEverySize(
                sample=simulated.first_moment,
                cells=cells(lam2_0=(0.3, 1.0), lam2_1=(0.5,), s_a=(0.25, 1.0), s_b=(0.5,), n_data=(10.0,)),
                trials=TRIALS,
                margin=0.03,
            ),
        ),
    ),
    Claim(
        id="our.joint.least_squares_chain.second.given",
        says=MOMENT,
        reading="given X: a^T E[W_hat M W_hat^T | X] a = v^T M v + c tr(M (X X^T)^-1), v = W a, c = s a^T W a",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                MatrixIdentity(Expect(inner(fitted, M * fitted)), inner(v, M * v) + c * sp.Trace(M * B * B.T), RESIDUE),
                MatrixIdentity(Inv(X * X.T) * X * (Inv(X * X.T) * X).T, Inv(X * X.T), (Nonsingular(X * X.T),)),
            )
        ),
        domain=domain_of((c,)),
        assumes=SETTING,
        derived_in="least squares: second moment",
        checks=EXACT,
    ),
    Claim(
        id="our.joint.least_squares_chain.second",
        says=MOMENT,
        reading="two steps of it in the plane, from M_3 = I, along a component of the data",
        where=WHERE,
        source="ours",
        relation=Identity(Mean(r"|\hat W_2^\top \hat W_1^\top u_0|^2", lam2_0, lam2_1, s, n), second_order()),
        domain=ONE_SIZE,
        assumes=SETTING,
        derived_in="least squares: second moment",
        checks=(
            AtEverySize(
                sample=simulated.second_moment,
                cells=cells(lam2_0=(0.3, 1.0), lam2_1=(0.5,), s=(0.25,), n_data=(10.0, 16.0)),
                trials=TRIALS,
                margin=0.06,
            ),
        ),
    ),
    Claim(
        id="our.joint.least_squares_chain.white",
        says=MOMENT,
        reading="data of the variance lam^2 in all d directions: M_1 = (W^2 + s W d/((lam^2 + s)(n - d - 1)))^T I",
        where=WHERE,
        source="ours",
        relation=Identity(
            Mean(r"|\hat W_t^\top \cdots \hat W_1^\top u|^2", lam2, s, d, n, t),
            (weight(lam2, s) ** 2 + s * weight(lam2, s) * d / ((lam2 + s) * (n - d - 1))) ** t,
        ),
        domain=WHITE,
        assumes=SETTING,
        derived_in="least squares: white data",
        checks=(
            AtEverySize(
                sample=simulated.white_moment,
                cells=cells(lam2=(1.0,), s=(0.25,), d=(1.0, 3.0), n_data=(12.0,), step=(1.0, 3.0)),
                trials=TRIALS,
                margin=0.06,
            ),
        ),
    ),
    Claim(
        id="our.joint.least_squares_chain.white.steps",
        says=MOMENT,
        reading="the same by induction over the steps",
        where=WHERE,
        source="ours",
        relation=Recurrence(
            solution=(weight(lam2, s) ** 2 + d * renewal(lam2) / ((lam2 + s) * dof)) ** t,
            var=t,
            unknown=y,
            following=white_factor() * y,
            start=ONE,
        ),
        domain=MODE.joined(domain_of((d, t))),
        assumes=WISHART,
        derived_in="least squares: white data",
        checks=EXACT,
    ),
    Claim(
        id="our.joint.least_squares_chain.many",
        says="n -> infinity gives M_1 = prod_t W_t^2",
        reading="two steps in the plane",
        where=WHERE,
        source="ours",
        relation=LimitIs(
            expr=advanced(*advanced(ONE, ONE))[0], var=dof, point=sp.oo, value=lam2_0**4 / (lam2_0 + s) ** 4
        ),
        domain=PAIR,
        assumes=WISHART,
        derived_in="least squares: second moment",
        checks=(KERNEL,),
    ),
)
