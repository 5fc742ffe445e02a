"""Our own statements on deep convolutions: the flow of a Fourier mode, from the loss of the taps."""

import sympy as sp

from theory import cyclic
from theory.convolution import N, eta, sigma, y
from theory.deep_convolution import M
from theory.domain import domain_of
from theory.relation import Both, Identity
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR, FLOW, FULL

PROP = (CIRCULAR, FULL, FLOW)


def loss_of(gammas: list[cyclic.Pair]) -> sp.Expr:
    """Return the loss of four pixels, up to Tr Sigma, for weights with these coefficients (wp.G.3.grad.loss)."""
    terms = ((sigma**2 + S) * (p**2 + q**2) - 2 * S * p for (p, q), S in zip(gammas, POWERS, strict=True))
    return sp.Add(*terms)


def moves(gammas: list[cyclic.Pair], speed: sp.Expr, over: tuple[sp.Symbol, ...]) -> Both:
    """Return that gamma_1 of four pixels moves at -speed (M gamma_1 - S_1) in gradient flow on the taps, eta = 1."""
    M1, loss = sigma**2 + POWERS[1], loss_of(gammas)
    real, imaginary = (cyclic.moving(part, loss, over) for part in gammas[1])
    return Both(
        (Identity(real, -speed * (M1 * gammas[1][0] - POWERS[1])), Identity(imaginary, -speed * M1 * gammas[1][1]))
    )


def size(g: cyclic.Pair) -> sp.Expr:
    """Return |g|^2."""
    return g[0] ** 2 + g[1] ** 2


COVARIANCE = cyclic.covariance(4)
POWERS = [cyclic.power(4, k, COVARIANCE) for k in range(4)]
EIGHT = tuple(cyclic.taps(8).values())
ONE, TWO = ([cyclic.coefficient(4, k, dict(enumerate(taps))) for k in range(4)] for taps in (EIGHT[:4], EIGHT[4:]))
FOUR_PIXELS = domain_of((*cyclic.entries(4), *EIGHT[:4], sigma))
speed = 2 * N * eta * M * y
CHAIN = "the chain rule, four pixels, any covariance and any taps, eta = 1, k = 1: both parts of d gamma_k/dtau"

CLAIMS = (
    Claim(
        id="our.conv.sym_two_layer.flow",
        says="W = Circ(w) Circ(w)^T: d gamma_k/dtau = -8 N eta gamma_k (M gamma_k - S_k)",
        where="beyond section 5.2 of the spectral-bias paper",
        source="ours",
        reading=CHAIN,
        relation=moves([(size(g), sp.S.Zero) for g in ONE], 8 * 4 * size(ONE[1]), EIGHT[:4]),
        domain=FOUR_PIXELS,
        assumes=PROP,
        checks=EXACT,
    ),
    Claim(
        id="our.conv.tied_square.flow",
        says="W = Circ(w)^2: d gamma_k/dtau = -8 N eta |gamma_k| (M gamma_k - S_k)",
        where="beyond section 5.2 of the spectral-bias paper",
        source="ours",
        reading=CHAIN,
        relation=moves([cyclic.times(g, g) for g in ONE], 8 * 4 * size(ONE[1]), EIGHT[:4]),
        domain=FOUR_PIXELS,
        assumes=PROP,
        checks=EXACT,
    ),
    Claim(
        id="our.conv.tied_depth.flow",
        says="W = Circ(w)^L: d gamma_k/dtau = -2 N eta L^2 |gamma_k|^(2 - 2/L) (M gamma_k - S_k)",
        where="beyond section 5.2 of the spectral-bias paper",
        source="ours",
        reading=f"L = 3; {CHAIN}",
        relation=moves([cyclic.times(g, cyclic.times(g, g)) for g in ONE], 2 * 4 * 9 * size(ONE[1]) ** 2, EIGHT[:4]),
        domain=FOUR_PIXELS,
        assumes=PROP,
        checks=(KERNEL,),
    ),
    Claim(
        id="our.conv.untied_two_filter.flow",
        says="W = Circ(w_1) Circ(w_2): d gamma_k/dtau = -2 N eta (|g_1|^2 + |g_2|^2)(M gamma_k - S_k)",
        where="beyond section 5.2 of the spectral-bias paper",
        source="ours",
        reading=CHAIN,
        relation=moves(
            [cyclic.times(g, h) for g, h in zip(ONE, TWO, strict=True)], 2 * 4 * (size(ONE[1]) + size(TWO[1])), EIGHT
        ),
        domain=domain_of((*cyclic.entries(4), *EIGHT, sigma)),
        assumes=PROP,
        checks=(KERNEL,),
    ),
)
