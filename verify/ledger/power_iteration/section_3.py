"""Section 3, eqs. (1) to (5): the forward process, and what the reverse chain starts from."""

import sympy as sp

from theory.denoiser import d, lam2, nothing, unit
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.gaussian import normal
from theory.matrices import Expect, Moments
from theory.relation import Both, Identity, LimitIs, MatrixIdentity, Recurrence
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

beta, alpha_bar, sig, x, y, T, n, e_t = symbols("beta_t alpha_bar sig x y T n e_t")
before, z = sp.MatrixSymbol("x", d, 1), sp.MatrixSymbol("z", d, 1)
WHITE = (Moments(z, nothing, unit),)
ONE_SIDED = Range(sp.S.Zero, sp.S.One, low_open=True, high_open=True)
SCHEDULE = Domain(((beta, ONE_SIDED),))
LEVELS = Domain(((beta, ONE_SIDED), (alpha_bar, Range(sp.S.Zero, sp.S.One, low_open=True))))
NOISE = Domain(((sig, POSITIVE),))
STEPS = NOISE.joined(domain_of((n,)))
KEPT = Domain(((alpha_bar, ONE_SIDED), (lam2, POSITIVE)))
CHAIN = Domain(((beta, ONE_SIDED), (x, Range()), (y, Range()), (e_t, POSITIVE)))

VE = 'This corresponds to the "Exploding Variance" formulation'
FORWARD = ("x_t is drawn from q(x_t | x_{t-1}), and noises of different steps are independent",)


def law(step: sp.MatrixExpr, mean: sp.MatrixExpr, variance: sp.Expr) -> Both:
    """Return mean and covariance of `step`, a function of the white vector z."""
    centred = step - mean
    return Both(
        (
            MatrixIdentity(Expect(step), mean, WHITE),
            MatrixIdentity(Expect(centred * centred.T), variance * unit, WHITE),
        )
    )


def induction(factor: sp.Expr, variance: sp.Expr) -> Both:
    """Return that one more step takes N(sqrt(abar) x0, (1 - abar) I) to N(sqrt(`factor`) x0, `variance` I)."""
    return Both(
        (
            Identity(sp.sqrt(1 - beta) * sp.sqrt(alpha_bar), sp.sqrt(factor)),
            Identity((1 - beta) * (1 - alpha_bar) + beta, variance),
        )
    )


def accumulated(variance: sp.Expr) -> Recurrence:
    """Return that `variance` is that of x_t given x_0 after n steps of noise sig^2 each."""
    return Recurrence(solution=variance, var=n, unknown=y, following=y + sig**2, start=sp.S.Zero)


def grows(variance: sp.Expr, value: sp.Expr) -> LimitIs:
    """Return that the variance after T steps tends to `value`."""
    return LimitIs(expr=variance, var=T, point=sp.oo, value=value)


def factorised(marginal: sp.Expr) -> Identity:
    """Return p(x_1) p(x_0 | x_1) = `marginal`(x_0) p(x_1 | x_0) for p(x_1) = N(0, 1) and mean sqrt(1 - beta) x_1."""
    a, variance = sp.sqrt(1 - beta), e_t**2
    total = a**2 + variance
    posterior = normal(y, a * x / total, variance / total)
    return Identity(normal(y, sp.S.Zero, sp.S.One) * normal(x, a * y, variance) / posterior, marginal)


CLAIMS = (
    Claim(
        id="wdmg.eq1",
        says="q(x_t | x_{t-1}) = N(sqrt(1 - beta_t) x_{t-1}, beta_t I)",
        reading="definition; judged: sqrt(1 - beta_t) x_{t-1} + sqrt(beta_t) z with white z has this mean and covariance, for 0 < "
        "beta_t < 1 in every dimension",
        where="eq. (1)",
        source="as printed",
        relation=law(sp.sqrt(1 - beta) * before + sp.sqrt(beta) * z, sp.sqrt(1 - beta) * before, beta),
        domain=SCHEDULE,
        assumes=FORWARD,
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq2",
        says="q(x_t | x_0) = N(sqrt(abar_t) x_0, (1 - abar_t) I), where alpha_t = 1 - beta_t and abar_t = prod_{s=1}^t alpha_s",
        reading="by induction: one more step takes abar to abar (1 - beta); at t = 0, abar = 1, it is x_0 itself",
        where="eq. (2)",
        source="as printed",
        relation=induction(alpha_bar * (1 - beta), 1 - alpha_bar * (1 - beta)),
        domain=LEVELS,
        assumes=FORWARD,
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq3",
        says="q(x_t | x_{t-1}) = N(x_{t-1}, sigma_t^2 I); x_t = x_{t-1} + eps_{sigma_t}, eps_{sigma_t} ~ N(0, sigma_t^2 I)",
        reading="definition; judged: x_{t-1} + sigma_t z with white z has this mean and covariance",
        where="eq. (3)",
        source="as printed",
        relation=law(before + sig * z, before, sig**2),
        domain=NOISE,
        assumes=FORWARD,
        checks=EXACT,
    ),
    Claim(
        id="wdmg.ve.law",
        says=VE,
        reading="given x_0 the mean is kept, and after n steps of noise sigma^2 the variance is n sigma^2",
        where="sec. 3",
        source="as printed",
        relation=accumulated(n * sig**2),
        domain=STEPS,
        assumes=FORWARD,
        checks=EXACT,
    ),
    Claim(
        id="wdmg.ve.constant",
        says=VE,
        reading="with a noise sigma^2 per step that does not depend on T the variance of x_T grows beyond all bounds",
        where="sec. 3",
        source="as printed",
        relation=grows(T * sig**2, sp.oo),
        domain=NOISE.joined(domain_of((T,))),
        assumes=FORWARD,
        checks=(KERNEL,),
        slips=(grows(T * sig**2, sig**2), grows(T * sig**2, sp.S.Zero), grows(sig**2 / T, sp.oo)),
        formula=False,
    ),
    Claim(
        id="wdmg.ve.theorem",
        says=VE,
        reading="with the schedule of Theorem 4.3, sigma_t = 1/T for t = 0, ..., T, the variance (T + 1)/T^2 of x_T grows beyond all "
        "bounds",
        where="sec. 3, Theorem 4.3",
        source="as printed",
        relation=grows((T + 1) / T**2, sp.oo),
        domain=domain_of((T,)),
        assumes=FORWARD,
        checks=(KERNEL,),
        corrected_by="our.diffusion.vanishing",
        formula=False,
    ),
    Claim(
        id="wdmg.eq4",
        says="p_theta(x_{0:T}) = p(x_T) prod_{t=1}^T p_theta(x_{t-1} | x_t)",
        reading="definition; judged for T = 1 in one dimension, p(x_1) = N(0, 1) and p(x_0 | x_1) = N(sqrt(1 - beta) x_1, e^2): the "
        "product is the marginal N(0, 1 - beta + e^2) of x_0 times the law of x_1 given x_0, so a density",
        where="eq. (4)",
        source="as printed",
        relation=factorised(normal(x, sp.S.Zero, 1 - beta + e_t**2)),
        domain=CHAIN,
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq5",
        says="p_theta(x_{t-1} | x_t) = N(mu_theta(x_t, t), Sigma_theta(x_t, t)), where p(x_T) = N(0, I)",
        reading="definition; judged: the start against the forward process (1), (2): along a mode of variance lambda^2 the variance abar_T lambda^2 + 1 "
        "- abar_T of x_T tends to 1 with abar_T",
        where="eq. (5)",
        source="as printed",
        relation=LimitIs(expr=alpha_bar * lam2 + 1 - alpha_bar, var=alpha_bar, point=sp.S.Zero, value=sp.S.One),
        domain=KEPT,
        assumes=FORWARD,
        checks=(KERNEL,),
        slips=tuple(
            LimitIs(expr=alpha_bar * lam2 + 1 - alpha_bar, var=alpha_bar, point=sp.S.Zero, value=value)
            for value in (lam2, sp.S.Zero, 1 + lam2)
        ),
        formula=False,
    ),
)
