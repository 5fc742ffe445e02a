"""The matrix statements of the spectral-bias theory as triples (left, right, given); their false variants."""

import random

import sympy as sp

from theory.domain import Domain, Range, domain_of
from theory.matrices import (
    Commute,
    Covariance,
    Diagonal,
    Eigenvector,
    Expect,
    Flow,
    Grad,
    Independent,
    Inv,
    MatrixExp,
    Moments,
    Orthogonal,
    PositiveDefinite,
    PositiveSemidefinite,
    Rate,
    Rule,
    norm2,
)
from theory.statement import MatrixVanishes
from theory.symbols import symbols

d, sigma, eta, tau, lam, sigma1, sigma2, c_skip, c_out = symbols("d sigma eta tau lam sigma1 sigma2 c_skip c_out")
t = sp.Symbol("t", real=True)
DOMAIN = domain_of((sigma, eta, tau, lam, sigma1, sigma2, c_skip, c_out)).joined(
    Domain(((t, Range(sp.S.Zero, sp.S.One)),))
)


def square(names):
    return [sp.MatrixSymbol(name, d, d) for name in names.split()]


def vectors(names):
    return [sp.MatrixSymbol(name, d, 1) for name in names.split()]


W, Sigma, P, A, B, W0, W1, W2, W3, U, Lam, Q, Wp = square("W Sigma P A B W_0 W_1 W_2 W_3 U Lambda Q W'")
Sxx, Sxy, Syx, Syy, C = square("Sigma_xx Sigma_xy Sigma_yx Sigma_yy C")
b, mu, x0, z, u, x, y, mux, muy, bp = vectors("b mu x_0 z u x y mu_x mu_y b'")
unit, none = sp.Identity(d), sp.ZeroMatrix(d, 1)
Tr = sp.Trace

M = Sigma + sigma**2 * unit
R = Inv(M)
W_opt = Sigma * R
b_opt = (unit - W_opt) * mu
PSD = (PositiveSemidefinite(Sigma),)
EIGEN = (*PSD, Eigenvector(u, Sigma, lam))
NOISE = (Moments(z, none, unit), Independent(x0, z))
DATA = (Moments(x0, mu, Sigma), *NOISE)
CENTRED = (Moments(x0, none, Sigma), *NOISE)
PAIR = (Moments(x, mux, Sxx), Moments(y, muy, Syy), Covariance(y, x, Syx))
BASIS = (Orthogonal(U), Diagonal((Lam, Q)), Rule(Sigma, U * Lam * U.T))

loss = Expect(norm2(W * (x0 + sigma * z) + b - x0))
least = sigma**2 * Tr(Sigma * R)
grad_b = 2 * (b - (unit - W) * mu)
grad_W = -2 * Sigma + 2 * W * M + grad_b * mu.T
FLOW = (Flow(W, tau, -eta * Grad(loss, W)), Flow(b, tau, -eta * Grad(loss, b)))
J = W - unit


def _with(expr, **letters):
    named = {letter.name: letter for letter in (W, b, mu)}
    return expr.xreplace({named[name]: value for name, value in letters.items()})


regression = Expect(norm2(W * x + b - y))
CHAIN = (
    Grad(regression, W),
    2 * Expect((W * x + b - y) * x.T),
    2 * (W * Expect(x * x.T) + b * Expect(x.T) - Expect(y * x.T)),
    2 * (W * (Sxx + mux * mux.T) + b * mux.T - (Syx + muy * mux.T)),
    2 * W * (Sxx + mux * mux.T) + 2 * (b - muy) * mux.T - 2 * Syx,
    2 * (W * Sxx - Syx) + 2 * (W * mux + b - muy) * mux.T,
)
solution = W_opt + (W0 - W_opt) * MatrixExp(-2 * eta * tau * M)
mode = W_opt * u + sp.exp(-2 * eta * tau * (sigma**2 + lam)) * (W0 - W_opt) * u
residual_loss = _with(loss, W=c_skip * unit + c_out * Wp, b=c_out * bp)
tied = P * P.T
tied_loss, grad_tied = _with(loss, W=tied), Grad(loss, W, tied)
bias_tied = _with(grad_b, W=tied)
product = W3 * W2 * W1
deep_loss = _with(loss, W=product, b=none)
flow_loss = Expect(norm2(W * (t * x0 + (1 - t) * z) + b - (x0 - z)))
At, Bt = (1 - t) ** 2 * unit + t**2 * Sigma, t * Sigma - (1 - t) * unit
grad_flow_b = 2 * (b - (unit - t * W) * mu)
overlap = P.T * u

STATEMENTS = {
    "4.1.grad W": (Grad(loss, W), grad_W, DATA),
    "4.1.grad b": (Grad(loss, b), grad_b, DATA),
    "4.1.opt": (W_opt * M, Sigma, PSD),
    "4.1.opt, stationary": (Grad(loss, W, W_opt), 2 * (b - b_opt) * mu.T, DATA),
    "4.1.minloss": (Expect(norm2(W_opt * (x0 + sigma * z) + b_opt - x0)), least, DATA),
    "4.1.ridge": (loss, Expect(norm2(W * x0 + b - x0)) + sigma**2 * norm2(W), DATA),
    "4.1.same3": (W_opt * x + b_opt, mu + R * Sigma * (x - mu), PSD),
    "4.3.commute": (
        Sigma * Inv(Sigma + sigma1**2 * unit) * Sigma * Inv(Sigma + sigma2**2 * unit),
        Sigma * Inv(Sigma + sigma2**2 * unit) * Sigma * Inv(Sigma + sigma1**2 * unit),
        PSD,
    ),
    "4.3.aligned gradient": (
        Grad(loss, W, U * Q * U.T),
        U * (2 * Q * (Lam + sigma**2 * unit) - 2 * Lam) * U.T,
        CENTRED + BASIS,
    ),
    "4.3.aligned optimum": (
        W_opt, U * Lam * Inv(Lam + sigma**2 * unit) * U.T, (*BASIS, *PSD, PositiveSemidefinite(Lam)),
    ),
    "4.3.stays aligned": (
        Rate(W * Sigma, tau), Rate(Sigma * W, tau), (*CENTRED, Commute(W, Sigma), *FLOW),
    ),
    "C.1.grad b": (Grad(regression, b), 2 * (W * mux + b - muy), PAIR),
    "C.1.grad": (Grad(regression, W), 2 * (W * Sxx - Syx) + Grad(regression, b) * mux.T, PAIR),
    "C.1.opt": (
        Grad(regression, W, Syx * Inv(Sxx)),
        2 * (Syx * Inv(Sxx) * mux + b - muy) * mux.T,
        (*PAIR, PositiveDefinite(Sxx)),
    ),
    "C.1.least": (
        Expect(norm2(Syx * Inv(Sxx) * (x - mux) + muy - y)),
        Tr(Syy) - Tr(Syx * Inv(Sxx) * Syx.T),
        (*PAIR, PositiveDefinite(Sxx)),
    ),
    "C.1.cov": (
        Expect((A * (x - mux) + B * (y - muy)) * (W1 * (x - mux) + W2 * (y - muy)).T),
        A * Sxx * W1.T + B * Syy * W2.T,
        (*PAIR[:2], Independent(x, y)),
    ),
    "C.2.nonwhite": (
        Expect(norm2(W * (x0 + z) + b - x0)),
        Expect(norm2(W * x0 + b - x0)) + Tr(W * C * W.T),
        (Moments(x0, mu, Sigma), Moments(z, none, C), Independent(x0, z)),
    ),
    "C.3.expand": (
        norm2(J * x0 + sigma * W * z + b),
        Tr(x0.T * J.T * J * x0) + sigma**2 * Tr(z.T * W.T * W * z) + Tr(b.T * b)
        + 2 * sigma * Tr(x0.T * J.T * W * z) + 2 * Tr(b.T * J * x0) + 2 * sigma * Tr(b.T * W * z),
        (),
    ),
    "C.3.full": (
        loss,
        Tr(J.T * J * (Sigma + mu * mu.T)) + sigma**2 * Tr(W.T * W) + Tr(b.T * b) + 2 * Tr(b.T * J * mu),
        DATA,
    ),
    "C.3.square": (loss, norm2(b - (unit - W) * mu) + Tr((W - W_opt) * M * (W - W_opt).T) + least, DATA),
    "D.1.decouple W": (Grad(loss, W), 2 * W * M - 2 * Sigma, CENTRED),
    "D.1.decouple b": (Grad(loss, b), 2 * b, CENTRED),
    "D.1.sol": (Rate(solution, tau), -eta * Grad(loss, W, solution), CENTRED),
    "D.1.sol, explicit": (Rate(solution, tau), 2 * eta * Sigma - 2 * eta * solution * M, PSD),
    "D.1.sol, start": (solution.xreplace({tau: sp.S.Zero}), W0, PSD),
    "D.1.sol, mode": (solution * u, mode, EIGEN),
    "D.1.sol, mode's rate": (Rate(mode, tau), 2 * eta * lam * u - 2 * eta * (sigma**2 + lam) * mode, EIGEN),
    "D.1.loss": (Expect(norm2((W - W_opt) * (x0 + sigma * z) + b)), loss - least, CENTRED),
    "D.1.loss, in time": (
        Tr((solution - W_opt) * M * (solution - W_opt).T),
        Tr((W0 - W_opt) * M * MatrixExp(-4 * eta * tau * M) * (W0 - W_opt).T),
        PSD,
    ),
    "D.1.1.gd": (W - eta * Grad(loss, W) - W_opt, W - W_opt - 2 * eta * (W - W_opt) * M, CENTRED),
    "D.1.1.gd, mode": (
        (W - eta * Grad(loss, W) - W_opt) * u, (1 - 2 * eta * (lam + sigma**2)) * (W - W_opt) * u,
        (*CENTRED, Eigenvector(u, Sigma, lam)),
    ),
    "D.1.2.residual W": (
        Grad(residual_loss, Wp), c_out * _with(grad_W, W=c_skip * unit + c_out * Wp, b=c_out * bp), DATA,
    ),
    "D.1.2.residual b": (
        Grad(residual_loss, bp), c_out * _with(grad_b, W=c_skip * unit + c_out * Wp, b=c_out * bp), DATA,
    ),
    "loss falls": (Rate(loss, tau), -eta * norm2(Grad(loss, W)) - eta * norm2(Grad(loss, b)), DATA + FLOW),
    "sum rule": (Rate(norm2(W - W_opt) + norm2(b - b_opt), tau), 4 * eta * least - 4 * eta * loss, DATA + FLOW),
    "E.1.grad": (Grad(tied_loss, P), (grad_tied + grad_tied.T) * P, DATA),
    "E.1.grad, in full": (
        Grad(tied_loss, P),
        (-4 * Sigma + 2 * (tied * M + M * tied) + bias_tied * mu.T + mu * bias_tied.T) * P,
        DATA,
    ),
    "E.1.q": (
        Rate(overlap, tau),
        4 * eta * lam * overlap - 2 * eta * P.T * ((lam + 2 * sigma**2) * unit + Sigma) * P * overlap,
        (*CENTRED, Eigenvector(u, Sigma, lam), Flow(P, tau, -eta * Grad(_with(tied_loss, b=none), P))),
    ),
    "F.1.grad 1": (Grad(deep_loss, W1), 2 * (W3 * W2).T * (product * M - Sigma), CENTRED),
    "F.1.grad 2": (Grad(deep_loss, W2), 2 * W3.T * (product * M - Sigma) * W1.T, CENTRED),
    "F.1.grad 3": (Grad(deep_loss, W3), 2 * (product * M - Sigma) * (W2 * W1).T, CENTRED),
    "H.loss": (flow_loss, Tr(W * At * W.T) - 2 * Tr(W * Bt) + Tr(Sigma + unit) + norm2((unit - t * W) * mu - b), DATA),
    "H.grad W": (Grad(flow_loss, W), 2 * (W * At - Bt) + t * grad_flow_b * mu.T, DATA),
    "H.grad b": (Grad(flow_loss, b), grad_flow_b, DATA),
    "H.opt": (Bt * Inv(At) * At, Bt, (PositiveDefinite(Sigma),)),
    "H.3.grad": (Grad(_with(flow_loss, W=tied, b=none), P), (2 * (tied * At + At * tied) - 4 * Bt) * P, CENTRED),
} | {f"C.1.chain {i}": (CHAIN[i], CHAIN[i + 1], PAIR) for i in range(len(CHAIN) - 1)}  # fmt: skip


def obligation(name, right=None):
    left, true, given = STATEMENTS[name]
    return MatrixVanishes(name, left - (true if right is None else right), given, DOMAIN)


def variants(name, count=2):
    """Return false variants of the right-hand side: sign, factor, dropped term, transposition, order of letters."""
    _, right, _ = STATEMENTS[name]
    pools = [[new for place in _places(right) for new in _changed(right, place, slip)] for slip in _SLIPS]
    chosen = [random.Random(name).choice(pool) for pool in pools if pool]
    start = sum(map(ord, name))
    return [chosen[(start + i) % len(chosen)] for i in range(min(count, len(chosen)))]


def _places(expr, here=()):
    yield here
    for i, child in enumerate(expr.args):
        if not (
            isinstance(expr, Grad | sp.MatrixSymbol | sp.Identity | sp.ZeroMatrix | sp.Symbol | sp.Pow)
            or (isinstance(expr, Rate) and i)
        ):
            yield from _places(child, (*here, i))


def _changed(expr, place, slip):
    if not place:
        return list(slip(expr))
    i, *rest = place
    news = _changed(expr.args[i], rest, slip)
    return [expr.func(*(new if k == i else a for k, a in enumerate(expr.args))) for new in news]


def _terms(expr):
    return list(expr.args) if isinstance(expr, sp.Add | sp.MatAdd) else []


def _swapped_sign(expr):
    terms = _terms(expr)
    return [expr.func(*(-a if a is e else a for a in terms)) for e in terms]


def _dropped(expr):
    terms = _terms(expr)
    return [expr.func(*(a for a in terms if a is not e)) for e in terms] if len(terms) > 2 else []


def _doubled(expr):
    return [2 * e for e in [expr] if getattr(e, "is_Matrix", False) or isinstance(e, sp.Trace)]


def _transposed(expr):
    if isinstance(expr, sp.Transpose):
        return [expr.arg] if expr.arg.shape[0] == expr.arg.shape[1] else []
    is_square = isinstance(expr, sp.MatrixSymbol) and expr.shape[0] == expr.shape[1]
    return [expr.T] if is_square and expr not in (Sigma, Sxx, Syy, Lam, Q, C) else []


def _reordered(expr):
    factors = list(expr.args) if isinstance(expr, sp.MatMul) else []
    pairs = [i for i in range(len(factors) - 1) if all(_is_letter(f) for f in factors[i : i + 2])]
    return [sp.MatMul(*factors[:i], factors[i + 1], factors[i], *factors[i + 2 :]) for i in pairs]


def _is_letter(f):
    return getattr(f, "is_Matrix", False) and f.shape[0] == f.shape[1] and not isinstance(f, sp.Identity)


_SLIPS = (_swapped_sign, _doubled, _dropped, _transposed, _reordered)
