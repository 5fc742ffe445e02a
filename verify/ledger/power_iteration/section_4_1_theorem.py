"""Theorem 4.3 in large dimension, for each reading of the noise; at fixed size it is judged by simulation."""

from functools import partial

import sympy as sp

from theory.domain import domain_of
from theory.projection_chain import LAST, SEPARATE, TWO, C, T, gamma, gap, kept, lam2_0, lam2_1, variation
from theory.relation import LimitIs
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import KERNEL

d, rank, n_data = symbols("d rank n_data")
THEOREM = (
    "let sigma_t = 1/T, t = 0, ..., T; assuming 4.2, 4.1, in the limit T -> infinity, E x_g x_g^T is proportional to u_0 "
    "u_0^T"
)
WHERE = "theorem 4.3, eq. (17)"
LARGE = "first d, n to infinity at d/n = gamma, then T to infinity"
SIMPLE = "lam_1 < lam_0"
MET = "both assumptions are met: eq. (15) to leading order, eq. (16) for two different indices, as the proof uses it"
ONE = "the variance of component 1 over that of component 0 tends to 0"


def share(expr: sp.Expr, value: sp.Expr = sp.S.Zero) -> LimitIs:
    """Return that the variance of component 1 over that of component 0 tends to `value`."""
    return LimitIs(expr=expr, var=T, point=sp.oo, value=value)


def at_fixed_size() -> sp.Expr:
    """Return exp(-V (d - r)/n (1/lam_1^2 - 1/lam_0^2)), V being that of fresh noise."""
    return sp.exp(-variation("fresh") * (d - rank) / n_data * gap())


def mean_levels() -> sp.Expr:
    """Return exp(-gamma S (1/lam_1^2 - 1/lam_0^2)), S the sum of s_t over t = 1, ..., T."""
    return sp.exp(-gamma * (T + 3) / (2 * T) * gap())


FIXED = domain_of((d, rank, n_data, T, lam2_0, lam2_1)).where(lam2_1 < lam2_0, rank < d, rank < n_data, rank >= 1)
theorem = partial(
    Claim,
    says=THEOREM,
    where=WHERE,
    source="as printed",
    assumes=(LARGE, SIMPLE, MET),
    checks=(KERNEL,),
    formula=False,
)

CLAIMS = (
    theorem(
        id="wdmg.thm4.3.fresh",
        reading=f"fresh noise: {ONE}. By our.chain.collapse.fresh its limit is that of exp(-gamma V (1/lam_1^2 - "
        "1/lam_0^2)), V = s_T + 2 sum of s_t over 0 < t < T",
        relation=share(kept(variation("fresh"))),
        domain=TWO,
        derived_in="projection chain: fresh limit",
        corrected_by="our.chain.collapse.fresh",
    ),
    theorem(
        id="wdmg.thm4.3.accumulated",
        reading=f"accumulated noise: {ONE}. It is C_1(s_T)/C_0(s_T) with s_T = (T + 1)/T^2",
        relation=share(C(LAST, lam2_1) / C(LAST, lam2_0)),
        domain=SEPARATE,
        derived_in="projection chain: accumulated limit",
        corrected_by="our.chain.collapse.accumulated",
    ),
    theorem(
        id="wdmg.thm4.3.shared",
        reading=f"one shared draw: {ONE}. Its limit is that of exp(-gamma V (1/lam_1^2 - 1/lam_0^2)) with V at most "
        "(sqrt(T + 1) + 2)/T^2; a ratio that tends to 0 would take this smaller number with it",
        relation=share(kept(variation("shared"))),
        domain=TWO,
        derived_in="projection chain: shared limit",
        corrected_by="our.chain.collapse.shared",
    ),
    theorem(
        id="wdmg.mean-pi.schedule",
        says="we now turn to show how the reverse process performed by a repeated denoising converges in mean to PI",
        reading="fresh noise, sigma_t = 1/T: E P_T tends to a multiple of u_0 u_0^T. By our.chain.symmetry its ratio of "
        "component 1 to component 0 has the limit of exp(-gamma S (1/lam_1^2 - 1/lam_0^2)), S the sum of s_t over t = 1, "
        "..., T",
        where="section 4.1",
        relation=share(mean_levels()),
        domain=TWO,
        corrected_by="our.chain.collapse.mean",
    ),
)
