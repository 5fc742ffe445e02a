"""Our theorems on components at the onset of noise: finite size, any number of components."""

import sympy as sp

from numerics.noisy_components import perturbed
from theory.domain import Domain, Range, domain_of
from theory.matrices import Expect, norm2
from theory.relation import Antiderivative, Both, Identity, Inequality, LimitIs, MatrixIdentity, Relation, Within
from theory.small_noise import (
    COUPLED,
    FRAME,
    GAP,
    NOISY,
    RADII,
    ROWS,
    WHITE,
    across,
    coupling,
    d,
    e,
    entry,
    lam,
    lam2_i,
    lam2_j,
    lam_i,
    lam_j,
    n,
    order,
    rho,
    s,
    sig_bar,
    sine_squared,
    tail,
    turned,
)
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

RANK_ONE = ("X_0 = lambda u z^T, noise of level sigma, the entries of E independent with variance 1",)
(tangent,) = symbols("tan_theta")
CLOSE = Domain(((tangent, Range(sp.S.Zero, sp.Rational(1, 6))),))
ANY_RANK = ("X_0 of any rank, lambda_i^2 a simple eigenvalue of X_0 X_0^T/n, noise entries independent of variance s",)


def mean_square(relation: Relation) -> sp.Expr:
    """Return the limit of E sin^2/t that the mean square of the coupling gives, for noise of variance s t."""
    return relation.formula / (lam_i**2 - lam_j**2) ** 2


def first_order(low: sp.Expr, high: sp.Expr) -> Both:
    """Return that sin^2 lies between these multiples of its first order x^2, x = t/(1 - t^2) at the tangent t."""
    coupled = tangent / (1 - tangent**2)
    exact = sine_squared().xreplace({lam2_i: lam2_j + 1, sig_bar: sp.S.One, entry: coupled})
    share = (1 - tangent**2) ** 2 / (1 + tangent**2)
    return Both((Identity(exact, share * coupled**2), Inequality(share, ">=", low), Inequality(share, "<=", high)))


CLAIMS = (
    Claim(
        id="our.spiked.small_noise",
        says="sin theta = |P E z|/(lambda |z|^2) sigma + O(sigma^2), P = I - u u^T",
        where="corrects eq. (12) of the power-iteration paper at finite size",
        source="ours",
        reading="n (A_1 - mu_1) u = lambda P E z, where A_1 is the first order of X X^T/n: the derivative of the component is this "
        "over lambda^2 |z|^2",
        relation=MatrixIdentity(*turned(), FRAME),
        domain=domain_of((lam,)),
        assumes=RANK_ONE,
        derived_in="small noise: first order",
        checks=(*EXACT, Matrices(scene=perturbed.turned)),
    ),
    Claim(
        id="our.spiked.small_noise.mean_square",
        says="E |P e|^2 = s (d - 1) for white noise e of variance s: E sin^2/sigma^2 tends to (d - 1)/lambda^2 E |z|^-2",
        where="corrects eq. (12) of the power-iteration paper at finite size",
        source="ours",
        relation=MatrixIdentity(Expect(norm2(across * e)), s * (d - 1), WHITE),
        domain=NOISY,
        assumes=RANK_ONE,
        derived_in="small noise: mean square",
        checks=EXACT,
    ),
    Claim(
        id="our.spiked.small_noise.moments",
        says="E chi_(d-1) E chi_n^-1 is a ratio of radial moments m_k = int_0^oo rho^k exp(-rho^2/2), m_(k+1) = k m_(k-1)",
        where="new",
        source="ours",
        reading="-rho^k exp(-rho^2/2), which vanishes at both ends, is a primitive of (rho^(k+1) - k rho^(k-1)) exp(-rho^2/2)",
        relation=Antiderivative(
            primitive=tail(order),
            integrand=(rho ** (order + 1) - order * rho ** (order - 1)) * sp.exp(-(rho**2) / 2),
            var=rho,
        ),
        domain=RADII,
        derived_in="small noise: radial moments",
        checks=EXACT,
    ),
    Claim(
        id="our.spiked.eigengap",
        says="lim E sin^2 theta_i/s = (1/n) sum_(j != i) (lambda_i^2 + lambda_j^2)/(lambda_i^2 - lambda_j^2)^2",
        where="extends eq. (12) of the power-iteration paper to any spectrum and finite size",
        source="ours",
        reading="the entry of X X^T/n between components i and j has the mean square s (lambda_i^2 + lambda_j^2)/n at first order, "
        "and the angle is this entry over the gap of the eigenvalues",
        relation=Both(
            (
                MatrixIdentity(Expect(norm2(coupling())) / n, s * (lam_i**2 + lam_j**2) / n, ROWS),
                Within(
                    LimitIs(
                        expr=sine_squared() / sig_bar**2,
                        var=sig_bar,
                        point=sp.S.Zero,
                        value=entry**2 / (lam2_i - lam2_j) ** 2,
                    ),
                    GAP,
                ),
            )
        ),
        domain=COUPLED,
        assumes=ANY_RANK,
        derived_in="small noise: gap",
        checks=(
            KERNEL,
            Ode(
                measure=perturbed.mean_square_turn,
                box=box(lam_i=("1.0", "2.0"), lam_j=("0.1", "0.7"), n_data=("2", "5"), s=("0.5", "2.0")),
                formula=mean_square,
            ),
        ),
    ),
    Claim(
        id="our.spiked.eigengap.range",
        says="the next order stays below 10 % where the coupling of the two components is at most a sixth of their gap",
        where="extends eq. (12) of the power-iteration paper to any spectrum and finite size",
        source="ours",
        reading="two components with the entry sig g between them: sin^2 lies between 90 and "
        "100 % of (sig g)^2/(lambda_i^2 - lambda_j^2)^2; in t = tan theta, where sig g over the gap is t/(1 - t^2), for "
        "t <= 1/6, so beyond a sixth of the gap",
        relation=first_order(sp.Rational(9, 10), sp.S.One),
        domain=CLOSE,
        assumes=ANY_RANK,
        derived_in="small noise: gap",
        checks=EXACT,
        slips=(
            first_order(sp.S.One, sp.Rational(11, 10)),
            first_order(sp.Rational(19, 20), sp.S.One),
            first_order(sp.Rational(9, 10), sp.Rational(19, 20)),
        ),
        formula=False,
    ),
)
