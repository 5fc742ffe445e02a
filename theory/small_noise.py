"""At small noise a component turns by first-order perturbation: what is added to it, and how large that is on average.

X = X_0 + E with the second moment X X^T/n. For rank-1 data X_0 = lambda u z^T the component turns by P E z/(lambda
|z|^2), P projecting on the complement of u. For data of any rank the second moment gets the entry u_j^T (X_0 E^T + E
X_0^T) u_i/n between two components, and the angle is this entry over the gap of the eigenvalues.

Source: eq. (12) of the power-iteration paper at small noise and finite size; derived here.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, domain_of
from theory.matrices import Expect, Independent, Moments, Orthonormal, inner, norm2
from theory.relation import Antiderivative, LimitIs, MatrixIdentity
from theory.symbols import symbols

d, n, lam, s, sig_bar, entry, rho, order = symbols("d n_data lam_root s_bar sig_bar entry rho order")
lam_i, lam_j, lam2_i, lam2_j = symbols("lam_i lam_j lam2_i lam2_j")
E = sp.MatrixSymbol("E", d, n)
u, e = sp.MatrixSymbol("u", d, 1), sp.MatrixSymbol("e", d, 1)
z, v_i, v_j, e_i, e_j = (sp.MatrixSymbol(name, n, 1) for name in ("z", "v_i", "v_j", "e_i", "e_j"))
unit = sp.Identity(d)

across = unit - u * u.T
FRAME = (Orthonormal((u,)),)
WHITE = (*FRAME, Moments(e, sp.ZeroMatrix(d, 1), s * unit))
ROWS = (
    Orthonormal((v_i, v_j)),
    Moments(e_i, sp.ZeroMatrix(n, 1), s * sp.Identity(n)),
    Moments(e_j, sp.ZeroMatrix(n, 1), s * sp.Identity(n)),
    Independent(e_i, e_j),
)
NOISY = Domain(((s, POSITIVE),))
COUPLED = Domain(((lam_i, POSITIVE), (lam_j, POSITIVE), (s, POSITIVE)))
RADII = domain_of((rho, order))
GAP = domain_of((lam2_i, lam2_j, entry, sig_bar)).where(lam2_j < lam2_i)


def turned() -> tuple[sp.MatrixExpr, sp.MatrixExpr]:
    """Return n (A_1 - mu_1) u, what the first order of X X^T/n adds to u beyond a multiple of it, and lambda P E z."""
    first = lam * (u * z.T * E.T + E * z * u.T)
    return first * u - 2 * lam * inner(u, E * z) * u, lam * across * E * z


def coupling() -> sp.MatrixExpr:
    """Return sqrt(n) u_j^T (X_0 E^T + E X_0^T) u_i/n; e_i = E^T u_i and e_j = E^T u_j are white and independent."""
    return lam_j * v_j.T * e_i + lam_i * v_i.T * e_j


def tail(order: sp.Expr) -> sp.Expr:
    """Return -rho^order exp(-rho^2/2)."""
    return -(rho**order) * sp.exp(-(rho**2) / 2)


def mean_turn(d: int, n: int) -> sp.Expr:
    """Return E chi_(d-1) E chi_n^-1, the limit of lambda E sin/sigma for d dimensions and n >= 2 Gaussian samples."""
    half = sp.Rational(1, 2)
    return sp.gamma(half * d) * sp.gamma(half * (n - 1)) / (sp.gamma(half * (d - 1)) * sp.gamma(half * n))


def sine_squared() -> sp.Expr:
    """Return sin^2 of the angle of the leading eigenvector of [[lam2_i, sig g], [sig g, lam2_j]] with axis 1."""
    gap = lam2_i - lam2_j
    return (1 - gap / sp.sqrt(gap**2 + 4 * sig_bar**2 * entry**2)) / 2


DERIVATION = Derivation(
    name="small noise",
    steps=(
        Step(
            name="first order",
            states=turned()[1],
            relation=MatrixIdentity(*turned(), FRAME),
            domain=domain_of((lam,)),
            because="A_0 u_1 + A_1 u = mu_0 u_1 + mu_1 u with A_0 = lambda^2 |z|^2 u u^T/n and u_1 orthogonal to u, "
            "so that A_0 u_1 = 0 and u_1 = P E z/(lambda |z|^2)",
        ),
        Step(
            name="mean square",
            states=s * (d - 1),
            relation=MatrixIdentity(Expect(norm2(across * e)), s * (d - 1), WHITE),
            domain=NOISY,
            because="E z/|z| is white, and P leaves d - 1 of its directions",
        ),
        Step(
            name="radial moments",
            states=tail(order),
            relation=Antiderivative(
                primitive=tail(order),
                integrand=(rho ** (order + 1) - order * rho ** (order - 1)) * sp.exp(-(rho**2) / 2),
                var=rho,
            ),
            domain=RADII,
            because="the integrals m_k of rho^k exp(-rho^2/2) obey m_(k+1) = k m_(k-1), as Gamma functions do",
        ),
        Step(
            name="coupling",
            states=s * (lam_i**2 + lam_j**2) / n,
            relation=MatrixIdentity(Expect(norm2(coupling())) / n, s * (lam_i**2 + lam_j**2) / n, ROWS),
            domain=COUPLED,
            because="X_0^T u_i = sqrt(n) lambda_i v_i, and the two terms are uncorrelated",
        ),
        Step(
            name="gap",
            states=entry**2 / (lam2_i - lam2_j) ** 2,
            relation=LimitIs(
                expr=sine_squared() / sig_bar**2,
                var=sig_bar,
                point=sp.S.Zero,
                value=entry**2 / (lam2_i - lam2_j) ** 2,
            ),
            domain=GAP,
            because="two components with the entry sig g between them: tan of twice the angle is 2 sig g over the gap",
        ),
    ),
)
