"""Training on one noise draw for each sample: one law of training time and noise sampling, in large dimension."""

import sympy as sp

from numerics.noisy_components import sample_laws as simulated
from theory.domain import Domain, Range, domain_of
from theory.matrices import Inv, MatrixExp, Rate
from theory.noisy_pairs import (
    FEW,
    LOUD,
    MODEL,
    PLACES,
    REGULAR,
    X0,
    A,
    C,
    P,
    X,
    a,
    d,
    gain,
    gamma,
    h,
    lam2,
    outlier,
    p_a,
    place,
    q_a,
    s,
    trained_few,
    transform,
)
from theory.observable import Mean
from theory.relation import Both, Identity, LimitIs, MatrixIdentity, Within
from verify.checks.cells import cells
from verify.checks.limit import InTheLimit
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

WHERE = "training on one noise draw for each sample"
SETTING = ("gradient flow of (1/n)|X_0 - W X_t|^2 from W = 0, a = 2 eta tau", "X_0 of one component, or of several")
LIMIT = (*SETTING, "regime (L): the resolvent of the Hermitised noise tends to diag(p I_d, q I_n)")
FLOW = "gradient flow gives W_hat(a) = (1/n) X_0 X_t^T A^-1 (I - exp(-a A)), A = X_t X_t^T/n"
LAW = (
    "u_i^T W_hat(a) u_i -> lam_i^2 times the contour integral of (1 - exp(-a z))/z P/(1 - lam_i^2 P) around the spectrum of "
    "A, z P = (1 + s P)(1 + s gamma P), P ~ 1/z"
)
ZERO, ONE = sp.S.Zero, sp.S.One
unit = sp.Identity(d)
learned = Mean(r"u^\top \hat W(a) u", d, gamma, lam2, s, a)
OPEN = Domain(((h, Range(ZERO, ONE, low_open=True, high_open=True)),))
TRAINED = MODEL.joined(domain_of((a, d)))

CLAIMS = (
    Claim(
        id="our.joint.noisy_pairs.flow",
        says=FLOW,
        reading="dW/da = C - W A, C = X_0 X_t^T/n, for regular A",
        where=WHERE,
        source="ours",
        relation=MatrixIdentity(
            C - C * Inv(A) * (unit - MatrixExp(-a * A)) * A, Rate(C * Inv(A) * (unit - MatrixExp(-a * A)), a), REGULAR
        ),
        domain=domain_of((a,)),
        assumes=SETTING,
        derived_in="noisy pairs: flow",
        checks=EXACT,
    ),
    Claim(
        id="our.joint.noisy_pairs.few",
        says=FLOW + " (an entire function of A, so also for singular A)",
        reading="with fewer samples than dimensions through G = X_t^T X_t: W = X_0 G^-1 (I - exp(-a G)) X_t^T has dW/da = "
        "X_0 X_t^T - W X_t X_t^T, the 1/n in a",
        where=WHERE,
        source="ours",
        relation=MatrixIdentity(Rate(trained_few(), a), X0 * X.T - trained_few() * X * X.T, FEW),
        domain=domain_of((a,)),
        assumes=SETTING,
        derived_in="noisy pairs: few samples",
        checks=(KERNEL,),
        slips=(
            MatrixIdentity(Rate(trained_few(), a), X0 * X.T, FEW),
            MatrixIdentity(Rate(trained_few(), a), 2 * X0 * X.T - trained_few() * X * X.T, FEW),
            MatrixIdentity(Rate(trained_few(), a), X0 * X.T - 2 * trained_few() * X * X.T, FEW),
        ),
        formula=False,
    ),
    Claim(
        id="our.joint.noisy_pairs.transform",
        says=LAW,
        reading="the equation of P = p q from those of p and q, and the component's part of the resolvent, lam P/(1 - lam^2 P)",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Within(
                    Identity((1 + s * P) * (1 + s * gamma * P) / P, 1 / P + s * (1 + gamma) + s**2 * gamma * P), PLACES
                ),
                Within(
                    Identity(transform(p_a * q_a) / q_a, p_a / (1 - lam2 * p_a * q_a)),
                    domain_of((lam2, p_a, q_a)).where(lam2 * p_a * q_a < 1),
                ),
            )
        ),
        domain=MODEL,
        assumes=LIMIT,
        derived_in="noisy pairs: component",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.joint.noisy_pairs.outlier",
        says=LAW,
        reading="for lam^4 > gamma s^2 the spectrum has the outlier (lam^2 + s)(lam^2 + gamma s)/lam^2, with the share "
        "1 - gamma s^2/lam^4",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Within(Identity(place(1 / lam2), (lam2 + s) * (lam2 + gamma * s) / lam2), MODEL),
                Within(
                    LimitIs(
                        expr=(place((1 - h) / lam2) - outlier()) * transform((1 - h) / lam2),
                        var=h,
                        point=ZERO,
                        value=1 - gamma * s**2 / lam2**2,
                    ),
                    LOUD.joined(OPEN),
                ),
            )
        ),
        domain=MODEL,
        assumes=LIMIT,
        derived_in="noisy pairs: weight",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.joint.noisy_pairs.gain",
        says=LAW,
        reading="the contour drawn onto the spectrum: outlier and bulk s (1 + gamma) + 2 s sqrt(gamma) v, -1 < v < 1",
        where=WHERE,
        source="ours",
        relation=LimitIs(expr=learned, var=d, point=sp.oo, value=gain()),
        domain=TRAINED,
        assumes=LIMIT,
        derived_in="noisy pairs: gain",
        checks=(
            InTheLimit(
                sample=simulated.pair_gain,
                cells=cells(gamma=(0.5, 2.0), lam2=(1.0,), s=(0.5,), a=(0.7, 2.0)),
                points=(12, 24, 48),
                trials=(1600, 1200, 800),
                margin=0.03,
                relative=False,
            ),
        ),
    ),
)
