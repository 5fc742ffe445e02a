"""Rank-one data at any size: the law of the angle between the noisy and the clean component, from d + n numbers.

Rotations of rows and columns that keep the clean component turn lam u z^T + sigma G, G Gaussian, into a lower
bidiagonal matrix with independent entries (Golub and Kahan): the law of <u^t, u>^2 is that of the first entry of its
leading left singular vector. Nothing is approximated; the full matrices of `spiked` have the same.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from numerics.noisy_components.spiked import LAWS, chunks

STEPS = 80  # of the root finder, which needs about ten
Draws = Float[np.ndarray, " trials"]


def sine_squared(*, d: int, n: int, lam: float, sigma: float, trials: int, seed: int, law: str = "fixed") -> Draws:
    """Return 1 - <u^t, u>^2 of every trial, to a relative error of about 1e-10.

    The data are lam u z^T: z has independent entries of the named law of `LAWS`, or the length sqrt(n) if fixed.

    Raises:
        ValueError: d or n is below 2, or lam or sigma is not positive.
    """
    if not (min(d, n) >= 2 and lam > 0 and sigma > 0):
        raise ValueError(f"rank one: expected d, n >= 2 and lam, sigma > 0, got {d}, {n}, {lam}, {sigma}")
    rng = np.random.default_rng([seed, 3])
    wanted = n if law not in ("fixed", "gaussian") else min(d, n)
    return np.concatenate([_angles(rng, d, n, lam / sigma, law, size) for size in chunks(trials, wanted)])


def _angles(rng: np.random.Generator, d: int, n: int, ratio: float, law: str, trials: int) -> Draws:
    gram = _Tridiagonal.of(*_bidiagonal(rng, d, n, ratio * _lengths(rng, n, law, trials)))
    grown = gram.growth_at_top()
    return grown / (1 + grown)


def _lengths(rng: np.random.Generator, n: int, law: str, trials: int) -> Draws:
    """Return the lengths of the coefficient vectors z."""
    if law == "fixed":
        return np.full(trials, np.sqrt(n))
    if law == "gaussian":
        return np.sqrt(rng.chisquare(n, trials))
    return np.linalg.norm(LAWS[law](rng, (trials, n)), axis=1)


def _bidiagonal(rng: np.random.Generator, d: int, n: int, spike: Draws) -> tuple[np.ndarray, np.ndarray]:
    """Return the diagonal and the subdiagonal, entries along the first axis, in units of sigma."""
    m, trials = min(d, n), len(spike)
    first = np.hypot(spike + rng.standard_normal(trials), np.sqrt(rng.chisquare(n - 1, trials)))
    freedom = n - np.arange(1, m, dtype=float)[:, None]
    diagonal = np.vstack([first[None], np.sqrt(rng.chisquare(freedom, (m - 1, trials)))])
    below = d - np.arange(1, min(d - 1, n) + 1, dtype=float)[:, None]
    return diagonal, np.sqrt(rng.chisquare(below, (len(below), trials)))


@dataclass(frozen=True, slots=True, eq=False)
class _Tridiagonal:
    """Symmetric tridiagonal matrices, one for each trial, by their diagonals and the squares beside these."""

    diagonal: Float[np.ndarray, "m trials"]
    squares: Float[np.ndarray, "m-1 trials"]

    @classmethod
    def of(cls, a: np.ndarray, b: np.ndarray) -> "_Tridiagonal":
        """Return B B^T of the lower bidiagonal B with diagonal a and subdiagonal b."""
        size = 1 + len(b)
        diagonal = np.zeros((size, a.shape[1]))
        diagonal[: len(a)] = a**2
        diagonal[1:] += b**2
        return cls(diagonal, (a[: len(b)] * b) ** 2)

    def growth_at_top(self) -> Draws:
        """Return f' - 1 at the largest eigenvalue, where 1/f is the first entry of the resolvent.

        The squared first entry of the eigenvector is 1/f'. The eigenvalue is found by Laguerre's method from above,
        which is monotone.
        """
        theta, size = self._bound(), len(self.diagonal)
        for _ in range(STEPS):
            growth, first, second = self._resolvent(theta)
            step = size / (first + np.sqrt(np.maximum((size - 1) * (size * second - first**2), 0.0)))
            theta = theta - step
            if (step <= 1e-13 * theta).all():
                return growth
        raise ArithmeticError(f"rank one: no eigenvalue after {STEPS} steps")

    def _bound(self) -> Draws:
        """Return a bound above every eigenvalue (Gershgorin)."""
        beside = np.sqrt(self.squares)
        radius = np.zeros_like(self.diagonal)
        radius[:-1] += beside
        radius[1:] += beside
        return np.max(self.diagonal + radius, axis=0)

    def _resolvent(self, theta: Draws) -> tuple[Draws, Draws, Draws]:
        """Return f' - 1, and the sums of 1/(theta - eigenvalue) and of its square."""
        least = np.finfo(float).eps * theta  # theta may be an eigenvalue, to rounding
        q, growth, bend = np.maximum(theta - self.diagonal[-1], least), np.zeros_like(theta), np.zeros_like(theta)
        first, second = 1 / q, 1 / q**2
        for alpha, square in zip(self.diagonal[-2::-1], self.squares[::-1], strict=True):
            pull, slope = square / q**2, 1 + growth
            growth, bend = pull * slope, pull * (bend - 2 * slope**2 / q)
            q = np.maximum(theta - alpha - square / q, least)
            first, second = first + (1 + growth) / q, second + ((1 + growth) / q) ** 2 - bend / q
        return growth, first, second
