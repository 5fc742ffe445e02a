"""Denoisers fitted by least squares to n samples each: the mean and the second moment of their product, at every n.

X_0 has independent columns N(0, Sigma), X = X_0 + E with white noise of variance s, W_hat = X_0 X^T (X X^T)^-1, and
W = Sigma (Sigma + s I)^-1. The rest X_0 - W X is independent of X and has the covariance s W, so that W_hat^T a is W a
plus B r, B = (X X^T)^-1 X, r white of variance c = s a^T W a: the mean of W_hat is W, and

    E[W_hat M W_hat^T] = W M W + tr(M (Sigma + s I)^-1)/(n - d - 1) s W,

because the mean of (X X^T)^-1, an inverse Wishart matrix, is (Sigma + s I)^-1/(n - d - 1) (assumed here).

Source: derived here.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, domain_of
from theory.matrices import Diagonal, Expect, Independent, Inv, Moments, Nonsingular, PositiveSemidefinite, inner
from theory.relation import MatrixIdentity, Monotone, Recurrence
from theory.symbols import symbols

d, n, s, lam2, lam2_0, lam2_1, dof, c, rho, t, y = symbols("d n_data s_bar lam_sq lam2_0 lam2_1 dof c root_rho step y")
(sigma,) = symbols("sigma")
Sigma, W, R, M = (sp.MatrixSymbol(name, d, d) for name in ("Sigma", "W", "R", "M"))
x0, z, v = (sp.MatrixSymbol(name, d, 1) for name in ("x0", "z", "v"))
X, B, r = sp.MatrixSymbol("X", d, n), sp.MatrixSymbol("B", d, n), sp.MatrixSymbol("r", n, 1)
unit = sp.Identity(d)

SAMPLE = (
    PositiveSemidefinite(Sigma),
    Moments(x0, sp.ZeroMatrix(d, 1), Sigma),
    Moments(z, sp.ZeroMatrix(d, 1), unit),
    Independent(x0, z),
)
optimal = Sigma * Inv(Sigma + sigma**2 * unit)
noisy = x0 + sigma * z
rest = x0 - optimal * noisy
RESIDUE = (Moments(r, sp.ZeroMatrix(n, 1), c * sp.Identity(n)), PositiveSemidefinite(M))
fitted = v + B * r
NOISE = domain_of((sigma,))
MODE = domain_of((lam2, dof)).joined(Domain(((s, POSITIVE),)))
PAIR = domain_of((lam2_0, lam2_1, dof)).joined(Domain(((s, POSITIVE),)))
BEYOND = Domain(((rho, POSITIVE), (lam2, POSITIVE), (s, POSITIVE))).where(rho * (lam2 + s) ** 2 > lam2**2)


def gain(lam2: sp.Expr) -> sp.Expr:
    """Return W along a mode."""
    return lam2 / (lam2 + s)


def renewal(lam2: sp.Expr) -> sp.Expr:
    """Return R = s W along a mode, the variance of what least squares leaves of it."""
    return s * gain(lam2)


def advanced(m_0: sp.Expr, m_1: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Return the second moments along two modes, d = 2, one denoiser further out; dof = n - d - 1."""
    trace = (m_0 / (lam2_0 + s) + m_1 / (lam2_1 + s)) / dof
    return tuple(gain(lam) ** 2 * m + trace * renewal(lam) for lam, m in ((lam2_0, m_0), (lam2_1, m_1)))


def white_factor() -> sp.Expr:
    """Return what a denoiser makes of the second moment if all d modes have the variance lam^2."""
    return gain(lam2) ** 2 + d * renewal(lam2) / ((lam2 + s) * dof)


def secular(lam2: sp.Expr, rho: sp.Expr) -> sp.Expr:
    """Return what a mode adds to (n - d - 1) times the right side of 1 = tr(...), the equation of the factor rho."""
    return renewal(lam2) / ((lam2 + s) * (rho - gain(lam2) ** 2))


DERIVATION = Derivation(
    name="least squares",
    steps=(
        Step(
            name="uncorrelated",
            states=rest,
            relation=MatrixIdentity(Expect(rest * noisy.T), sp.ZeroMatrix(d, d), SAMPLE),
            domain=NOISE,
            because="W is the regression of x_0 on x, for Gaussian columns also the conditional mean",
        ),
        Step(
            name="rest",
            states=sigma**2 * optimal,
            relation=MatrixIdentity(Expect(rest * rest.T), sigma**2 * optimal, SAMPLE),
            domain=NOISE,
            because="Sigma - W Sigma = s W",
        ),
        Step(
            name="mean",
            states=v,
            relation=MatrixIdentity(Expect(fitted), v, RESIDUE),
            domain=domain_of((c,)),
            because="the rest has mean 0, whatever X is",
        ),
        Step(
            name="second moment",
            states=inner(v, M * v) + c * sp.Trace(M * B * B.T),
            relation=MatrixIdentity(
                Expect(inner(fitted, M * fitted)), inner(v, M * v) + c * sp.Trace(M * B * B.T), RESIDUE
            ),
            domain=domain_of((c,)),
            because="r is white and independent of X",
        ),
        Step(
            name="inverse",
            states=Inv(X * X.T),
            relation=MatrixIdentity(Inv(X * X.T) * X * (Inv(X * X.T) * X).T, Inv(X * X.T), (Nonsingular(X * X.T),)),
            domain=Domain(()),
            because="B B^T for B = (X X^T)^-1 X; its mean is (Sigma + s I)^-1/(n - d - 1)",
        ),
        Step(
            name="white data",
            states=white_factor() ** t,
            relation=Recurrence(
                solution=white_factor() ** t, var=t, unknown=y, following=white_factor() * y, start=sp.S.One
            ),
            domain=MODE.joined(domain_of((d, t))),
            because="M stays a multiple of I, and tr (Sigma + s I)^-1 is d/(lam^2 + s)",
        ),
        Step(
            name="eigenvector",
            states=R * Inv(rho * unit - W * W),
            relation=MatrixIdentity(
                W * R * Inv(rho * unit - W * W) * W + R,
                rho * R * Inv(rho * unit - W * W),
                (Diagonal((W, R)), Nonsingular(rho * unit - W * W)),
            ),
            domain=domain_of((rho,)),
            because="in the basis of the data; the trace of it with (Sigma + s I)^-1/(n - d - 1) is set to 1",
        ),
        Step(
            name="factor",
            states=secular(lam2, rho),
            relation=Monotone(expr=secular(lam2, rho), var=rho, op="<"),
            domain=BEYOND,
            because="beyond all W_i^2 the equation of rho has one root, since its right side falls from infinity to 0",
        ),
    ),
)
