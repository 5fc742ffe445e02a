"""Our own statements on deep full-width convolutions: squared, two and L filters in a row."""

from dataclasses import replace

import sympy as sp

from theory import deep_convolution as deep
from theory.convolution import N, S, eta, sigma, y
from theory.deep_convolution import M, alpha, beta, excess, grown, rho_0, tan_half
from theory.domain import Domain, Range, domain_of
from theory.relation import Antiderivative, Both, Identity, Inequality, Relation
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR, FLOW, FULL, ODE_SQUARED, ODE_SYMMETRIC
from verify.ledger.spectral_bias.section_5_2_full import TWO_LAYER, logistic, squared_filter

gap, g_p, g_q = symbols("gap g_p g_q")
PROP = (CIRCULAR, FULL, FLOW)
GROWN = domain_of((alpha, beta, excess, grown))
COEFFICIENTS = deep.two_filters()
X = excess + grown
u, root = (law(*COEFFICIENTS, X) for law in (deep.gap_of_two, deep.total_of_two))


def factor(sigma: sp.Expr) -> sp.Expr:
    """Return ln Phi of the squared filter at one training time: sigma^(1 - B/A) (A + c sigma^2)^(B/(2A))."""
    A, B, c = deep.square_parts()
    return (1 - B / A) * sp.log(sigma) + B / (2 * A) * sp.log(A + c * sigma**2)


def response() -> sp.Expr:
    """Return Re gamma of the squared filter, with `gap` for exp(-8 N eta S tau)."""
    return deep.square_real(gap)


def slope(solution: sp.Expr) -> Relation:
    """Return that X d/dX of `solution` is -u sqrt(a + b u + c u^2)/sqrt(a), u the law of two filters."""
    return Identity(X * sp.Derivative(u, grown), solution)


def real_part(relation: Relation) -> sp.Expr:
    """Return the law of the real part, the second of the statements on the squared filter."""
    return relation.parts[1].formula if isinstance(relation, Both) else relation.formula


def on_segment(u: sp.Expr, start: sp.Expr, best: sp.Expr) -> sp.Expr:
    """Return best + (start - best) u."""
    return best + (start - best) * u


best = S / M
speed = 2 * N * eta * M * y

CLAIMS = (
    Claim(
        id="our.conv.sym_two_layer",
        says="W = Circ(w) Circ(w)^T, full width: the symmetric two-layer law with eta -> N eta, lam -> S_k, Q -> |g_k(0)|^2",
        where="beyond section 5.2 of the spectral-bias paper",
        source="ours",
        relation=squared_filter(logistic()),
        domain=TWO_LAYER,
        assumes=PROP,
        checks=(*EXACT, ODE_SYMMETRIC),
    ),
    Claim(
        id="our.conv.tied_square",
        says="W = Circ(w)^2, gamma_k(0) = rho_0 e^{i phi_0}, T = tan(phi_0/2), E = e^{-8 N eta S tau}: gamma = [(1 - T^2 "
        "E^2) + 2 i T E]/[(1 + T^2) E/rho_0 + (S + sigma^2)/S (1 - E)(1 + T^2 E)]",
        where="beyond section 5.2 of the spectral-bias paper",
        source="ours",
        relation=deep.square_flow(deep.square_real(), deep.square_imaginary()),
        domain=deep.SQUARED,
        assumes=PROP,
        checks=(KERNEL, replace(ODE_SQUARED, formula=real_part)),
    ),
    Claim(
        id="our.conv.tied_square.sampling",
        says="its sampling factor is sigma^(1 - B/A) (A + c sigma^2)^(B/(2A)), A = (1 + T^2) E/rho_0 + (1 - E)(1 + T^2 E), "
        "c = (1 - E)(1 + T^2 E)/S, B = 1 - T^2 E^2",
        where="beyond section 5.2 of the spectral-bias paper",
        source="ours",
        reading="E stands for itself, between 0 and 1",
        relation=Antiderivative(primitive=factor(sigma), integrand=(1 - response()) / sigma, var=sigma),
        domain=Domain(
            ((gap, Range(sp.S.Zero, sp.S.One, True, True)), *domain_of((rho_0, tan_half, S, sigma)).ranges), (S > 0,)
        ),
        assumes=PROP,
        checks=EXACT,
    ),
    Claim(
        id="our.conv.untied_two_filter",
        says="W = Circ(w_1) Circ(w_2), C = |g_1|^2 - |g_2|^2: gamma = gamma* + (gamma_0 - gamma*) u, u = 4 a X/((X - b)^2 - "
        "4 a c), X = (2 a + b + 2 sqrt(a) sqrt(a + b + c)) e^{2 N eta (S + sigma^2) sqrt(a) tau}, a = C^2 + 4 gamma*^2, "
        "b = 8 gamma* (Re gamma_0 - gamma*), c = 4 |gamma_0 - gamma*|^2",
        where="beyond section 5.2 of the spectral-bias paper",
        source="ours",
        reading="X grows at the rate 2 N eta (S + sigma^2) sqrt(a); in X, du/dtau = -2 N eta (S + sigma^2) u sqrt(a + b u + "
        "c u^2) reads X du/dX = -u sqrt(a + b u + c u^2)/sqrt(a), and the root is a rational function of X; X = X(0) + "
        "X_u, with X(0), sqrt(a) and sqrt(a + b + c) as free positive numbers; u = 1 at the start",
        relation=Both(
            (
                slope(-u * root / alpha),
                Identity(COEFFICIENTS[0] + COEFFICIENTS[1] * u + COEFFICIENTS[2] * u**2, root**2),
            )
        ),
        domain=GROWN,
        assumes=PROP,
        checks=(KERNEL,),
    ),
    Claim(
        id="our.conv.untied_two_filter.start",
        says="u = 1 at the start, where the root is sqrt(a + b + c)",
        where="beyond section 5.2 of the spectral-bias paper",
        source="ours",
        relation=Both(
            (
                Identity(deep.gap_of_two(*COEFFICIENTS, excess), sp.S.One),
                Identity(deep.total_of_two(*COEFFICIENTS, excess), beta),
            )
        ),
        domain=domain_of((alpha, beta, excess)),
        assumes=PROP,
        checks=(KERNEL,),
        formula=False,
        slips=(Identity(deep.gap_of_two(*COEFFICIENTS, 2 * excess), sp.S.One),),
    ),
    Claim(
        id="our.conv.tied_depth",
        says="W = Circ(w)^L: gamma moves on the straight segment from gamma_0 to gamma*, gamma = gamma* + (gamma_0 - gamma*) "
        "u, tau = int_u^1 dv/(2 N eta L^2 (S + sigma^2) v |gamma* + (gamma_0 - gamma*) v|^(2 - 2/L))",
        where="beyond section 5.2 of the spectral-bias paper",
        source="ours",
        reading="with u at the rate that the integral gives, y standing for L^2 |gamma|^(2 - 2/L), both parts of gamma obey "
        "d gamma/dtau = -2 N eta y (M gamma - S)",
        relation=Both(
            (
                Identity((g_p - best) * (-speed * gap), -2 * N * eta * y * (M * on_segment(gap, g_p, best) - S)),
                Identity(g_q * (-speed * gap), -2 * N * eta * y * M * on_segment(gap, g_q, sp.S.Zero)),
            )
        ),
        domain=domain_of((gap, g_p, g_q, S, sigma, N, eta, y)),
        assumes=PROP,
        checks=EXACT,
    ),
    Claim(
        id="our.conv.tied_depth.reaches",
        says="for L >= 2 it fails to reach gamma* iff gamma_0 lies in (-infinity, 0]",
        where="beyond section 5.2 of the spectral-bias paper",
        source="ours",
        reading="the segment avoids 0, where the flow stops: for Im gamma_0 != 0 the imaginary part stays away from 0 at "
        "every u > 0, for a real gamma_0 = rho_0 > 0 the real part does",
        relation=Both(
            (
                Inequality(on_segment(gap, g_q, sp.S.Zero) ** 2, ">", sp.S.Zero),
                Inequality(on_segment(gap, rho_0, best), ">", sp.S.Zero),
            )
        ),
        domain=Domain(
            ((gap, Range(sp.S.Zero, sp.S.One, True)), *domain_of((g_q, rho_0, S, sigma)).ranges),
            (sp.Ne(g_q, 0), S > 0),
        ),
        assumes=PROP,
        checks=(KERNEL,),
        formula=False,
        slips=(Inequality(on_segment(gap, -rho_0, best), ">", sp.S.Zero),),
    ),
    Claim(
        id="our.conv.tied_depth.stops",
        says="for L >= 2 it fails to reach gamma* iff gamma_0 lies in (-infinity, 0]",
        where="beyond section 5.2 of the spectral-bias paper",
        source="ours",
        reading="from gamma_0 = -rho_0 < 0 the segment meets 0 at u = gamma*/(gamma* + rho_0), between 0 and 1",
        relation=Both(
            (
                Identity(on_segment(best / (best + rho_0), -rho_0, best), sp.S.Zero),
                Inequality(best / (best + rho_0), ">", sp.S.Zero),
                Inequality(best / (best + rho_0), "<", sp.S.One),
            )
        ),
        domain=domain_of((rho_0, S, sigma)).where(S > 0),
        assumes=PROP,
        checks=EXACT,
        formula=False,
        slips=(Identity(on_segment(best / (best - rho_0), -rho_0, best), sp.S.Zero),),
    ),
)
