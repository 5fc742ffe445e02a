"""Repeated shrinkage against power iteration: gains, speeds, and when one component is left alone."""

import sympy as sp

from numerics.shrinkage_scenes import one_more
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.matrices import Eigenvector
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity, Monotone, Recurrence, Within
from theory.shrinkage import (
    BELOW,
    MODE,
    PAIR,
    PSD,
    RELATIVE,
    Sigma,
    d,
    denoiser,
    gain,
    gamma,
    lam2,
    lam2_0,
    lam2_1,
    level,
    loss_of_step,
    quotient,
    s,
    step_ratio,
    steps_to,
    t,
    u,
    y,
    y_noise,
)
from theory.spiked import overlap_squared
from theory.symbols import symbols
from verify.checks.enclosure import Enclosure
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

(eps,) = symbols("eps")
WHERE = "repeated denoising without new noise"
EXACT_SIGMA = ("the denoisers know Sigma exactly", "no noise is added between the steps")
M = sp.MatrixSymbol("M", d, d)
before = Eigenvector(u, M, y)
ZERO, ONE = sp.S.Zero, sp.S.One
SMALL = Domain(((eps, Range(ZERO, ONE, low_open=True, high_open=True)),))
COVER = Enclosure(boxes=400, samples=15)


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


def fresh_ratio() -> sp.Expr:
    """Return C_1/C_0 at d = n, the amplitude ratio of one projection learned from fresh noise."""
    return (1 - s / lam2_1) / (1 - s / lam2_0)


def relative(expr: sp.Expr) -> sp.Expr:
    """Return a function of s/lam_1^2 and lam_0^2/lam_1^2 as one of y and q."""
    return expr.xreplace({lam2_0: quotient * lam2_1, s: y_noise * lam2_1}).xreplace({lam2_1: ONE})


def counted(ratio: sp.Expr, noise: str, low: str, high: str) -> Both:
    """Return that the number of steps to the variance ratio 1e-6 is between two decimals at lam_0^2 = 2 lam_1^2 = 1."""
    example = {lam2_0: ONE, lam2_1: sp.Rational(1, 2), s: sp.Rational(noise)}
    steps = steps_to(ratio, sp.Rational(1, 10**6)).xreplace(example)
    return Both((Inequality(steps, ">", sp.Rational(low)), Inequality(steps, "<", sp.Rational(high))))


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
    Claim(
        id="our.shrinkage.power_iteration.link",
        says="C_i(s) = lam_i^2/(lam_i^2 + gamma s) (1 - gamma s^2/lam_i^4): a shrinkage step at noise gamma s times a "
        "threshold factor",
        reading="at gamma = 1 it is 1 - s/lam_i^2",
        where="projections learned from fresh noise, large dimension",
        source="ours",
        relation=Both(
            (
                Identity(overlap_squared(s), lam2 / (lam2 + gamma * s) * (1 - gamma * s**2 / lam2**2)),
                Identity(overlap_squared(s).xreplace({gamma: ONE}), 1 - s / lam2),
            )
        ),
        domain=MODE.joined(domain_of((gamma,))),
        checks=EXACT,
    ),
    Claim(
        id="our.shrinkage.power_iteration.projection",
        says="fresh-noise PCA at gamma = 1 has a smaller ratio C_1/C_0 than power iteration, below the threshold "
        "s < lam_1^2, iff s > lam_0^2 lam_1^2/(lam_0^2 + lam_1^2)",
        reading="with q = lam_0^2/lam_1^2 > 1 and y = s/lam_1^2 < 1 the difference of the two ratios has the sign of "
        "y - q/(1 + q), the other factors being positive; from s = lam_1^2 on C_1 = 0, and the ratio is smaller until C_0 = 0, too",
        where="projections learned from fresh noise, large dimension",
        source="ours",
        relation=Identity(
            relative(lam2_1 / lam2_0 - fresh_ratio()),
            (quotient**2 - 1) / (quotient * (quotient - y_noise)) * (y_noise - quotient / (1 + quotient)),
        ),
        domain=BELOW,
        assumes=("regime (L), d = n, one noise variance s for all steps",),
        checks=EXACT,
    ),
    Claim(
        id="our.shrinkage.power_iteration.accumulated",
        says="with accumulated noise of the final variance s below both thresholds R_1 = C_1(s)/C_0(s) > 0 whatever the number "
        "of steps",
        reading="at d = n, with q = lam_0^2/lam_1^2 and y = s/lam_1^2 < 1: the ratio is (1 - y)/(1 - y/q), between 0 and 1",
        where="projections learned from accumulated noise, large dimension",
        source="ours",
        relation=Both(
            (
                Identity(relative(fresh_ratio()), (1 - y_noise) / (1 - y_noise / quotient)),
                Inequality(relative(fresh_ratio()), ">", ZERO),
                Inequality(relative(fresh_ratio()), "<", ONE),
            )
        ),
        domain=BELOW,
        assumes=("regime (L), d = n",),
        checks=(KERNEL,),
        slips=(Inequality(relative(fresh_ratio()), "<=", ZERO), Inequality(relative(fresh_ratio()), ">=", ONE)),
        formula=False,
    ),
    Claim(
        id="our.shrinkage.power_iteration.steps",
        says="steps to variance ratio eps: ln(1/eps)/(2 ln(lam_0^2/lam_1^2)) for power iteration, "
        "ln(1/eps)/(2 ln(C_0/C_1)) for fresh-noise PCA",
        reading="for amplitude ratios q^T with q = lam_1^2/lam_0^2 and q = C_1/C_0 = 1/x",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Within(
                    Identity(
                        sp.exp(-2 * sp.log(quotient) * steps_to(1 / quotient, eps)),
                        eps,
                    ),
                    Domain(((quotient, Range(ONE, sp.oo, low_open=True)), *SMALL.ranges)),
                ),
                Within(
                    Identity(steps_to(lam2_1 / lam2_0, eps), sp.log(1 / eps) / (2 * sp.log(lam2_0 / lam2_1))),
                    domain_of((lam2_0, lam2_1)).joined(SMALL).where(lam2_1 < lam2_0),
                ),
            )
        ),
        domain=PAIR,
        derived_in="shrinkage: pair",
        checks=EXACT,
    ),
    Claim(
        id="our.shrinkage.power_iteration.counts",
        says="from equal variances to the ratio 1e-6 at lam_0^2 = 1, lam_1^2 = 1/2: power iteration takes 9.97 steps, "
        "shrinkage 79.4 at s = 0.1 and 27.5 at s = 0.4, fresh-noise PCA at d = n 58.6 and 6.29",
        reading="the real number of steps at which the ratio is 1e-6, to three digits",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                counted(lam2_1 / lam2_0, "0", "9.965", "9.975"),
                counted(step_ratio(), "0.1", "79.35", "79.45"),
                counted(step_ratio(), "0.4", "27.45", "27.55"),
                counted(fresh_ratio(), "0.1", "58.55", "58.65"),
                counted(fresh_ratio(), "0.4", "6.285", "6.295"),
            )
        ),
        domain=Domain(()),
        assumes=("for fresh-noise PCA regime (L)",),
        derived_in="shrinkage: pair",
        checks=(COVER,),
        slips=(
            counted(step_ratio(), "0.1", "39.65", "39.75"),
            counted(fresh_ratio(), "0.4", "9.965", "9.975"),
            counted(lam2_1 / lam2_0, "0", "19.9", "20"),
        ),
        formula=False,
    ),
)
