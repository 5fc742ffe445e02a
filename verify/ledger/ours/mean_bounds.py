"""What a mean does to the rates of training: invariants, bounds, directions, and a sum rule for the loss."""

import sympy as sp

from numerics.scenes import means as mean_scenes
from theory import mean_dynamics as dynamics
from theory.domain import domain_of
from theory.matrices import Grad
from theory.mean_coupling import COUPLED, lam, mean, mu, r_fast, r_slow, sigma
from theory.mean_dynamics import NOISE, D, m, r
from theory.one_dimension import RIGHT, stiffness
from theory.regression import DATA, M, W, W_opt, b, b_opt, loss
from theory.regression import mu as mean_vector
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity, Monotone, Within
from verify.checks.matrices import Matrices, parts_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.appendix_D_2 import (
    characteristic,
    dynamics_matrix,
    e1,
    e2,
    lam1,
    lam2,
    m1,
    m2,
    secular,
)
from verify.ledger.spectral_bias.lanes_4_2 import CONTINUOUS

ZERO, ONE = sp.S.Zero, sp.S.One
ALONG = (CONTINUOUS, "the mean is along u_k", "the axis points to the mean: mu > 0")
TWO = domain_of((lam1, lam2, m1, m2, sigma))
APART = TWO.where(lam1 < lam2, lam1 + sigma**2 > 0, sp.Ne(m1, 0), sp.Ne(m2, 0))
ORDERED = TWO.where(lam1 <= lam2, lam1 + sigma**2 > 0)
total = e1 * e2 + m1**2 * e2 + m2**2 * e1
slowest = e1 * e2 / total  # 1/(1 + sum_k m_k^2/(sigma^2 + lam_k))
OFF_RATES = ORDERED.where(sp.Ne(total, e1), sp.Ne(total, e2))  # the bound is neither of the two rates
noisy = RIGHT.where(sigma > 0)


def excess(rate: sp.Expr) -> sp.Expr:
    """Return sum_k m_k^2 r/(e_k (e_k - r)), which is what the secular function exceeds 0 by where r is the bound."""
    return m1**2 * rate / (e1 * (e1 - rate)) + m2**2 * rate / (e2 * (e2 - rate))


CLAIMS = (
    Claim(
        id="our.mean.linear",
        says="the gradients in W and b are affine in (W, b): linear in the distance from the optimum",
        where="corrects app. D.2 of the spectral-bias paper",
        source="ours",
        relation=Both(
            (
                MatrixIdentity(Grad(loss, W), 2 * (W - W_opt) * M + 2 * dynamics.entrained * mean_vector.T, DATA),
                MatrixIdentity(Grad(loss, b), 2 * (W - W_opt) * mean_vector + 2 * (b - b_opt), DATA),
            )
        ),
        domain=NOISE,
        derived_in="mean dynamics: bias",
        checks=(*EXACT, Matrices(scene=mean_scenes.gradients, formula=parts_of)),
    ),
    Claim(
        id="our.mean.invariants.determinant",
        says="det M = (sigma^2 + lam_1)(sigma^2 + lam_2) for two modes, whatever the mean",
        where="app. D.2 of the spectral-bias paper",
        source="ours",
        relation=Identity(dynamics_matrix().det(method="berkowitz"), e1 * e2),
        domain=TWO,
        assumes=("two modes",),
        checks=EXACT,
    ),
    Claim(
        id="our.mean.invariants.trace",
        says="tr M = sum_k (sigma^2 + lam_k) + |mu|^2 + 1, in any dimension",
        where="app. D.2 of the spectral-bias paper",
        source="ours",
        reading="M = [[D + m m^T, m], [m^T, 1]], D = diag(sigma^2 + lam_k), |m| = |mu|",
        relation=MatrixIdentity(sp.Trace(D + m * m.T) + 1, sp.Trace(D) + sp.Trace(m.T * m) + 1, ()),
        domain=domain_of(()),
        checks=EXACT,
    ),
    Claim(
        id="our.mean.invariants.interlacing",
        says="for two modes of different variance and overlaps that are not 0, one eigenvalue of M lies in each of (0, "
        "sigma^2 + lam_1), (sigma^2 + lam_1, sigma^2 + lam_2) and beyond",
        where="app. D.2 of the spectral-bias paper",
        source="ours",
        reading="det(M - r) is positive at 0, negative and positive at the two rates of centred data, and -1 times r^3 "
        "far out",
        relation=Both(
            (
                Inequality(characteristic(ZERO), ">", ZERO),
                Inequality(characteristic(e1), "<", ZERO),
                Inequality(characteristic(e2), ">", ZERO),
                LimitIs(expr=characteristic(r) / r**3, var=r, point=sp.oo, value=-ONE),
            )
        ),
        domain=APART.joined(domain_of((r,))),
        assumes=("two modes",),
        checks=(KERNEL,),
        slips=(Inequality(characteristic(e1), ">", ZERO), Inequality(characteristic(e2), "<", ZERO)),
        formula=False,
    ),
    Claim(
        id="our.mean.slowdown",
        says="r_min(M) <= min{min_k (sigma^2 + lam_k), 1/(1 + sum_k m_k^2/(sigma^2 + lam_k))}",
        where="app. D.2 of the spectral-bias paper",
        source="ours",
        reading="for one mode by its eigenvalues; for two modes det(M - r), positive below r_min, is not positive at the "
        "first bound, and at the second one where that is smaller",
        relation=Both(
            (
                Within(Inequality(r_slow, "<=", r_fast * r_slow), COUPLED),
                Within(Inequality(r_slow, "<=", r_fast * r_slow / (r_fast * r_slow + mean**2)), COUPLED),
                Inequality(characteristic(e1), "<=", ZERO),
                Within(Identity(secular(slowest), excess(slowest)), OFF_RATES),
                Within(Inequality(excess(r), ">=", ZERO), ORDERED.joined(domain_of((r,))).where(r < e1)),
            )
        ),
        domain=ORDERED,
        assumes=("one or two modes",),
        checks=(KERNEL,),
        slips=(
            Inequality(characteristic(e2), "<=", ZERO),
            Within(Inequality(excess(r), "<", ZERO), OFF_RATES.joined(domain_of((r,)))),
        ),
        formula=False,
    ),
    Claim(
        id="our.mean.fast_direction",
        says="along the fast direction w and b move together if mu > 0 and against each other if mu < 0; it is closer to "
        "that of b if and only if lam + mu^2 + sigma^2 < 1",
        where="corrects app. D.2.1 of the spectral-bias paper",
        source="ours",
        relation=Both(
            (
                Inequality((r_fast - 1) * mean, ">", ZERO),
                Inequality((r_fast - 1) * -mean, "<", ZERO),
                Within(Inequality(r_fast - 1, "<", mean), COUPLED.where(r_fast + r_slow < 2)),
                Within(Inequality(r_fast - 1, ">=", mean), COUPLED.where(r_fast + r_slow >= 2)),
            )
        ),
        domain=COUPLED,
        assumes=(CONTINUOUS, "the mean is along u_k"),
        checks=(KERNEL,),
        slips=(
            Within(Inequality(r_fast - 1, "<", mean), COUPLED),
            Within(Inequality(r_fast - 1, ">=", mean), COUPLED),
        ),
        formula=False,
    ),
    Claim(
        id="our.mean.timescales",
        says="the two time scales are closest where lam + sigma^2 = 1 + mu^2; they part towards smaller and towards larger "
        "noise",
        where="corrects app. D.2 of the spectral-bias paper, after Remark D.3",
        source="ours",
        relation=Both(
            (
                Within(Monotone(expr=stiffness, var=sigma, op="<"), noisy.where(lam + sigma**2 < 1 + mu**2)),
                Within(Monotone(expr=stiffness, var=sigma, op=">"), noisy.where(lam + sigma**2 > 1 + mu**2)),
            )
        ),
        domain=noisy,
        assumes=ALONG,
        checks=EXACT,
        slips=(
            Within(Monotone(expr=stiffness, var=sigma, op="<"), noisy),
            Within(Monotone(expr=stiffness, var=sigma, op=">"), noisy),
        ),
        formula=False,
    ),
    Claim(
        id="our.mean.sum_rule",
        says="int_0^tau (L - L_min) dtau' = (|Z(0)|^2 - |Z(tau)|^2)/(4 eta), Z = [(W - W*) U, b - b*], for any mean, "
        "covariance, noise level and start",
        where="app. D.2 of the spectral-bias paper",
        source="ours",
        reading="its derivative: d|Z|^2/dtau = -4 eta (L - L_min)",
        relation=dynamics.DERIVATION.steps[5].relation,
        domain=dynamics.TRAINED,
        assumes=(CONTINUOUS,),
        derived_in="mean dynamics: distance to the optimum",
        checks=(*EXACT, Matrices(scene=mean_scenes.closing_in)),
    ),
)
