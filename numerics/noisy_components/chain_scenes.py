"""What statistical claims on chains of projections draw: one function an observable, parameters by the paper's names.

`reading` says how the noise of the steps is drawn: fresh, accumulated or shared. u_0 and u_1 are the clean components,
with eigenvalues lam2_0 and lam2; `T` is the number of steps after the clean P_0.
"""

from functools import lru_cache

import numpy as np
from jaxtyping import Float

from numerics.noisy_components import projection_chain, spiked
from numerics.noisy_components.spiked import Spiked
from numerics.statistics.samples import Sampled, sampled

FOUR = (1.6, 1.4, 1.2, 1.0)  # roots of neighbouring eigenvalues


def scheduled_gain(
    *, T: float, reading: str, d: float, n_data: float, lam2_0: float, lam2: float, trials: int, seed: int
) -> Sampled:
    """Draw <u_1, P_T P_T^T u_1> for the levels (t + 1)/T^2 of steps sigma_t = 1/T."""
    levels = np.arange(2, T + 2) / T**2
    return sampled(_gains(reading, tuple(levels), int(d), int(n_data), (lam2_0, lam2), trials, seed)[:, -1, 1])


def scheduled_ratio(
    *, T: float, reading: str, d: float, n_data: float, lam2_0: float, lam2: float, trials: int, seed: int
) -> Sampled:
    """Draw the variance along u_1 over that along u_0, for the same levels."""
    levels = np.arange(2, T + 2) / T**2
    found = _gains(reading, tuple(levels), int(d), int(n_data), (lam2_0, lam2), trials, seed)[:, -1]
    return sampled(found[:, 1] / found[:, 0])


def constant_ratios(
    *, T: float, d: float, n_data: float, lam2_0: float, lam2: float, s: float, trials: int, seed: int
) -> np.ndarray:
    """Draw the variance along u_1 over that along u_0, for fresh noise of one level s; one column."""
    found = _gains("fresh", (s,) * int(T), int(d), int(n_data), (lam2_0, lam2), trials, seed)[:, -1]
    return (found[:, 1] / found[:, 0])[:, None]


def level_gain(
    *, d: float, reading: str, gamma: float, T: float, lam2_0: float, lam2: float, s: float, trials: int, seed: int
) -> Sampled:
    """Draw <u_1, P_T P_T^T u_1>: all levels are s for fresh noise, and rise to s in equal steps otherwise."""
    levels = np.full(int(T), s) if reading == "fresh" else s * np.arange(1, T + 1) / T
    found = _gains(reading, tuple(levels), int(d), round(d / gamma), (lam2_0, lam2), trials, seed)
    return sampled(found[:, -1, 1])


def pair_gain(
    *, d: float, gamma: float, lam2_0: float, lam2: float, s_a: float, s_b: float, trials: int, seed: int
) -> Sampled:
    """Draw <u_1, P_0 P_1 P_2 P_1 P_0 u_1> for one shared draw at the levels s_a and s_b."""
    found = _gains("shared", (s_a, s_b), int(d), round(d / gamma), (lam2_0, lam2), trials, seed)
    return sampled(found[:, -1, 1])


def injected_variance(
    *, d: float, reading: str, gamma: float, T: float, lam2_0: float, lam2: float, s: float, trials: int, seed: int
) -> Sampled:
    """Draw the variance along u_1 that injected noise gives: of variance 1 at all steps, or the increments s/T."""
    fresh = reading == "fresh"
    levels = np.full(int(T), s) if fresh else s * np.arange(1, T + 1) / T
    found = _gains(reading, tuple(levels), int(d), round(d / gamma), (lam2_0, lam2), trials, seed)[:, :, 1]
    return sampled(found.sum(axis=1) if fresh else found[:, 1:].sum(axis=1) * s / T)


def cross_overlaps(*, reading: str, d: float, n_data: float, s_a: float, s_b: float, trials: int, seed: int) -> Sampled:
    """Draw <u_i^a, u_j^b> for i != j of three components, within a level and across two."""
    found = _overlaps(reading, (s_a, s_b), int(d), int(n_data), FOUR[1:], trials, seed)
    entries = [found[:, a, i, b, j] for a, b in ((1, 2), (2, 1), (0, 2)) for i in range(3) for j in range(3) if i != j]
    return sampled(np.stack(entries, axis=1))


def product_gap(*, d: float, n_data: float, s_a: float, s_b: float, trials: int, seed: int) -> Sampled:
    """Draw <u_i, P_1 P_2 u_i> less ||P_1 u_i||^2 ||P_2 u_i||^2 of another, independent draw of P_2; fresh noise."""
    scene, w = _scene(int(d), int(n_data), (2.0, 1.0)), np.diag([s_a, s_b, s_b])
    found = []
    for U, U_t in spiked.bases(scene, w, trials=trials, seed=seed):
        seen = [np.swapaxes(U_t[:, k], -1, -2) @ U for k in range(3)]
        link = np.swapaxes(U_t[:, 0], -1, -2) @ U_t[:, 1]
        joint = np.einsum("cki,ckl,cli->ci", seen[0], link, seen[1])
        found.append(joint - np.sum(seen[0] ** 2, axis=1) * np.sum(seen[2] ** 2, axis=1))
    return sampled(np.concatenate(found))


def consecutive(
    *, d: float, reading: str, gamma: float, lam2: float, s_a: float, s_b: float, trials: int, seed: int
) -> Sampled:
    """Draw <u^a, u^b> for data of rank one and two levels of noise."""
    found = _overlaps(reading, (s_a, s_b), int(d), round(d / gamma), (float(np.sqrt(lam2)),), trials, seed)
    return sampled(found[:, 1, 0, 2, 0])


def clean_cosine(*, d: float, gamma: float, lam2: float, s: float, trials: int, seed: int) -> Sampled:
    """Draw <u^t, u> for data of rank one."""
    found = _overlaps("fresh", (s,), int(d), round(d / gamma), (float(np.sqrt(lam2)),), trials, seed)
    return sampled(found[:, 0, 0, 1, 0])


def gram_determinant(
    *, d: float, reading: str, gamma: float, lam2: float, s_a: float, s_b: float, trials: int, seed: int
) -> Sampled:
    """Draw the Gram determinant of u, u^a, u^b for data of rank one."""
    found = _overlaps(reading, (s_a, s_b), int(d), round(d / gamma), (float(np.sqrt(lam2)),), trials, seed)
    return sampled(np.linalg.det(found[:, :, 0, :, 0]))


def leaked(*, d: float, n_data: float, s: float, trials: int, seed: int) -> np.ndarray:
    """Draw <u_0^t, u_j^{t+1}>^2 for j = 0, 1, 2, 3: a row of U_t^T U_{t+1}, fresh noise of level s; a column each."""
    found = _overlaps("fresh", (s, s), int(d), int(n_data), FOUR, trials, seed)
    return found[:, 1, 0, 2, :] ** 2


def _scene(d: int, n: int, lam2: tuple[float, ...]) -> Spiked:
    return Spiked(d=d, n=n, lams=tuple(float(v) for v in np.sqrt(lam2)))


@lru_cache(maxsize=128)
def _gains(
    reading: str, levels: tuple[float, ...], d: int, n: int, lam2: tuple[float, ...], trials: int, seed: int
) -> Float[np.ndarray, "trials T+1 r"]:
    w = spiked.covariance(reading, np.array(levels))
    steps = projection_chain.links(_scene(d, n, lam2), w, trials=trials, seed=seed)
    return projection_chain.gains(projection_chain.partial_products(steps))


@lru_cache(maxsize=128)
def _overlaps(
    reading: str, levels: tuple[float, ...], d: int, n: int, lams: tuple[float, ...], trials: int, seed: int
) -> Float[np.ndarray, "trials p r p r"]:
    w = spiked.covariance(reading, np.array(levels))
    return spiked.overlaps(Spiked(d=d, n=n, lams=lams), w, trials=trials, seed=seed)
