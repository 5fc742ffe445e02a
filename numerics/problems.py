"""Random denoising problems, nothing diagonal or centred; a measurement on one of them is a scene.

A scene is the arrays of all letters by name, scalars among them, and a measured matrix. Vectors are columns; the
random letters x0 and z have their equally likely values along a first axis.
"""

from collections.abc import Callable

import numpy as np

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import Loss, pack
from numerics.laws import samples
from numerics.loss import DenoisingLoss, denoising_loss
from numerics.measured import Measured, from_two
from numerics.objective import Objective, edm_x

Letters = dict[str, np.ndarray]
Scene = tuple[Letters, Measured]
Read = Callable[[Loss, np.ndarray], np.ndarray]
"""Reads something off a loss at Theta = [W b]."""

ROUNDOFF = 1e-13
ETA = 0.3


def problem(seed: int) -> Letters:
    """Return a denoiser W, b in 2 to 4 dimensions, data of mean mu and covariance Sigma, and one x.

    Sigma is singular for every third seed; u is its eigenvector with the largest eigenvalue, lam.
    """
    rng = np.random.default_rng(seed)
    d = int(rng.integers(2, 5))
    root = rng.normal(size=(d, d - (seed % 3 == 2)))
    W, b, mu, Sigma = rng.normal(size=(d, d)), rng.normal(size=(d, 1)), rng.normal(size=(d, 1)), root @ root.T / d
    scalars = letters_of(d=d, sigma=rng.uniform(0.3, 1.5), eta=ETA, tau=rng.uniform(0.1, 0.8))
    lams, U = np.linalg.eigh(Sigma)
    x0, z = samples(Sigma, mu[:, 0], law="samples", seed=seed)
    vectors = {"u": U[:, -1:], "x": rng.normal(size=(d, 1)), "x0": x0[:, :, None], "z": z[:, :, None]}
    return scalars | {"W": W, "b": b, "mu": mu, "Sigma": Sigma, "lam": np.asarray(lams[-1])} | vectors


def letters_of(**values: float | np.ndarray) -> Letters:
    """Return the values as arrays."""
    return {name: np.asarray(value, dtype=np.float64) for name, value in values.items()}


def Theta_of(letters: Letters) -> np.ndarray:
    """Return Theta = [W b]."""
    return pack(letters["W"], letters["b"][:, 0])


def loss_of(letters: Letters, law: str, kind: Objective | None = None, *, seed: int = 0) -> DenoisingLoss:
    """Return the loss of the problem, that of (2) unless `kind` is another; `law` as in `denoising_loss`."""
    kind = kind or edm_x(float(letters["sigma"]))
    return denoising_loss(letters["Sigma"], letters["mu"][:, 0], kind, law=law, seed=seed)


def measured(letters: Letters, read: Read, kind: Objective | None = None) -> Scene:
    """Measure on the exact expectation and on samples of a law that is not Gaussian."""
    Theta = Theta_of(letters)
    return letters, twice(lambda law: read(loss_of(letters, law, kind), Theta))


def twice(read: Callable[[str], np.ndarray]) -> Measured:
    """Return what is read on the exact expectation; the gap to the reading on samples is part of the error."""
    exact, sampled = np.asarray(read("moments")), np.asarray(read("samples"))
    slack = rounding(exact)
    return from_two(Measured(value=sampled, error=slack), Measured(value=exact, error=slack), safety=2.0)


def rounding(found: np.ndarray) -> float:
    """Return an allowance for the rounding of sums of a few hundred terms."""
    return ROUNDOFF * (1.0 + float(np.max(np.abs(found))))


def minimiser_of(loss: Loss, Theta: np.ndarray) -> np.ndarray:
    """Return the parameters, of the shape of Theta, at which the gradient of the loss vanishes."""
    return probe(loss, Theta.shape).minimiser().array


def slope(loss: Loss, Theta: np.ndarray) -> np.ndarray:
    """Return dTheta/dtau of the gradient flow at tau = 0."""
    return derivative(lambda theta: theta, loss, Theta)


def derivative(read: Callable[[np.ndarray], np.ndarray], loss: Loss, Theta: np.ndarray) -> np.ndarray:
    """Return the time derivative of read(Theta) at tau = 0, by extrapolated differences along the flow itself."""
    G = probe(loss, Theta.shape)
    return extrapolated(lambda tau: read(affine_flow(G, Theta, eta=ETA, tau=tau).array))


def extrapolated(read: Callable[[float], np.ndarray], h: float = 1e-3) -> np.ndarray:
    """Return the derivative at 0, from central differences of the widths h, 2h, 4h; the error is of order h^6."""
    wide, middle, narrow = ((np.asarray(read(k * h)) - read(-k * h)) / (2 * k * h) for k in (4, 2, 1))
    return (64 * narrow - 20 * middle + wide) / 45
