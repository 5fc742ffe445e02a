"""One layer as it is trained: the step of gradient descent, with a bias, with momentum, inside EDM's preconditioning."""

import sympy as sp

from numerics import network_modes as modes
from numerics import network_scenes as scenes
from theory import centred, regression
from theory.descent import beta
from theory.domain import domain_of
from theory.objectives import mean, v, w
from theory.one_layer import eta, lam, n, sigma, y
from theory.parametrised import into, out, sigma_data, skip
from theory.regression import DATA, M, Sigma, W, b, d, mu, unit
from theory.relation import Both, Identity, MatrixIdentity, Recurrence
from theory.untied import mass
from verify.checks.network import Network
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.ours.network_words import (
    ALIGNED,
    ANY_WEIGHT,
    CENTRED,
    DISCRETE,
    MODE,
    STEPPED,
    WHERE,
    descended,
    slope,
)

V, W_prime = sp.MatrixSymbol("V", d, d), centred.W_prime
missed = b - (unit - W) * mu
inner = skip * unit + out * into * W_prime
inner_loss = regression.loss.xreplace({W: inner, b: sp.ZeroMatrix(d, 1)}) / out**2
TOWARDS = W * M - Sigma


def one_layer(after: sp.MatrixExpr) -> MatrixIdentity:
    """Return that `after` is W one step later, for centred data."""
    return MatrixIdentity(descended(regression.loss, W), after, centred.DATA)


def biased(W_after: sp.MatrixExpr, b_after: sp.MatrixExpr) -> Both:
    """Return that these are W and b one step later, for data of mean mu."""
    return Both(
        (
            MatrixIdentity(descended(regression.loss, W), W_after, DATA),
            MatrixIdentity(descended(regression.loss, b), b_after, DATA),
        )
    )


def heavy_ball(step: sp.MatrixExpr) -> Both:
    """Return that `step` is the next step of W, and W + step the next W."""
    taken = beta * V - eta * slope(regression.loss, W)
    return Both((MatrixIdentity(W + taken, W + step, centred.DATA), MatrixIdentity(taken, step, centred.DATA)))


def preconditioned(after: sp.MatrixExpr) -> MatrixIdentity:
    """Return that `after` is W' one step later."""
    return MatrixIdentity(descended(inner_loss, W_prime), after, centred.DATA)


def inner_step(weights: sp.MatrixExpr, noisy: sp.MatrixExpr = M, size: sp.Expr = into / out) -> sp.MatrixExpr:
    """Return W' one step later, by the end-to-end weights."""
    return W_prime - 2 * eta * size * (weights * noisy - Sigma)


def biased_mode(w_after: sp.Expr, b_after: sp.Expr) -> Both:
    """Return that these are the weight and the bias along a mode one step later."""
    mode_loss = (1 - w) ** 2 * lam + w**2 * sigma**2 + (v - (1 - w) * mean) ** 2
    after = {x: x - eta * sp.Derivative(mode_loss, x) for x in (w, v)}
    return Both((Identity(after[w], w_after), Identity(after[v], b_after)))


def edm_steps(factor: sp.Expr) -> Recurrence:
    """Return that the end-to-end weight keeps this share of its deviation from psi* in one step, from c_skip.

    A step of W' moves the weight by c_out c_in times -eta times the slope in W', c_in/c_out that of the loss of a mode.
    """
    best = lam / mass()
    following = y - eta * out * into * (into / out) * (2 * mass() * y - 2 * lam)
    return Recurrence(solution=best + (skip - best) * factor**n, var=n, unknown=y, following=following, start=skip)


m = v - (1 - w) * mean
relative = mass() / (sigma_data**2 + sigma**2)

CLAIMS = (
    Claim(
        id="our.network.one_layer",
        says="W_{n+1} = W_n - 2 eta [W_n (Sigma + sigma^2 I) - Sigma]",
        reading=ANY_WEIGHT,
        where=WHERE,
        source="ours",
        relation=one_layer(W - 2 * eta * TOWARDS),
        domain=STEPPED,
        assumes=(CENTRED, DISCRETE),
        derived_in="centred: gradient in W",
        checks=(*EXACT, Network(scenes=(scenes.one_layer,), states=(W,))),
        slips=(
            one_layer(W - eta * TOWARDS),
            one_layer(W - 2 * eta * (W * (Sigma + sigma * unit) - Sigma)),
            one_layer(W - 2 * eta * (M * W - Sigma)),
        ),
    ),
    Claim(
        id="our.network.biased",
        says=(
            "W_{n+1} = W_n - 2 eta [W_n (Sigma + sigma^2 I) - Sigma] - 2 eta m_n mu^T, b_{n+1} = b_n - 2 eta m_n, m_n = b_n "
            "- (I - W_n) mu"
        ),
        reading=f"{ANY_WEIGHT}, and any bias",
        where=WHERE,
        source="ours",
        relation=biased(W - 2 * eta * TOWARDS - 2 * eta * missed * mu.T, b - 2 * eta * missed),
        domain=STEPPED,
        assumes=(DISCRETE,),
        derived_in="regression: gradient in W",
        checks=(*EXACT, Network(scenes=(scenes.biased,), states=(W, b))),
        slips=(
            biased(W - 2 * eta * TOWARDS - eta * missed * mu.T, b - 2 * eta * missed),
            biased(W - 2 * eta * TOWARDS, b - 2 * eta * missed),
            biased(W - 2 * eta * TOWARDS - 2 * eta * missed * mu.T, b - 2 * eta * (b - W * mu)),
        ),
    ),
    Claim(
        id="our.network.heavy_ball",
        says="W_{n+1} = W_n + V_{n+1}, V_{n+1} = beta V_n - 2 eta [W_n (Sigma + sigma^2 I) - Sigma], V_0 = 0",
        reading=ANY_WEIGHT,
        where=WHERE,
        source="ours",
        relation=heavy_ball(beta * V - 2 * eta * TOWARDS),
        domain=domain_of((sigma, eta, beta)),
        assumes=(CENTRED, "full-batch heavy ball with learning rate eta and momentum beta, from rest"),
        derived_in="centred: gradient in W",
        checks=(*EXACT, Network(scenes=(scenes.heavy_ball,), states=(W, V))),
        slips=(
            heavy_ball(beta * V - 2 * eta * (1 - beta) * TOWARDS),
            heavy_ball(beta * V - 2 * eta * ((W + beta * V) * M - Sigma)),
            heavy_ball(beta * V - eta * TOWARDS),
        ),
    ),
    Claim(
        id="our.network.edm",
        says=(
            "D = c_skip x + c_out W' c_in x, loss weight 1/c_out^2: W'_{n+1} = W'_n - 2 eta (c_in/c_out) [D_n (Sigma + "
            "sigma^2 I) - Sigma], D_n = c_skip I + c_out c_in W'_n"
        ),
        reading=ANY_WEIGHT,
        where=WHERE,
        source="ours",
        relation=preconditioned(inner_step(inner)),
        domain=domain_of((sigma, eta, sigma_data)),
        assumes=(CENTRED, DISCRETE),
        derived_in="centred: chain rule",
        checks=(*EXACT, Network(scenes=(scenes.preconditioned,), states=(W_prime,))),
        slips=(
            preconditioned(inner_step(inner, size=into * out)),
            preconditioned(inner_step(out * into * W_prime)),
            preconditioned(inner_step(inner, noisy=Sigma + sigma_data**2 * unit)),
        ),
    ),
    Claim(
        id="our.network.biased.mode",
        says=(
            "w_{n+1} = w_n - 2 eta [(lam + sigma^2) w_n - lam] - 2 eta m_n mu, b_{n+1} = b_n - 2 eta m_n, m_n = b_n - (1 - "
            "w_n) mu"
        ),
        reading="along a mode that carries the mean of the data, mu",
        where=WHERE,
        source="ours",
        relation=biased_mode(w - 2 * eta * (mass() * w - lam) - 2 * eta * mean * m, v - 2 * eta * m),
        domain=domain_of((w, v, lam, mean, sigma, eta)),
        assumes=(ALIGNED, DISCRETE),
        derived_in="mean dynamics: weights along a mode",
        checks=(*EXACT, Network(scenes=(modes.biased,), states=(w, v))),
        slips=(
            biased_mode(w - 2 * eta * (mass() * w - lam), v - 2 * eta * m),
            biased_mode(w - 2 * eta * (mass() * w - lam) - eta * mean * m, v - eta * m),
        ),
    ),
    Claim(
        id="our.network.edm.mode",
        says=(
            "EDM preconditioning, loss weight 1/c_out^2, W' = 0 at the start: psi_n = psi* + (c_skip - psi*)[1 - 2 eta (lam + "
            "sigma^2)/(sigma_data^2 + sigma^2)]^n, psi* = lam/(lam + sigma^2)"
        ),
        where=WHERE,
        source="ours",
        relation=edm_steps(1 - 2 * eta * relative),
        domain=domain_of((lam, sigma, sigma_data, eta, n)),
        assumes=MODE,
        derived_in="centred: preconditioned weights",
        checks=(*EXACT, Network(scenes=(modes.preconditioned,), states=(y,))),
        slips=(edm_steps(1 - 2 * eta * mass()), edm_steps(1 - eta * relative), edm_steps(sp.exp(-2 * eta * relative))),
    ),
)
