"""How a component of a data matrix turns at the onset of noise, from singular value decompositions alone."""

import numpy as np
from jaxtyping import Float

from numerics.measured import Measured
from numerics.problems import Letters, Scene, extrapolated, letters_of

ROUNDOFF = 1e-8  # of a derivative by extrapolated differences, relative to its size


def turned(seed: int) -> Scene:
    """Measure lambda^2 |z|^2 du/dsigma of the leading left singular vector u of lambda u z^T + sigma E."""
    rng = np.random.default_rng([seed, 11])
    d, n = int(rng.integers(2, 5)), int(rng.integers(2, 6))
    u, z, E = rng.normal(size=(d, 1)), rng.normal(size=(n, 1)), rng.normal(size=(d, n))
    u /= np.linalg.norm(u)
    lam = float(rng.uniform(0.5, 2.0))
    letters: Letters = letters_of(d=d, n_data=n, lam_root=lam) | {"u": u, "z": z, "E": E}
    found = lam**2 * float(np.sum(z**2)) * turn(lam * u @ z.T, E, u)
    return letters, Measured(value=found, error=ROUNDOFF * (1.0 + float(np.abs(found).max())))


def mean_square_turn(lam_i: float, lam_j: float, n_data: int, s: float, seed: int) -> Measured:
    """Measure E sin^2/t as t tends to 0, for the leading of two components and noise entries of variance s t.

    Noise entries are uncorrelated, so the mean square of the derivative is its sum over all entries.
    """
    rng = np.random.default_rng([seed, 12])
    U, V = (np.linalg.qr(rng.normal(size=(m, 2)))[0] for m in (2, n_data))
    X = np.sqrt(n_data) * U @ np.diag([lam_i, lam_j]) @ V.T
    units = np.sqrt(s) * np.eye(X.size).reshape(-1, *X.shape)
    found = sum(float(np.sum(turn(X, E, U[:, :1]) ** 2)) for E in units)
    return Measured(value=found, error=ROUNDOFF * (1.0 + found))


def turn(X: Float[np.ndarray, "d n"], E: Float[np.ndarray, "d n"], u: Float[np.ndarray, "d 1"]) -> np.ndarray:
    """Return d/dsigma at 0 of the leading left singular vector of X + sigma E, which is u at 0."""

    def leading(sigma: float) -> np.ndarray:
        found = np.linalg.svd(X + sigma * E)[0][:, :1]
        return found * np.sign(found.T @ u)

    return extrapolated(leading)
