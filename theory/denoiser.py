"""Which linear map denoises best: over all maps, over projectors, and over maps of a given rank.

The data x0 have mean 0 and covariance Sigma, the input is x = x0 + eps with independent noise of covariance s I. A
projector A that commutes with Sigma keeps some of its eigenvectors; of two projectors of equal rank the one that keeps
the leading ones keeps more variance, because the difference is a sum of traces of products of two positive
semidefinite matrices.

Source: power-iteration paper, abstract and sections 1 and 3, where the optimal linear denoiser is said to be a
projection; derived here.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, domain_of
from theory.matrices import (
    Expect,
    Independent,
    Inv,
    Moments,
    Nonsingular,
    PositiveSemidefinite,
    Rule,
    Symmetric,
    norm2,
)
from theory.relation import Identity, MatrixIdentity, Monotone
from theory.symbols import symbols

d, r, k, s, lam2, cut, w = symbols("d rank rank_k s_bar lam_sq lam_cut w")
W, Sigma, A, P = (sp.MatrixSymbol(name, d, d) for name in ("W", "Sigma", "A", "P"))
b, mean, x0, eps = (sp.MatrixSymbol(name, d, 1) for name in ("b", "mu", "x0", "epsilon"))
unit, nothing = sp.Identity(d), sp.ZeroMatrix(d, 1)

M = Sigma + s * unit
W_star = Sigma * Inv(M)
NOISY = Domain(((s, POSITIVE),))
MODE = Domain(((lam2, POSITIVE), (s, POSITIVE)))
PSD = PositiveSemidefinite(Sigma)
NOISE = (Moments(eps, nothing, s * unit), Independent(x0, eps))
CENTRED = (PSD, Moments(x0, nothing, Sigma), *NOISE)
SHIFTED = (PSD, Moments(x0, mean, Sigma), *NOISE)


def projector(letter: sp.MatrixSymbol, columns: sp.MatrixSymbol) -> tuple[object, ...]:
    """Return what is known of the orthogonal projector on the span of independent `columns`."""
    gram = columns.T * columns
    spanned = Rule(letter, columns * Inv(gram) * columns.T)
    return Nonsingular(gram), Symmetric(letter), Rule(letter * letter, letter), spanned


def commuting(matrix: sp.MatrixSymbol, blocks: sp.MatrixSymbol) -> tuple[object, ...]:
    """Return that `matrix` has no part that leads from the range of A to its complement or back."""
    parts = A * blocks * A + (unit - A) * blocks * (unit - A)
    return PositiveSemidefinite(blocks), Rule(A * matrix, matrix * A), Rule(matrix, parts)


LEADING = (*projector(A, sp.MatrixSymbol("B", d, r)), *commuting(Sigma, sp.MatrixSymbol("S", d, d)))
OTHER = projector(P, sp.MatrixSymbol("C", d, k))
WITHIN = (Rule(P * W, W), Rule(W, P * sp.MatrixSymbol("Y", d, d)))
error = Expect(norm2(x0 - W * (x0 + eps)))


def error_of(matrix: sp.MatrixExpr) -> sp.Expr:
    """Return E|x0 - W x|^2 at W = `matrix`."""
    return Expect(norm2(x0 - matrix * (x0 + eps)))


def square(matrix: sp.MatrixExpr) -> sp.Expr:
    """Return |`matrix` (Sigma + s I)^(1/2)|^2."""
    return sp.Trace(matrix * M * matrix.T)


def excess() -> tuple[sp.Expr, sp.Expr]:
    """Return by how much the variance that A keeps exceeds what P keeps, and the same as a sum of traces.

    With a number `cut` between the eigenvalues that A keeps and those that it drops, both traces are of products of two
    positive semidefinite matrices, and the last term vanishes for equal ranks.
    """
    above, below = Sigma - cut * unit, cut * unit - Sigma
    kept, dropped = A * above * (unit - P), (unit - A) * below * P
    return sp.Trace((A - P) * Sigma), sp.Trace(kept) + sp.Trace(dropped) + cut * sp.Trace(A - P)


def mode_error(gain: sp.Expr) -> sp.Expr:
    """Return what a mode of variance lam2 adds to the error of a denoiser with this gain along it."""
    return (1 - gain) ** 2 * lam2 + gain**2 * s


least_error = s * sp.Trace(W_star)
projector_error = sp.Trace(Sigma - P * Sigma + s * P)
captured = Sigma * Inv(M) * Sigma
ranged_error = sp.Trace(Sigma) - sp.Trace(P * captured) + square(W - P * W_star)
rank_error = sp.Trace(Sigma) - sp.Trace(A * captured)
captured_mode = lam2**2 / (lam2 + s)

DERIVATION = Derivation(
    name="denoiser",
    steps=(
        Step(
            name="completed square",
            states=square(W - W_star) + least_error,
            relation=MatrixIdentity(error, square(W - W_star) + least_error, CENTRED),
            domain=NOISY,
            because="the error is quadratic in W; Sigma + s I is positive definite, so its only minimiser is W*",
        ),
        Step(
            name="projector",
            states=projector_error,
            relation=MatrixIdentity(error_of(P), projector_error, (*CENTRED, *OTHER)),
            domain=NOISY,
            because="a projector loses the variance that it drops and passes the noise that it keeps",
        ),
        Step(
            name="leading projector",
            states=excess()[1],
            relation=MatrixIdentity(*excess(), (*LEADING, *OTHER)),
            domain=domain_of((cut,)),
            because="A commutes with Sigma; for equal ranks what is left is a sum of nonnegative traces",
        ),
        Step(
            name="given range",
            states=ranged_error,
            relation=MatrixIdentity(
                error,
                ranged_error,
                (*CENTRED, *OTHER, *WITHIN),
            ),
            domain=NOISY,
            because="P projects on the range of W: within it the best map is P W*",
        ),
        Step(
            name="leading range",
            states=captured * A,
            relation=MatrixIdentity(A * captured, captured * A, (*LEADING, PSD)),
            domain=NOISY,
            because="Sigma (Sigma + s I)^-1 Sigma has the eigenvectors of Sigma, so that A maximises tr(P S) as well",
        ),
        Step(
            name="same order",
            states=captured_mode,
            relation=Monotone(expr=captured_mode, var=lam2, op=">"),
            domain=MODE,
            because="and its eigenvalues lam2^2/(lam2 + s) have the order of those of Sigma",
        ),
        Step(
            name="mode",
            states=mode_error(w),
            relation=Identity(mode_error(w), (lam2 + s) * (w - lam2 / (lam2 + s)) ** 2 + lam2 * s / (lam2 + s)),
            domain=MODE.joined(domain_of((w,))),
            because="along an eigenvector the same square, with the gain in the place of W",
        ),
    ),
)
