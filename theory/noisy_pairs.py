"""Denoisers trained for the time a on one noise draw for each sample: the gain along a component, in large dimension.

The gradient flow of (1/n)|X_0 - W X_t|^2 from W = 0 gives W_hat = (1/n) X_0 X_t^T h(A), A = X_t X_t^T/n and h(x) =
(1 - exp(-a x))/x. The resolvent of the Hermitised X_t/sqrt(n) is p on the side of the data and q on that of the
samples without the component, 1 = p (zeta - s q) = q (zeta - s gamma p); with P = p q and z = zeta^2 the component adds
v^T X_t^T/sqrt(n) (z - A)^-1 u = lambda F, F = P/(1 - lambda^2 P), and z is z(P) = 1/P + s (1 + gamma) + s^2 gamma P.
So u^T W_hat u is lambda^2 times the integral of h over the measure with the transform F. The limit itself is assumed.

Source: derived here.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.functions import phi1
from theory.matrices import Inv, MatrixExp, PositiveDefinite, Rate, Rule
from theory.relation import Both, Identity, LimitIs, MatrixIdentity, Monotone
from theory.symbols import symbols

d, n, a, s, gamma, lam2, P, p, p_a, q_a, h, arc = symbols(
    "d n_data a_time s_bar gamma lam_sq P_pair P_minus p_a q_a off_pole arc"
)
A, C = sp.MatrixSymbol("A", d, d), sp.MatrixSymbol("C", d, d)
X0, X = sp.MatrixSymbol("X_0", d, n), sp.MatrixSymbol("X", d, n)
G = sp.MatrixSymbol("G", n, n)
unit = sp.Identity(d)

REGULAR = (PositiveDefinite(A),)
FEW = (Rule(G, X.T * X), PositiveDefinite(G))
MODEL = Domain((*domain_of((lam2, gamma)).ranges, (s, POSITIVE)))
TRAINED = MODEL.joined(domain_of((a,)))
PLACES = MODEL.joined(Domain(((P, POSITIVE),)))
LEFT = Domain((*domain_of((p, gamma)).ranges, (s, POSITIVE))).where(s * p < 1, gamma * s * p < 1)
LOUD = Domain((*domain_of((lam2, gamma)).ranges, (s, POSITIVE))).where(lam2**2 > gamma * s**2)


def trained() -> sp.MatrixExpr:
    """Return W_hat(a) where A is regular, C = X_0 X_t^T/n."""
    return C * Inv(A) * (unit - MatrixExp(-a * A))


def trained_few() -> sp.MatrixExpr:
    """Return n W_hat(a n) where there are fewer samples than dimensions, through G = X^T X."""
    return X0 * Inv(G) * (sp.Identity(n) - MatrixExp(-a * G)) * X.T


def place(P: sp.Expr) -> sp.Expr:
    """Return z at P."""
    return 1 / P + s * (1 + gamma) + s**2 * gamma * P


def transform(P: sp.Expr) -> sp.Expr:
    """Return F."""
    return P / (1 - lam2 * P)


def outlier() -> sp.Expr:
    """Return the eigenvalue of A that belongs to the component, for lambda^4 > gamma s^2."""
    return (lam2 + s) * (lam2 + gamma * s) / lam2


def weight() -> sp.Expr:
    """Return its share of the measure."""
    return 1 - gamma * s**2 / lam2**2


def late(noise: sp.Expr) -> sp.Expr:
    """Return lambda^2/(lambda^2 + noise)."""
    return lam2 / (lam2 + noise)


def learned(x: sp.Expr) -> sp.Expr:
    """Return h(x) = (1 - exp(-a x))/x."""
    return a * phi1(-a * x)


def radius() -> sp.Expr:
    """Return s sqrt(gamma): on the bulk 1/P has this modulus."""
    return s * sp.sqrt(gamma)


def bulk_square() -> sp.Expr:
    """Return |1/F|^2 on the bulk, v = cos(theta)."""
    return lam2**2 + radius() ** 2 - 2 * lam2 * radius() * arc


def gain() -> sp.Expr:
    """Return the limit of u^T W_hat(a) u: the outlier's part and the integral over the bulk."""
    bulk = s * (1 + gamma) + 2 * radius() * arc
    density = 2 / sp.pi * radius() ** 2 * sp.sqrt(1 - arc**2) / bulk_square()
    share = (weight() + sp.Abs(weight())) / 2
    return lam2 * (share * learned(outlier()) + sp.Integral(density * learned(bulk), (arc, -1, 1)))


DERIVATION = Derivation(
    name="noisy pairs",
    steps=(
        Step(
            name="flow",
            states=trained(),
            relation=MatrixIdentity(Rate(trained(), a), C - trained() * A, REGULAR),
            domain=domain_of((a,)),
            because="the gradient is 2 (W A - C), and a = 2 eta tau",
        ),
        Step(
            name="few samples",
            states=trained_few(),
            relation=MatrixIdentity(Rate(trained_few(), a), X0 * X.T - trained_few() * X * X.T, FEW),
            domain=domain_of((a,)),
            because="X^T h(X X^T) = h(X^T X) X^T, and h is entire",
        ),
        Step(
            name="place",
            states=place(P),
            relation=Identity((1 + s * P) * (1 + s * gamma * P) / P, place(P)),
            domain=PLACES,
            because="multiply p zeta = 1 + s P and q zeta = 1 + s gamma P",
        ),
        Step(
            name="component",
            states=transform(P),
            relation=Both(
                (
                    Identity(1 / p_a * p_a / (1 - lam2 * p_a * q_a) - lam2 * transform(p_a * q_a), sp.S.One),
                    Identity(transform(p_a * q_a) / q_a, p_a / (1 - lam2 * p_a * q_a)),
                )
            ),
            domain=domain_of((lam2, p_a, q_a)).where(lam2 * p_a * q_a < 1),
            because="invert [[1/p, -lambda], [-lambda, 1/q]]",
        ),
        Step(
            name="outlier",
            states=outlier(),
            relation=Identity(place(1 / lam2), outlier()),
            domain=MODEL,
            because="F has a pole where P = 1/lambda^2",
        ),
        Step(
            name="weight",
            states=weight(),
            relation=LimitIs(
                expr=(place((1 - h) / lam2) - outlier()) * transform((1 - h) / lam2),
                var=h,
                point=sp.S.Zero,
                value=weight(),
            ),
            domain=LOUD.joined(Domain(((h, Range(sp.S.Zero, sp.S.One, low_open=True, high_open=True)),))),
            because="the residue of F at the outlier",
        ),
        Step(
            name="gain",
            states=gain(),
            relation=Identity((radius() * arc - lam2) ** 2 + radius() ** 2 * (1 - arc**2), bulk_square()),
            domain=MODEL.joined(Domain(((arc, Range(sp.S.NegativeOne, sp.S.One)),))),
            because="P = exp(i theta)/(s sqrt(gamma)) makes z real, and 1/F = s sqrt(gamma) exp(-i theta) - lambda^2; "
            "the density of the bulk is the imaginary part of F over pi",
        ),
        Step(
            name="branch",
            states=place(-p),
            relation=Monotone(expr=place(-p), var=p, op=">"),
            domain=LEFT,
            because="left of the spectrum -P grows from 0 with z, until z = 0 at the smaller of 1/s and 1/(gamma s)",
        ),
        Step(
            name="late",
            states=late(s),
            relation=Identity(-lam2 * transform(-1 / s), late(s)),
            domain=MODEL,
            because="h(x) tends to 1/x: minus lambda^2 F at z = 0, P = -1/s, for d < n",
        ),
        Step(
            name="late, few samples",
            states=late(gamma * s),
            relation=Identity(-lam2 * transform(-1 / (gamma * s)), late(gamma * s)),
            domain=MODEL,
            because="for d > n it is P = -1/(gamma s) that z = 0 has",
        ),
        Step(
            name="early",
            states=lam2 + s * (1 + gamma),
            relation=LimitIs(
                expr=place(P) * (place(P) * transform(P) - 1), var=P, point=sp.S.Zero, value=lam2 + s * (1 + gamma)
            ),
            domain=PLACES.where(lam2 * P < 1),
            because="the mean of the measure, from the transform far out: h(x) = a - a^2 x/2 + ...",
        ),
    ),
)
