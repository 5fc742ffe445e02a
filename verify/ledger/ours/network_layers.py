"""Several layers as they are trained: one step of gradient descent on all of them at once, in matrices and along a mode."""

import sympy as sp

from numerics.networks.linear import modes, scenes
from theory.deep import L, s_layer
from theory.domain import POSITIVE, domain_of
from theory.one_layer import eta, lam, sigma
from theory.regression import PSD, M, Sigma, d
from theory.relation import Both, Identity, MatrixIdentity
from theory.two_layer import CENTRED as SQUARE_LOSS
from theory.two_layer import PPT, P, data_loss, narrowed
from theory.untied import W1, W2, mode_loss, p, pull, q
from theory.untied import loss as untied_loss
from verify.checks.network import Network
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.ours.shared_network import ANY_WEIGHT, CENTRED, DISCRETE, MODE, STEPPED, WHERE, descended

first, second, third = (sp.MatrixSymbol(name, d, d) for name in ("W1", "W2", "W3"))
total = third * second * first
deep_loss = data_loss(total, Sigma)
MODES = domain_of((p, q, lam, sigma, eta))
EQUAL = narrowed(domain_of((s_layer, lam, sigma, eta, L)), s_layer=POSITIVE)


def two_layer(push: sp.MatrixExpr) -> MatrixIdentity:
    """Return that P moves by -2 eta push P in one step."""
    return MatrixIdentity(descended(SQUARE_LOSS, P), P - 2 * eta * push * P, (PSD,))


def untied(missed: sp.MatrixExpr, rate: sp.Expr = 2 * eta) -> Both:
    """Return that W_1 moves by -rate W_2^T missed in one step, and W_2 by -rate missed W_1^T."""
    return Both(
        (
            MatrixIdentity(descended(untied_loss, W1), W1 - rate * W2.T * missed, (PSD,)),
            MatrixIdentity(descended(untied_loss, W2), W2 - rate * missed * W1.T, (PSD,)),
        )
    )


def deep(missed: sp.MatrixExpr, rate: sp.Expr = 2 * eta) -> Both:
    """Return that each of three layers moves by -rate A^T missed B^T, A the product of the later, B of the earlier ones."""
    steps = {
        first: (third * second).T * missed,
        second: third.T * missed * first.T,
        third: missed * (second * first).T,
    }
    return Both(tuple(MatrixIdentity(descended(deep_loss, W), W - rate * step, (PSD,)) for W, step in steps.items()))


def down(weight: sp.Expr, layer: sp.Symbol) -> sp.Expr:
    """Return the weight of a mode in a layer after a step down the loss of the mode, which has this weight."""
    return layer - eta * sp.Derivative(mode_loss(weight), layer)


def square_mode(after: sp.Expr) -> Identity:
    """Return that `after` is the length q of a mode vector one step later."""
    return Identity(down(q**2, q), after)


def untied_mode(p_after: sp.Expr, q_after: sp.Expr) -> Both:
    """Return that these are the weights of a mode in the second and the first layer one step later."""
    return Both((Identity(down(p * q, p), p_after), Identity(down(p * q, q), q_after)))


def deep_mode(after: sp.Expr) -> Identity:
    """Return that `after` is the weight of a mode in each of L layers one step later, all having been equal."""
    others = sp.Symbol("A", real=True)
    return Identity(down(others * s_layer, s_layer).doit().xreplace({others: s_layer ** (L - 1)}), after)


MISSED = PPT * M - Sigma

CLAIMS = (
    Claim(
        id="our.network.two_layer",
        says="P_{n+1} = P_n - 2 eta [W_n M + M W_n - 2 Sigma] P_n, W_n = P_n P_n^T, M = Sigma + sigma^2 I",
        reading=f"{ANY_WEIGHT}; any width",
        where=WHERE,
        source="ours",
        relation=two_layer(PPT * M + M * PPT - 2 * Sigma),
        domain=STEPPED,
        assumes=(CENTRED, DISCRETE),
        derived_in="two layers: gradient",
        checks=(*EXACT, Network(scenes=(scenes.two_layer,), states=(P,))),
        slips=(two_layer(2 * MISSED), two_layer(MISSED), two_layer(2 * (M * PPT - Sigma))),
    ),
    Claim(
        id="our.network.two_layer.mode",
        says="q_{n+1} = q_n + 4 eta q_n [lam - (lam + sigma^2) q_n^2]: w_{n+1} = w_n (1 + 4 eta [lam - (lam + sigma^2) w_n])^2",
        reading="q = P^T u along an aligned mode, whose direction training does not turn; the weight is w = q^2",
        where=WHERE,
        source="ours",
        relation=square_mode(q + 4 * eta * q * pull(q**2)),
        domain=domain_of((q, lam, sigma, eta)),
        assumes=MODE,
        derived_in="two layers: mode vectors",
        checks=(*EXACT, Network(scenes=(modes.two_layer,), states=(q,))),
        slips=(square_mode(q + 2 * eta * q * pull(q**2)), square_mode(q + 4 * eta * q * pull(q))),
    ),
    Claim(
        id="our.network.untied",
        says="W_1 -> W_1 - 2 eta W_2^T G, W_2 -> W_2 - 2 eta G W_1^T, G = W_2 W_1 M - Sigma, both at once",
        reading=f"{ANY_WEIGHT}; any width",
        where=WHERE,
        source="ours",
        relation=untied(W2 * W1 * M - Sigma),
        domain=STEPPED,
        assumes=(CENTRED, DISCRETE),
        derived_in="untied: gradient of the first layer",
        checks=(*EXACT, Network(scenes=(scenes.untied,), states=(W1, W2))),
        slips=(
            untied(W2 * W1 * M - Sigma, rate=eta),
            untied(M * W2 * W1 - Sigma),
            untied((W2 * W1).T * M - Sigma),
        ),
    ),
    Claim(
        id="our.network.untied.mode",
        says="p_{n+1} = p_n + 2 eta q_n [lam - M p_n q_n], q_{n+1} = q_n + 2 eta p_n [lam - M p_n q_n], M = lam + sigma^2",
        reading="p in the second, q in the first layer, aligned with each other and with the data",
        where=WHERE,
        source="ours",
        relation=untied_mode(p + 2 * eta * q * pull(p * q), q + 2 * eta * p * pull(p * q)),
        domain=MODES,
        assumes=MODE,
        derived_in="untied: first factor",
        checks=(*EXACT, Network(scenes=(modes.untied,), states=(p, q))),
        slips=(
            untied_mode(p + 2 * eta * p * pull(p * q), q + 2 * eta * q * pull(p * q)),
            untied_mode(p + 4 * eta * q * pull(p * q), q + 4 * eta * p * pull(p * q)),
        ),
    ),
    Claim(
        id="our.network.deep",
        says="W_l -> W_l - 2 eta (W_L ... W_{l+1})^T (W M - Sigma) (W_{l-1} ... W_1)^T, W = W_L ... W_1, all at once",
        reading=f"three layers; {ANY_WEIGHT}",
        where=WHERE,
        source="ours",
        relation=deep(total * M - Sigma),
        domain=STEPPED,
        assumes=(CENTRED, DISCRETE),
        derived_in="deep: gradient",
        checks=(*EXACT, Network(scenes=(scenes.deep,), states=(first, second, third))),
        slips=(deep(total * M - Sigma, rate=eta), deep(M * total - Sigma), deep(first * second * third * M - Sigma)),
    ),
    Claim(
        id="our.network.deep.mode",
        says="L layers that start equal stay equal: s_{n+1} = s_n + 2 eta s_n^{L-1} [lam - (lam + sigma^2) s_n^L]",
        reading="s in every layer, all aligned with each other and with the data; s > 0",
        where=WHERE,
        source="ours",
        relation=deep_mode(s_layer + 2 * eta * s_layer ** (L - 1) * pull(s_layer**L)),
        domain=EQUAL,
        assumes=MODE,
        derived_in="deep: mode",
        checks=(*EXACT, Network(scenes=(modes.deep,), states=(s_layer,))),
        slips=(
            deep_mode(s_layer + 2 * eta * L * s_layer ** (L - 1) * pull(s_layer**L)),
            deep_mode(s_layer + 2 * eta * s_layer**L * pull(s_layer**L)),
        ),
    ),
)
