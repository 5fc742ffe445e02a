"""The variance and the mean that the trained denoisers generate along one mode."""

from numerics.denoisers import LossAt, descended, edm_losses, learning_rates, trained
from numerics.measured import Measured, exponential
from numerics.planted import Planted, plant
from numerics.probability_flow import Generated, generate
from numerics.sensitivity import generated_rate


def log_variance(
    *,
    lam: float,
    Q: float,
    eta: float,
    tau: float,
    sigma0: float,
    sigmaT: float,
    seed: int = 0,
    law: str = "moments",
) -> Measured:
    """Return ln of the variance generated along u at sigma0, from sigmaT² at sigmaT, after training for tau from Q."""
    problem = plant(lam=lam, Q=Q, scale=lam or sigma0**2, seed=seed)
    denoisers = trained(_losses(problem, law, seed), problem.Theta0, eta=eta, tau=tau)
    return _mode(problem, generate(denoisers, sigma0=sigma0, sigmaT=sigmaT, directions=problem.U))


def variance(
    *,
    lam: float,
    Q: float,
    eta: float,
    tau: float,
    sigma0: float,
    sigmaT: float,
    seed: int = 0,
    law: str = "moments",
) -> Measured:
    """Return the generated variance along u; arguments as for `log_variance`."""
    return exponential(log_variance(lam=lam, Q=Q, eta=eta, tau=tau, sigma0=sigma0, sigmaT=sigmaT, seed=seed, law=law))


def log_variance_rate(
    *,
    lam: float,
    Q: float,
    eta: float,
    tau: float,
    sigma0: float,
    sigmaT: float,
    seed: int = 0,
    law: str = "moments",
) -> Measured:
    """Return d/dtau of ln of the generated variance, from the sensitivity of the probability flow."""
    problem = plant(lam=lam, Q=Q, scale=lam or sigma0**2, seed=seed)
    losses, start = _losses(problem, law, seed), problem.Theta0
    return generated_rate(
        trained(losses, start, eta=eta, tau=tau),
        learning_rates(losses, start, eta=eta, tau=tau),
        sigma0=sigma0,
        sigmaT=sigmaT,
        directions=problem.U,
    ).at(problem.mode)


def variance_rate(
    *,
    lam: float,
    Q: float,
    eta: float,
    tau: float,
    sigma0: float,
    sigmaT: float,
    seed: int = 0,
    law: str = "moments",
) -> Measured:
    """Return d/dtau of the generated variance along u."""
    point = {"lam": lam, "Q": Q, "eta": eta, "tau": tau, "sigma0": sigma0, "sigmaT": sigmaT}
    level, rate = variance(**point, seed=seed, law=law), log_variance_rate(**point, seed=seed, law=law)
    size, speed = float(level.value), float(rate.value)
    return Measured(value=size * speed, error=abs(speed) * level.worst + size * rate.worst + level.worst * rate.worst)


def gd_variance(
    *, lam: float, Q: float, eta: float, n: int, sigma0: float, sigmaT: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return the variance generated along u after n steps of gradient descent at every noise level."""
    problem = plant(lam=lam, Q=Q, scale=lam or sigma0**2, seed=seed)
    denoisers = descended(_losses(problem, law, seed), problem.Theta0, eta=eta, steps=int(n))
    return exponential(_mode(problem, generate(denoisers, sigma0=sigma0, sigmaT=sigmaT, directions=problem.U)))


def generated_mean(
    *,
    lam: float,
    mu: float,
    Q: float,
    b0: float,
    eta: float,
    tau: float,
    sigma0: float,
    sigmaT: float,
    seed: int = 0,
    law: str = "moments",
) -> Measured:
    """Return the mean generated along u, for data of mean mu along u, trained from weight Q and bias b0."""
    problem = plant(lam=lam, Q=Q, mu=mu, b0=b0, scale=lam or sigma0**2, seed=seed)
    denoisers = trained(_losses(problem, law, seed), problem.Theta0, eta=eta, tau=tau)
    return generate(denoisers, sigma0=sigma0, sigmaT=sigmaT, directions=problem.U).mean.at(problem.mode)


def _losses(problem: Planted, law: str, seed: int) -> LossAt:
    return edm_losses(problem.Sigma, problem.mu, law=law, seed=seed)


def _mode(problem: Planted, generated: Generated) -> Measured:
    """Return ln of the generated variance along the planted mode."""
    return generated.log_variance.at(problem.mode)
