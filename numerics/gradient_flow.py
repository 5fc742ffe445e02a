"""Training in continuous and in discrete time, for any loss that autograd can differentiate."""

import numpy as np
from jaxtyping import Float
from scipy.integrate import solve_ivp

from numerics.autograd import Loss, gradient, hessian
from numerics.measured import Measured, from_two

EPS = float(np.finfo(np.float64).eps)


def gradient_flow(
    loss: Loss, theta0: Float[np.ndarray, "*shape"], *, eta: float, taus: Float[np.ndarray, " t"], rtol: float = 1e-9
) -> Measured:
    """Return theta at each of the ascending `taus` of dtheta/dtau = -eta dloss/dtheta.

    The error is the gap between two runs of a stiff solver (Radau, exact Jacobian), at `rtol` and at a tenth of it.
    """
    if not taus[-1] > 0:
        return Measured(value=np.stack([theta0] * len(taus)), error=0.0)
    coarse, fine = (_integrate(loss, theta0, eta, taus, tolerance) for tolerance in (rtol, rtol / 10))
    scale = np.abs(fine).max(initial=0.0)
    return from_two(Measured(value=coarse, error=0.0), Measured(value=fine, error=rtol / 10 * scale), safety=2.0)


def gradient_descent(loss: Loss, theta0: Float[np.ndarray, "*shape"], *, eta: float, steps: int) -> Measured:
    """Return theta after `steps` of theta <- theta - eta dloss/dtheta; the error bounds the accumulated rounding."""
    theta, rounding = theta0, float(np.abs(theta0).max(initial=0.0))
    for _ in range(steps):
        step = eta * gradient(loss, theta)
        theta = theta - step
        rounding = max(rounding, float(np.abs(theta).max() + np.abs(step).max()))
    return Measured(value=theta, error=8 * EPS * np.sqrt(theta0.size) * (steps + 1) * rounding)


def _integrate(loss: Loss, theta0: np.ndarray, eta: float, taus: np.ndarray, rtol: float) -> np.ndarray:
    def descent(_: float, flat: np.ndarray) -> np.ndarray:
        return -eta * gradient(loss, flat.reshape(theta0.shape)).ravel()

    def curvature(_: float, flat: np.ndarray) -> np.ndarray:
        return -eta * hessian(loss, flat.reshape(theta0.shape))

    span, atol = (0.0, float(taus[-1])), rtol * max(1.0, float(np.abs(theta0).max(initial=0.0)))
    run = solve_ivp(descent, span, theta0.ravel(), method="Radau", t_eval=taus, jac=curvature, rtol=rtol, atol=atol)
    if not run.success:
        raise ArithmeticError(f"gradient flow: stopped at tau={run.t[-1] if run.t.size else 0.0}: {run.message}")
    return np.reshape(run.y.T, (len(taus), *theta0.shape))
