"""Our own statements on flow matching with a local circular filter."""

import sympy as sp

from theory.domain import POSITIVE, Domain, domain_of
from theory.flow_matching import MODES, A_t, kappa, lam, memory, optimum, t, tau, y
from theory.relation import Both, Identity, LimitIs, Solves, Within
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_H import CENTRED

eta, share, start = symbols("eta a_kj b_kj")
FILTER = (
    CENTRED,
    "W_t w = sum_j w_j x_{m+j} on a circle of N pixels, 2 r + 1 <= N, filter w_0 the same at every t",
    "full-batch gradient flow with learning rate eta",
)
TERMS = MODES.joined(Domain((*domain_of((share, start)).ranges, (eta, POSITIVE), (tau, POSITIVE))))
ENDS = Domain(((lam, POSITIVE), *domain_of((share, start)).ranges, (eta, POSITIVE), (tau, POSITIVE)))


def term(time: sp.Expr = t) -> sp.Expr:
    """Return the part of ln of the variance at time t that an eigenvector of the patch covariance contributes."""
    return share * (sp.log(A_t(time)) + sp.Ei(-kappa) - sp.Ei(-kappa * A_t(time))) + start * memory(time)


def printed(kappa: sp.Expr) -> sp.Expr:
    """Return that part at t = 1 as printed; lam is theta_j."""
    root = sp.sqrt(kappa / (1 + lam))
    bracket = sp.erf(root) + sp.erf(lam * root)
    size = sp.sqrt(sp.pi / (kappa * (1 + lam))) * sp.exp(-kappa * lam / (1 + lam))
    return share * (sp.log(lam) + sp.Ei(-kappa) - sp.Ei(-kappa * lam)) + start * size * bracket


def contributed(value: sp.Expr) -> Both:
    """Return that the part follows from the trained filter, starts as 0 at t = 0, and is `value` at t = 1."""
    kept = sp.exp(-kappa * A_t())
    rate = 2 * (share * optimum() * (1 - kept) + start * kept)
    path = Solves(solution=term(), var=t, unknown=y, rate=rate, at=sp.S.Zero, start=sp.S.Zero)
    return Both((Identity(term(sp.S.One), value), Within(path, TERMS)))


CLAIMS = (
    Claim(
        id="our.flow.patch_variance.term",
        says=(
            "one-layer flow with a local circular filter, kappa = 2 N eta tau: ln Sigma~_k = sum_j a_kj [ln theta_j + "
            "Ei(-kappa) - Ei(-kappa theta_j)] + b_kj sqrt(pi/(kappa (1 + theta_j))) e^{-kappa theta_j/(1 + theta_j)} "
            "[erf sqrt(kappa/(1 + theta_j)) + erf(theta_j sqrt(kappa/(1 + theta_j)))]"
        ),
        reading=(
            "each term of the sum, with lam = theta_j > 0, N eta written eta: it is 2 int "
            "(f_k.v_j)(v_j.w) dt, where v_j.w relaxes from v_j.w_0 to (v_j.e_0) B/A at the rate 2 N eta A"
        ),
        where="section H.2.1 of the spectral-bias paper, for convolutions",
        source="ours",
        relation=contributed(printed(kappa)),
        domain=ENDS,
        assumes=FILTER,
        derived_in="flow matching: sampling",
        checks=EXACT,
        slips=(contributed(printed(kappa / 2)),),
    ),
    Claim(
        id="our.flow.patch_variance.limit",
        says="same limit tau -> infinity as our.patch.limit: exp(f_k^T log(Sigma_patch) e_0)",
        reading="the term of an eigenvector tends to a_kj ln theta_j, with lam = theta_j",
        where="section H.2.1 of the spectral-bias paper, for convolutions",
        source="ours",
        relation=LimitIs(expr=term(sp.S.One), var=tau, point=sp.oo, value=share * sp.log(lam)),
        domain=ENDS,
        assumes=FILTER,
        derived_in="flow matching: sampling",
        checks=(KERNEL,),
    ),
)
