"""The true denoiser E[x0 | x0 + sigma z] of data with a few possible values, and the loss of an affine one next to it.

A scene returns the arrays of all letters by name, and a measured matrix, as in `numerics.scenes`.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from scipy.special import softmax

from numerics.autograd import pack, value
from numerics.loss import denoising_loss
from numerics.measured import Measured
from numerics.objective import edm_x
from numerics.problems import ROUNDOFF, Letters, Scene

ATOMS = 4
NODES = (60, 90)  # of the quadrature over one component of the noise


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Values of x0 and x = x0 + sigma z, with the probability of each pair."""

    x0: Float[np.ndarray, "n d"]
    x: Float[np.ndarray, "n d"]
    share: Float[np.ndarray, " n"]

    def mean(self, values: np.ndarray) -> np.ndarray:
        """Return the expectation of values along the first axis."""
        return np.tensordot(self.share, values, axes=1)


def loss_of_denoiser(seed: int) -> Scene:
    """Measure E|D - x0|^2 for an affine D; h = D - g has mean m_h and covariance H, e = x0 - g the covariance E."""
    rng = np.random.default_rng(seed)
    atoms, share = rng.normal(size=(ATOMS, 2)), rng.dirichlet(np.full(ATOMS, 3.0))
    W, b, sigma = rng.normal(size=(2, 2)), rng.normal(size=2), float(rng.uniform(0.4, 1.0))
    coarse, fine = (_letters(_pairs(atoms, share, sigma, nodes), atoms, share, sigma, W, b) for nodes in NODES)
    mu = share @ atoms
    Sigma = (atoms - mu).T @ (share[:, None] * (atoms - mu))
    found = value(denoising_loss(Sigma, mu, edm_x(sigma), law="moments"), pack(W, b))
    doubt = sum(np.abs(coarse[name] - fine[name]).sum() * (1 + np.abs(fine[name]).max()) for name in coarse)
    return fine | {"d": np.asarray(2.0)}, Measured(value=found, error=2 * doubt + 100 * ROUNDOFF * (1 + found))


def true_denoiser(
    x: Float[np.ndarray, "n d"], atoms: Float[np.ndarray, "k d"], share: Float[np.ndarray, " k"], sigma: float
) -> Float[np.ndarray, "n d"]:
    """Return E[x0 | x], the mean of the possible values weighted by their posterior probabilities."""
    distance = np.square(x[:, None, :] - atoms).sum(-1)
    return softmax(np.log(share) - distance / (2 * sigma**2), axis=1) @ atoms


def cubic_loss(*, lam: float, sigma: float, w: float, y: float) -> float:
    """Return E(w x + y x^3 - x0)^2 for x = x0 + sigma z, x0 = +-sqrt(lam) equally likely, by quadrature."""
    atoms = np.sqrt(lam) * np.array([[-1.0], [1.0]])
    pairs = _pairs(atoms, np.array([0.5, 0.5]), sigma, NODES[0])
    return float(pairs.mean(np.square(w * pairs.x + y * pairs.x**3 - pairs.x0))[0])


def _pairs(atoms: np.ndarray, share: np.ndarray, sigma: float, nodes: int) -> Pairs:
    """Return the pairs of a Gauss-Hermite rule in each component of the noise."""
    points, weights = np.polynomial.hermite_e.hermegauss(nodes)
    d = atoms.shape[1]
    z = np.stack(np.meshgrid(*[points] * d, indexing="ij"), axis=-1).reshape(-1, d)
    chance = np.prod(np.stack(np.meshgrid(*[weights / weights.sum()] * d, indexing="ij"), axis=-1), axis=-1).ravel()
    x0 = np.repeat(atoms, len(z), axis=0)
    return Pairs(x0=x0, x=x0 + sigma * np.tile(z, (len(atoms), 1)), share=np.outer(share, chance).ravel())


def _letters(pairs: Pairs, atoms: np.ndarray, share: np.ndarray, sigma: float, W: np.ndarray, b: np.ndarray) -> Letters:
    g = true_denoiser(pairs.x, atoms, share, sigma)
    h, e = pairs.x @ W.T + b - g, pairs.x0 - g
    m_h = pairs.mean(h)
    H, E = (pairs.mean(v[:, :, None] * v[:, None, :]) for v in (h - m_h, e))
    return {"m_h": m_h[:, None], "H": H, "E": E}
