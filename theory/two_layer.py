"""Two symmetric linear layers, W = P P^T, on centred data: gradient, weight and generated variance, from the loss.

Aligned with the data a mode obeys a logistic law, whose generated variance is algebraic in exp(-8 eta lam tau).

Source: spectral-bias paper, section 5.1, appendix E.
"""

import sympy as sp

from theory import one_layer, regression
from theory.centred import DATA
from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.functions import phi1
from theory.matrices import Diagonal, Flow, Grad, Orthogonal, PositiveSemidefinite, norm2
from theory.one_layer import Q, eta, lam, optimum, sampled, sigma, sigma0, sigmaT, tau, y
from theory.regression import PSD, M, Sigma, W, b, d, unit
from theory.relation import Antiderivative, Identity, LimitIs, MatrixIdentity, Solves
from theory.symbols import symbols

h, w = symbols("h w")
P = sp.MatrixSymbol("P", d, h)
U, R, D, Lam = (sp.MatrixSymbol(name, d, d) for name in ("U", "R", "D", "Lam"))
nothing = sp.ZeroMatrix(d, 1)
square = sp.MatrixSymbol("P", d, d)  # width d; the columns of a wider P beyond the modes do not matter
PPT = P * P.T
loss = regression.moment_loss.xreplace({W: PPT})
gradient = (2 * (PPT * M + M * PPT) - 4 * Sigma) * P
BASIS = (Orthogonal(U), Orthogonal(R), PositiveSemidefinite(Lam))
ALIGNED = (*BASIS, Diagonal((D, Lam)))

NONNEGATIVE = Range(sp.S.Zero)


def narrowed(domain: Domain, **ranges: Range) -> Domain:
    """Return `domain` with other ranges for the symbols named."""
    return Domain(tuple((s, ranges.get(s.name, r)) for s, r in domain.ranges), domain.conditions)


TRAINED = narrowed(one_layer.TRAINED, Q=NONNEGATIVE)
SAMPLED = narrowed(one_layer.SAMPLED, Q=NONNEGATIVE)
LIVE = narrowed(TRAINED, lam=POSITIVE)
LIVE_SAMPLED = narrowed(SAMPLED, lam=POSITIVE)
STARTED, STARTED_SAMPLED = narrowed(LIVE, Q=POSITIVE), narrowed(LIVE_SAMPLED, Q=POSITIVE)
FLOWING = domain_of((sigma, lam, eta, w))


def data_loss(W: sp.MatrixExpr, covariance: sp.MatrixExpr = U * Lam * U.T) -> sp.Expr:
    """Return the loss of W, by its moments, for centred data of this covariance."""
    return sp.Trace((W - unit) * covariance * (W - unit).T) + sigma**2 * norm2(W)


def aligned_rate() -> sp.MatrixExpr:
    """Return the mode vectors' derivative, dP^T/dtau U, in gradient flow at P = U D R^T, U of the data."""
    return -eta * Grad(data_loss(square * square.T), square, U * D * R.T).T * U


def decay() -> sp.Expr:
    """Return E = exp(-8 eta lam tau)."""
    return sp.exp(-8 * eta * lam * tau)


def rate(sigma: sp.Expr) -> sp.Expr:
    """Return dy/dtau = 8 eta y (lam - (lam + sigma^2) y) of the weight y of an aligned mode."""
    return 8 * eta * y * (lam - (lam + sigma**2) * y)


def weight(sigma: sp.Expr) -> sp.Expr:
    """Return the weight of a mode after training time tau from Q, for lam > 0; Prop. 5.1."""
    return optimum(sigma) * Q / ((optimum(sigma) - Q) * decay() + Q)


def weight_entire(sigma: sp.Expr) -> sp.Expr:
    """Return the same, finite for every lam >= 0, tau >= 0 and Q >= 0."""
    return Q / bracket(sigma)


def share() -> sp.Expr:
    """Return alpha_E = Q/(Q + (1 - Q) E), the weight as the noise level tends to 0."""
    return Q / (Q + (1 - Q) * decay())


def log_Phi(sigma: sp.Expr) -> sp.Expr:
    """Return ln Phi, a primitive of (1 - psi)/sigma in sigma, for lam > 0; app. E.2."""
    E = decay()
    return (1 - share()) * sp.log(sigma) + share() / 2 * sp.log(lam * E + Q * (1 - E) * (lam + sigma**2))


def variance() -> sp.Expr:
    """Return the generated variance of a mode, for lam > 0; Prop. 5.1."""
    return sigmaT**2 * sp.exp(2 * log_Phi(sigma0) - 2 * log_Phi(sigmaT))


def log_variance_entire() -> sp.Expr:
    """Return ln of the generated variance, finite for every lam >= 0, tau >= 0 and Q >= 0."""
    left = sp.log(sigmaT**2 * bracket(sigma0)) - sp.log(sigma0**2 * bracket(sigmaT))
    return sp.log(sigma0**2) + share() * left


def initial_slope() -> sp.Expr:
    """Return d ln(variance)/d tau at tau = 0; app. E.2."""
    return 16 * eta * (lam * Q * (1 - Q) * sp.log(sigmaT / sigma0) - Q**2 / 2 * (sigmaT**2 - sigma0**2))


def bracket(sigma: sp.Expr) -> sp.Expr:
    """Return E + Q (lam + sigma^2)(1 - E)/lam, 1 at tau = 0."""
    return decay() + 8 * eta * tau * (lam + sigma**2) * Q * phi1(-8 * eta * lam * tau)


CENTRED = data_loss(PPT, Sigma)
FLOW = Flow(P, tau, -eta * Grad(CENTRED, P))

DERIVATION = Derivation(
    name="two layers",
    continues=regression.DERIVATION,
    steps=(
        Step(
            name="loss",
            states=CENTRED,
            relation=MatrixIdentity(regression.loss.xreplace({W: PPT, b: nothing}), CENTRED, DATA),
            domain=domain_of((sigma,)),
            because="for centred data, and no bias, the loss is a quadratic function of W = P P^T",
        ),
        Step(
            name="gradient",
            states=gradient,
            relation=MatrixIdentity(Grad(CENTRED, P), gradient, (PSD,)),
            domain=domain_of((sigma,)),
            because="the chain rule symmetrises the gradient in W: (G + G^T) P",
        ),
        Step(
            name="mode vectors",
            states=4 * eta * R * D * (Lam - (Lam + sigma**2 * unit) * D * D),
            relation=MatrixIdentity(aligned_rate(), 4 * eta * R * D * (Lam - (Lam + sigma**2 * unit) * D * D), ALIGNED),
            domain=FLOWING,
            because="P = U D R^T shares the basis U of the data; its mode vectors P^T U = R D only change length",
        ),
        Step(
            name="mode",
            states=rate(sigma).xreplace({y: w**2}),
            relation=Identity(2 * w * 4 * eta * w * (lam - (lam + sigma**2) * w**2), rate(sigma).xreplace({y: w**2})),
            domain=FLOWING,
            because="the weight of a mode is the square of the length w of its vector",
        ),
        Step(
            name="weight",
            states=weight(sigma),
            relation=Solves(solution=weight(sigma), var=tau, unknown=y, rate=rate(sigma), at=sp.S.Zero, start=Q),
            domain=STARTED,
            because="a logistic equation: 1/y obeys a linear one",
        ),
        Step(
            name="entire weight",
            states=weight_entire(sigma),
            relation=Identity(weight(sigma), weight_entire(sigma)),
            domain=STARTED,
            because="(1 - E)/lam = 8 eta tau phi1(-8 eta lam tau)",
        ),
        Step(
            name="sampling factor",
            states=log_Phi(sigma),
            relation=Antiderivative(primitive=log_Phi(sigma), integrand=(1 - weight(sigma)) / sigma, var=sigma),
            domain=STARTED,
            because="the weight is a rational function of sigma^2; partial fractions",
        ),
        Step(
            name="variance",
            states=variance(),
            relation=sampled(variance(), weight(sigma0)),
            domain=STARTED_SAMPLED,
            because="the variance along the mode starts as sigma_T^2 and follows the square of the sampling factor",
        ),
        Step(
            name="entire variance",
            states=log_variance_entire(),
            relation=Identity(sp.log(variance()), log_variance_entire()),
            domain=STARTED_SAMPLED,
            because="the factor lam of both brackets cancels",
        ),
        Step(
            name="initial level",
            states=one_layer.initial_variance(),
            relation=LimitIs(expr=variance(), var=tau, point=sp.S.Zero, value=one_layer.initial_variance()),
            domain=STARTED_SAMPLED,
            because="E = 1: the weight is Q at every noise level",
        ),
        Step(
            name="final level",
            states=one_layer.final_variance(),
            relation=LimitIs(expr=variance(), var=tau, point=sp.oo, value=one_layer.final_variance()),
            domain=STARTED_SAMPLED,
            because="E vanishes; what is left is the optimal denoiser's",
        ),
        Step(
            name="initial slope",
            states=initial_slope(),
            relation=LimitIs(
                expr=sp.Derivative(sp.log(variance()), tau), var=tau, point=sp.S.Zero, value=initial_slope()
            ),
            domain=STARTED_SAMPLED,
            because="differentiate the logarithm of the variance",
        ),
    ),
)
