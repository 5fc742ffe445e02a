"""Section 4.3, from the settings with commuting weights to Prop. 4.2 and the two ends of its curves."""

import sympy as sp

from numerics.scenes import sampling as measured
from theory.domain import domain_of
from theory.matrices import (
    Commute,
    Diagonal,
    Eigenvector,
    Grad,
    Independent,
    Inv,
    Moments,
    Orthogonal,
    PositiveSemidefinite,
)
from theory.one_layer import (
    SAMPLED,
    Q,
    final_variance,
    initial_variance,
    lam,
    later,
    optimum,
    sampled,
    sigma0,
    sigmaT,
    tau,
    weight,
    y,
)
from theory.regression import PSD, Sigma, W, d, loss, mu, sigma, u, unit, x0, z
from theory.relation import Both, LimitIs, MatrixIdentity, Relation, Solves
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL, ODE_VARIANCE
from verify.ledger.spectral_bias.lanes_4_3 import ODE_BEST, ODE_BEST_MEAN, ODE_START
from verify.ledger.spectral_bias.shared_printed import Phi, variance

CENTRED = "zero-mean data"
ALIGNED = "aligned initialisation W(0) = sum_k Q_k u_k u_k^T at every noise level"
FULL_BATCH = "gradient flow on the full-batch loss with learning rate eta"
PROP = (CENTRED, ALIGNED, FULL_BATCH)
sigma1, sigma2, x, w, psi, lam1, lam2, Q1, Q2, mean = symbols("sigma1 sigma2 x w psi lam1 lam2 Q1 Q2 mu")
U, D, Lam, D1, D2, V, P, S = (sp.MatrixSymbol(name, d, d) for name in ("U", "D", "Lam", "D1", "D2", "V", "P", "S"))
nothing = sp.ZeroMatrix(d, 1)
SHIFTED = (Commute(V, P), Commute(V, S), Commute(P, S))
CURVES = "All modes begin with the same initialization-induced level, then follow sigmoidal curves to their targets"


def best(sigma: sp.Expr) -> sp.MatrixExpr:
    """Return W* of eq. (6) as printed."""
    return Sigma * Inv(Sigma + sigma**2 * unit)


def gradient_at_aligned(mean: sp.MatrixExpr) -> MatrixIdentity:
    """Return that the gradient in W at W = U D U^T is U (2 D (Lam + sigma^2 I) - 2 Lam) U^T for data of this mean."""
    given = (
        Orthogonal(U),
        Diagonal((D, Lam)),
        PositiveSemidefinite(Lam),
        Moments(x0, mean, U * Lam * U.T),
        Moments(z, nothing, unit),
        Independent(x0, z),
    )
    return MatrixIdentity(U.T * Grad(loss, W, U * D * U.T) * U, 2 * D * (Lam + sigma**2 * unit) - 2 * Lam, given)


def commuting_gradient(mean: sp.MatrixExpr) -> MatrixIdentity:
    """Return that U^T (gradient in W at W = U D U^T) U commutes with Lam, as a diagonal matrix does."""
    aligned = gradient_at_aligned(mean)
    return MatrixIdentity(aligned.lhs * Lam - Lam * aligned.lhs, sp.ZeroMatrix(d, d), aligned.given)


def first_right_side(relation: Relation) -> sp.Basic:
    """Return what the first part of `relation` says."""
    return relation.formula


def log_ratio() -> sp.Expr:
    """Return ln of the generated variance of a mode (lam1, Q1) over that of a mode (lam2, Q2)."""
    one, two = (variance().xreplace({lam: mode, Q: start}) for mode, start in ((lam1, Q1), (lam2, Q2)))
    return sp.log(one) - sp.log(two)


TWO_MODES = later(domain_of((lam1, lam2, Q1, Q2, *symbols("eta tau sigma0 sigmaT")))).where(sigma0 < sigmaT)

CLAIMS = (
    Claim(
        id="wp.4.3.commute.i.weights",
        says="At convergence, this is satisfied by the optimal weights W*_sigma (6), which jointly diagonalize on "
        "eigenbasis of Sigma",
        where="section 4.3 (i)",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(best(sigma1) * best(sigma2), best(sigma2) * best(sigma1), (PSD,)),
                MatrixIdentity(best(sigma) * u, lam / (lam + sigma**2) * u, (PSD, Eigenvector(u, Sigma, lam))),
            )
        ),
        domain=domain_of((sigma, sigma1, sigma2, lam)),
        derived_in="regression: optimal weights",
        checks=EXACT,
    ),
    Claim(
        id="wp.4.3.commute.i.flow",
        says="In such case, we recover the closed-form solution to PF-ODE for Gaussian data",
        where="section 4.3 (i)",
        source="reconstructed",
        reading="with the optimal weight and bias the coordinate x at sigma_T along a mode becomes "
        "mu + sqrt((lam + sigma_0^2)/(lam + sigma_T^2)) (x - mu)",
        relation=Solves(
            solution=mean + sp.sqrt((lam + sigma0**2) / (lam + sigmaT**2)) * (x - mean),
            var=sigma0,
            unknown=y,
            rate=-((optimum(sigma0) - 1) * y + (1 - optimum(sigma0)) * mean) / sigma0,
            at=sigmaT,
            start=x,
        ),
        domain=domain_of((lam, mean, x, sigma0, sigmaT)).where(sigma0 < sigmaT),
        checks=(*EXACT, ODE_BEST_MEAN),
    ),
    Claim(
        id="wp.4.3.commute.ii.centred",
        says="During training of linear denoisers, if weights are initialized to be aligned with eigenbasis of Sigma, "
        "then gradient flow keeps them aligned, preserving commutativity",
        where="section 4.3 (ii)",
        source="as printed",
        reading="for zero-mean data of any law the gradient at W = U D U^T, D diagonal, is U times a diagonal matrix "
        "times U^T, so that W stays of this form at all times; two such weights commute",
        relation=Both(
            (
                gradient_at_aligned(nothing),
                MatrixIdentity(
                    U * D1 * U.T * (U * D2 * U.T), U * D2 * U.T * (U * D1 * U.T), (Orthogonal(U), Diagonal((D1, D2)))
                ),
            )
        ),
        domain=domain_of((sigma,)),
        assumes=(CENTRED, ALIGNED, FULL_BATCH),
        checks=(*EXACT, Matrices(scene=measured.aligned_gradient, formula=first_right_side)),
    ),
    Claim(
        id="wp.4.3.commute.ii.anymean",
        formula=False,
        says="During training of linear denoisers, if weights are initialized to be aligned with eigenbasis of Sigma, "
        "then gradient flow keeps them aligned, preserving commutativity",
        where="section 4.3 (ii)",
        source="as printed",
        reading="the same for data of any mean, as section 4 admits: in the eigenbasis the gradient at an aligned "
        "weight commutes with Lam",
        relation=commuting_gradient(mu),
        domain=domain_of((sigma,)),
        assumes=(ALIGNED, FULL_BATCH),
        checks=(*EXACT, Matrices(scene=measured.misalignment)),
        corrected_by="our.sampling.alignment",
    ),
    Claim(
        id="wp.4.3.commute.iii",
        says="For linear convolutional denoisers, circulant weights share the Fourier basis and commute by "
        "construction",
        where="section 4.3 (iii)",
        source="as printed",
        reading="circulant: a polynomial in the cyclic shift P. By induction on its degree V, which commutes with P, "
        "commutes with it: if V commutes with a power S then with P S, and with the sum psi P + w S; S = P, V = P "
        "start it",
        relation=Both(
            (
                MatrixIdentity(V * (P * S), P * S * V, SHIFTED),
                MatrixIdentity(V * (psi * P + w * S), (psi * P + w * S) * V, SHIFTED),
            )
        ),
        domain=domain_of((psi, w)),
        checks=EXACT,
    ),
    Claim(
        id="wp.4.3.prop42",
        says="the generated distribution at time tau is N(mu~, Sigma~) with the variance "
        "sigma_T^2 Phi_k^2(sigma_0)/Phi_k^2(sigma_T) along u_k",
        where="Prop. 4.2",
        source="as printed",
        relation=sampled(sigmaT**2 * Phi(sigma0) ** 2 / Phi(sigmaT) ** 2, weight(sigma0)),
        domain=later(SAMPLED),
        assumes=PROP,
        derived_in="one layer: variance",
        checks=(*EXACT, ODE_VARIANCE),
    ),
    Claim(
        id="wp.4.3.init.equal",
        says=CURVES,
        where="section 4.3",
        source="as printed",
        reading="for one Q in all modes the level at tau -> 0 is sigma_T^(2Q) sigma_0^(2-2Q), whatever lam",
        relation=LimitIs(expr=variance(), var=tau, point=sp.S.Zero, value=initial_variance()),
        domain=later(SAMPLED),
        assumes=PROP,
        derived_in="one layer: initial level",
        checks=(KERNEL, ODE_START),
    ),
    Claim(
        id="wp.4.3.init.any",
        formula=False,
        says=CURVES,
        where="section 4.3",
        source="as printed",
        reading="two modes with initial weights Q_1 and Q_2 of their own, as Prop. 4.2 admits, start at one level",
        relation=LimitIs(expr=log_ratio(), var=tau, point=sp.S.Zero, value=sp.S.Zero),
        domain=TWO_MODES,
        assumes=PROP,
        checks=(KERNEL,),
        corrected_by="our.sampling.initial_ratio",
    ),
    Claim(
        id="wp.4.3.final.target",
        formula=False,
        says=CURVES,
        where="section 4.3",
        source="as printed",
        reading="target: the variance lam of the data, approached as tau -> infinity",
        relation=LimitIs(expr=variance(), var=tau, point=sp.oo, value=lam),
        domain=later(SAMPLED),
        assumes=PROP,
        checks=(KERNEL,),
        corrected_by="our.sampling.final_level",
    ),
    Claim(
        id="wp.4.3.final.optimal",
        says=CURVES,
        where="section 4.3",
        source="as printed",
        reading="target: the variance that the optimal denoisers generate, sigma_T^2 (lam + sigma_0^2)/(lam + "
        "sigma_T^2)",
        relation=LimitIs(expr=variance(), var=tau, point=sp.oo, value=final_variance()),
        domain=later(SAMPLED),
        assumes=PROP,
        derived_in="one layer: final level",
        checks=(KERNEL, ODE_BEST),
    ),
)
