"""Our theorems on noisy components in large dimension: the overlap of two noisy bases, and of a noisy and the clean one."""

import sympy as sp

from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.relation import Both, Identity, Inequality, Within
from theory.spiked import (
    ABOVE,
    BELOW,
    MODE,
    PAIR,
    RATIO,
    cosine_squared,
    data_product,
    data_side,
    detected,
    ell,
    gamma,
    lam2,
    length,
    outlier,
    overlap,
    overlap_squared,
    s,
    s_a,
    s_b,
    sample_product,
    sample_side,
    sensitivity,
    w_ab,
)
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT

scale, rho, root_a, root_b, y_noise, load = symbols("scale rho_ab root_a root_b y_noise y_load")
LARGE = (
    "d, n to infinity, d/n to gamma; X_0 = sqrt(n) sum_i lambda_i u_i v_i^T of fixed rank, noises jointly Gaussian with "
    "variances s_a, s_b and covariance w_ab at each position, independent between positions",
    "the resolvents of the Hermitised noises have the deterministic limits of random matrix theory",
)
zeta, p, q = outlier(s), data_side(s), sample_side(s)
product = data_product(w_ab) + lam2 * data_side(s_a) * data_side(s_b) * sample_product(w_ab)
scaled = {lam2: scale * lam2, s_a: scale * s_a, s_b: scale * s_b, w_ab: scale * w_ab}
SCALED = Domain((*PAIR.ranges, (scale, POSITIVE)), PAIR.conditions)
ROOTS = domain_of((root_a, root_b, gamma)).where(gamma * root_a**4 < 1, gamma * root_b**4 < 1)
JOINT = Domain(
    (
        (rho, Range(-sp.S.One, sp.S.One)),
        (load, Range(sp.S.Zero, sp.S.One, high_open=True)),
        *domain_of((y_noise,)).ranges,
    )
)


def joint(y: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Return numerator and denominator of 1/C(y), the factor of the overlap that the covariance y of the noises gives."""
    return 1 + gamma * y, 1 - gamma * y**2


def at_most_one() -> Inequality:
    """Return that C(y_a) C(y_b) <= C(y)^2 at y = sqrt(y_a y_b), lambda = 1, both sides times their denominators."""
    (up, down), (up_a, down_a), (up_b, down_b) = map(joint, (root_a * root_b, root_a**2, root_b**2))
    return Inequality(down_a * down_b * up**2, "<=", down**2 * up_a * up_b)


def largest(sign: int) -> Inequality:
    """Return that sign/C(rho y) <= 1/C(y), both sides times y and their denominators, in y and gamma y^2 < 1."""
    return Inequality(sign * (y_noise + rho * load) * (1 - load), "<=", (y_noise + load) * (1 - rho**2 * load))


def markov(later: sp.Expr) -> Identity:
    """Return that the overlaps of accumulated noise multiply: clean with b, then b with `later`."""
    return Identity(overlap(later, s_b, s_b) * overlap(s_b, sp.S.Zero, sp.S.Zero), overlap(later, sp.S.Zero, sp.S.Zero))


CLAIMS = (
    Claim(
        id="our.spiked.overlap",
        says="<u^a, u^b> tends to sqrt(C(s_a) C(s_b)) (1 + gamma w_ab/lambda^2)/(1 - gamma w_ab^2/lambda^4), C(s) = (1 - gamma "
        "s^2/lambda^4)/(1 + gamma s/lambda^2)",
        where="new; with s_b = w_ab = 0 eq. (12) of the power-iteration paper is its leading order",
        source="ours",
        reading="the algebra of the two-resolvent route: N_ab = x + lambda^2 p_a p_b y over sqrt(N_aa N_bb), where x and y "
        "solve x = p_a p_b (1 + w y), y = q_a q_b gamma w x",
        relation=Identity(product / (length(s_a) * length(s_b)), overlap(s_a, s_b, w_ab)),
        domain=PAIR,
        assumes=LARGE,
        derived_in="spiked: overlap of two bases",
        checks=EXACT,
    ),
    Claim(
        id="our.spiked.overlap.resolvents",
        says="1 = p (zeta - s q) = q (zeta - s gamma p) and p q = 1/lambda^2 at zeta^2 = lambda^2 (1 + s/lambda^2)(1 + gamma "
        "s/lambda^2)",
        where="new",
        source="ours",
        relation=Both(
            (
                Identity(p * (zeta - s * q), sp.S.One),
                Identity(q * (zeta - gamma * s * p), sp.S.One),
                Identity(p * q, 1 / lam2),
            )
        ),
        domain=MODE,
        assumes=LARGE,
        derived_in="spiked: resolvent",
        checks=EXACT,
    ),
    Claim(
        id="our.spiked.overlap.squared",
        says="<u^a, u^b>^2 tends to C(s_a) C(s_b)/C(w_ab)^2",
        where="new",
        source="ours",
        relation=Identity(
            overlap(s_a, s_b, w_ab) ** 2, overlap_squared(s_a) * overlap_squared(s_b) / overlap_squared(w_ab) ** 2
        ),
        domain=PAIR.where(sp.Ne(gamma * w_ab, -lam2)),
        assumes=LARGE,
        derived_in="spiked: overlap of two bases",
        checks=EXACT,
    ),
    Claim(
        id="our.spiked.overlap.clean",
        says="<u^a, u>^2 tends to C(s_a) below the threshold s_a = lambda^2/sqrt(gamma), and to 0 from there on",
        where="new",
        source="ours",
        relation=Both(
            (
                Identity(overlap(s, sp.S.Zero, sp.S.Zero) ** 2, detected(s)),
                Within(Identity(sp.S.Zero, detected(s)), ABOVE),
            )
        ),
        domain=BELOW,
        assumes=LARGE,
        derived_in="spiked: every noise",
        checks=EXACT,
    ),
    Claim(
        id="our.spiked.overlap.symmetry",
        says="the overlap is symmetric in a and b, 1 for equal noises and the same in all units of the data",
        where="new",
        source="ours",
        relation=Both(
            (
                Identity(overlap(s_a, s_b, w_ab), overlap(s_b, s_a, w_ab)),
                Within(Identity(overlap(s, s, s), sp.S.One), BELOW),
                Within(Identity(overlap(s_a, s_b, w_ab), overlap(s_a, s_b, w_ab).xreplace(scaled)), SCALED),
            )
        ),
        domain=PAIR,
        assumes=LARGE,
        derived_in="spiked: same noise",
        checks=EXACT,
    ),
    Claim(
        id="our.spiked.overlap.modulus",
        says="the modulus of the overlap is at most 1 for |w_ab| <= sqrt(s_a s_b)",
        where="new",
        source="ours",
        reading="in y = s/lambda^2: C(y_a) C(y_b) <= C(sqrt(y_a y_b))^2, and |1/C(rho y)| <= 1/C(y) for correlations |rho| <= 1",
        relation=Both((at_most_one(), Within(largest(1), JOINT), Within(largest(-1), JOINT))),
        domain=ROOTS,
        assumes=LARGE,
        derived_in="spiked: overlap of two bases",
        checks=EXACT,
        formula=False,
    ),
    Claim(
        id="our.spiked.overlap.markov",
        says="for accumulated noise, w_ab = s_b <= s_a, overlaps multiply: <u^a, u> = <u^a, u^b> <u^b, u> in the limit",
        where="new",
        source="ours",
        relation=markov(s_a),
        domain=domain_of((lam2, s_a, s_b, gamma)).where(gamma * s_a**2 < lam2**2, s_b <= s_a),
        assumes=LARGE,
        derived_in="spiked: overlap",
        checks=EXACT,
    ),
    Claim(
        id="our.spiked.overlap.variation",
        says="d ln C/d ln ell = gamma/(ell + gamma) (ell^2 + 2 ell + gamma)/(ell^2 - gamma), the quadratic variation of u^t "
        "under accumulated noise",
        where="new",
        source="ours",
        relation=Identity(ell * sp.Derivative(sp.log(cosine_squared), ell), sensitivity()),
        domain=RATIO,
        assumes=LARGE,
        derived_in="spiked: sensitivity",
        checks=EXACT,
    ),
)
