"""What the statistical claims on noisy components draw: a function an observable, its parameters by their names.

`lam_root` is the root of the data's eigenvalue, `sig_bar` the accumulated noise level, `ell` = lam_root^2/sig_bar^2,
and `gamma` = d/n_data, where n_data is rounded.
"""

from functools import lru_cache

import numpy as np

from numerics.noisy_components import spiked
from numerics.noisy_components.rank_one import sine_squared
from numerics.noisy_components.spiked import Spiked
from numerics.statistics.crossing import crossing
from numerics.statistics.samples import Sampled, sampled

SPECTRUM = (2.0, 1.4, 1.0)


def samples(d: float, gamma: float) -> int:
    """Return the number of samples n = d/gamma, rounded."""
    return round(d / gamma)


def sine(*, d: float, n_data: float, lam_root: float, sig_bar: float, trials: int, seed: int) -> Sampled:
    """Draw sin(theta) for fixed data of rank one."""
    return sampled(np.sqrt(_angles(d=d, n=n_data, lam=lam_root, sigma=sig_bar, trials=trials, seed=seed)))


def sine_in_ratio(*, d: float, gamma: float, ell: float, trials: int, seed: int) -> Sampled:
    """Draw sin(theta) at the eigenvalue-to-noise ratio ell."""
    return sampled(np.sqrt(_ratio(d, gamma, ell, trials, seed)))


def sine_squared_in_ratio(*, d: float, gamma: float, ell: float, trials: int, seed: int) -> Sampled:
    """Draw sin^2(theta) at the ratio ell."""
    return sampled(_ratio(d, gamma, ell, trials, seed))


def cosine_squared_in_ratio(*, d: float, gamma: float, ell: float, trials: int, seed: int) -> Sampled:
    """Draw <u^t, u>^2 at the ratio ell."""
    return sampled(1 - _ratio(d, gamma, ell, trials, seed))


def cosine_along_steps(
    *, d: float, gamma: float, lam_root: float, sig: float, step: float, trials: int, seed: int
) -> Sampled:
    """Draw <u^t, u> after that many steps that each add noise of level sig."""
    return sampled(np.sqrt(1 - _ratio(d, gamma, lam_root**2 / (step * sig**2), trials, seed)))


def scaled_sine(
    *, d: float, gamma: float, lam_root: float, sig: float, trials: int, seed: int, law: str = "fixed"
) -> Sampled:
    """Draw sqrt(d) sin(theta) at the noise level sig/sqrt(d), which tends to 0 as d grows."""
    level = sig / np.sqrt(d)
    found = _angles(d=d, n=samples(d, gamma), lam=lam_root, sigma=level, law=law, trials=trials, seed=seed)
    return sampled(np.sqrt(d * found))


def sine_per_noise(
    *, sig_bar: float, d: float, n_data: float, lam_root: float, law: str, trials: int, seed: int
) -> Sampled:
    """Draw sin(theta)/sig_bar for data of rank one of the named law."""
    found = _angles(d=d, n=n_data, lam=lam_root, sigma=sig_bar, law=law, trials=trials, seed=seed)
    return sampled(np.sqrt(found) / sig_bar)


def half_level(*, d: float, gamma: float, lam2: float, trials: int, seed: int) -> Sampled:
    """Find the noise variance at which E<u^t, u>^2 = 1/2."""

    def mean_at(s: float, count: int, seed: int) -> Sampled:
        return cosine_squared_in_ratio(d=d, gamma=gamma, ell=lam2 / s, trials=count, seed=seed)

    return crossing(mean_at, 0.5, (0.05 * lam2, 2.0 * lam2), trials=trials, seed=seed)


def samples_needed(*, d: float, eps: float, ell: float, trials: int, seed: int) -> Sampled:
    """Find the number of samples, over d, at which E sin^2(theta) = eps^2."""

    def mean_at(ratio: float, count: int, seed: int) -> Sampled:
        return sampled(_ratio(d, 1 / ratio, ell, count, seed))

    return crossing(mean_at, eps**2, (0.5, 20.0), trials=trials, seed=seed, unit=1 / d)


def overlap(
    *, d: float, gamma: float, lam2: float, s_a: float, s_b: float, w_ab: float, trials: int, seed: int
) -> Sampled:
    """Draw <u^a, u^b> for noises of variances s_a, s_b and covariance w_ab."""
    w = np.array([[s_a, w_ab], [w_ab, s_b]])
    scene = Spiked(d=int(d), n=samples(d, gamma), lams=(float(np.sqrt(lam2)),))
    return sampled(spiked.overlaps(scene, w, trials=trials, seed=seed)[:, 1, 0, 2, 0])


def cross_overlap_squared(
    *, d: float, gamma: float, s_a: float, s_b: float, w_ab: float, trials: int, seed: int
) -> Sampled:
    """Draw <u_0^a, u_1^b>^2 for data of rank two."""
    w = np.array([[s_a, w_ab], [w_ab, s_b]])
    scene = Spiked(d=int(d), n=samples(d, gamma), lams=SPECTRUM[:2])
    return sampled(spiked.overlaps(scene, w, trials=trials, seed=seed)[:, 1, 0, 2, 1] ** 2)


def rotation_per_variance(
    *, s: float, d: float, n_data: float, lam2_0: float, lam2_i: float, lam2_1: float, trials: int, seed: int
) -> Sampled:
    """Draw sin^2(theta)/s of the middle one of three components, as <u_i^t, u_i>^2 leaves it."""
    scene = Spiked(d=int(d), n=int(n_data), lams=tuple(np.sqrt([lam2_0, lam2_i, lam2_1])))
    found = spiked.overlaps(scene, np.array([[s]]), trials=trials, seed=seed)[:, 0, 1, 1, 1]
    return sampled(spiked.sine(found) ** 2 / s)


def cosines_squared(
    *, d: float, n_data: tuple[float, ...], lam2: tuple[float, ...], s: tuple[float, ...], trials: int, seed: int
) -> np.ndarray:
    """Draw <u^t, u>^2 for several numbers of samples, eigenvalues and noise variances, a column each.

    Columns with equally many samples share their random numbers.
    """
    kinds = zip(n_data, lam2, s, strict=True)
    drawn = [_angles(d=d, n=n, lam=lam**0.5, sigma=v**0.5, trials=trials, seed=seed) for n, lam, v in kinds]
    return 1 - np.stack(drawn, axis=1)


def sines(*, d: float, gamma: float, ell: float, trials: int, seed: int) -> np.ndarray:
    """Draw sin(theta) at the ratio ell, one column."""
    return np.sqrt(_ratio(d, gamma, ell, trials, seed))[:, None]


def spectrum_cosines_squared(*, d: float, n_data: float, s: float, trials: int, seed: int) -> np.ndarray:
    """Draw <u_i^t, u_i>^2 of the three components of `SPECTRUM`, a column each."""
    scene = Spiked(d=int(d), n=int(n_data), lams=SPECTRUM)
    found = spiked.overlaps(scene, np.array([[s]]), trials=trials, seed=seed)
    return np.stack([found[:, 0, i, 1, i] ** 2 for i in range(scene.rank)], axis=1)


def last_component_squared(*, d: float, n_data: tuple[float, ...], s: float, trials: int, seed: int) -> np.ndarray:
    """Draw <u_i^t, u_i>^2 of the last component of `SPECTRUM` for several numbers of samples, a column each."""
    drawn = [spectrum_cosines_squared(d=d, n_data=n, s=s, trials=trials, seed=seed + k) for k, n in enumerate(n_data)]
    return np.stack([columns[:, -1] for columns in drawn], axis=1)


def drivers(*, d: float, n_data: float, s: float, trials: int, seed: int) -> np.ndarray:
    """Draw sin^2 of the leading component's angle with u_0: by noise alone, by sampling alone, by both.

    Noise alone acts on fixed data, whose components are u_i; sampling alone draws Gaussian coefficients.
    """
    scene = Spiked(d=int(d), n=int(n_data), lams=SPECTRUM[:2])
    random = Spiked(d=int(d), n=int(n_data), lams=SPECTRUM[:2], law="gaussian")
    noise = spiked.overlaps(scene, np.array([[s]]), trials=trials, seed=seed)[:, 0, 0, 1, 0]
    both = spiked.overlaps(random, np.diag([0.0, s]), trials=trials, seed=seed)[:, 0, 0, :, 0]
    return 1 - np.stack([noise, both[:, 1], both[:, 2]], axis=1) ** 2


def noise_exponent(*, sig_bar: float, d: float, n_data: float, lam_root: float, trials: int, seed: int) -> Sampled:
    """Find the exponent of the noise level in E sin(theta), between sig_bar and twice that."""
    low, high = (
        np.sqrt(_angles(d=d, n=n_data, lam=lam_root, sigma=k * sig_bar, trials=trials, seed=seed)) for k in (1, 2)
    )
    influence = (high / high.mean() - low / low.mean()) / np.log(2)
    return sampled(np.log2(high.mean() / low.mean()) + influence)


def samples_exponent(*, d: float, eps: float, ell: float, trials: int, seed: int) -> Sampled:
    """Find the exponent of d in the number of samples at which E sin^2(theta) = eps^2, between d and 2d."""
    low, high = (samples_needed(d=k * d, eps=eps, ell=ell, trials=trials, seed=seed + k) for k in (1, 2))
    error = np.hypot(low.error / low.mean, high.error / high.mean) / np.log(2)
    return Sampled(mean=1 + float(np.log2(high.mean / low.mean)), error=float(error), count=low.count)


def population_entries(
    *, d: float, n_data: float, lam2_i: tuple[float, ...], s: float, law: str, trials: int, seed: int
) -> Sampled:
    """Draw the covariance of noisy samples along u_0 and u_1."""
    found = _covariances(d, n_data, lam2_i, s, law, trials, seed)
    return sampled(np.stack([found[:, 0, 0], found[:, 1, 1]], axis=1))


def leading_variance(
    *, d: float, n_data: float, lam2_0: float, s: float, law: str, trials: int, seed: int
) -> np.ndarray:
    """Draw the covariance of noisy samples along u_0, one column; a second eigenvalue is half as large."""
    return _covariances(d, n_data, (lam2_0, lam2_0 / 2), s, law, trials, seed)[:, 0, 0, None]


def population_beside(
    *, d: float, n_data: float, lam2_i: tuple[float, ...], s: float, law: str, trials: int, seed: int
) -> Sampled:
    """Draw the covariance of noisy samples along a direction orthogonal to all u_i."""
    return sampled(_covariances(d, n_data, lam2_i, s, law, trials, seed)[:, 2, 2])


def population_off_diagonal(
    *, d: float, n_data: float, lam2_i: tuple[float, ...], s: float, law: str, trials: int, seed: int
) -> Sampled:
    """Draw the entries of the same covariance beside its diagonal."""
    found = _covariances(d, n_data, lam2_i, s, law, trials, seed)
    return sampled(np.stack([found[:, 0, 1], found[:, 0, 2], found[:, 1, 2]], axis=1))


@lru_cache(maxsize=64)
def _kept(d: int, n: int, lam: float, sigma: float, law: str, trials: int, seed: int) -> np.ndarray:
    return sine_squared(d=d, n=n, lam=lam, sigma=sigma, law=law, trials=trials, seed=seed)


def _angles(*, d: float, n: float, lam: float, sigma: float, trials: int, seed: int, law: str = "fixed") -> np.ndarray:
    return _kept(int(d), int(n), lam, sigma, law, trials, seed)


def _ratio(d: float, gamma: float, ell: float, trials: int, seed: int) -> np.ndarray:
    return _angles(d=d, n=samples(d, gamma), lam=float(np.sqrt(ell)), sigma=1.0, trials=trials, seed=seed)


@lru_cache(maxsize=8)
def _covariances(d: float, n: float, lam2: tuple[float, ...], s: float, law: str, trials: int, seed: int) -> np.ndarray:
    """Return the sample covariances of X_t, restricted to u_0, u_1 and one direction orthogonal to both."""
    scene, rng = Spiked(d=int(d), n=int(n), lams=tuple(np.sqrt(lam2)), law=law), np.random.default_rng([seed, 4])
    frame, found = np.linalg.qr(rng.standard_normal((scene.d, 3)))[0], []
    for size in spiked.chunks(trials, scene.d * scene.n):
        X0 = spiked.data_sets(scene, frame[:, :2], rng, size).X0
        X = frame.T @ (X0 + np.sqrt(s) * rng.standard_normal((size, scene.d, scene.n)))
        found.append(X @ np.swapaxes(X, 1, 2) / scene.n)
    return np.concatenate(found)
