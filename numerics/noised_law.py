"""A law with noise added, from its definition: density by quadrature, score by autograd, flow by an ODE solver."""

from collections.abc import Callable
from functools import partial

import numpy as np
from scipy.integrate import solve_ivp

from numerics.affine_flow import probe
from numerics.denoisers import edm_losses
from numerics.lazy import Tensor, torch
from numerics.measured import Measured, from_two
from numerics.planted import plant
from numerics.probability_flow import Generated, generate
from numerics.problems import ROUNDOFF, Scene, letters_of

Law = tuple[Tensor, Tensor]
"""Values of the data, one in each row, and their probabilities."""


def log_density(law: Law, x: Tensor, sigma: Tensor) -> Tensor:
    """Return ln of the sum over y of p0(y) N(x | y, sigma^2 I)."""
    values, weights = law
    square = ((x - values) / sigma).square().sum(-1)
    return torch.logsumexp(torch.log(weights) - square / 2, 0) - len(x) * torch.log(sigma * np.sqrt(2 * np.pi))


def density_rate(*, x: float, y1: float, y2: float, share: float, sigma: float, seed: int = 0) -> Measured:
    """Return dp/dsigma at x for data that is y1 with probability share, else y2."""
    del seed
    level = torch.tensor(sigma, dtype=torch.float64, requires_grad=True)
    (rate,) = torch.autograd.grad(log_density(_two(y1, y2, share), _row(x), level).exp(), level)
    return Measured(value=float(rate), error=ROUNDOFF * (1 + abs(float(rate))))


def two_point_score(*, x: float, y1: float, y2: float, share: float, sigma: float, seed: int = 0) -> Measured:
    """Return d ln p/dx at x for data that is y1 with probability share, else y2."""
    del seed
    found = float(_score(_two(y1, y2, share), np.array([x]), sigma)[0])
    return Measured(value=found, error=ROUNDOFF * (1 + abs(found)))


def gaussian_density(*, x: float, mu: float, lam: float, sigma: float, seed: int = 0) -> Measured:
    """Return p(x; sigma) for data N(mu, lam)."""
    del seed
    at = [
        float(log_density(_bell(mu, lam, n), _row(x), torch.tensor(sigma, dtype=torch.float64)).exp())
        for n in (601, 1201)
    ]
    return from_two(Measured(value=at[0], error=0.0), Measured(value=at[1], error=ROUNDOFF), safety=2.0)


def transported(*, x_T: float, mu: float, lam: float, sigma: float, sigmaT: float, seed: int = 0) -> Measured:
    """Return where dx/dsigma = -sigma score carries x_T from sigmaT to sigma, for data N(mu, lam)."""
    del seed
    law = _bell(mu, lam, 601)
    coarse, fine = (_carried(law, x_T, sigmaT, sigma, rtol) for rtol in (1e-9, 1e-11))
    return from_two(Measured(value=coarse, error=0.0), Measured(value=fine, error=1e-10 * (1 + abs(fine))), safety=2.0)


def carried_variance(*, lam: float, sigma0: float, sigmaT: float, mu: float = 0.4, seed: int = 0) -> Measured:
    """Return the variance at sigma0 of N(mu, lam + sigmaT^2), carried by the flow of data N(mu, lam)."""
    del seed
    spread = float(np.sqrt(lam + sigmaT**2))
    up, down = (transported(x_T=mu + s, mu=mu, lam=lam, sigma=sigma0, sigmaT=sigmaT) for s in (spread, -spread))
    half = (up.array - down.array) / 2
    return Measured(value=half**2, error=2 * abs(half) * (up.worst + down.worst))


def posterior_mean(seed: int) -> Scene:
    """Measure E[x0 | x] for Gaussian data of mean mu and covariance Sigma in two dimensions, by quadrature."""

    def read(law: Law, x: np.ndarray, sigma: float) -> np.ndarray:
        values, weights = (part.numpy() for part in law)
        chance = weights * np.exp(-np.square((x - values) / sigma).sum(-1) / 2)
        return (chance @ values / chance.sum())[:, None]

    return _in_the_plane(seed, read)


def gaussian_score(seed: int) -> Scene:
    """Measure the gradient of ln p(x; sigma) for Gaussian data in two dimensions, by quadrature and autograd."""
    return _in_the_plane(seed, lambda law, x, sigma: _score(law, x, sigma)[:, None])


def converged_variance(*, lam: float, sigma0: float, sigmaT: float, seed: int = 0) -> Measured:
    """Return the variance generated along a mode by the denoisers that minimise the loss, from N(0, sigmaT^2 I)."""
    return _converged(lam, 0.0, sigma0, sigmaT, seed).variance.at(0)


def converged_mean(*, lam: float, mu: float, sigma0: float, sigmaT: float, seed: int = 0) -> Measured:
    """Return the mean generated along a mode by the denoisers that minimise the loss, from N(0, sigmaT^2 I)."""
    return _converged(lam, mu, sigma0, sigmaT, seed).mean.at(0)


def _converged(lam: float, mu: float, sigma0: float, sigmaT: float, seed: int) -> Generated:
    planted = plant(lam=lam, Q=0.0, mu=mu, seed=seed)
    losses, shape = edm_losses(planted.Sigma, planted.mu), planted.Theta0.shape

    def denoisers(sigma: np.ndarray) -> Measured:
        return probe(losses(sigma), (len(sigma), *shape)).minimiser()

    return generate(denoisers, sigma0=sigma0, sigmaT=sigmaT, directions=planted.u[:, None])


def _in_the_plane(seed: int, read: Callable[[Law, np.ndarray, float], np.ndarray]) -> Scene:
    """Measure with a grid of the standard normal law in the plane, and with one twice as fine."""
    rng = np.random.default_rng([seed, 4])
    root, mu, x, sigma = rng.normal(size=(2, 2)), rng.normal(size=2), rng.normal(size=2), float(rng.uniform(0.7, 1.5))
    letters = letters_of(d=2, Sigma=root @ root.T, mu=mu[:, None], x=x[:, None], sigma=sigma)
    coarse, fine = (read(_normal_plane(mu, root, n), x, sigma) for n in (91, 181))
    slack = 1e-12 * (1 + np.abs(fine).max())
    return letters, from_two(Measured(value=coarse, error=0.0), Measured(value=fine, error=slack), safety=2.0)


def _normal_plane(mu: np.ndarray, root: np.ndarray, n: int) -> Law:
    """Return N(mu, root root^T) as equidistant points of the standard normal law, carried by root."""
    t = np.linspace(-9, 9, n)
    xi = np.stack(np.meshgrid(t, t), axis=-1).reshape(-1, 2)
    weights = np.exp(-np.square(xi).sum(-1) / 2)
    return torch.tensor(mu + xi @ root.T), torch.tensor(weights / weights.sum())


def _bell(mu: float, lam: float, n: int) -> Law:
    """Return N(mu, lam) as n equidistant points; a sum over them is exact to rounding for what is smooth."""
    t = np.linspace(-9, 9, n)
    weights = np.exp(-np.square(t) / 2)
    return torch.tensor(mu + np.sqrt(lam) * t)[:, None], torch.tensor(weights / weights.sum())


def _two(y1: float, y2: float, share: float) -> Law:
    return torch.tensor([[y1], [y2]], dtype=torch.float64), torch.tensor([share, 1 - share], dtype=torch.float64)


def _row(x: float) -> Tensor:
    return torch.tensor([x], dtype=torch.float64)


def _score(law: Law, x: np.ndarray, sigma: float) -> np.ndarray:
    leaf = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(log_density(law, leaf, torch.tensor(sigma, dtype=torch.float64)), leaf)
    return slope.numpy()


def _carried(law: Law, x_T: float, start: float, end: float, rtol: float) -> float:
    def velocity(law: Law, sigma: float, x: np.ndarray) -> np.ndarray:
        return -sigma * _score(law, x, sigma)

    run = solve_ivp(partial(velocity, law), (start, end), [x_T], method="DOP853", rtol=rtol, atol=1e-12)
    if not run.success:
        raise ArithmeticError(f"probability flow: stopped at sigma={run.t[-1]}: {run.message}")
    return float(run.y[0, -1])
