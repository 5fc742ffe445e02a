"""Our own statements on two separate layers: lazy and rich regimes in one explicit formula."""

import sympy as sp

from theory.relation import Solves
from theory.untied import SPLIT, Y0, riccati, sum_square, tau, y
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.lanes_5_1 import SETTING

KAPPA = "kappa = sqrt(4 lam^2 + C^2 M^2) - 2 lam >= 0 stands for C = p^2 - q^2, so that R = 2 eta (2 lam + kappa)"

CLAIMS = (
    Claim(
        id="our.untied.sum",
        says="Y = (p + q)^2 obeys dY/dtau = 4 eta lam Y - eta M (Y^2 - C^2) and is a fractional linear function of "
        "exp(-R tau), R = 2 eta sqrt(4 lam^2 + C^2 M^2)",
        where="corrects section 5.1 and appendix F.2 of the spectral-bias paper",
        source="ours",
        reading=KAPPA,
        relation=Solves(solution=sum_square(), var=tau, unknown=y, rate=riccati(1), at=sp.S.Zero, start=Y0),
        domain=SPLIT,
        assumes=SETTING,
        derived_in="untied: sum",
        checks=EXACT,
    ),
)
