"""Our theorems on one linear denoiser: the best projector, and the best map of a given rank."""

from functools import partial

import sympy as sp

from numerics.scenes import denoisers as scenes
from theory import denoiser as theory
from theory.denoiser import (
    CENTRED,
    LEADING,
    MODE,
    NOISY,
    OTHER,
    PSD,
    WITHIN,
    A,
    P,
    Sigma,
    W_star,
    cut,
    d,
    error_of,
    excess,
    lam2,
    mode_error,
    s,
)
from theory.domain import domain_of
from theory.matrices import Eigenvector, Orthonormal
from theory.relation import Both, Inequality, LimitIs, MatrixIdentity, Monotone, Within
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.denoiser import DATA

PROJECTOR = "P is an orthogonal projector, A the one on k leading eigenvectors of Sigma; k = rank P"
gain = lam2 / (lam2 + s)
u, v = sp.MatrixSymbol("u", d, 1), sp.MatrixSymbol("v", d, 1)
TIED = (Eigenvector(u, Sigma, lam2), Eigenvector(v, Sigma, lam2), Orthonormal((u, v)))


def least(W: sp.MatrixExpr, error: sp.Expr) -> MatrixIdentity:
    """Return that the map W, made of leading eigenvectors of Sigma, has this error."""
    return MatrixIdentity(error_of(W), error, (*CENTRED, *LEADING))


def kept(below: str, above: str) -> Both:
    """Return how keeping a mode compares with dropping it, below and above the noise."""
    return Both(
        (
            Within(Inequality(mode_error(sp.S.One), below, mode_error(sp.S.Zero)), MODE.where(lam2 > s)),
            Within(Inequality(mode_error(sp.S.One), above, mode_error(sp.S.Zero)), MODE.where(lam2 <= s)),
        )
    )


new = partial(Claim, where="new", source="ours")
of_projectors = partial(new, domain=NOISY, assumes=(DATA, PROJECTOR))
of_modes = partial(new, domain=MODE, assumes=(DATA,))

CLAIMS = (
    of_projectors(
        id="our.denoiser.rank_projector.error",
        says="E|x0 - P x|^2 = tr Sigma - tr(P Sigma) + s rank P for an orthogonal projector P",
        relation=MatrixIdentity(error_of(P), theory.projector_error, (*CENTRED, *OTHER)),
        derived_in="denoiser: projector",
        checks=(KERNEL, Matrices(scene=scenes.error_of_projector)),
    ),
    of_projectors(
        id="our.denoiser.rank_projector",
        says="the best orthogonal projector of rank k projects on the k leading eigenvectors of Sigma",
        where="corrects the abstract of the power-iteration paper",
        reading="A, a projector that commutes with Sigma and keeps the eigenvalues from mu on, has an error no larger than "
        "P of the same rank: tr(A Sigma) - tr(P Sigma) = tr A(Sigma - mu)A (I - P) + tr (I - A)(mu - Sigma)(I - A) P, both "
        "traces of products of positive semidefinite matrices",
        relation=MatrixIdentity(*excess(), (*LEADING, *OTHER)),
        domain=domain_of((cut,)),
        derived_in="denoiser: leading projector",
        checks=(KERNEL,),
    ),
    of_projectors(
        id="our.denoiser.rank_projector.least",
        says="its error is tr Sigma - tr(A Sigma) + s k",
        relation=least(A, sp.Trace(Sigma) - sp.Trace(A * Sigma) + s * sp.Trace(A)),
        derived_in="denoiser: projector",
        checks=(KERNEL, Matrices(scene=scenes.best_projector)),
    ),
    of_modes(
        id="our.denoiser.rank_projector.number",
        says="the best orthogonal projector of any rank keeps exactly the modes with lambda_i^2 > s (ties are free)",
        reading="keeping a mode has a smaller error than dropping it if lambda^2 > s, and none smaller otherwise",
        relation=kept("<", ">="),
        derived_in="denoiser: leading projector",
        checks=EXACT,
        slips=(kept(">", ">="), kept("<", "<"), kept("<", "<=")),
        formula=False,
    ),
    of_projectors(
        id="our.denoiser.rank_linear",
        says="over all W of rank at most k the minimiser is A W*, which has the gains lambda_i^2/(lambda_i^2 + s) along k "
        "leading eigenvectors",
        where="corrects the abstract of the power-iteration paper",
        reading="for W with range in that of P the error is tr Sigma - tr(P S) + |(W - P W*)(Sigma + s I)^(1/2)|^2 with S = "
        "Sigma (Sigma + s I)^-1 Sigma, so that P W* is the best of them; that tr(P S) is largest for P = A is "
        "our.denoiser.rank_linear.leading",
        relation=MatrixIdentity(theory.error, theory.ranged_error, (*CENTRED, *OTHER, *WITHIN)),
        derived_in="denoiser: given range",
        checks=(KERNEL,),
    ),
    of_projectors(
        id="our.denoiser.rank_linear.leading",
        says="tr(P S) is largest, among projectors P of rank k, for the one on k leading eigenvectors of Sigma",
        reading="A commutes with S = Sigma (Sigma + s I)^-1 Sigma too, whose eigenvalues lambda^4/(lambda^2 + s) increase "
        "with lambda^2, so that our.denoiser.rank_projector holds with S in the place of Sigma",
        relation=Both(
            (
                MatrixIdentity(A * theory.captured, theory.captured * A, (*LEADING, PSD)),
                Within(Monotone(expr=theory.captured_mode, var=lam2, op=">"), MODE),
            )
        ),
        derived_in="denoiser: leading range",
        checks=(KERNEL,),
    ),
    of_projectors(
        id="our.denoiser.rank_linear.least",
        says="its error is tr Sigma - tr(A Sigma (Sigma + s I)^-1 Sigma)",
        relation=least(A * W_star, theory.rank_error),
        derived_in="denoiser: given range",
        checks=(KERNEL, Matrices(scene=scenes.best_of_rank)),
    ),
    of_modes(
        id="our.denoiser.rank_linear.limit",
        says="it tends to the projector of rank k iff s/lambda_(k-1)^2 tends to 0",
        reading="every gain falls short of 1 by (s/lambda^2)/(1 + s/lambda^2), which grows with s/lambda^2 and vanishes with it",
        relation=Both(
            (
                LimitIs(expr=gain, var=s, point=sp.S.Zero, value=sp.S.One),
                Within(Monotone(expr=gain, var=s, op="<"), MODE),
            )
        ),
        derived_in="denoiser: mode",
        checks=(KERNEL,),
        slips=(
            Both((LimitIs(expr=gain, var=s, point=sp.oo, value=sp.S.One),)),
            Both((LimitIs(expr=gain, var=s, point=sp.S.Zero, value=gain),)),
            Both((Monotone(expr=gain, var=s, op=">"),)),
        ),
        formula=False,
    ),
    of_modes(
        id="our.denoiser.rank_linear.ties",
        says="it is not unique where lambda_(k-1) = lambda_k > 0",
        reading="k = 1: for two orthogonal unit eigenvectors u and v of one eigenvalue, both gain u u^T and gain v v^T have the error "
        "tr Sigma - lambda^4/(lambda^2 + s)",
        relation=Both(
            tuple(
                MatrixIdentity(error_of(gain * q * q.T), sp.Trace(Sigma) - theory.captured_mode, (*CENTRED, *TIED))
                for q in (u, v)
            )
        ),
        derived_in="denoiser: given range",
        checks=(KERNEL,),
    ),
)
