"""One layer inside EDM's preconditioning as it is trained: the step of gradient descent on what is inside."""

import sympy as sp

from numerics.networks.linear import modes, scenes
from theory import centred, regression
from theory.centred import W_prime
from theory.domain import domain_of
from theory.one_layer import eta, lam, n, sigma, y
from theory.parametrised import into, out, sigma_data, skip
from theory.regression import M, Sigma, W, b, d, unit
from theory.relation import MatrixIdentity, Recurrence
from theory.untied import mass
from verify.checks.network import Network
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.ours.shared_network import ANY_WEIGHT, CENTRED, DISCRETE, MODE, WHERE, descended

inner = skip * unit + out * into * W_prime
inner_loss = regression.loss.xreplace({W: inner, b: sp.ZeroMatrix(d, 1)}) / out**2
relative = mass() / (sigma_data**2 + sigma**2)


def preconditioned(after: sp.MatrixExpr) -> MatrixIdentity:
    """Return that `after` is W' one step later."""
    return MatrixIdentity(descended(inner_loss, W_prime), after, centred.DATA)


def inner_step(weights: sp.MatrixExpr, noisy: sp.MatrixExpr = M, size: sp.Expr = into / out) -> sp.MatrixExpr:
    """Return W' one step later, by the end-to-end weights."""
    return W_prime - 2 * eta * size * (weights * noisy - Sigma)


def edm_steps(factor: sp.Expr) -> Recurrence:
    """Return that the end-to-end weight keeps this share of its deviation from psi* in one step, from c_skip.

    A step of W' moves the weight by c_out c_in times -eta times the slope in W', c_in/c_out that of the loss of a mode.
    """
    best = lam / mass()
    following = y - eta * out * into * (into / out) * (2 * mass() * y - 2 * lam)
    return Recurrence(solution=best + (skip - best) * factor**n, var=n, unknown=y, following=following, start=skip)


CLAIMS = (
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
