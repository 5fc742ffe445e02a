"""A mean along a mode couples its weight to its bias: a linear system in two numbers, solved from zero.

The eigenvalues r_fast > 1 > r_slow of the system take the place of variance and mean as parameters; then
everything is rational in them, and the mean is positive (u and -u are the same mode).
Source: spectral-bias paper, section 4.2, appendices D.2 and D.2.1; the thresholds are ours.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import Domain, domain_of
from theory.matrices import Eigenvector, Orthonormal
from theory.regression import PSD, Sigma, W, gradient_b, gradient_W, u
from theory.regression import b as bias_vector
from theory.regression import mu as mean_vector
from theory.relation import Both, Identity, MatrixIdentity, Solves
from theory.symbols import symbols

lam, mu, sigma, eta, tau, w, b, r_fast, r_slow = symbols("lam mu sigma eta tau w b r_fast r_slow")
y = symbols("y")[0]

loss = lam * (1 - w) ** 2 + sigma**2 * w**2 + (b - (1 - w) * mu) ** 2
gradient_w = 2 * (lam + sigma**2 + mu**2) * w + 2 * mu * b - 2 * (lam + mu**2)
gradient_bias = 2 * mu * w + 2 * b - 2 * mu

mean = sp.sqrt((r_fast - 1) * (1 - r_slow))
BY_RATES = {lam: r_fast * r_slow - sigma**2, mu: mean}
trace = 1 + lam + sigma**2 + mu**2
spread = sp.sqrt(trace**2 - 4 * (lam + sigma**2))
BY_DATA = {r_fast: (trace + spread) / 2, r_slow: (trace - spread) / 2}

w_opt = 1 - sigma**2 / (r_fast * r_slow)
b_opt = mean * (1 - w_opt)
slow_weight = (1 - r_slow) * (sigma**2 - r_slow) / (r_slow * (r_fast - r_slow))
fast_weight = -(r_fast - 1) * (r_fast - sigma**2) / (r_fast * (r_fast - r_slow))
slow_bias = -mean * (sigma**2 - r_slow) / (r_slow * (r_fast - r_slow))
fast_bias = -mean * (r_fast - sigma**2) / (r_fast * (r_fast - r_slow))


def decay(rate: sp.Expr) -> sp.Expr:
    """Return exp(-2 eta tau rate)."""
    return sp.exp(-2 * eta * tau * rate)


def weight() -> sp.Expr:
    """Return the weight of the mode after training time tau from weight 0 and bias 0."""
    return w_opt + slow_weight * decay(r_slow) + fast_weight * decay(r_fast)


def bias() -> sp.Expr:
    """Return the bias along the mode after training time tau from weight 0 and bias 0."""
    return b_opt + slow_bias * decay(r_slow) + fast_bias * decay(r_fast)


def coupled(*more: sp.Symbol) -> Domain:
    """Return where (r_fast, r_slow, sigma) comes from a variance >= 0 and a mean that is not 0."""
    box = domain_of((r_fast, r_slow, sigma, *more))
    return box.where(r_fast > 1, r_slow < 1, sigma**2 <= r_fast * r_slow)


COUPLED, TRAINED = coupled(), coupled(eta, tau)
AT_MEAN = {mean_vector: mu * u}


def _number(matrix: sp.MatrixExpr) -> sp.Trace:
    return sp.Trace(matrix.xreplace(AT_MEAN))


ALONG = {w: sp.Trace(u.T * W * u), b: sp.Trace(u.T * bias_vector)}
MODE = (PSD, Eigenvector(u, Sigma, lam), Orthonormal((u,)))

DERIVATION = Derivation(
    name="mean coupling",
    steps=(
        Step(
            name="weight gradient",
            states=gradient_w,
            relation=MatrixIdentity(_number(u.T * gradient_W * u), gradient_w.xreplace(ALONG), MODE),
            domain=domain_of((lam, mu, sigma)),
            because="with the mean along u, u.W u and u.b see only each other",
        ),
        Step(
            name="bias gradient",
            states=gradient_bias,
            relation=MatrixIdentity(_number(u.T * gradient_b), gradient_bias.xreplace(ALONG), MODE),
            domain=domain_of((lam, mu, sigma)),
            because="with the mean along u, u.W u and u.b see only each other",
        ),
        Step(
            name="eigenvalues",
            states=sp.Tuple(*BY_RATES.values()),
            relation=Both(
                tuple(
                    Identity((lam + sigma**2 + mu**2 - r).xreplace(BY_RATES) * (1 - r), BY_RATES[mu] ** 2)
                    for r in (r_fast, r_slow)
                )
            ),
            domain=COUPLED,
            because="r solves (lam + sigma^2 + mu^2 - r)(1 - r) = mu^2; sum and product of the two give lam and mu",
        ),
        Step(
            name="weight",
            states=weight(),
            relation=Solves(
                solution=weight(),
                var=tau,
                unknown=y,
                rate=-eta * gradient_w.xreplace(BY_RATES).xreplace({w: y, b: bias()}),
                at=sp.S.Zero,
                start=sp.S.Zero,
            ),
            domain=TRAINED,
            because="the deviation from the optimum is a sum of two exponentials; its start fixes their coefficients",
        ),
        Step(
            name="bias",
            states=bias(),
            relation=Solves(
                solution=bias(),
                var=tau,
                unknown=y,
                rate=-eta * gradient_bias.xreplace(BY_RATES).xreplace({w: weight(), b: y}),
                at=sp.S.Zero,
                start=sp.S.Zero,
            ),
            domain=TRAINED,
            because="the deviation from the optimum is a sum of two exponentials; its start fixes their coefficients",
        ),
        Step(
            name="slow weight",
            states=slow_weight,
            relation=Identity((weight() - w_opt) * decay(-r_slow), slow_weight + fast_weight * decay(r_fast - r_slow)),
            domain=TRAINED,
            because="r_fast > r_slow: the slow exponential outlives the other and decides from which side w arrives",
        ),
        Step(
            name="slow bias",
            states=slow_bias,
            relation=Identity((bias() - b_opt) * decay(-r_slow), slow_bias + fast_bias * decay(r_fast - r_slow)),
            domain=TRAINED,
            because="r_fast > r_slow: the slow exponential outlives the other and decides from which side b arrives",
        ),
    ),
)
