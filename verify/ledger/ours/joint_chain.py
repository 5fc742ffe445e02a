"""Chains of denoisers fitted by least squares to finitely many samples: exact moments, and what every n keeps."""

import sympy as sp

from numerics import least_squares as simulated
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.least_squares import (
    BEYOND,
    MODE,
    NOISE,
    PAIR,
    RESIDUE,
    SAMPLE,
    B,
    M,
    R,
    W,
    X,
    advanced,
    c,
    d,
    dof,
    fitted,
    gain,
    lam2,
    lam2_0,
    lam2_1,
    n,
    noisy,
    optimal,
    renewal,
    rest,
    rho,
    s,
    secular,
    sigma,
    t,
    unit,
    v,
    white_factor,
    y,
)
from theory.matrices import Diagonal, Expect, Inv, Nonsingular, inner
from theory.observable import Mean
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity, Monotone, Recurrence, Within
from theory.symbols import symbols
from verify.checks.cells import cells
from verify.checks.enclosure import Enclosure
from verify.checks.every_size import AtEverySize
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

s_a, s_b = symbols("s_a s_b")
WHERE = "least squares on independent batches of n samples, every n > d + 1"
SETTING = ("columns N(0, Sigma), white Gaussian noise, independent batches for each level", "n > d + 1")
WISHART = (*SETTING, "the mean of (X X^T)^-1 is (Sigma + s I)^-1/(n - d - 1)")
MOMENT = "M_t = W_t M_{t+1} W_t + tr(M_{t+1} (Sigma + s_t)^-1)/(n - d - 1) s_t W_t"
ZERO, ONE = sp.S.Zero, sp.S.One
PLANE = {dof: n - 3}
SIZES = domain_of((lam2_0, lam2_1, s_a, s_b, n)).where(n > 3)
ONE_SIZE = Domain(((lam2_0, POSITIVE), (lam2_1, POSITIVE), (s, POSITIVE), (n, POSITIVE))).where(n > 3)
WHITE = Domain(((lam2, POSITIVE), (s, POSITIVE), *domain_of((d, n, t)).ranges)).where(n > d + 1)
TRIALS = 40_000
COVER = Enclosure(boxes=200, samples=15)
DATA = {lam2_0: ONE, lam2_1: sp.Rational(1, 2), s: sp.Rational(1, 4)}


def weight(lam2: sp.Expr, s: sp.Expr) -> sp.Expr:
    """Return lam^2/(lam^2 + s)."""
    return lam2 / (lam2 + s)


def second_order() -> sp.Expr:
    """Return u_0^T M_1 u_0 for two denoisers of one noise level in the plane."""
    return advanced(*advanced(ONE, ONE))[0].xreplace(PLANE)


def factor_between(count: str, low: str, high: str) -> Both:
    """Return that the equation of the factor has its root between two decimals, at lam^2 = 1, 1/2 and s = 1/4, d = 2."""
    samples = sp.Integer(count)

    def excess(rho: sp.Expr) -> sp.Expr:
        total = sum(secular(lam, rho) for lam in (lam2_0, lam2_1))
        return (total / (samples - 3) - 1).xreplace(DATA)

    top = (gain(lam2_0) ** 2).xreplace(DATA)
    first, last = sp.Rational(low), sp.Rational(high)
    return Both(
        (Inequality(first, ">", top), Inequality(excess(first), ">", ZERO), Inequality(excess(last), "<", ZERO))
    )


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
    Claim(
        id="our.joint.least_squares_floor.eigenvector",
        says="constant s, R = s W: as T -> infinity the normalised M_1 tends to a multiple of R (rho - W^2)^-1",
        reading="with N = R (rho I - W^2)^-1 scaled to tr(N (Sigma + s I)^-1) = n - d - 1 one step makes W N W + R of it, "
        "which is rho N; the step is a positive matrix on the modes, so that its iterates tend to its positive eigenvector",
        where=WHERE,
        source="ours",
        relation=MatrixIdentity(
            W * R * Inv(rho * unit - W * W) * W + R,
            rho * R * Inv(rho * unit - W * W),
            (Diagonal((W, R)), Nonsingular(rho * unit - W * W)),
        ),
        domain=domain_of((rho,)),
        assumes=WISHART,
        derived_in="least squares: eigenvector",
        checks=EXACT,
    ),
    Claim(
        id="our.joint.least_squares_floor.factor",
        says="rho the largest root of 1 = 1/(n - d - 1) sum_i R_i/((lam_i^2 + s)(rho - W_i^2))",
        reading="beyond all W_i^2 every term falls with rho, from infinity to 0: there is one root",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Monotone(expr=secular(lam2, rho), var=rho, op="<"),
                LimitIs(expr=secular(lam2, rho), var=rho, point=sp.oo, value=ZERO),
                Within(
                    LimitIs(expr=secular(lam2, gain(lam2) ** 2 + y), var=y, point=ZERO, value=sp.oo),
                    Domain(((lam2, POSITIVE), (s, POSITIVE), (y, Range(ZERO, sp.oo, low_open=True)))),
                ),
            )
        ),
        domain=BEYOND,
        assumes=WISHART,
        derived_in="least squares: factor",
        checks=(KERNEL,),
        slips=(
            Monotone(expr=secular(lam2, rho), var=rho, op=">"),
            LimitIs(expr=secular(lam2, rho), var=rho, point=sp.oo, value=ONE),
        ),
        formula=False,
    ),
    Claim(
        id="our.joint.least_squares_floor.keeps",
        says="so M_1 keeps every mode with lam_i > 0 for every finite n > d + 1",
        reading="R_i/(rho - W_i^2) > 0 for rho beyond W_i^2; at lam_i = 0 it is 0",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Inequality(renewal(lam2) / (rho - gain(lam2) ** 2), ">", ZERO),
                Within(
                    LimitIs(expr=renewal(lam2) / (rho - gain(lam2) ** 2), var=lam2, point=ZERO, value=ZERO),
                    domain_of((lam2, s, rho)).where(rho * (lam2 + s) ** 2 > lam2**2, s > 0),
                ),
            )
        ),
        domain=BEYOND,
        assumes=WISHART,
        derived_in="least squares: eigenvector",
        checks=(KERNEL,),
        slips=(
            Inequality(renewal(lam2) / (rho - gain(lam2) ** 2), "<=", ZERO),
            Inequality(renewal(lam2) / (rho - gain(lam2)), ">", ZERO),
            Inequality(renewal(lam2) / (rho - gain(lam2) ** 2), ">", ONE),
        ),
        formula=False,
    ),
    Claim(
        id="our.joint.least_squares_floor.certified",
        says="at lam^2 = 1 and 1/2, s = 1/4 the factor rho is 0.6667 for n = 10 and 0.6402 for n = 1000 (W_0^2 = 0.64)",
        where=WHERE,
        source="ours",
        relation=Both((factor_between("10", "0.6666", "0.6667"), factor_between("1000", "0.6401", "0.6402"))),
        domain=Domain(()),
        assumes=WISHART,
        derived_in="least squares: factor",
        checks=(COVER,),
        slips=(factor_between("10", "0.65", "0.66"), factor_between("1000", "0.671", "0.672")),
        formula=False,
    ),
)
