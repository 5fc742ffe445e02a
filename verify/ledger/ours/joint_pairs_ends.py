"""The same law at both ends of training: its start, and the noise that a fully trained denoiser acts at."""

import sympy as sp

from numerics.noisy_components import sample_laws as simulated
from theory.domain import domain_of
from theory.noisy_pairs import (
    LEFT,
    MODEL,
    PLACES,
    P,
    a,
    d,
    gamma,
    lam2,
    p,
    place,
    s,
    transform,
)
from theory.observable import Mean
from theory.relation import Both, Identity, Inequality, LimitIs, Monotone, Within
from verify.checks.cells import cells
from verify.checks.limit import InTheLimit
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

WHERE = "training on one noise draw for each sample"
SETTING = ("gradient flow of (1/n)|X_0 - W X_t|^2 from W = 0, a = 2 eta tau", "X_0 of one component, or of several")
LIMIT = (*SETTING, "regime (L): the resolvent of the Hermitised noise tends to diag(p I_d, q I_n)")
LAW = (
    "u_i^T W_hat(a) u_i -> lam_i^2 times the contour integral of (1 - exp(-a z))/z P/(1 - lam_i^2 P) around the spectrum of "
    "A, z P = (1 + s P)(1 + s gamma P), P ~ 1/z"
)
LATE = "for gamma < 1 and a -> infinity the value is lam_i^2/(lam_i^2 + s)"
ZERO = sp.S.Zero
learned = Mean(r"u^\top \hat W(a) u", d, gamma, lam2, s, a)
TRAINED = MODEL.joined(domain_of((a, d)))

CLAIMS = (
    Claim(
        id="our.joint.noisy_pairs.early",
        says=LAW,
        reading="for small a the gain is lam^2 (a - a^2/2 (lam^2 + s (1 + gamma)) + ...): the mean of the measure",
        where=WHERE,
        source="ours",
        relation=LimitIs(
            expr=place(P) * (place(P) * transform(P) - 1), var=P, point=ZERO, value=lam2 + s * (1 + gamma)
        ),
        domain=PLACES.where(lam2 * P < 1),
        assumes=LIMIT,
        derived_in="noisy pairs: early",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.joint.noisy_pairs.branch",
        says=LATE,
        reading="left of the spectrum z rises with -P from -infinity; it is 0 at P = -1/s and at P = -1/(gamma s), and the "
        "first of them that -P meets is 1/s for gamma < 1",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Within(Monotone(expr=place(-p), var=p, op=">"), LEFT),
                Within(Identity(place(-1 / s), ZERO), MODEL),
                Within(Identity(place(-1 / (gamma * s)), ZERO), MODEL),
                Within(Inequality(1 / s, "<", 1 / (gamma * s)), MODEL.where(gamma < 1)),
            )
        ),
        domain=MODEL,
        assumes=LIMIT,
        derived_in="noisy pairs: branch",
        checks=(KERNEL,),
        slips=(
            Within(Monotone(expr=place(-p), var=p, op="<"), LEFT),
            Within(Inequality(1 / s, "<", 1 / (gamma * s)), MODEL),
            Within(Identity(place(1 / s), ZERO), MODEL),
        ),
        formula=False,
    ),
    Claim(
        id="our.joint.noisy_pairs.late",
        says=LATE,
        reading="minus lam^2 times the residue at 0: of P/(1 - lam^2 P)/z, whose integral around everything vanishes",
        where=WHERE,
        source="ours",
        relation=Identity(-lam2 * transform(-1 / s), lam2 / (lam2 + s)),
        domain=MODEL,
        assumes=(*LIMIT, "d < n"),
        derived_in="noisy pairs: late",
        checks=EXACT,
    ),
    Claim(
        id="our.joint.noisy_pairs.late_few",
        says="for gamma > 1 and a -> infinity the value is lam_i^2/(lam_i^2 + gamma s): a shrinkage step at the noise gamma s",
        where=WHERE,
        source="ours",
        relation=Identity(-lam2 * transform(-1 / (gamma * s)), lam2 / (lam2 + gamma * s)),
        domain=MODEL,
        assumes=(*LIMIT, "d > n"),
        derived_in="noisy pairs: late, few samples",
        checks=EXACT,
    ),
    Claim(
        id="our.joint.noisy_pairs.late_simulated",
        says="for a -> infinity the gain is lam_i^2/(lam_i^2 + s max(1, gamma))",
        reading="at a = 1e9, by simulation",
        where=WHERE,
        source="ours",
        relation=LimitIs(
            expr=learned, var=d, point=sp.oo, value=lam2 / (lam2 + s * (1 + gamma + sp.Abs(gamma - 1)) / 2)
        ),
        domain=TRAINED,
        assumes=LIMIT,
        derived_in="noisy pairs: late, few samples",
        checks=(
            InTheLimit(
                sample=simulated.pair_gain,
                cells=cells(gamma=(0.5, 2.0, 4.0), lam2=(1.0,), s=(0.5,), a=(1e9,)),
                points=(12, 24, 48),
                trials=(1600, 1200, 800),
                margin=0.03,
                relative=False,
            ),
        ),
    ),
)
