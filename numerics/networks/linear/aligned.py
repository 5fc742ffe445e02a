"""Rotated data with known modes, and layers of weights that are aligned with them."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from numerics.networks.linear.scenes import SIGMA

D = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Aligned:
    """Orthonormal modes U (columns) of variances lam; R are orthonormal directions of a layer of D + 1 components."""

    U: Float[np.ndarray, "D D"]
    R: Float[np.ndarray, "h D"]
    lam: Float[np.ndarray, " D"]
    rng: np.random.Generator

    @property
    def Sigma(self) -> Float[np.ndarray, "D D"]:
        """The covariance of the data."""
        return (self.U * self.lam) @ self.U.T

    @property
    def u(self) -> Float[np.ndarray, " D"]:
        """The mode that is looked at."""
        return self.U[:, 0]

    @property
    def r(self) -> Float[np.ndarray, " h"]:
        """The direction that belongs to it between two layers."""
        return self.R[:, 0]

    def weights(self, low: float, high: float) -> Float[np.ndarray, "m D"]:
        """Return a random weight between low and high for each level and mode."""
        return self.rng.uniform(low, high, size=(len(SIGMA), D))


def aligned(seed: int) -> Aligned:
    """Return random modes."""
    from scipy.stats import ortho_group  # takes longer to load than most of this package

    rng = np.random.default_rng([seed, 11])
    U, R = (ortho_group.rvs(size, random_state=rng) for size in (D, D + 1))
    return Aligned(U=U, R=R[:, :D], lam=10 ** rng.uniform(-0.7, 0.3, size=D), rng=rng)


def dense(
    left: Float[np.ndarray, "a D"], values: Float[np.ndarray, "m D"], right: Float[np.ndarray, "b D"]
) -> Float[np.ndarray, "m a b"]:
    """Return the matrices with these singular values and vectors."""
    return np.einsum("ak,mk,bk->mab", left, values, right)
