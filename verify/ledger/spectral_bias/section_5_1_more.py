"""Section 5.1: deep aligned layers, emergence of the generated variance, and what lies beyond the symmetric pair."""

import sympy as sp

from numerics.layers import scenes
from theory.domain import domain_of
from theory.matrices import Diagonal, Grad, Orthogonal
from theory.one_layer import sigma, tau, y
from theory.overlaps import ORDERED, WEIGHTED, coefficient, lam1, lam2, o1, o2, optimum
from theory.regression import d, unit
from theory.relation import Both, Inequality, MatrixIdentity
from theory.two_layer import BASIS, Lam, R, U, data_loss
from theory.two_layer_emergence import excess, gap, pace
from theory.untied import SPLIT, riccati, sum_square
from verify.checks.enclosure import Enclosure
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_5_1 import FLOW, SETTING
from verify.ledger.spectral_bias.section_4_3_shape import PAPER
from verify.ledger.spectral_bias.shared_noise import MODES, ZERO, aged, at_paper, bracketed

POWERLAW = (
    "As for generated distribution, we find similar relationship between the target variance and emergence time "
    "tau_k* ~ lam_k^-alpha, alpha ~ 1"
)
NONALIGNED = "the non-aligned parts of weight will follow non-monotonic rise-and-fall dynamics (App. E.1.2)"
INDEPENDENT = "With aligned initialization, every eigenmode learns independently"
SHARED = "the total weight shares the eigenbasis U across training and noise scales, thus commute"
NONSYMMETRIC = (
    "Extensions to non-symmetric two layer model and deeper model were studied in App. F, which have similar bias but "
    "lack clean expressions"
)
TENTH, HALF, FIFTH = sp.Rational(1, 10), sp.Rational(1, 2), sp.Rational(1, 5)
GEOMETRIC = ("2.3", "2.8")
FEW_BOXES = Enclosure(boxes=450, samples=30)

V, D, DA, DB, D1, D2 = (sp.MatrixSymbol(n, d, d) for n in ("V", "D", "DA", "DB", "D1", "D2"))
BASES = (Orthogonal(U), Orthogonal(R), Orthogonal(V))
LAYERED = (*BASIS, Orthogonal(V), Diagonal((D, DA, DB, Lam)))
middle = sp.MatrixSymbol("W_layer", d, d)


def exponent(criterion: str, start: sp.Expr) -> tuple[Inequality, Inequality]:
    """Return |alpha - 1| <= 1/5 where the variance grows with xi."""
    near, speed = at_paper(excess(criterion), start), at_paper(pace(), start)
    return Inequality(near + FIFTH * speed, ">=", ZERO), Inequality(near - FIFTH * speed, "<=", ZERO)


def law(criterion: str, start: sp.Expr, ages: tuple[str, str], lams: tuple[str, str] = MODES) -> Both:
    """Return that the passage lies between the ages, and that the local exponent is near 1 there."""
    return Both((*bracketed(at_paper(gap(criterion), start), lams, ages), *exponent(criterion, start)))


def middle_gradient() -> sp.MatrixExpr:
    """Return R^T (gradient in a layer) V at layers A = U DA R^T, R D V^T, B = V DB U^T around it."""
    total = U * DA * R.T * middle * V * DB * U.T
    return R.T * Grad(data_loss(total), middle, R * D * V.T) * V


CLAIMS = (
    Claim(
        id="wp.5.1.total",
        says="W_tot(0) = prod_l W_l(0) = U (prod_l Lam_l) U^T",
        reading=(
            "any depth, by induction on the layers: the first is U_1 Lam_1 U^T; if the product of the first ones is R "
            "D1 U^T, a next layer V D2 R^T makes it V (D2 D1) U^T; for the last layer V = U"
        ),
        where="section 5.1",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(V * D2 * R.T * (R * D1 * U.T), V * (D2 * D1) * U.T, BASES),
                MatrixIdentity(U * D2 * R.T * (R * D1 * U.T), U * (D2 * D1) * U.T, BASES),
            )
        ),
        domain=domain_of(()),
        assumes=("W_l(0) = U_l Lam_l V_l^T with V_{l+1} = U_l and U_L = V_1 = U",),
        checks=EXACT,
    ),
    Claim(
        id="wp.5.1.aligned.independent",
        says=INDEPENDENT,
        reading=(
            "at aligned layers of any number the gradient in each, in the bases of its modes, is the diagonal matrix "
            "2 DA (DA D DB (Lam + sigma^2) - Lam) DB, DA and DB being the products of the layers after and before it: "
            "each entry involves its own mode alone"
        ),
        where="section 5.1, F.1",
        source="as printed",
        relation=MatrixIdentity(
            middle_gradient(), 2 * DA * (DA * D * DB * (Lam + sigma**2 * unit) - Lam) * DB, LAYERED
        ),
        domain=domain_of((sigma,)),
        assumes=SETTING,
        derived_in="deep: gradient",
        checks=(*EXACT, Matrices(scene=scenes.aligned_layer_gradient)),
    ),
    Claim(
        id="wp.5.1.aligned.commute",
        says=SHARED,
        reading="weights U D1 U^T and U D2 U^T of two times or two noise levels commute",
        where="section 5.1, F.1",
        source="as printed",
        relation=MatrixIdentity(U * D1 * U.T * U * D2 * U.T, U * D2 * U.T * U * D1 * U.T, (*BASES, Diagonal((D1, D2)))),
        domain=domain_of(()),
        assumes=SETTING,
        checks=EXACT,
    ),
    Claim(
        id="wp.5.1.powerlaw.geometric",
        says=POWERLAW,
        reading=(
            "from Q = 1/10 the local exponent of the first passage through the geometric mean is within 0.2 of 1 for "
            f"lam in [0.001, 10], {PAPER}; the passage has 8 eta tau lam in [2.3, 2.8], where this holds throughout"
        ),
        where="section 5.1",
        source="as printed",
        relation=law("geometric", TENTH, GEOMETRIC),
        domain=aged(MODES, GEOMETRIC),
        assumes=SETTING,
        derived_in="two layers: variance",
        checks=(FEW_BOXES,),
        slips=(
            Inequality(at_paper(excess("geometric"), TENTH), ">=", ZERO),
            Inequality(at_paper(excess("geometric"), TENTH), "<=", -FIFTH * at_paper(pace(), TENTH)),
        ),
        formula=False,
    ),
    Claim(
        id="wp.5.1.powerlaw.large",
        says=POWERLAW,
        reading=(
            f"from Q = 1/2, geometric mean: the same with 8 eta tau lam in [3, 3.25] for lam in [0.33, 0.36], {PAPER}"
        ),
        where="section 5.1",
        source="as printed",
        relation=law("geometric", HALF, ("3", "3.25"), ("0.33", "0.36")),
        domain=aged(("0.33", "0.36"), ("3", "3.25")),
        assumes=SETTING,
        checks=(FEW_BOXES,),
        corrected_by="our.two_layer.level_passage",
        formula=False,
    ),
    Claim(
        id="wp.5.1.nonaligned.exists",
        says=NONALIGNED,
        reading=(
            "for two modes of different variance an overlap grows (its factor in its own rate is positive) while "
            "neither mode has emerged, and decays once the first has"
        ),
        where="section 5.1",
        source="as printed",
        relation=Both(
            (
                Inequality(coefficient(ZERO, ZERO), ">", ZERO),
                Inequality(coefficient(optimum(lam1), ZERO), "<", ZERO),
                Inequality(coefficient(optimum(lam1), optimum(lam2)), "<", ZERO),
            )
        ),
        domain=ORDERED,
        assumes=(*FLOW, "the overlaps with further modes vanish"),
        derived_in="overlaps: both emerged",
        checks=EXACT,
        slips=(
            Inequality(coefficient(ZERO, ZERO), "<", ZERO),
            Inequality(coefficient(optimum(lam1), ZERO), ">", ZERO),
            Inequality(coefficient(optimum(lam1), optimum(lam2)), ">", ZERO),
        ),
        formula=False,
    ),
    Claim(
        id="wp.5.1.nonaligned.always",
        says=NONALIGNED,
        reading=(
            "for every initialisation: the factor of the overlap in its own rate is positive, and the overlap rises, as "
            "long as both diagonal terms are below their targets"
        ),
        where="section 5.1",
        source="as printed",
        relation=Inequality(coefficient(o1, o2), ">", ZERO),
        domain=WEIGHTED.where(
            lam1 > lam2, lam2 > 0, o1 > 0, o2 > 0, o1 * (lam1 + sigma**2) < lam1, o2 * (lam2 + sigma**2) < lam2
        ),
        assumes=(*FLOW, "the overlaps with further modes vanish"),
        checks=(KERNEL,),
        corrected_by="our.two_layer.phases",
        formula=False,
    ),
    Claim(
        id="wp.5.1.nonsym",
        says=NONSYMMETRIC,
        reading=(
            "no expression in exponentials and one square root gives the weight of a mode of two separate layers: (p + "
            "q)^2 as in our.untied.sum fails its equation somewhere"
        ),
        where="section 5.1",
        source="as printed",
        relation=Inequality(
            (sp.Derivative(sum_square(), tau) - riccati(1).xreplace({y: sum_square()})) ** 2, ">", ZERO, some=True
        ),
        domain=SPLIT,
        assumes=SETTING,
        checks=(KERNEL,),
        corrected_by="our.untied.sum",
        formula=False,
    ),
)
