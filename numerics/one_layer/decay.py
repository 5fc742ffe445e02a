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
    size = abs(float(found.array))
    return Measured(value=size**2, error=2 * size * found.worst + found.worst**2)


def timescale(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return the time in which the deviation falls by the factor e, as measured between the times 0 and tau.

    Raises:
        ArithmeticError: the weight starts at its optimum, or changes sides.

    """
    pair = [deviation(lam=lam, sigma=sigma, Q=Q, eta=eta, tau=time, seed=seed, law=law) for time in (0.0, tau)]
    first, last = (float(found.array) for found in pair)
    if not (first * last > 0 and abs(last) > pair[1].worst):
        raise ArithmeticError(f"time scale: expected a deviation of one sign, got {first} and {last}")
    folds = np.log(first / last)
    doubt = pair[0].worst / abs(first) + pair[1].worst / abs(last)
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
    ratio = float(one.array / two.array)
    return Measured(value=ratio, error=2 * ratio * float(one.worst / one.array + two.worst / two.array))
