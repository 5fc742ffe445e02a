"""Velocity fields as they are trained under flow matching: one step of gradient descent at every time t."""

import sympy as sp

from numerics.networks.linear import modes, scenes
from theory import flow_matching as one
from theory import flow_two_layer as two
from theory.domain import domain_of
from theory.flow_matching import A, A_t, B, B_t, Q, eta, lam, t, timed, y
from theory.flow_two_layer import P
from theory.one_layer import n
from theory.regression import W, unit
from theory.relation import Identity, MatrixIdentity, Recurrence
from theory.symbols import symbols
from verify.checks.network import Network
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.ours.shared_network import ANY_WEIGHT, CENTRED, DISCRETE, MODE, WHERE, descended

(q,) = symbols("q")
STEPPED = timed(domain_of((t, eta)))
MODES = timed(domain_of((q, lam, t, eta)))
TRAINED = timed(domain_of((lam, t, Q, eta, n))).where(A_t() > 0)
PPT = P * P.T
curvature = 2 * eta * A_t()


def one_layer(after: sp.MatrixExpr) -> MatrixIdentity:
    """Return that `after` is W one step later."""
    return MatrixIdentity(descended(one.loss, W), after, one.CENTRED)


def two_layer(push: sp.MatrixExpr) -> MatrixIdentity:
    """Return that P moves by -2 eta push P in one step."""
    return MatrixIdentity(descended(two.loss, P), P - 2 * eta * push * P, one.CENTRED)


def steps(factor: sp.Expr) -> Recurrence:
    """Return that the weight of a mode keeps this share of its deviation from B_t/A_t in one step."""
    best = B_t() / A_t()
    following = y + one.flow_rate()
    return Recurrence(solution=best + (Q - best) * factor**n, var=n, unknown=y, following=following, start=Q)


def square_mode(push: sp.Expr) -> Identity:
    """Return that the length q of a mode vector moves by 4 eta q push in one step down A_t q^4 - 2 B_t q^2."""
    return Identity(q - eta * sp.Derivative(A_t() * q**4 - 2 * B_t() * q**2, q), q + 4 * eta * q * push)


CLAIMS = (
    Claim(
        id="our.network.flow_matching",
        says="W_{n+1} = W_n - 2 eta [W_n A_t - B_t], A_t = (1-t)^2 I + t^2 Sigma, B_t = t Sigma - (1-t) I",
        reading=ANY_WEIGHT,
        where=WHERE,
        source="ours",
        relation=one_layer(W - 2 * eta * (W * A - B)),
        domain=STEPPED,
        assumes=(CENTRED, DISCRETE),
        derived_in="flow matching: gradient in W",
        checks=(*EXACT, Network(scenes=(scenes.velocity,), states=(W,))),
        slips=(
            one_layer(W - eta * (W * A - B)),
            one_layer(W - 2 * eta * (A * W - B)),
            one_layer(W - 2 * eta * (W * A - B - 2 * (1 - t) * unit)),
        ),
    ),
    Claim(
        id="our.network.flow_matching.mode",
        says="w_n = B_t/A_t + (Q - B_t/A_t)(1 - 2 eta A_t)^n, A_t = (1-t)^2 + t^2 lam, B_t = t lam - (1-t)",
        where=WHERE,
        source="ours",
        relation=steps(1 - curvature),
        domain=TRAINED,
        assumes=MODE,
        derived_in="flow matching: one mode",
        checks=(*EXACT, Network(scenes=(modes.velocity,), states=(y,))),
        slips=(steps(1 - curvature / 2), steps(sp.exp(-curvature))),
    ),
    Claim(
        id="our.network.flow_two_layer",
        says="P_{n+1} = P_n - 2 eta [W_n A_t + A_t W_n - 2 B_t] P_n, W_n = P_n P_n^T",
        reading=f"{ANY_WEIGHT}; any width",
        where=WHERE,
        source="ours",
        relation=two_layer(PPT * A + A * PPT - 2 * B),
        domain=STEPPED,
        assumes=(CENTRED, DISCRETE),
        derived_in="flow matching, two layers: gradient",
        checks=(*EXACT, Network(scenes=(scenes.velocity_two_layer,), states=(P,))),
        slips=(two_layer(2 * PPT * A - 2 * B), two_layer(PPT * A + A * PPT - B)),
    ),
    Claim(
        id="our.network.flow_two_layer.mode",
        says="q_{n+1} = q_n + 4 eta q_n [B_t - A_t q_n^2]: w_{n+1} = w_n (1 + 4 eta [B_t - A_t w_n])^2",
        reading="q = P^T u along an aligned mode; the weight is w = q^2",
        where=WHERE,
        source="ours",
        relation=square_mode(B_t() - A_t() * q**2),
        domain=MODES,
        assumes=MODE,
        derived_in="flow matching, two layers: projection",
        checks=(*EXACT, Network(scenes=(modes.velocity_two_layer,), states=(q,))),
        slips=(square_mode(2 * B_t() - 2 * A_t() * q**2), square_mode(B_t() - A_t() * q)),
    ),
)
