"""Denoisers learned from a finite set of samples, from their losses; singular vectors of noisy data matrices."""

import numpy as np

from numerics.lazy import Tensor, torch
from numerics.measured import Measured
from numerics.one_layer import log_variance
from numerics.problems import Scene, letters_of, minimiser_of, rounding

SAMPLES, DRAWS, RANK = 6, 3, 2


def averaged(seed: int) -> Scene:
    """Measure the W of least mean loss over all samples and all values of a discrete noise of unit covariance."""
    rng = np.random.default_rng([seed, 9])
    d, sigma = int(rng.integers(2, 5)), float(rng.uniform(0.3, 1.5))
    samples = rng.normal(size=(SAMPLES, d)) + rng.normal(size=d)
    noise = np.sqrt(d) * np.vstack([np.eye(d), -np.eye(d)])
    clean = torch.tensor(np.repeat(samples, len(noise), axis=0))
    noisy = clean + sigma * torch.tensor(np.tile(noise, (SAMPLES, 1)))

    def loss(W: Tensor) -> Tensor:
        return (noisy @ W.T - clean).square().sum(-1).mean()

    letters = letters_of(d=d, sigma=sigma, A=samples.T @ samples / SAMPLES)
    found = minimiser_of(loss, np.zeros((d, d)))
    return letters, Measured(value=found, error=100 * rounding(found))


def replicas(seed: int) -> Scene:
    """Measure the projection on the leading components of data seen with several noise draws each.

    P_n is that of as many samples as there are draws in all, with the same components, under the same noise turned;
    P_0 the one under noise that is not turned.
    """
    rng = np.random.default_rng([seed, 10])
    d, n = int(rng.integers(3, 6)), int(rng.integers(3, 6))
    U, V = (np.linalg.qr(rng.normal(size=(side, RANK))).Q for side in (d, n))
    other = np.linalg.qr(rng.normal(size=(n * DRAWS, RANK))).Q
    lams, noise = np.array([2.0, 1.0]), rng.normal(size=(d, n * DRAWS))
    repeated = np.kron(np.ones((DRAWS, 1)), V) / np.sqrt(DRAWS)
    turn = _carrying(repeated, other)
    scale = np.sqrt(n * DRAWS)
    found = _projection(scale * (U * lams) @ repeated.T + noise)
    turned, plain = (_projection(scale * (U * lams) @ other.T + E) for E in (noise @ turn, noise))
    return letters_of(d=d, P_n=turned, P_0=plain), Measured(value=found, error=100 * rounding(found))


def log_generated(*, x_hat: float, a: float, sigma0: float, sigmaT: float, seed: int = 0) -> Measured:
    """Return ln of the variance generated along an eigenvalue x of the covariance after the training time a, from 0."""
    return log_variance(lam=x_hat, Q=0.0, eta=0.5, tau=a, sigma0=sigma0, sigmaT=sigmaT, seed=seed)


def _projection(X: np.ndarray) -> np.ndarray:
    U = np.linalg.svd(X, full_matrices=False).U[:, :RANK]
    return U @ U.T


def _carrying(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return an orthogonal Q with first^T Q = second^T."""
    bases = [np.linalg.qr(np.hstack([frame, np.eye(len(frame))])) for frame in (first, second)]
    Q1, Q2 = (np.hstack([frame, basis.Q[:, RANK:]]) for frame, basis in zip((first, second), bases, strict=True))
    return Q1 @ Q2.T
