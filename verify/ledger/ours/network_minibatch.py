"""Minibatches with sampled noise: the mean of the weights follows the full-batch law exactly."""

import sympy as sp

from numerics.networks.linear import averaged
from theory import centred
from theory.matrices import Expect
from theory.one_layer import eta, sigma
from theory.regression import M, Sigma, W, d, x0, z
from theory.relation import MatrixIdentity
from verify.checks.averaged import OnAverage
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.ours.shared_network import CENTRED, STEPPED, WHERE

noisy = x0 + sigma * z
sampled = 2 * (W * noisy - x0) * noisy.T


def mean_step(after: sp.MatrixExpr) -> MatrixIdentity:
    """Return that `after` is the mean over data and noise of W after a step along the gradient of |W x - x0|^2."""
    return MatrixIdentity(Expect(W - eta * sampled), after, centred.DATA)


CLAIMS = (
    Claim(
        id="our.network.minibatch",
        says="E W_{n+1} = E W_n - 2 eta [E W_n (Sigma + sigma^2 I) - Sigma], for every batch size",
        reading=(
            "data drawn with replacement and fresh noise for each step, so that W_n does not depend on them: the mean over the "
            "batch is linear in W_n; here the mean of one sample's step"
        ),
        where=WHERE,
        source="ours",
        relation=mean_step(W - 2 * eta * (W * M - Sigma)),
        domain=STEPPED,
        assumes=(CENTRED, "stochastic gradient descent with learning rate eta"),
        derived_in="centred: gradient in W",
        checks=(*EXACT, OnAverage(scene=averaged.one_layer, state=W)),
        slips=(
            mean_step(W - eta * (W * M - Sigma)),
            mean_step(W - 2 * eta * (W * (Sigma + sigma * sp.Identity(d)) - Sigma)),
            mean_step(W - eta / 2 * (W * M - Sigma)),
            mean_step(W - 2 * eta * (W * Sigma - Sigma)),
            mean_step(W - 2 * eta * (M * W - Sigma)),
        ),
        formula=False,
    ),
)
