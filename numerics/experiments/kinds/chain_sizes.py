"""Angles between clean and noisy principal components of digits for data sets of growing size (figure 3)."""

from functools import partial

import numpy as np

from numerics.digit_chain import angles, frequency
from numerics.digit_chain.bases import leading
from numerics.digit_chain.jobs import Found, Job, compute, noise_levels, positive, rising, thinned, told
from numerics.experiments.experiment import BadSetting, Settings
from numerics.experiments.result import Result
from numerics.experiments.run import Run

INDICES = (0, 5, 10)
HEIGHT = 0.5
BASES = ("same", "full")  # clean components of the same subset, or of the whole class


def run(settings: Settings, run: Run) -> Result:
    """Return sin θ_i for i = 0, 5, 10 over noise level and n, and what grows with n.

    Settings: data, variations, classes, seeds, levels, lowest, highest, sizes (numbers of images, rising), sigma
    (the noise level at which errors, visible components and powers of n are read).
    """
    levels, sizes, sigma = noise_levels(settings), rising(settings, "sizes", least=31), positive(settings, "sigma")
    found = compute(settings, run, partial(_work, levels=levels, sizes=sizes, sigma=sigma))
    shown = {name: _summary(found, name, np.array(sizes, dtype=float)) for name in found.variations}
    return {"levels": thinned(levels), "sizes": sizes, "variations": shown}


def _work(job: Job, *, levels: np.ndarray, sizes: list, sigma: float) -> dict[str, np.ndarray]:
    X = job.digit.train[:, job.rng.permutation(job.digit.train.shape[1])]
    if sizes[-1] > X.shape[1]:
        raise BadSetting(f"sizes: expected at most the {X.shape[1]} images of the smallest class, got {sizes[-1]}")
    whole = leading(X).U
    found = [_of_size(X[:, :n], job, levels=levels, whole=whole, sigma=sigma) for n in sizes]
    return {field: np.array([part[field] for part in found]) for field in found[0]}


def _of_size(
    X: np.ndarray, job: Job, *, levels: np.ndarray, whole: np.ndarray, sigma: float
) -> dict[str, np.ndarray | float]:
    own = {"same": leading(X).U, "full": whole}
    bases = [leading(X + level * job.rng.normal(size=X.shape)).U for level in levels]
    found: dict[str, np.ndarray | float] = {}
    for name, U in own.items():
        curves = np.array([angles.sines(U, V) for V in bases])
        found |= {f"curves_{name}": curves[:, INDICES], f"lost_{name}": angles.crossings(levels, curves, HEIGHT)}
    return found | _at(sigma, X, job, own)


def _at(sigma: float, X: np.ndarray, job: Job, own: dict[str, np.ndarray]) -> dict[str, np.ndarray | float]:
    """Return what is read at one noise level: sines, components still visible, error on held-out images."""
    test = job.digit.test
    V = leading(X + sigma * job.rng.normal(size=X.shape)).U
    left = frequency.denoising_error(V, test, test + sigma * job.rng.normal(size=test.shape))
    sines = {name: angles.sines(U, V) for name, U in own.items()}
    seen = {f"visible_{name}": float((values < HEIGHT).sum()) for name, values in sines.items()}
    return {"error": left, **seen, **{f"sines_{name}": values[list(INDICES)] for name, values in sines.items()}}


def _summary(found: Found, name: str, sizes: np.ndarray) -> dict[str, object]:
    error = found.of(name, "error")
    shown: dict[str, object] = {
        "errors": thinned(error.mean((0, 1))),
        "error_ratio": told(error[..., -1] / error[..., 0]),
    }
    for base in BASES:
        lost, seen = found.of(name, f"lost_{base}"), found.of(name, f"visible_{base}")
        powers = _powers(found.of(name, f"sines_{base}"), sizes)
        shown[base] = {
            "curves": thinned(found.mean(name, f"curves_{base}"), 3),
            "visible": thinned(seen.mean((0, 1))),
            "visible_gain": told(seen[..., -1] - seen[..., 0]),
            "gain": {f"i{i}": told(lost[..., -1, i] / lost[..., 0, i]) for i in INDICES},
            "lost": {f"i{i}": thinned(lost[..., i].mean((0, 1))) for i in INDICES},
            "power": {f"i{i}": told(powers[..., k]) for k, i in enumerate(INDICES)},
        }
    return shown


def _powers(sines: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return the slope of ln sin θ against ln n for every class, seed and index."""
    x = np.log(sizes) - np.log(sizes).mean()
    return np.einsum("csni,n->csi", np.log(sines), x) / (x @ x)
