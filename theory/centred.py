"""One linear layer on centred data, in matrices of any size: the flow from the loss, and the errors along it.

Source: spectral-bias paper, section 4.2 and appendix D.1; for one mode see `theory.one_layer`.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import domain_of
from theory.matrices import Eigenvector, Expect, Grad, Independent, MatrixExp, Moments, norm2
from theory.regression import PSD, M, Sigma, W, W_opt, b, d, lam, least_loss, loss, sigma, u, unit, x0, z
from theory.relation import MatrixIdentity, MatrixSolves
from theory.symbols import symbols

eta, tau, c_skip, c_out = symbols("eta tau c_skip c_out")
zero = sp.ZeroMatrix(d, 1)
DATA = (PSD, Moments(x0, zero, Sigma), Moments(z, zero, unit), Independent(x0, z))
MODE = (PSD, Eigenvector(u, Sigma, lam))
NOISE, TRAINED = domain_of((sigma,)), domain_of((sigma, eta, tau))
TRAINED_MODE = domain_of((sigma, lam, eta, tau))
AT_START = ((tau, sp.S.Zero),)

W0, W_tau, W_prime = (sp.MatrixSymbol(name, d, d) for name in ("W0", "W_tau", "W_prime"))
b0, b_tau, v = (sp.MatrixSymbol(name, d, 1) for name in ("b0", "b_tau", "v"))
gradient_W, gradient_b = -2 * Sigma + 2 * W * M, 2 * b
x = x0 + sigma * z


def decay(rate: sp.Expr, speed: sp.Expr = sp.S.One) -> sp.Expr:
    """Return exp(-2 eta speed tau rate) for a number, and the matrix exponential for a matrix."""
    if getattr(rate, "is_Matrix", False):
        return MatrixExp(-2 * eta * speed * tau * rate)
    return sp.exp(-2 * eta * speed * tau * rate)


def weights(speed: sp.Expr = sp.S.One) -> sp.MatrixExpr:
    """Return W(tau) from W0; eq. (7), the sum over eigenvectors written as a matrix exponential."""
    return W_opt + (W0 - W_opt) * decay(M, speed)


def projection(start: sp.MatrixExpr = W0, speed: sp.Expr = sp.S.One) -> sp.MatrixExpr:
    """Return W(tau) u from start u for an eigenvector u; app. D.1."""
    return W_opt * u + decay(lam + sigma**2, speed) * (start - W_opt) * u


def bias(speed: sp.Expr = sp.S.One) -> sp.MatrixExpr:
    """Return b(tau) from b0; eq. (7)."""
    return decay(sp.S.One, speed) * b0


def error() -> sp.Expr:
    """Return E|D - D*|^2 over noisy data after training time tau; app. D.1."""
    lost = W0 - W_opt
    return sp.Trace(lost * M * MatrixExp(-4 * eta * tau * M) * lost.T) + sp.exp(-4 * eta * tau) * norm2(b0)


def wrapped(scalar: sp.Expr) -> sp.Expr:
    """Return `scalar`, a function of (W, b), as one of (W', b') with W = c_skip I + c_out W', b = c_out b'."""
    return scalar.xreplace({W: c_skip * unit + c_out * W_prime, b: c_out * b})


def flow(solution: sp.MatrixExpr, start: sp.MatrixExpr, unknown: sp.MatrixSymbol, rate: sp.MatrixExpr) -> MatrixSolves:
    """Return that `solution` solves d unknown/d tau = rate from `start` at tau = 0."""
    return MatrixSolves(
        solution=solution, var=tau, unknown=unknown, rate=rate, at=AT_START, start=start, given=(*DATA, MODE[1])
    )


mode_gradient = 2 * (lam + sigma**2) * v - 2 * lam * u
deviation, deviation_b = weights() - W_opt, bias()

DERIVATION = Derivation(
    name="centred",
    steps=(
        Step(
            name="gradient in W",
            states=gradient_W,
            relation=MatrixIdentity(Grad(loss, W), gradient_W, DATA),
            domain=NOISE,
            because="with mean zero the bias leaves the gradient in W",
        ),
        Step(
            name="gradient in b",
            states=gradient_b,
            relation=MatrixIdentity(Grad(loss, b), gradient_b, DATA),
            domain=NOISE,
            because="with mean zero the weights leave the gradient in b",
        ),
        Step(
            name="bias",
            states=bias(),
            relation=flow(bias(), b0, b_tau, -eta * Grad(loss, b, b_tau)),
            domain=TRAINED,
            because="db/dtau = -2 eta b",
        ),
        Step(
            name="weights",
            states=weights(),
            relation=flow(weights(), W0, W_tau, -eta * Grad(loss, W, W_tau)),
            domain=TRAINED,
            because="dW/dtau = -2 eta (W - W*) M is linear with the constant matrix M on the right",
        ),
        Step(
            name="projection",
            states=projection(),
            relation=flow(projection(), W0 * u, v, -eta * mode_gradient),
            domain=TRAINED_MODE,
            because="on an eigenvector of Sigma the exponential of M is a number",
        ),
        Step(
            name="denoiser error",
            states=error(),
            relation=MatrixIdentity(Expect(norm2(deviation * x + deviation_b)), error(), DATA),
            domain=TRAINED,
            because="the noisy data have mean zero and covariance M, and M commutes with its exponential",
        ),
        Step(
            name="loss",
            states=least_loss + error(),
            relation=MatrixIdentity(Expect(norm2(weights() * x + bias() - x0)), least_loss + error(), DATA),
            domain=TRAINED,
            because="the residual of the best affine denoiser is uncorrelated with affine functions of the noisy data",
        ),
        Step(
            name="chain rule",
            states=c_out * Grad(loss, W, c_skip * unit + c_out * W_prime),
            relation=MatrixIdentity(
                Grad(wrapped(loss), W_prime), c_out * Grad(loss, W, c_skip * unit + c_out * W_prime), DATA
            ),
            domain=domain_of((sigma, c_skip, c_out)),
            because="W depends on W' through the factor c_out",
        ),
        Step(
            name="preconditioned weights",
            states=weights(c_out**2),
            relation=flow(weights(c_out**2), W0, W_tau, -eta * c_out**2 * Grad(loss, W, W_tau)),
            domain=domain_of((sigma, eta, tau, c_out)),
            because="c_out enters once by the gradient in W' and once by W = c_skip I + c_out W'",
        ),
    ),
)
