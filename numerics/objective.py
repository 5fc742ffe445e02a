"""Every linear diffusion objective regresses one mixture of data and noise on another."""

from dataclasses import dataclass

import numpy as np

Level = float | np.ndarray
"""A mixing coefficient: one number, or one for each of m noise levels."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Objective:
    """Predict Y = p x0 + q z from X = a x0 + s z, for data x0 and unit noise z.

    Args:
        a: weight of the data in the input.
        s: weight of the noise in the input.
        p: weight of the data in the target.
        q: weight of the noise in the target.
    """

    a: Level
    s: Level
    p: Level
    q: Level

    def __post_init__(self) -> None:
        arrays = np.broadcast_arrays(self.a, self.s, self.p, self.q)
        for name, value in zip("aspq", arrays, strict=True):
            object.__setattr__(self, name, np.array(value, dtype=np.float64))


def edm_x(sigma: Level) -> Objective:
    """Return: the clean data from x0 + σz; σ in data units."""
    return Objective(a=1.0, s=sigma, p=1.0, q=0.0)


def edm_eps(sigma: Level) -> Objective:
    """Return: the noise from x0 + σz; σ in data units."""
    return Objective(a=1.0, s=sigma, p=0.0, q=1.0)


def vp_x(alpha: Level, sigma: Level) -> Objective:
    """Return: the clean data from αx0 + σz."""
    return Objective(a=alpha, s=sigma, p=1.0, q=0.0)


def vp_eps(alpha: Level, sigma: Level) -> Objective:
    """Return: the noise from αx0 + σz."""
    return Objective(a=alpha, s=sigma, p=0.0, q=1.0)


def vp_v(alpha: Level, sigma: Level) -> Objective:
    """Return: the velocity αz - σx0 from αx0 + σz."""
    return Objective(a=alpha, s=sigma, p=-np.asarray(sigma), q=alpha)


def flow_matching(t: Level) -> Objective:
    """Return: the velocity x0 - z from t x0 + (1-t)z; noise at t=0, data at t=1."""
    return Objective(a=t, s=1.0 - np.asarray(t), p=1.0, q=-1.0)


def input_size(sigma: Level) -> Objective:
    """Return: zero from x0 + σz; its loss at Theta is the mean square of Theta's output."""
    return Objective(a=1.0, s=sigma, p=0.0, q=0.0)
