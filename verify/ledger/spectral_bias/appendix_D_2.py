"""Appendix D.2 and Remark D.3: data with a mean couple the weights of all modes to the bias."""

import sympy as sp

from numerics.scenes import means as mean_scenes
from theory import mean_dynamics as dynamics
from theory.domain import domain_of
from theory.matrices import Eigenvector, Grad, Inv, Moments, Orthonormal
from theory.mean_coupling import b, gradient_w, mu, sigma, w
from theory.mean_dynamics import ANY, MODE, NOISE, POSITIVE, D, E, gradient_along, gradient_in_basis, lost_W, m, r, v
from theory.regression import DATA, PSD, Sigma, W, d, lam, u, x0
from theory.regression import b as bias_vector
from theory.regression import loss as full_loss
from theory.regression import mu as mean_vector
from theory.relation import Both, Identity, Inequality, MatrixIdentity
from theory.symbols import symbols
from verify.checks.matrices import Matrices, parts_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_4_2 import CONTINUOUS
from verify.ledger.spectral_bias.section_4_2_mean import ASSUMES, ODE_MINOR, curvature, minor
from verify.ledger.spectral_bias.section_4_2_overshoot import (
    ODE_ORTHOGONAL,
    uncoupled,
    weight_always_overshoots,
    weight_overshoots,
)

lam1, lam2, m1, m2 = symbols("lam1 lam2 m1 m2")
e1, e2 = lam1 + sigma**2, lam2 + sigma**2
STRUCTURE = (
    "The dynamics matrix has a rank-one plus diagonal structure, specifically, it is the diagonal dynamics matrix in "
    "Eq.7, perturbed by the outer product of the overlap vector"
)
SPECTRUM = (
    "The eigenvalues can be efficiently solved by numerical algebra, with eigenvectors expressed by "
    "Bunch-Nielsen-Sorensen formula"
)
ENTANGLED = (
    "The whole dynamics is linear and solvable, but now the dynamics in each component becomes entangled with other "
    "components; the dynamics will still be separable along each eigenmode of M and converge w.r.t. it's own eigenvalue"
)
NONMONOTONE = "When the overlap is non-zero, it will induce interaction between w_k and b and non-monotonic dynamics"
other = sp.MatrixSymbol("u_j", d, 1)
AT_MEAN = {mean_vector: mu * u}
PLANE = (
    PSD,
    Moments(x0, mu * u, Sigma),
    *DATA[2:],
    Eigenvector(u, Sigma, lam),
    Eigenvector(other, Sigma, lam2),
    Orthonormal((u, other)),
)


lost_b = dynamics.lost_b.xreplace(AT_MEAN)


def dynamics_matrix() -> sp.Matrix:
    """Return M for two modes: diag(sigma^2 + lam_1, sigma^2 + lam_2, 0) + v v^T, v = (m_1, m_2, 1)."""
    overlap = sp.Matrix([m1, m2, 1])
    return sp.diag(e1, e2, 0) + overlap * overlap.T


def characteristic(rate: sp.Expr) -> sp.Expr:
    """Return det(M - rate) for two modes, expanded along the bias."""
    shifted = dynamics_matrix() - rate * sp.eye(3)
    return shifted.det(method="berkowitz")


def secular(rate: sp.Expr) -> sp.Expr:
    """Return 1 - [1/r + sum_k m_k^2/(r - sigma^2 - lam_k)], the printed equation put to one side."""
    return 1 - (1 / rate + m1**2 / (rate - e1) + m2**2 / (rate - e2))


def inverse_blocks() -> tuple[MatrixIdentity, ...]:
    """Return M M^-1 = I, block by block, for M = [[D + m m^T, m], [m^T, 1]] and the printed inverse."""
    top_left, top_right, corner = Inv(D), -Inv(D) * m, sp.Identity(1) + m.T * Inv(D) * m
    unit, one = sp.Identity(d), sp.Identity(1)
    return (
        MatrixIdentity(unit, (D + m * m.T) * top_left + m * top_right.T, POSITIVE),
        MatrixIdentity(sp.ZeroMatrix(d, 1), (D + m * m.T) * top_right + m * corner, POSITIVE),
        MatrixIdentity(sp.ZeroMatrix(1, d), m.T * top_left + top_right.T, POSITIVE),
        MatrixIdentity(one, m.T * top_right + corner, POSITIVE),
    )


CLAIMS = (
    Claim(
        id="wp.D.2.ode",
        says="with w_k = (W - W*) u_k, beta = b - b*: dw_k/dtau = -2 eta [(sigma^2 + lam_k) w_k + m_k (sum_j m_j w_j + "
        "beta)], dbeta/dtau = -2 eta [sum_j m_j w_j + beta]",
        where="app. D.2, [153]-[170]",
        source="reconstructed",
        reading="sum_j m_j w_j = (W - W*) mu",
        relation=Both(
            (
                MatrixIdentity(Grad(full_loss, W) * u, gradient_along, MODE),
                MatrixIdentity(Grad(full_loss, bias_vector), dynamics.gradient_b, DATA),
            )
        ),
        domain=domain_of((sigma, lam)),
        assumes=(CONTINUOUS,),
        derived_in="mean dynamics: weights along a mode",
        checks=(*EXACT, Matrices(scene=mean_scenes.gradients_along, formula=parts_of)),
    ),
    Claim(
        id="wp.D.2.M",
        says="stacked Z = (w_1, .., w_d, beta): dZ/dtau = -2 eta (M kron I_d) Z, M = diag(sigma^2 + lam_1, .., sigma^2 "
        "+ lam_d, 0) + v v^T, v = (m_1, .., m_d, 1); it's real symmetric and diagonalizable",
        where="Prop. D.2, [151], [152], [183]-[189]",
        source="reconstructed",
        reading="in the eigenbasis U of the data, with Z = [(W - W*) U, b - b*] and m = U^T mu",
        relation=Both(
            (
                MatrixIdentity(Grad(full_loss, W) * dynamics.U, gradient_in_basis, dynamics.BASIS),
                MatrixIdentity((E + v * v.T).T, E + v * v.T, dynamics.SHIFTED[:1]),
            )
        ),
        domain=NOISE,
        assumes=(CONTINUOUS,),
        derived_in="mean dynamics: eigenbasis",
        checks=(*EXACT, Matrices(scene=mean_scenes.gradient_in_basis)),
    ),
    Claim(
        id="wp.D.2.structure.with_zero",
        says=STRUCTURE,
        where="Remark D.3",
        source="as printed",
        reading="with the mean along u_k, half the curvature of the loss in (w_k, b) is diag(sigma^2 + lam_k, 0), "
        "without the rate 1 of the bias, plus v v^T, v = (m_k, 1)",
        relation=Both(
            (
                Identity(curvature(w, w), lam + sigma**2 + mu**2),
                Identity(curvature(w, b), mu),
                Identity(curvature(b, b), sp.S.One),
            )
        ),
        domain=domain_of((lam, sigma, mu, w, b)),
        assumes=(CONTINUOUS, "the mean is along u_k"),
        derived_in="mean dynamics: eigenbasis",
        checks=EXACT,
    ),
    Claim(
        id="wp.D.2.structure.eq7",
        says=STRUCTURE,
        where="Remark D.3",
        source="as printed",
        reading="the diagonal dynamics matrix of eq. (7) is diag(sigma^2 + lam_k, 1), the bias of centred data having "
        "the rate 1: half the curvature minus it is of rank one, its minor in (w_k, b) vanishes",
        relation=Identity(minor, sp.S.Zero),
        domain=domain_of((lam, sigma, mu, w, b)).where(sp.Ne(mu, 0)),
        assumes=(*ASSUMES, "the mean is along u_k"),
        checks=(*EXACT, ODE_MINOR),
        corrected_by="our.mean.rank_two",
        formula=False,
    ),
    Claim(
        id="wp.D.2.spec.secular",
        says=SPECTRUM + "; secular equation 1 = 1/r + sum_k m_k^2/(r - sigma^2 - lam_k)",
        where="Remark D.3, end of app. D.2",
        source="reconstructed",
        reading="for two modes: det(M - r) is -r (sigma^2 + lam_1 - r)(sigma^2 + lam_2 - r) times the equation's sides' "
        "difference",
        relation=Identity(characteristic(r), -r * (e1 - r) * (e2 - r) * secular(r)),
        domain=domain_of((lam1, lam2, m1, m2, sigma, r)).where(sp.Ne(r, e1), sp.Ne(r, e2)),
        assumes=(CONTINUOUS,),
        checks=EXACT,
    ),
    Claim(
        id="wp.D.2.spec.vectors",
        says=SPECTRUM + "; eigenvectors proportional to (diag(sigma^2 + lam_1, .., 0) - r)^-1 v",
        where="Remark D.3, end of app. D.2",
        source="reconstructed",
        reading="in any dimension, with E diagonal: M (E - r)^-1 v - r (E - r)^-1 v = (1 + v^T (E - r)^-1 v) v, which "
        "is 0 where r solves the secular equation",
        relation=dynamics.DERIVATION.steps[3].relation,
        domain=ANY,
        assumes=(CONTINUOUS,),
        derived_in="mean dynamics: eigenvectors",
        checks=EXACT,
    ),
    Claim(
        id="wp.D.2.noclosed.inverse",
        says="the inverse of M is analytical, but the general eigendecomposition of it is not",
        where="Remark D.3, app. D.2",
        source="as printed",
        reading="its first half: the inverse in closed form, in any dimension; that no closed form of the eigenvalues "
        "exists is not judged",
        relation=Both(inverse_blocks()),
        domain=domain_of(()),
        assumes=("sigma^2 + lam_k > 0 for all k",),
        checks=EXACT,
    ),
    Claim(
        id="wp.D.2.orth",
        says="When certain eigenmode has no overlap, the corresponding weight projection will follow the same dynamics "
        "as the zero-mean case",
        where="Remark D.3",
        source="as printed",
        relation=uncoupled,
        domain=domain_of((lam, sigma, dynamics.eta, dynamics.tau)),
        assumes=(CONTINUOUS, "m_k = 0"),
        derived_in="centred: projection",
        checks=(*EXACT, ODE_ORTHOGONAL),
    ),
    weight_overshoots(
        id="wp.D.2.nonmono.some",
        says=NONMONOTONE,
        where="Remark D.3",
        reading="for some parameters with mu > 0 the weight, from zero, ends above its optimum",
    ),
    weight_always_overshoots(
        id="wp.D.2.nonmono.all",
        says=NONMONOTONE,
        where="Remark D.3",
        reading="for all parameters with mu != 0 the weight, from zero, ends above its optimum",
    ),
    Claim(
        id="wp.D.2.twodim",
        says="Consider the case where distribution mean lies on the direction of a PC. Then only the mode w_k of "
        "weights interacts with the distribution mean, resulting in a two-dimensional linear system",
        where="after Remark D.3, Fig. 21",
        source="as printed",
        reading="with mu = m_k u_k, another mode w_j decays alone, and w_k and beta see only each other, in any dimension",
        relation=Both(
            (
                MatrixIdentity(Grad(full_loss, W) * other, 2 * (lam2 + sigma**2) * lost_W * other, PLANE),
                MatrixIdentity(
                    Grad(full_loss, W) * u,
                    2 * ((lam + sigma**2 + mu**2) * lost_W * u + mu * lost_b),
                    PLANE,
                ),
                MatrixIdentity(Grad(full_loss, bias_vector), 2 * (mu * lost_W * u + lost_b), PLANE),
            )
        ),
        domain=domain_of((sigma, lam, lam2, mu)),
        assumes=(CONTINUOUS, "the mean is along u_k"),
        derived_in="mean dynamics: weights along a mode",
        checks=EXACT,
    ),
    Claim(
        id="wp.D.2.nonlinear",
        says="The nonlinear gradient learning dynamics reads",
        where="app. D.2, before [158]",
        source="as printed",
        reading="nonlinear in the parameters: with the mean along u_k, the rate of w_k is curved somewhere in (w_k, b)",
        relation=Inequality(
            sp.Derivative(gradient_w, (w, 2)) ** 2
            + sp.Derivative(gradient_w, w, b) ** 2
            + sp.Derivative(gradient_w, (b, 2)) ** 2,
            ">",
            sp.S.Zero,
            some=True,
        ),
        domain=domain_of((lam, sigma, mu, w, b)),
        assumes=(CONTINUOUS, "the mean is along u_k"),
        checks=(KERNEL,),
        corrected_by="our.mean.linear",
        formula=False,
    ),
    Claim(
        id="wp.D.2.linear",
        says=ENTANGLED,
        where="app. D.2, after [170]",
        source="as printed",
        reading="with Theta = [W b] and half the curvature M, the rate of (Theta - Theta*) e is -2 eta r (Theta - "
        "Theta*) e for every eigenvector e of M with eigenvalue r",
        relation=dynamics.DERIVATION.steps[4].relation,
        domain=ANY,
        assumes=(CONTINUOUS,),
        derived_in="mean dynamics: eigenmodes",
        checks=(*EXACT, Matrices(scene=mean_scenes.eigenmode)),
    ),
    Claim(
        id="wp.D.2.Minv",
        says="M^-1 = [[D^-1, -D^-1 m], [-m^T D^-1, 1 + m^T D^-1 m]], D = diag(sigma^2 + lam_k)",
        where="app. D.2, [194]-[197]",
        source="reconstructed",
        reading="M = [[D + m m^T, m], [m^T, 1]] times it is the identity, block by block",
        relation=Both(inverse_blocks()),
        domain=domain_of(()),
        assumes=("sigma^2 + lam_k > 0 for all k",),
        checks=EXACT,
    ),
)
