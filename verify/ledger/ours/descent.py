"""Corrections of appendix D.1.1: when gradient descent converges, and how far a step of it is from the flow."""

import sympy as sp

from theory.domain import domain_of
from theory.one_layer import Q, descent_weight, eta, lam, n, optimum, sigma, tau, weight
from theory.relation import Both, Identity, Within
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.appendix_D_1_steps import DESCENT, GENTLE, lag, nearer, one_step, within_bound

STEEP = eta * (lam + sigma**2) >= 1
ahead = lag(sp.S.One)
STARTED = domain_of((lam, sigma, eta))
gap = (weight(sigma).xreplace({tau: n}) - descent_weight(sigma)) / (Q - optimum(sigma))
AFTER = Within(Identity(gap, lag(n)), domain_of((lam, sigma, Q, eta, n)).where(sp.Ne(Q * (lam + sigma**2), lam)))

CLAIMS = (
    Claim(
        id="our.descent.converges",
        says="a step of gradient descent ends nearer to the optimum of a mode if and only if eta (lam + sigma^2) < 1",
        where="corrects appendix D.1.1",
        source="ours",
        relation=Both((Within(nearer(), one_step.where(GENTLE)), Within(nearer(">="), one_step.where(STEEP)))),
        domain=one_step,
        assumes=DESCENT,
        derived_in="one layer: descent",
        checks=EXACT,
        slips=(nearer(), nearer(">="), Within(nearer(), one_step.where(eta * (lam + sigma**2) < 2))),
        formula=False,
    ),
    Claim(
        id="our.descent.step_error",
        says=(
            "one step of gradient descent is ahead of the flow by at most half the square of 2 eta (lam + sigma^2), "
            "relative to the deviation"
        ),
        reading=(
            "with c = 2 eta (lam + sigma^2), 0 <= exp(-c) - (1 - c) <= c^2/2 for every eta; after n steps it is "
            "exp(-c n) - (1 - c)^n"
        ),
        where="corrects appendix D.1.1",
        source="ours",
        relation=Both((*within_bound(ahead, 2 * eta**2 * (lam + sigma**2) ** 2).parts, AFTER)),
        domain=STARTED,
        assumes=DESCENT,
        derived_in="one layer: descent",
        checks=EXACT,
        slips=(
            within_bound(ahead, eta**2 * (lam + sigma**2) ** 2),
            within_bound(-ahead, 2 * eta**2 * (lam + sigma**2) ** 2),
        ),
        formula=False,
    ),
)
