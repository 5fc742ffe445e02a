"""Repeated shrinkage: gains, when one component is left alone, and how it differs from power iteration."""

import sympy as sp

from numerics.scenes.shrinkage import one_more
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.matrices import Eigenvector
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity, Monotone, Recurrence, Within
from theory.shrinkage import (
    MODE,
    PAIR,
    PSD,
    RELATIVE,
    Sigma,
    d,
    denoiser,
    gain,
    lam2,
    lam2_0,
    lam2_1,
    level,
    loss_of_step,
    quotient,
    s,
    step_ratio,
    t,
    u,
    y,
)
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

WHERE = "repeated denoising without new noise"
EXACT_SIGMA = ("the denoisers know Sigma exactly", "no noise is added between the steps")
M = sp.MatrixSymbol("M", d, d)
before = Eigenvector(u, M, y)
ZERO, ONE = sp.S.Zero, sp.S.One


def chained(factor: sp.Expr) -> MatrixIdentity:
    """Return that one more denoiser multiplies the gain y of what came before by `factor`."""
    return MatrixIdentity(denoiser(s) * M * u, factor * y * u, (PSD, Eigenvector(u, Sigma, lam2), before))


def lost(bound: sp.Expr, op: str = "<=") -> Inequality:
    """Return that the loss of a step is on one side of `bound`."""
    return Inequality(loss_of_step(), op, bound)


def at(number: str, op: str, bound: sp.Expr) -> Within:
    """Return the loss of a step at u = `number` against `bound`."""
    where = Domain(((quotient, Range(ONE, sp.oo, low_open=True)),))
    return Within(Inequality(loss_of_step().xreplace({level: sp.Rational(number)}), op, bound), where)


CLAIMS = (
    Claim(
        id="our.shrinkage.power_iteration.gains",
        says="D_t = Sigma (Sigma + s_t I)^-1 applied repeatedly without new noise has gains prod_t lam_i^2/(lam_i^2 + s_t)",
        reading="by induction over the steps: if what came before multiplies an eigenvector u of Sigma by g, one more "
        "denoiser makes it g lam^2/(lam^2 + s); whatever the order and the noise levels",
        where=WHERE,
        source="ours",
        relation=chained(lam2 / (lam2 + s)),
        domain=MODE.joined(domain_of((y,))),
        assumes=EXACT_SIGMA,
        derived_in="shrinkage: mode",
        checks=(*EXACT, Matrices(scene=one_more)),
    ),
    Claim(
        id="our.shrinkage.power_iteration.constant",
        says="at constant s the gain after T steps is (lam_i^2/(lam_i^2 + s))^T",
        where=WHERE,
        source="ours",
        relation=Recurrence(solution=gain(lam2, s) ** t, var=t, unknown=y, following=lam2 / (lam2 + s) * y, start=ONE),
        domain=MODE.joined(domain_of((t,))),
        assumes=EXACT_SIGMA,
        derived_in="shrinkage: chain",
        checks=EXACT,
    ),
    Claim(
        id="our.shrinkage.power_iteration.collapse",
        says="R_1 -> 0 iff sum_t min(1, s_t/lam_0^2) = infinity (lam_0 > lam_1 > 0)",
        reading="-ln R_1/2 is the sum of L(u_t) = ln(1 + q u_t) - ln(1 + u_t), u = s/lam_0^2, q = lam_0^2/lam_1^2. "
        "L rises and is concave with L(0) = 0, so L(u) >= L(1) min(1, u) with L(1) > 0; and L(u) <= (q - 1) u, "
        "L(u) <= ln q <= q - 1, so L(u) <= (q - 1) min(1, u): both sums are infinite together",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Monotone(expr=loss_of_step(), var=level, op=">"),
                Monotone(expr=sp.Derivative(loss_of_step(), level), var=level, op="<"),
                LimitIs(expr=loss_of_step(), var=level, point=ZERO, value=ZERO),
                at("1", ">", ZERO),
                lost((quotient - 1) * level),
                lost(sp.log(quotient)),
            )
        ),
        domain=RELATIVE,
        assumes=EXACT_SIGMA,
        derived_in="shrinkage: concavity",
        checks=(KERNEL,),
        slips=(
            lost((quotient - 1) * level / 2),
            lost(sp.log(quotient) / 2),
            Monotone(expr=loss_of_step(), var=level, op="<"),
            Monotone(expr=sp.Derivative(loss_of_step(), level), var=level, op=">"),
        ),
        formula=False,
    ),
    Claim(
        id="our.shrinkage.power_iteration.large_noise",
        says="s D -> Sigma as s -> infinity, so one step tends to one power-iteration step",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                MatrixIdentity(s * denoiser(s), Sigma - Sigma * denoiser(s), (PSD,)),
                Within(LimitIs(expr=s * gain(lam2, s), var=s, point=sp.oo, value=lam2), MODE),
                Within(LimitIs(expr=gain(lam2, s), var=s, point=sp.oo, value=ZERO), MODE),
            )
        ),
        domain=Domain(((s, POSITIVE),)),
        assumes=EXACT_SIGMA,
        derived_in="shrinkage: mode",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.shrinkage.power_iteration.ratio",
        says="amplitude ratio per step of shrinkage: lam_1^2/lam_0^2 (lam_0^2 + s)/(lam_1^2 + s)",
        where=WHERE,
        source="ours",
        relation=Identity(gain(lam2_1, s) / gain(lam2_0, s), lam2_1 / lam2_0 * (lam2_0 + s) / (lam2_1 + s)),
        domain=PAIR,
        assumes=EXACT_SIGMA,
        derived_in="shrinkage: pair",
        checks=EXACT,
    ),
    Claim(
        id="our.shrinkage.power_iteration.slower",
        says="the ratio of shrinkage is always closer to 1 than that of power iteration, and tends to it as s grows",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Inequality(step_ratio(), ">", lam2_1 / lam2_0),
                Inequality(step_ratio(), "<", ONE),
                Monotone(expr=step_ratio(), var=s, op="<"),
                LimitIs(expr=step_ratio(), var=s, point=sp.oo, value=lam2_1 / lam2_0),
            )
        ),
        domain=PAIR,
        assumes=EXACT_SIGMA,
        derived_in="shrinkage: pair",
        checks=(KERNEL,),
        slips=(
            Inequality(step_ratio(), "<", lam2_1 / lam2_0),
            Inequality(step_ratio(), ">", ONE),
            Monotone(expr=step_ratio(), var=s, op=">"),
            Inequality(step_ratio(), "<", 2 * lam2_1 / lam2_0),
        ),
        formula=False,
    ),
)
