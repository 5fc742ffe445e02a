"""The derivation of `theory.objectives`: moments, gradients, optimum, and the square of each mode, for any mixture.

Source: spectral-bias paper, appendix C.4, Table 2.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import Domain, domain_of
from theory.matrices import Eigenvector, Grad, Inv, norm2
from theory.objectives import (
    ANY,
    DOMAINS,
    OBJECTIVES,
    Objective,
    Q,
    a_X,
    a_Y,
    eta,
    lam,
    mean,
    mode_loss,
    none,
    of_mode,
    s_X,
    s_Y,
    tau,
    v,
    w,
    y,
)
from theory.regression import DATA, PSD, Sigma, W, b, d, mu, u, unit
from theory.relation import Both, Identity, MatrixIdentity, Solves, Stationary


def mode_square(o: Objective, domain: Domain) -> Step:
    """Return the step that completes the square of a mode's loss, which states its optimum and its minimum."""
    missed = w * o.a * mean + v - o.p * mean
    return Step(
        name=o.name,
        states=sp.Tuple(o.weight, o.bias, o.rate, o.minloss),
        relation=Both(
            (
                Identity(mode_loss(o, w, v), missed**2 + o.rate * (w - o.weight) ** 2 + o.minloss),
                Identity(missed.xreplace({w: o.weight, v: o.bias}), none),
            )
        ),
        domain=domain_of((w, v)).joined(domain),
        because="the loss is a sum over modes, each its minimum plus two squares, which vanish at weight and bias",
    )


gradient_b = 2 * ((a_X * W - a_Y * unit) * mu + b)
gradient_W = 2 * (W * ANY.input_covariance - ANY.cross_covariance) + a_X * gradient_b * mu.T
optimal = sp.Tuple(ANY.optimal_W, ANY.optimal_b)
least_loss = ANY.determinant**2 * sp.Trace(Sigma * Inv(ANY.input_covariance))

DERIVATION = Derivation(
    name="objectives",
    steps=(
        Step(
            name="two moments",
            states=ANY.moment_loss,
            relation=MatrixIdentity(ANY.loss, ANY.moment_loss, DATA),
            domain=ANY.domain,
            because="the square is quadratic in data and noise, which are uncorrelated",
        ),
        Step(
            name="gradient in b",
            states=gradient_b,
            relation=MatrixIdentity(Grad(ANY.loss, b), gradient_b, DATA),
            domain=ANY.domain,
            because="the loss is quadratic in X and Y, so it needs only their first two moments",
        ),
        Step(
            name="gradient in W",
            states=gradient_W,
            relation=MatrixIdentity(Grad(ANY.loss, W), gradient_W, DATA),
            domain=ANY.domain,
            because="Cov(X, X) = a^2 Sigma + s^2 I and Cov(Y, X) = a p Sigma + s q I: data and noise do not correlate",
        ),
        Step(
            name="optimum",
            states=ANY.optimal_W,
            relation=Stationary(scalar=ANY.loss, letters=(W, b), at=optimal, given=DATA),
            domain=ANY.domain,
            because="both gradients vanish; p I - a W is s (p s - a q) times the inverse of the input's covariance",
        ),
        Step(
            name="completed square",
            states=least_loss,
            relation=MatrixIdentity(
                ANY.loss,
                norm2(gradient_b / 2)
                + sp.Trace((W - ANY.optimal_W) * ANY.input_covariance * (W - ANY.optimal_W).T)
                + least_loss,
                DATA,
            ),
            domain=ANY.domain,
            because="the loss is its minimum plus two squares",
        ),
        Step(
            name="one mode",
            states=2 * ANY.rate * W * u - 2 * (a_X * a_Y * lam + s_X * s_Y) * u,
            relation=MatrixIdentity(
                gradient_W.xreplace({mu: sp.ZeroMatrix(d, 1)}).doit() * u,
                2 * ANY.rate * W * u - 2 * (a_X * a_Y * lam + s_X * s_Y) * u,
                (PSD, Eigenvector(u, Sigma, lam)),
            ),
            domain=of_mode(ANY),
            because="centred data, and u an eigenvector of Sigma: the gradient acts on W u alone",
        ),
        mode_square(ANY, of_mode(ANY)),
        *(mode_square(o, DOMAINS[o.name]) for o in OBJECTIVES.values()),
        Step(
            name="training",
            states=ANY.trained(),
            relation=Solves(solution=ANY.trained(), var=tau, unknown=y, rate=ANY.flow_rate, at=sp.S.Zero, start=Q),
            domain=domain_of((Q, eta, tau)).joined(of_mode(ANY)),
            because="for data of mean 0 the gradient acts on one weight at a time, with the input's variance as rate",
        ),
    ),
)
