"""One layer as it is trained: the step of gradient descent, with a bias and with momentum."""

import sympy as sp

from numerics.networks.linear import modes, scenes
from theory import centred, regression
from theory.descent import beta
from theory.domain import domain_of
from theory.matrices import Grad
from theory.objectives import mean, v, w
from theory.one_layer import eta, lam, sigma
from theory.regression import DATA, M, Sigma, W, b, d, mu, unit
from theory.relation import Both, Identity, MatrixIdentity
from theory.untied import mass
from verify.checks.network import Network
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.ours.shared_network import (
    ALIGNED,
    ANY_WEIGHT,
    CENTRED,
    DISCRETE,
    STEPPED,
    WHERE,
    descended,
)

V = sp.MatrixSymbol("V", d, d)
missed = b - (unit - W) * mu
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
    taken = beta * V - eta * Grad(regression.loss, W)
    return Both((MatrixIdentity(W + taken, W + step, centred.DATA), MatrixIdentity(taken, step, centred.DATA)))


def biased_mode(w_after: sp.Expr, b_after: sp.Expr) -> Both:
    """Return that these are the weight and the bias along a mode one step later."""
    mode_loss = (1 - w) ** 2 * lam + w**2 * sigma**2 + (v - (1 - w) * mean) ** 2
    after = {x: x - eta * sp.Derivative(mode_loss, x) for x in (w, v)}
    return Both((Identity(after[w], w_after), Identity(after[v], b_after)))


m = v - (1 - w) * mean

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
)
