"""Linear regression of y on x sees two moments of their joint law: gradient, optimum, flow, and the rate of the flow.

Source: spectral-bias paper, section 4.1, appendix C.1.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import Domain, domain_of
from theory.matrices import (
    Covariance,
    Expect,
    Flow,
    Grad,
    Inv,
    MatrixExp,
    Moments,
    PositiveDefinite,
    Rate,
    Rule,
    norm2,
)
from theory.relation import MatrixIdentity, Stationary
from theory.symbols import symbols

d, e, tau, eta = symbols("d e tau eta")
x, mu_x = (sp.MatrixSymbol(name, d, 1) for name in ("x", "mu_x"))
y, mu_y, b = (sp.MatrixSymbol(name, e, 1) for name in ("y", "mu_y", "b"))
W, W0, Sigma_yx = (sp.MatrixSymbol(name, e, d) for name in ("W", "W_0", "Sigma_yx"))
Sigma_xx, Sigma_yy = sp.MatrixSymbol("Sigma_xx", d, d), sp.MatrixSymbol("Sigma_yy", e, e)

LAW = (Moments(x, mu_x, Sigma_xx), Moments(y, mu_y, Sigma_yy), Covariance(y, x, Sigma_yx))
REGULAR = PositiveDefinite(Sigma_xx)
CENTRED = Rule(mu_x, sp.ZeroMatrix(d, 1))
ANYWHERE = Domain(())
TRAINED = domain_of((eta, tau))

loss = Expect(norm2(W * x + b - y))
gradient_b = 2 * (W * mu_x + b - mu_y)
gradient_W = 2 * (W * Sigma_xx - Sigma_yx) + gradient_b * mu_x.T
moment_loss = (
    norm2(W * mu_x + b - mu_y) + sp.Trace(W * Sigma_xx * W.T) - 2 * sp.Trace(W * Sigma_yx.T) + sp.Trace(Sigma_yy)
)
W_opt = Sigma_yx * Inv(Sigma_xx)
b_opt = mu_y - W_opt * mu_x
least_loss = sp.Trace(Sigma_yy) - sp.Trace(W_opt * Sigma_yx.T)
FLOW = (Flow(W, tau, -eta * Grad(loss, W)), Flow(b, tau, -eta * Grad(loss, b)))
trained_W = W_opt + (W0 - W_opt) * MatrixExp(-2 * eta * tau * Sigma_xx)

DERIVATION = Derivation(
    name="joint regression",
    steps=(
        Step(
            name="two moments",
            states=moment_loss,
            relation=MatrixIdentity(loss, moment_loss, LAW),
            domain=ANYWHERE,
            because="the square is quadratic in (x, y), so its expectation needs only their first two moments",
        ),
        Step(
            name="gradient in W",
            states=gradient_W,
            relation=MatrixIdentity(Grad(loss, W), gradient_W, LAW),
            domain=ANYWHERE,
            because="the gradient is 2 E[(Wx + b - y) x^T], and E[x x^T] = Sigma_xx + mu_x mu_x^T",
        ),
        Step(
            name="gradient in b",
            states=gradient_b,
            relation=MatrixIdentity(Grad(loss, b), gradient_b, LAW),
            domain=ANYWHERE,
            because="the gradient is 2 E[Wx + b - y]",
        ),
        Step(
            name="optimum",
            states=W_opt,
            relation=Stationary(scalar=loss, letters=(W, b), at=sp.Tuple(W_opt, b_opt), given=(*LAW, REGULAR)),
            domain=ANYWHERE,
            because="with the bias at its optimum what is left is W Sigma_xx = Sigma_yx",
        ),
        Step(
            name="completed square",
            states=least_loss,
            relation=MatrixIdentity(
                loss,
                norm2(W * mu_x + b - mu_y) + sp.Trace((W - W_opt) * Sigma_xx * (W - W_opt).T) + least_loss,
                (*LAW, REGULAR),
            ),
            domain=ANYWHERE,
            because="the loss is its minimum plus two squares",
        ),
        Step(
            name="flow of W",
            states=-eta * gradient_W,
            relation=MatrixIdentity(Rate(W, tau), -eta * gradient_W, (*LAW, *FLOW)),
            domain=TRAINED,
            because="gradient flow is minus eta times the gradient",
        ),
        Step(
            name="flow of b",
            states=-eta * gradient_b,
            relation=MatrixIdentity(Rate(b, tau), -eta * gradient_b, (*LAW, *FLOW)),
            domain=TRAINED,
            because="gradient flow is minus eta times the gradient",
        ),
        Step(
            name="relaxation",
            states=trained_W,
            relation=MatrixIdentity(
                Rate(trained_W, tau), -2 * eta * (trained_W * Sigma_xx - Sigma_yx), (*LAW, REGULAR)
            ),
            domain=TRAINED,
            because="for centred inputs the bias does not enter, and the deviation decays as exp(-2 eta tau Sigma_xx)",
        ),
    ),
)
