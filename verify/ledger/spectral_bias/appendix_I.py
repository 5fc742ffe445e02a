"""Appendix I: the preconditioning and the loss of EDM as the experiments use them."""

import sympy as sp

from theory.domain import domain_of
from theory.relation import Identity, Inequality, Relation
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT

sigma, sigma_data, c_skip = symbols("sigma sigma_data c_skip")
power = sigma**2 + sigma_data**2
PRINTED = {
    "skip": sigma_data**2 / power,
    "out": sigma * sigma_data / sp.sqrt(power),
    "into": 1 / sp.sqrt(sigma_data**2 + sigma**2),
}
LEVELS = domain_of((sigma, sigma_data))
PRECOND = (
    "D = c_skip X + c_out model(c_in X, c_noise), c_skip = sigma_data^2/(sigma^2 + sigma_data^2), c_out = sigma "
    "sigma_data/sqrt(sigma^2 + sigma_data^2), c_in = 1/sqrt(sigma_data^2 + sigma^2), c_noise = ln(sigma)/4"
)
LOSS = (
    "sigma = exp(P_mean + P_std eps); w(sigma) = (sigma^2 + sigma_data^2)/(sigma sigma_data)^2; L = E_x E_n E_sigma "
    "[w(sigma) |D(x + sigma n, sigma) - x|^2]"
)
DATA = ("data of mean 0 and variance sigma_data^2 in every component",)


def target(skip: sp.Expr) -> sp.Expr:
    """Return the variance of x - c_skip (x + sigma n), what is left for the network to learn, a component."""
    return (1 - skip) ** 2 * sigma_data**2 + skip**2 * sigma**2


def _claim(id: str, relation: Relation, reading: str, slips: tuple[Relation, ...] = ()) -> Claim:
    """Return a claim; with slips it is a sentence, else a formula."""
    return Claim(
        id=id,
        says=LOSS if ".I.3." in id else PRECOND,
        where="I.3" if ".I.3." in id else "I.2",
        source="as printed",
        reading=f"the definition has a property: {reading}",
        relation=relation,
        domain=LEVELS.joined(domain_of((c_skip,))) if slips and id.endswith("skip") else LEVELS,
        assumes=DATA,
        checks=EXACT,
        slips=slips,
        formula=not slips,
    )


def _least(skip: sp.Expr) -> Inequality:
    return Inequality(target(c_skip), ">=", target(skip))


CLAIMS = (
    _claim(
        "wp.I.2.precond.skip",
        _least(PRINTED["skip"]),
        "no other c_skip leaves less for the network to learn",
        (_least(sigma**2 / power), _least(1 - PRINTED["skip"] ** 2), _least(2 * PRINTED["skip"])),
    ),
    _claim(
        "wp.I.2.precond.out",
        Identity(target(sigma_data**2 / (sigma**2 + sigma_data**2)), PRINTED["out"] ** 2),
        "what the network has to learn, (x - c_skip y)/c_out, has variance 1",
    ),
    _claim(
        "wp.I.2.precond.in",
        Identity(sp.S.One, PRINTED["into"] ** 2 * (sigma_data**2 + sigma**2)),
        "the input of the network, c_in y, has variance 1",
        tuple(
            Identity(sp.S.One, slip**2 * (sigma_data**2 + sigma**2))
            for slip in (1 / (sigma_data + sigma), 1 / (sigma_data**2 + sigma**2), sp.sqrt(sigma_data**2 + sigma**2))
        ),
    ),
    _claim(
        "wp.I.3.loss",
        Identity(1 / PRINTED["out"] ** 2, (sigma**2 + sigma_data**2) / (sigma * sigma_data) ** 2),
        "w = 1/c_out^2, so that L is the plain mean square of what the network misses",
    ),
)
