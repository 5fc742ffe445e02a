"""How fast the weight of a mode approaches the value that minimises its loss."""

import numpy as np

from numerics.affine_flow import probe
from numerics.measured import Measured
from numerics.one_layer.weight import along, flow, planted_loss


def deviation(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return u·W u minus its value at the minimum of the loss, after gradient flow for the time tau from Q."""
    problem, loss = planted_loss(lam=lam, sigma=sigma, Q=Q, seed=seed, law=law)
    best = probe(loss, problem.Theta0.shape).minimiser()
    now = flow(loss, problem.Theta0, eta, tau)
    value = along(problem.u, now.array) - along(problem.u, best.array)
    return Measured(value=value, error=now.worst + best.worst)


def squared_deviation(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return the square of `deviation`."""
    found = deviation(lam=lam, sigma=sigma, Q=Q, eta=eta, tau=tau, seed=seed, law=law)
    return Measured(value=found.value**2, error=2 * abs(found.value) * found.error + found.error**2)


def timescale(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return the time in which the deviation falls by the factor e, as measured between the times 0 and tau.

    Raises:
        ArithmeticError: the weight starts at its optimum, or changes sides.

    """
    first, last = (deviation(lam=lam, sigma=sigma, Q=Q, eta=eta, tau=time, seed=seed, law=law) for time in (0.0, tau))
    if not (first.value * last.value > 0 and abs(last.value) > last.worst):
        raise ArithmeticError(f"time scale: expected a deviation of one sign, got {first.value} and {last.value}")
    folds = np.log(first.value / last.value)
    doubt = first.error / abs(first.value) + last.error / abs(last.value)
    return Measured(value=tau / folds, error=2 * tau * doubt / folds**2)


def timescale_ratio(
    *,
    lam1: float,
    lam2: float,
    sigma1: float,
    sigma2: float,
    Q: float,
    eta: float,
    tau: float,
    seed: int = 0,
    law: str = "moments",
) -> Measured:
    """Return the time scale of the mode (lam1, sigma1) over that of the mode (lam2, sigma2)."""
    one = timescale(lam=lam1, sigma=sigma1, Q=Q, eta=eta, tau=tau, seed=seed, law=law)
    two = timescale(lam=lam2, sigma=sigma2, Q=Q, eta=eta, tau=tau, seed=seed + 1, law=law)
    ratio = one.value / two.value
    return Measured(value=ratio, error=2 * ratio * (one.error / one.value + two.error / two.value))
