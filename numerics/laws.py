"""Non-Gaussian data and noise whose sample moments are exactly those asked for."""

import numpy as np
from jaxtyping import Float

COLUMNS = {
    "signs": lambda rng, n: rng.choice([-1.0, 1.0], size=n),
    "laplace": lambda rng, n: rng.laplace(size=n),
    "uniform": lambda rng, n: rng.uniform(size=n),
    "mixture": lambda rng, n: np.where(rng.uniform(size=n) < 0.2, 3.0, -1.0) + 0.3 * rng.normal(size=n),
}
"""Laws of one raw component, by name; "samples" uses them in turn."""


def samples(
    Sigma: Float[np.ndarray, "d d"], mu: Float[np.ndarray, " d"], *, law: str, seed: int
) -> tuple[Float[np.ndarray, "n d"], Float[np.ndarray, "n d"]]:
    """Return data x0 and noise z, n of each, equally likely: mean mu, covariance Sigma; z white, x0 and z uncorrelated.

    Args:
        Sigma: covariance, symmetric, positive semi-definite.
        mu: mean.
        law: a name in `COLUMNS`, or "samples" for all of them in turn.
        seed: of the random numbers.
    """
    d = len(mu)
    white = _whiten(_raw(law, 24 * d, 2 * d, seed))
    return mu + white[:, :d] @ _root(Sigma), white[:, d:]


def _raw(law: str, n: int, columns: int, seed: int) -> Float[np.ndarray, "n columns"]:
    """Return independent components of the named law."""
    if law != "samples" and law not in COLUMNS:
        raise ValueError(f"law: expected 'moments', 'samples' or one of {sorted(COLUMNS)}, got {law!r}")
    rng = np.random.default_rng(seed)
    names = [law] if law in COLUMNS else list(COLUMNS)
    return np.stack([COLUMNS[names[c % len(names)]](rng, n) for c in range(columns)], axis=1)


def _whiten(raw: Float[np.ndarray, "n c"]) -> Float[np.ndarray, "n c"]:
    """Return a linear image of the rows with sample mean 0 and sample covariance 1."""
    for _ in range(2):  # the second pass removes the rounding of the first
        raw = raw - raw.mean(0)
        raw = np.linalg.qr(raw)[0] * np.sqrt(len(raw))
    return raw


def _root(Sigma: Float[np.ndarray, "d d"]) -> Float[np.ndarray, "d d"]:
    """Return the symmetric square root."""
    lams, U = np.linalg.eigh(Sigma)
    return (U * np.sqrt(np.clip(lams, 0, None))) @ U.T
