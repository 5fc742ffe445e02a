"""A chain of PCA projections: its product, its gain per component, and what survives many steps.

P_T = P_0 ... P_T with P_t = U_t U_t^T; E_t is the noise of level t, with entries of variance s_t, and w is the
covariance of the entries of two levels. In the limit of large dimension and sample number at d/n = gamma the bases of
two levels meet component by component in kappa = sqrt(C(s_a) C(s_b))/C(w), and a chain keeps the product of the kappa.

Source: power-iteration paper, section 4.1; what its theorem 4.3 leaves open is derived here.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, domain_of
from theory.matrices import Expect, Moments
from theory.relation import Identity, LimitIs, MatrixIdentity, Recurrence
from theory.spiked import overlap_squared
from theory.spiked_steps import DERIVATION as SPIKED
from theory.symbols import symbols

C = overlap_squared  # C(w, lam^2), the paper has no letter for it
gamma, T, eps, step, y, d, rank = symbols("gamma T eps step y d rank")
s_a, s_b, w_ab, s_bar, lam2_0, lam2_1, lam_sq = symbols("s_a s_b w_ab s_bar lam2_0 lam2_1 lam_sq")

U_0, U_t, U_next = (sp.MatrixSymbol(name, d, rank) for name in ("U_0", "U_t", "U_{t+1}"))
M = sp.MatrixSymbol("M", rank, rank)
chain, xi = sp.MatrixSymbol("P_T", d, d), sp.MatrixSymbol("xi", d, 1)
(s_xi,) = symbols("s")
INITIAL = Moments(xi, sp.ZeroMatrix(d, 1), s_xi * sp.Identity(d))
LAST = (T + 1) / T**2  # accumulated noise variance at t = T if sigma_t = 1/T for t = 0, ..., T


def kappa(s: sp.Expr, s_next: sp.Expr, w: sp.Expr, lam2: sp.Expr) -> sp.Expr:
    """Return the overlap sqrt(C(s) C(s'))/C(w) of the bases of two noise levels along one component."""
    return sp.sqrt(C(s, lam2) * C(s_next, lam2)) / C(w, lam2)


def rate(w: sp.Expr, lam2: sp.Expr) -> sp.Expr:
    """Return -d log C/dw, which is positive below the threshold w = lam^2/sqrt(gamma)."""
    y = w / lam2
    return gamma * (1 + 2 * y + gamma * y**2) / ((1 + gamma * y) * (1 - gamma * y**2)) / lam2


def gap() -> sp.Expr:
    """Return 1/lam_1^2 - 1/lam_0^2."""
    return 1 / lam2_1 - 1 / lam2_0


def variation(model: str) -> sp.Expr:
    """Return V_T, the sum of Var(E_{t+1} - E_t) over the chain with sigma_t = 1/T; a bound of it for shared noise."""
    return {
        "fresh": LAST + 2 * (T - 1) * (T + 2) / (2 * T**2),
        "accumulated": LAST,
        "shared": (sp.sqrt(T + 1) + 2) / T**2,
    }[model]


def kept(variation: sp.Expr) -> sp.Expr:
    """Return exp(-gamma V (1/lam_1^2 - 1/lam_0^2)), the variance of component 1 over that of component 0."""
    return sp.exp(-gamma * variation * gap())


def below(domain: Domain, w: sp.Expr, lam2: sp.Expr) -> Domain:
    """Return the part of `domain` where `w` is below the threshold of the component."""
    return domain.where(gamma * w**2 < lam2**2)


NOISY = below(domain_of((gamma, s_bar, lam_sq)), s_bar, lam_sq)
PAIRED = below(below(domain_of((gamma, s_a, s_b, lam_sq)), s_a, lam_sq), s_b, lam_sq)
SCALED = domain_of((gamma, eps, s_a, s_b, w_ab, lam_sq)).where(
    *(gamma * eps**2 * v**2 < lam_sq**2 for v in (s_a, s_b, w_ab)), gamma * eps * w_ab > -lam_sq
)
TWO = domain_of((gamma, T, lam2_0, lam2_1)).where(lam2_1 < lam2_0)
SEPARATE = below(TWO, LAST, lam2_1)
MODES = below(domain_of((gamma, s_bar, lam2_0, lam2_1)).where(lam2_1 < lam2_0), s_bar, lam2_1)


def _accumulated_start() -> Identity:
    """Return that a chain that ends at s_b keeps sqrt(C(s_b)) if one that ends at s_a <= s_b keeps sqrt(C(s_a))."""
    return Identity(sp.sqrt(C(s_a, lam_sq)) * kappa(s_a, s_b, s_a, lam_sq), sp.sqrt(C(s_b, lam_sq)))


DERIVATION = Derivation(
    name="projection chain",
    continues=SPIKED,
    steps=(
        Step(
            name="product",
            states=U_0 * M * (U_t.T * U_next) * U_next.T,
            relation=MatrixIdentity((U_0 * M * U_t.T) * (U_next * U_next.T), U_0 * (M * U_t.T * U_next) * U_next.T),
            domain=domain_of((gamma,)),
            because="one more projection multiplies the inner product of small matrices by U_t^T U_{t+1}",
        ),
        Step(
            name="generated covariance",
            states=s_xi * chain * chain.T,
            relation=MatrixIdentity(Expect((chain * xi) * (chain * xi).T), s_xi * chain * chain.T, (INITIAL,)),
            domain=domain_of((s_xi,)),
            because="the chain acts linearly on noise of covariance s I",
        ),
        Step(
            name="fresh gain",
            states=sp.sqrt(C(s_a, lam_sq) * C(s_b, lam_sq)),
            relation=Identity(kappa(s_a, s_b, sp.S.Zero, lam_sq), sp.sqrt(C(s_a, lam_sq) * C(s_b, lam_sq))),
            domain=PAIRED,
            because="independent noises have w = 0, and C(0) = 1",
        ),
        Step(
            name="accumulated gain",
            states=sp.sqrt(C(s_b, lam_sq)),
            relation=_accumulated_start(),
            domain=PAIRED,
            because="w = s_a, so that the product of the kappa telescopes: only the last level counts",
        ),
        Step(
            name="small noise",
            states=gamma * (s_a + s_b - 2 * w_ab) / (2 * lam_sq),
            relation=LimitIs(
                expr=-sp.log(kappa(eps * s_a, eps * s_b, eps * w_ab, lam_sq)) / eps,
                var=eps,
                point=sp.S.Zero,
                value=gamma * (s_a + s_b - 2 * w_ab) / (2 * lam_sq),
            ),
            domain=SCALED,
            because="log C(w) = -gamma w/lam^2 + O(w^2); s_a + s_b - 2 w is the variance of the increment of the noise",
        ),
        Step(
            name="rate",
            states=rate(s_bar, lam_sq),
            relation=Identity(-sp.Derivative(sp.log(C(s_bar, lam_sq)), s_bar), rate(s_bar, lam_sq)),
            domain=Domain(tuple((s, POSITIVE if s == s_bar else r) for s, r in NOISY.ranges), NOISY.conditions),
            because="differentiate; both factors of the denominator are positive below the threshold",
        ),
        Step(
            name="sum of levels",
            states=step * (step + 3) / 2,
            relation=Recurrence(
                solution=step * (step + 3) / 2, var=step, unknown=y, following=y + step + 2, start=sp.S.Zero
            ),
            domain=domain_of((step,)),
            because="with sigma_t = 1/T the level is s_t = (t + 1)/T^2, and the sum of t + 1 from t = 1 is this",
        ),
        Step(
            name="fresh limit",
            states=sp.exp(-gamma * gap()),
            relation=LimitIs(expr=kept(variation("fresh")), var=T, point=sp.oo, value=sp.exp(-gamma * gap())),
            domain=TWO,
            because="V_T = s_T + 2 sum of s_t over 0 < t < T tends to 1",
        ),
        Step(
            name="accumulated limit",
            states=sp.S.One,
            relation=LimitIs(expr=C(LAST, lam2_1) / C(LAST, lam2_0), var=T, point=sp.oo, value=sp.S.One),
            domain=SEPARATE,
            because="only the last level counts, and it tends to 0",
        ),
        Step(
            name="shared limit",
            states=sp.S.One,
            relation=LimitIs(expr=kept(variation("shared")), var=T, point=sp.oo, value=sp.S.One),
            domain=TWO,
            because="(sqrt(t + 1) - sqrt(t))^2 <= sqrt(t + 1) - sqrt(t), so that V_T <= (sqrt(T + 1) + 2)/T^2",
        ),
    ),
)
