"""One linear velocity field under flow matching: loss, gradients, optimum, flow of the weights, generated variance.

The field W x + b regresses x0 - z on x_t = t x0 + (1 - t) z, one field for each time t; samples follow
dx/dt = W_t x + b_t from N(0, I) at t = 0 to t = 1. A_t is the covariance of x_t, B_t that of x0 - z with it.

Source: spectral-bias paper, appendix H, sections H.1 and H.2.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.functions import Ein, boys, phi1
from theory.matrices import Eigenvector, Expect, Grad, Independent, Inv, MatrixExp, Moments, norm2
from theory.regression import DATA, PSD, Sigma, W, b, d, mu, u, unit, x0, z
from theory.relation import Identity, LimitIs, MatrixIdentity, MatrixSolves, Solves, Stationary
from theory.symbols import symbols

t, lam, Q, eta, tau, y = symbols("t lam Q eta tau y")
nothing = sp.ZeroMatrix(d, 1)
kappa = 2 * eta * tau

A = (1 - t) ** 2 * unit + t**2 * Sigma
B = t * Sigma - (1 - t) * unit
W_opt = B * Inv(A)
b_opt = (unit - t * W_opt) * mu
x_t, target = t * x0 + (1 - t) * z, x0 - z
loss = Expect(norm2(W * x_t + b - target))
moment_loss = sp.Trace(W * A * W.T) - 2 * sp.Trace(W * B) + sp.Trace(Sigma + unit) + norm2((unit - t * W) * mu - b)
gradient_b = 2 * (b - (unit - t * W) * mu)
gradient_W = 2 * (W * A - B) + gradient_b * (t * mu).T

W0, W_tau, C = (sp.MatrixSymbol(name, d, d) for name in ("W0", "W_tau", "C"))
b0, b_tau, v = (sp.MatrixSymbol(name, d, 1) for name in ("b0", "b_tau", "v"))
CENTRED = (PSD, Moments(x0, nothing, Sigma), Moments(z, nothing, unit), Independent(x0, z))
MODE = (PSD, Eigenvector(u, Sigma, lam))
W_trained = W_opt + (W0 - W_opt) * MatrixExp(-kappa * A)
mode_gradient = 2 * (((1 - t) ** 2 + t**2 * lam) * W * u - (t * lam - (1 - t)) * u)


def A_t(t: sp.Expr = t) -> sp.Expr:
    """Return the variance of x_t along a mode."""
    return (1 - t) ** 2 + t**2 * lam


def B_t(t: sp.Expr = t) -> sp.Expr:
    """Return the covariance of x0 - z with x_t along a mode."""
    return t * lam - (1 - t)


def optimum(t: sp.Expr = t) -> sp.Expr:
    """Return w* = B_t/A_t, the weight of a mode that minimises the loss."""
    return B_t(t) / A_t(t)


def weight(t: sp.Expr = t) -> sp.Expr:
    """Return the weight of a mode after training time tau from Q."""
    return optimum(t) + (Q - optimum(t)) * sp.exp(-kappa * A_t(t))


def weight_entire() -> sp.Expr:
    """Return the same, finite also where A_t = 0."""
    return Q * sp.exp(-kappa * A_t()) + kappa * B_t() * phi1(-kappa * A_t())


def flow_rate(t: sp.Expr = t) -> sp.Expr:
    """Return the gradient-flow rate of a weight y: -eta times the mode's gradient 2 (A_t y - B_t)."""
    return -eta * (2 * A_t(t) * y - 2 * B_t(t))


def memory(t: sp.Expr = t) -> sp.Expr:
    """Return 2 times the integral of exp(-kappa A_s) over s from 0 to t, for tau > 0."""
    width = sp.sqrt(kappa / (1 + lam))
    size = sp.sqrt(sp.pi / (kappa * (1 + lam))) * sp.exp(-kappa * lam / (1 + lam))
    return size * (sp.erf(width * ((1 + lam) * t - 1)) + sp.erf(width))


def variance_at(t: sp.Expr = t) -> sp.Expr:
    """Return the variance of the samples at time t along a mode, for tau > 0 and lam > 0."""
    return A_t(t) * sp.exp(sp.Ei(-kappa) - sp.Ei(-kappa * A_t(t)) + Q * memory(t))


def variance() -> sp.Expr:
    """Return the generated variance of a mode, for tau > 0 and lam > 0; app. H.2.1."""
    return variance_at(sp.S.One)


def log_variance_entire() -> sp.Expr:
    """Return ln of the generated variance, finite for every tau >= 0, lam >= 0 and real Q."""
    kept = boys(kappa / (1 + lam)) + lam * boys(kappa * lam**2 / (1 + lam))
    return Ein(kappa * lam) - Ein(kappa) + 2 * Q * sp.exp(-kappa * lam / (1 + lam)) / (1 + lam) * kept


UNIT_TIME = Range(sp.S.Zero, sp.S.One)
BEFORE_DATA = Range(sp.S.Zero, sp.S.One, high_open=True)


def timed(domain: Domain, *, data: bool = True) -> Domain:
    """Return `domain` with t in [0, 1], or in [0, 1) if the time of the data is left out."""
    return Domain(tuple((s, (UNIT_TIME if data else BEFORE_DATA) if s == t else r) for s, r in domain.ranges))


def live(domain: Domain) -> Domain:
    """Return the part of `domain` with lam > 0 and tau > 0."""
    return Domain(tuple((s, POSITIVE if s in (lam, tau) else r) for s, r in domain.ranges), domain.conditions)


TIMES, TIMES_BEFORE = timed(domain_of((t,))), timed(domain_of((t,)), data=False)
MODES = timed(Domain(((lam, POSITIVE), (t, UNIT_TIME))))
TRAINED = timed(domain_of((lam, t, Q, eta, tau)))
VARIED = Domain(tuple((s, POSITIVE if s == lam else r) for s, r in TRAINED.ranges))
SAMPLED = domain_of((lam, Q, eta, tau))


def flow(solution: sp.MatrixExpr, start: sp.MatrixExpr, unknown: sp.MatrixSymbol, rate: sp.MatrixExpr) -> MatrixSolves:
    """Return that `solution` solves d unknown/d tau = rate from `start` at tau = 0, for data of mean zero."""
    at = ((tau, sp.S.Zero),)
    return MatrixSolves(
        solution=solution, var=tau, unknown=unknown, rate=rate, at=at, start=start, given=(*CENTRED, MODE[1])
    )


def sampled(solution: sp.Expr, start: sp.Expr = sp.S.One) -> Solves:
    """Return that `solution` is the variance along a mode of the samples at time t, which is `start` at t = 0."""
    return Solves(solution=solution, var=t, unknown=y, rate=2 * weight() * y, at=sp.S.Zero, start=start)


DERIVATION = Derivation(
    name="flow matching",
    steps=(
        Step(
            name="two moments",
            states=moment_loss,
            relation=MatrixIdentity(loss, moment_loss, DATA),
            domain=TIMES,
            because="the square is quadratic in (x0, z), so its expectation needs only their first two moments",
        ),
        Step(
            name="gradient in W",
            states=gradient_W,
            relation=MatrixIdentity(Grad(loss, W), gradient_W, DATA),
            domain=TIMES,
            because="differentiate the expectation entry by entry",
        ),
        Step(
            name="gradient in b",
            states=gradient_b,
            relation=MatrixIdentity(Grad(loss, b), gradient_b, DATA),
            domain=TIMES,
            because="differentiate the expectation entry by entry",
        ),
        Step(
            name="optimum",
            states=W_opt,
            relation=Stationary(scalar=loss, letters=(W, b), at=sp.Tuple(W_opt, b_opt), given=DATA),
            domain=TIMES_BEFORE,
            because="with the bias at its optimum the gradient in W is 2 (W A - B), and A is invertible before t = 1",
        ),
        Step(
            name="transport",
            states=A,
            relation=MatrixSolves(
                solution=A,
                var=t,
                unknown=C,
                rate=W_opt * C + C * W_opt.T,
                at=((t, sp.S.Zero),),
                start=unit,
                given=(PSD,),
            ),
            domain=TIMES_BEFORE,
            because="dA/dt = 2 B, so the covariance of the samples of the best field is that of x_t",
        ),
        Step(
            name="weights",
            states=W_trained,
            relation=flow(W_trained, W0, W_tau, -eta * Grad(loss, W, W_tau)),
            domain=timed(domain_of((t, eta, tau)), data=False),
            because="centred data: dW/dtau = -2 eta (W - W*) A is linear with the constant matrix A on the right",
        ),
        Step(
            name="bias",
            states=sp.exp(-kappa) * b0,
            relation=flow(sp.exp(-kappa) * b0, b0, b_tau, -eta * Grad(loss, b, b_tau)),
            domain=timed(domain_of((t, eta, tau))),
            because="centred data: db/dtau = -2 eta b",
        ),
        Step(
            name="one mode",
            states=mode_gradient,
            relation=MatrixIdentity(2 * (W * A - B) * u, mode_gradient, MODE),
            domain=timed(domain_of((t, lam))),
            because="u is an eigenvector of Sigma: the gradient acts on W u alone",
        ),
        Step(
            name="weight",
            states=weight(),
            relation=Solves(solution=weight(), var=tau, unknown=y, rate=flow_rate(), at=sp.S.Zero, start=Q),
            domain=VARIED,
            because="the gradient of the loss acts on one mode at a time: a linear equation from the initial weight Q",
        ),
        Step(
            name="weight, entire form",
            states=weight_entire(),
            relation=Identity(weight(), weight_entire()),
            domain=live(VARIED),
            because="(1 - exp(-kappa A))/A = kappa phi1(-kappa A) has a value where A = 0",
        ),
        Step(
            name="sampling",
            states=variance_at(),
            relation=sampled(variance_at()),
            domain=live(VARIED),
            because="dx/dt = w x along a mode; dA/dt = 2 B makes Ei of B exp(-kappa A)/A, completing the square erf",
        ),
        Step(
            name="variance",
            states=variance(),
            relation=Identity(variance_at().xreplace({t: sp.S.One}), variance()),
            domain=live(SAMPLED),
            because="at t = 1 the samples are data",
        ),
        Step(
            name="entire form",
            states=log_variance_entire(),
            relation=Identity(sp.log(variance()), log_variance_entire().rewrite(sp.erf)),
            domain=live(SAMPLED),
            because="Ei(-u) = gamma + ln u - Ein(u); boys(u) = sqrt(pi/u) erf(sqrt(u))/2 is entire in u",
        ),
        Step(
            name="initial level",
            states=sp.exp(2 * Q),
            relation=LimitIs(expr=variance(), var=tau, point=sp.S.Zero, value=sp.exp(2 * Q)),
            domain=live(SAMPLED),
            because="before training dx/dt = Q x for a unit of time",
        ),
        Step(
            name="final level",
            states=lam,
            relation=LimitIs(expr=variance(), var=tau, point=sp.oo, value=lam),
            domain=live(SAMPLED),
            because="the best field carries the noise to the data",
        ),
    ),
)
