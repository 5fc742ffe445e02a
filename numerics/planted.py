"""One mode to be measured is hidden in a random rotated problem, where nothing is diagonal."""

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float

from numerics.autograd import pack


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Planted:
    """Data of covariance Sigma and mean mu, an initial denoiser Theta0 = [W b], and the direction u to look at.

    Args:
        U: orthonormal eigenvectors of Sigma, as columns.
        mode: the column of U that is u.
        Sigma: covariance.
        mu: mean, along u.
        Theta0: initial parameters, W aligned with U.
    """

    U: Float[np.ndarray, "d d"]
    mode: int
    Sigma: Float[np.ndarray, "d d"]
    mu: Float[np.ndarray, " d"]
    Theta0: Float[np.ndarray, "d d1"]
    u: Float[np.ndarray, " d"] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "u", self.U[:, self.mode])


def plant(
    *, lam: float, Q: float, mu: float = 0.0, b0: float = 0.0, scale: float | None = None, seed: int = 0
) -> Planted:
    """Return a problem in 3 or 4 dimensions with a mode of variance lam and mean mu, started at weight Q and bias b0.

    Args:
        lam: variance of the mode, >= 0.
        Q: initial weight of the mode.
        mu: mean of the data along the mode.
        b0: initial bias along the mode.
        scale: the other variances are within a factor 10 of it; lam, or 1 if lam is 0, unless given.
        seed: of the other modes, the rotation and the place of the mode.
    """
    rng = np.random.default_rng(seed)
    d = int(rng.integers(3, 5))
    from scipy.stats import ortho_group  # takes longer to load than most of this package

    mode, U = int(rng.integers(d)), ortho_group.rvs(d, random_state=rng)
    lams = (scale or lam or 1.0) * 10 ** rng.uniform(-1, 1, size=d)
    weights, biases = Q + rng.uniform(-0.5, 0.5, size=d), rng.normal(size=d)
    lams[mode], weights[mode], biases[mode] = lam, Q, b0
    return Planted(
        U=U, mode=mode, Sigma=(U * lams) @ U.T, mu=mu * U[:, mode], Theta0=pack((U * weights) @ U.T, U @ biases)
    )
