"""What gradient descent makes of one mode in n steps, next to what the flow makes of it in the same time."""

from numerics.gradient_flow import gradient_descent
from numerics.measured import Measured
from numerics.one_layer.weight import gd_weight, planted_loss, weight


def gd_bias(
    *, b0: float, eta: float, n: int, lam: float = 1.0, sigma: float = 0.5, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return u·b after n steps of gradient descent, from b0."""
    problem, loss = planted_loss(lam=lam, sigma=sigma, Q=0.3, b0=b0, seed=seed, law=law)
    Theta = gradient_descent(loss, problem.Theta0, eta=eta, steps=int(n))
    return Theta.map(lambda Theta: problem.u @ Theta[:, -1])


def lag(*, lam: float, sigma: float, Q: float, eta: float, n: int, seed: int = 0, law: str = "moments") -> Measured:
    """Return u·W u after gradient flow for the time n minus that after n steps of gradient descent, from Q."""
    flow = weight(lam=lam, sigma=sigma, Q=Q, eta=eta, tau=float(n), seed=seed, law=law)
    descent = gd_weight(lam=lam, sigma=sigma, Q=Q, eta=eta, n=n, seed=seed, law=law)
    return Measured(value=flow.value - descent.value, error=flow.error + descent.error)
