"""Two separate linear layers, W = W_2 W_1, on centred data: a conserved quantity makes every aligned mode explicit.

A mode has the weight w = p q. With C = p^2 - q^2 conserved, Y = (p + q)^2 obeys a Riccati equation, and so does
Z = (p - q)^2 = C^2/Y with lam and -lam exchanged; w = (Y - Z)/4.

Source: spectral-bias paper, appendix F.2.
"""

import sympy as sp

from theory import regression
from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, domain_of
from theory.functions import phi1
from theory.matrices import Diagonal, Flow, Grad, Rate
from theory.one_layer import eta, lam, sigma, tau, y
from theory.regression import PSD, M, Sigma, d, unit
from theory.relation import Identity, LimitIs, MatrixIdentity, Solves
from theory.symbols import symbols
from theory.two_layer import BASIS, Lam, R, U, data_loss, h, narrowed

p, q, p0, q0, w, kappa, Y0 = symbols("p q p0 q0 w kappa Y0")
W1, W2 = sp.MatrixSymbol("W1", h, d), sp.MatrixSymbol("W2", d, h)
D1, D2, first, second = (sp.MatrixSymbol(name, d, d) for name in ("D1", "D2", "W1", "W2"))
loss = data_loss(W2 * W1, Sigma)
half = 2 * (W2 * W1 * M - Sigma)
FLOWS = (Flow(W1, tau, -eta * Grad(loss, W1)), Flow(W2, tau, -eta * Grad(loss, W2)))
ALIGNED = (*BASIS, Diagonal((D1, D2, Lam)))

TRAINED = domain_of((p0, q0, lam, sigma, eta, tau))
FLOWING = domain_of((p, q, lam, sigma, eta))
SPLIT = narrowed(domain_of((kappa, Y0, lam, sigma, eta, tau)), lam=POSITIVE, tau=POSITIVE)


def mass(sigma: sp.Expr = sigma) -> sp.Expr:
    """Return M = lam + sigma^2."""
    return lam + sigma**2


def mode_loss(w: sp.Expr) -> sp.Expr:
    """Return the part (1 - w)^2 lam + w^2 sigma^2 of the loss that a mode of weight w has."""
    return (1 - w) ** 2 * lam + w**2 * sigma**2


def pull(w: sp.Expr) -> sp.Expr:
    """Return lam - (lam + sigma^2) w, minus half the slope of the loss of a mode."""
    return lam - mass() * w


def layer_rates() -> tuple[sp.MatrixExpr, sp.MatrixExpr]:
    """Return dW2/dtau and dW1/dtau in the bases of their modes, at W1 = R D1 U^T and W2 = U D2 R^T."""
    at = {first: R * D1 * U.T, second: U * D2 * R.T}
    both = data_loss(second * first)
    one, two = (Grad(both.xreplace({k: v for k, v in at.items() if k != x}), x, at[x]) for x in (first, second))
    return -eta * U.T * two * R, -eta * R.T * one * U


def conserved() -> sp.Expr:
    """Return C^2 in terms of kappa = sqrt(4 lam^2 + C^2 M^2) - 2 lam."""
    return kappa * (kappa + 4 * lam) / mass() ** 2


def _arm(slope: sp.Expr) -> sp.Expr:
    """Return exp(-R tau/2) (cosh(R tau/2) + slope eta sinh(R tau/2)/(R/2)), positive for slope >= -2 lam."""
    R = 2 * eta * (2 * lam + kappa)
    return (1 + sp.exp(-R * tau)) / 2 + eta * tau * phi1(-R * tau) * slope


def sum_square() -> sp.Expr:
    """Return Y = (p + q)^2 after training time tau, from Y_0 and Z_0 = C^2/Y_0."""
    return Y0 * _arm(mass() * conserved() / Y0 + 2 * lam) / _arm(mass() * Y0 - 2 * lam)


def difference_square() -> sp.Expr:
    """Return Z = (p - q)^2 after training time tau."""
    Z0 = conserved() / Y0
    return Z0 * _arm(mass() * Y0 - 2 * lam) / _arm(mass() * Z0 + 2 * lam)


def weight() -> sp.Expr:
    """Return w = (Y - Z)/4 after training time tau from (p0, q0), finite on the whole domain, 0 where w stays 0."""
    square, whole = (p0**2 - q0**2) ** 2, 2 * lam + mass() * (p0 - q0) ** 2
    R = 2 * eta * sp.sqrt(4 * lam**2 + square * mass() ** 2)
    a, b = (1 + sp.exp(-R * tau)) / 2, eta * tau * phi1(-R * tau)
    kept = p0 * q0 * (a**2 + b**2 * (4 * lam**2 - square * mass() ** 2))
    gained = 2 * lam * (a * b * (p0**2 + q0**2) + b**2 * mass() * square)
    return (kept + gained) / ((a + b * whole) * (a + b * (mass() * (p0 + q0) ** 2 - 2 * lam)))


def split_weight() -> sp.Expr:
    """Return the same in terms of kappa and Y_0 = (p_0 + q_0)^2."""
    return (sum_square() - difference_square()) / 4


def at_start(expr: sp.Expr) -> sp.Expr:
    """Return `expr`, even in p_0 - q_0 and p_0 + q_0, in terms of kappa and Y_0."""
    total, gap = sp.sqrt(Y0), sp.sqrt(conserved() / Y0)
    return expr.xreplace({p0: (total + gap) / 2, q0: (total - gap) / 2})


def riccati(sign: int) -> sp.Expr:
    """Return dy/dtau of Y (sign 1) or of Z (sign -1)."""
    return sign * 4 * eta * lam * y - eta * mass() * (y**2 - conserved())


DERIVATION = Derivation(
    name="untied",
    continues=regression.DERIVATION,
    steps=(
        Step(
            name="gradient of the first layer",
            states=W2.T * half,
            relation=MatrixIdentity(Grad(loss, W1), W2.T * half, (PSD,)),
            domain=domain_of((sigma,)),
            because="the chain rule puts the other layer in front",
        ),
        Step(
            name="gradient of the second layer",
            states=half * W1.T,
            relation=MatrixIdentity(Grad(loss, W2), half * W1.T, (PSD,)),
            domain=domain_of((sigma,)),
            because="the chain rule puts the other layer behind",
        ),
        Step(
            name="conserved",
            states=W2.T * W2 - W1 * W1.T,
            relation=MatrixIdentity(Rate(W2.T * W2, tau), Rate(W1 * W1.T, tau), (PSD, *FLOWS)),
            domain=domain_of((sigma, eta, tau)),
            because="both change by W_2^T G W_1^T and its transpose",
        ),
        Step(
            name="second factor",
            states=2 * eta * D1 * (Lam - (Lam + sigma**2 * unit) * D1 * D2),
            relation=MatrixIdentity(
                layer_rates()[0], 2 * eta * D1 * (Lam - (Lam + sigma**2 * unit) * D1 * D2), ALIGNED
            ),
            domain=FLOWING,
            because="aligned layers, W_1 = R D_1 U^T and W_2 = U D_2 R^T, stay aligned",
        ),
        Step(
            name="first factor",
            states=2 * eta * D2 * (Lam - (Lam + sigma**2 * unit) * D1 * D2),
            relation=MatrixIdentity(
                layer_rates()[1], 2 * eta * D2 * (Lam - (Lam + sigma**2 * unit) * D1 * D2), ALIGNED
            ),
            domain=FLOWING,
            because="the same for the other layer",
        ),
        Step(
            name="sum",
            states=sum_square(),
            relation=Solves(solution=sum_square(), var=tau, unknown=y, rate=riccati(1), at=sp.S.Zero, start=Y0),
            domain=SPLIT,
            because="a Riccati equation with constant coefficients, since C is conserved",
        ),
        Step(
            name="difference",
            states=difference_square(),
            relation=Solves(
                solution=difference_square(), var=tau, unknown=y, rate=riccati(-1), at=sp.S.Zero, start=conserved() / Y0
            ),
            domain=SPLIT,
            because="the same with -lam in the place of lam",
        ),
        Step(
            name="product",
            states=sum_square() * difference_square(),
            relation=Identity(sum_square() * difference_square(), conserved()),
            domain=SPLIT,
            because="Y Z = C^2 at all times",
        ),
        Step(
            name="limit",
            states=lam / mass(),
            relation=LimitIs(expr=split_weight(), var=tau, point=sp.oo, value=lam / mass()),
            domain=SPLIT,
            because="the exponentials vanish",
        ),
        Step(
            name="weight",
            states=weight(),
            relation=Identity(split_weight(), at_start(weight())),
            domain=SPLIT,
            because="w = (Y - Z)/4, over the common denominator, with Y_0 = (p_0 + q_0)^2 and C = p_0^2 - q_0^2",
        ),
    ),
)
