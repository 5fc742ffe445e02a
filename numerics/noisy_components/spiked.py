"""Noisy principal components by simulation: data of low rank, jointly Gaussian noises, leading singular vectors.

Columns are samples. X_0 / sqrt(n) = sum_i lam_i u_i v_i^T for fixed data (v_i orthonormal); for random data the
columns are sum_i lam_i z_i u_i with independent z_i of mean 0 and variance 1.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from scipy.linalg import lapack

CHUNK = 1 << 21  # random numbers drawn at a time
LARGE = 32  # from this size on a matrix is worth a call of its own, for its leading eigenvectors only
Rng = np.random.Generator

LAWS: dict[str, Callable[[Rng, tuple[int, ...]], np.ndarray]] = {
    "gaussian": lambda rng, shape: rng.standard_normal(shape),
    "signs": lambda rng, shape: rng.choice([-1.0, 1.0], size=shape),
    "sparse": lambda rng, shape: rng.choice([-2.0, 0.0, 2.0], p=[0.125, 0.75, 0.125], size=shape),
    "uniform": lambda rng, shape: rng.uniform(-np.sqrt(3.0), np.sqrt(3.0), size=shape),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spiked:
    """Data of dimension d with n samples along len(lams) directions; `law` is "fixed" or a name in `LAWS`.

    Raises:
        ValueError: the rank is not below d and n, a lam is not positive or not below its predecessor.
    """

    d: int
    n: int
    lams: tuple[float, ...] = (1.0,)
    law: str = "fixed"

    def __post_init__(self) -> None:
        if not 0 < len(self.lams) < min(self.d, self.n):
            raise ValueError(f"rank: expected 0 < r < min(d, n) = {min(self.d, self.n)}, got {len(self.lams)}")
        if not (min(self.lams) > 0 and all(np.diff(self.lams) < 0)):
            raise ValueError(f"lams: expected positive and decreasing, got {self.lams}")

    @property
    def rank(self) -> int:
        """The number r of directions."""
        return len(self.lams)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Data:
    """Some data sets X0 with their directions U; for fixed data all sets are equal."""

    X0: Float[np.ndarray, "#trials d n"]
    U: Float[np.ndarray, "d r"]


def covariance(reading: str, levels: Float[np.ndarray, " m"]) -> Float[np.ndarray, "m m"]:
    """Return w_ab, the covariance of one entry of the noises at positions a and b; `levels` are the variances s_a.

    Raises:
        ValueError: the reading is not "fresh", "accumulated" (levels ascending) or "shared".
    """
    s = np.asarray(levels, dtype=float)
    if reading == "accumulated" and (np.diff(s) < 0).any():
        raise ValueError("levels: expected ascending noise for accumulated draws")
    made: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "fresh": np.diag,
        "accumulated": lambda s: np.minimum.outer(s, s),
        "shared": lambda s: np.sqrt(np.multiply.outer(s, s)),
    }
    if reading not in made:
        raise ValueError(f"reading: expected one of {', '.join(made)}; got {reading!r}")
    return made[reading](s)


def factor(w: Float[np.ndarray, "m m"]) -> Float[np.ndarray, "m k"]:
    """Return F with F F^T = w and as many columns as w has rank.

    Raises:
        ValueError: w is not positive semidefinite.
    """
    values, vectors = np.linalg.eigh(w)
    top = float(np.abs(values).max(initial=0.0))
    if (values < -1e-10 * top).any():
        raise ValueError(f"covariance: expected a positive semidefinite matrix, got the eigenvalue {values.min():.3g}")
    kept = values > 1e-12 * top
    return vectors[:, kept] * np.sqrt(values[kept])


def directions(scene: Spiked, seed: int) -> Float[np.ndarray, "d r"]:
    """Return r random orthonormal directions, the same for the same seed."""
    return np.linalg.qr(np.random.default_rng([seed, 1]).standard_normal((scene.d, scene.rank)))[0]


def data_sets(scene: Spiked, U: Float[np.ndarray, "d r"], rng: Rng, trials: int) -> Data:
    """Return `trials` data sets, or the one that all trials share if the data are fixed."""
    if scene.law == "fixed":
        V = np.linalg.qr(rng.standard_normal((scene.n, scene.rank)))[0]
        return Data(X0=np.sqrt(scene.n) * ((U * scene.lams) @ V.T)[None], U=U)
    coefficients = LAWS[scene.law](rng, (trials, scene.rank, scene.n))
    return Data(X0=(U * scene.lams) @ coefficients, U=U)


def leading(X: Float[np.ndarray, "*trials d n"], r: int) -> Float[np.ndarray, "*trials d r"]:
    """Return the r leading left singular vectors, the largest singular value first, through the smaller Gram matrix."""
    transposed = np.swapaxes(X, -1, -2)
    if X.shape[-2] <= X.shape[-1]:
        return _leading_eigenvectors(X @ transposed, r)
    U = X @ _leading_eigenvectors(transposed @ X, r)
    return U / np.linalg.norm(U, axis=-2, keepdims=True)


def aligned(
    U_t: Float[np.ndarray, "*trials d r"], U: Float[np.ndarray, "*trials d r"]
) -> Float[np.ndarray, "*trials d r"]:
    """Return U_t with the sign of each column such that <u_i^t, u_i> >= 0."""
    return U_t * np.where(np.sum(U_t * U, axis=-2, keepdims=True) < 0, -1.0, 1.0)


def bases(
    scene: Spiked, w: Float[np.ndarray, "m m"], *, trials: int, seed: int
) -> Iterator[tuple[Float[np.ndarray, "c d r"], Float[np.ndarray, "c m d r"]]]:
    """Yield, some trials at a time, U and the aligned U_t at every position, for noises of covariance w.

    U are the directions of the law; where these differ from the clean components of the samples, see `clean`.
    """
    mixing, U = factor(w), directions(scene, seed)
    rng = np.random.default_rng([seed, 2])
    fixed = data_sets(scene, U, rng, 1) if scene.law == "fixed" else None
    for size in chunks(trials, max(1, mixing.shape[1]) * scene.d * scene.n):
        X0 = (fixed or data_sets(scene, U, rng, size)).X0
        Z = rng.standard_normal((mixing.shape[1], size, scene.d, scene.n))
        noisy = [leading(X0 + np.tensordot(row, Z, axes=1), scene.rank) for row in mixing]
        yield np.broadcast_to(U, (size, *U.shape)), np.stack([aligned(U_t, U) for U_t in noisy], axis=1)


def chunks(trials: int, numbers: int) -> Iterator[int]:
    """Yield how many trials to run at a time when each needs that many random numbers."""
    size = max(1, min(trials, CHUNK // numbers))
    yield from (min(size, trials - start) for start in range(0, trials, size))


def overlaps(
    scene: Spiked, w: Float[np.ndarray, "m m"], *, trials: int, seed: int
) -> Float[np.ndarray, "trials p r p r"]:
    """Return <u_i^a, u_j^b> of every trial, indexed [a, i, b, j]; position 0 is clean, a >= 1 has the noise a - 1."""
    found = []
    for U, U_t in bases(scene, w, trials=trials, seed=seed):
        everywhere = np.concatenate([U[:, None], U_t], axis=1)
        found.append(np.einsum("cadi,cbdj->caibj", everywhere, everywhere, optimize=True))
    return np.concatenate(found)


def sine(cosine: Float[np.ndarray, "*any"]) -> Float[np.ndarray, "*any"]:
    """Return sqrt(1 - cosine^2) of a scalar product of unit vectors."""
    return np.sqrt(np.clip(1 - np.square(cosine), 0.0, None))


def _leading_eigenvectors(gram: np.ndarray, r: int) -> np.ndarray:
    """Return the eigenvectors of the r largest eigenvalues of each symmetric matrix, the largest first."""
    size = gram.shape[-1]
    if size < LARGE:
        return np.linalg.eigh(gram)[1][..., : -r - 1 : -1]
    found = [_by_inverse_iteration(one, r) for one in gram.reshape(-1, size, size)]
    return np.stack(found).reshape(*gram.shape[:-1], r)


def _by_inverse_iteration(gram: np.ndarray, r: int) -> np.ndarray:
    """Return the same of one matrix; LAPACK's expert driver computes no more than is asked for."""
    size = len(gram)
    _, vectors, _, _, info = lapack.dsyevx(gram, range="I", il=size - r + 1, iu=size, lower=1)
    if info:
        raise ArithmeticError(f"eigenvectors: {info} of {r} did not converge")
    return vectors[:, r - 1 :: -1] if r > 1 else vectors[:, :1]
