"""Digits generated from pure noise by a chain of projections, a class at a time (figure 1)."""

from functools import partial

import numpy as np

from numerics.digit_chain import digits, frequency, generated, products
from numerics.digit_chain.bases import COMPONENTS
from numerics.digit_chain.jobs import Found, Job, compute, integer, positive, thinned, told
from numerics.digit_chain.noise import levels
from numerics.digit_chain.pictures import stretched, strip
from numerics.experiments.experiment import BadSetting, Settings
from numerics.experiments.result import Result
from numerics.experiments.run import Run

FRAMES = 8  # of the path of one sample
SIDE = 28
NUMBERS = ("own_class", "alike", "alike_natural", "nearest", "nearest_natural", "share", "explained", "left")
PAINTED = 5  # classes whose path is shown


def run(settings: Settings, run: Run) -> Result:
    """Return paths from noise to digits, how alike the samples are, and how near they come to training images.

    Settings: data, variations, classes, seeds, steps (T), samples (of ξ for each class), sigma (noise level at which
    the error of the linear denoiser on held-out images is read).
    """
    T, samples = integer(settings, "steps", least=FRAMES), integer(settings, "samples", least=3)
    training = {scale: _training(str(settings["data"]), scale) for scale in digits.SCALES}
    sigma = positive(settings, "sigma")
    found = compute(settings, run, partial(_work, T=T, samples=samples, training=training, sigma=sigma))
    return {"steps": T, "frames": _frames(T), "variations": {name: _summary(found, name) for name in found.variations}}


def _training(source: str, scale: str) -> tuple[np.ndarray, ...]:
    """Return the first training images of every class as unit columns, means kept."""
    try:
        parts = digits.classes(digits.Preparation(source=source, scale=scale))
    except (OSError, ValueError) as cause:
        raise BadSetting(str(cause)) from cause
    return tuple(part.train[:, :240] / np.linalg.norm(part.train[:, :240], axis=0) for part in parts)


def _frames(T: int) -> list[int]:
    """Return the times shown, from T + 1 (pure noise) down to 0; the chain changes most at its end."""
    return sorted({T + 1, *(round(T * (k / (FRAMES - 2)) ** 2) for k in range(FRAMES - 1))}, reverse=True)


def _work(
    job: Job, *, T: int, samples: int, training: dict[str, tuple[np.ndarray, ...]], sigma: float
) -> dict[str, np.ndarray | float]:
    sigma_bars = levels(job.variation.constant, T)
    U = products.bases(job.digit.train, sigma_bars, reading=job.variation.reading, rng=job.rng)
    xi = sigma_bars[-1] * job.rng.normal(size=(len(U[0]), samples))
    kept = generated.without_noise(U, xi, keep=_frames(T))
    path = np.array([(xi if t > T else kept[t])[:, 0].reshape(SIDE, SIDE) for t in _frames(T)])
    return {
        "path": _bright(path[-1], job) * path,
        "final": _bright(kept[0][:, 1], job) * kept[0][:, 1].reshape(SIDE, SIDE),
        "histogram": generated.histogram(U[0], kept[0]).mean(1),
        "share": generated.share_of_first(U[0], kept[0]),
        **_likeness(job, kept[0], training[job.variation.scale]),
        **_linear(job, U[0], sigma),
    }


def _bright(x: np.ndarray, job: Job) -> float:
    """Return the sign that makes an image bright: a sample and its negative are equally likely."""
    return -1.0 if x.sum() < 0 and not job.variation.centred else 1.0


def _likeness(job: Job, x: np.ndarray, training: tuple[np.ndarray, ...]) -> dict[str, float]:
    """Return mean |cosines| among samples and among held-out images, and to the nearest training image."""
    own, natural = x, job.digit.test
    units = own / np.linalg.norm(own, axis=0)
    near = np.array([np.abs(units.T @ part).max(1) for part in training])
    return {
        "alike": _alike(own),
        "alike_natural": _alike(natural),
        "nearest": float(generated.nearest(np.where(_signs(own, job) < 0, -own, own), job.digit.train).mean()),
        "nearest_natural": float(generated.nearest(natural, job.digit.train).mean()),
        "own_class": float((near.argmax(0) == job.label).mean()),
    }


def _signs(x: np.ndarray, job: Job) -> np.ndarray:
    """Return the sign that brings each sample nearer to the training images."""
    return np.sign((x / np.linalg.norm(x, axis=0) * job.digit.train.mean(1)[:, None]).sum(0))


def _alike(x: np.ndarray) -> float:
    units = x[:, :200] / np.linalg.norm(x[:, :200], axis=0)
    cosines = np.abs(units.T @ units)
    return float(cosines[~np.eye(len(cosines), dtype=bool)].mean())


def _linear(job: Job, U: np.ndarray, sigma: float) -> dict[str, float]:
    """Return the share of held-out images in the span of the components, and what noise the projection leaves."""
    test = job.digit.test
    left = frequency.denoising_error(U, test, test + sigma * job.rng.normal(size=test.shape))
    return {"explained": frequency.explained(U, test), "left": left}


def _summary(found: Found, name: str) -> dict[str, object]:
    paths = found.of(name, "path")[:PAINTED, 0]
    pictures = {f"path{k}": strip(stretched(p)) for k, p in enumerate(paths)}
    pictures["finals"] = strip(stretched(found.of(name, "final")[:, 0]))
    curve = {"histogram_curve": thinned(found.mean(name, "histogram")[:COMPONENTS])}
    return {**{field: told(found.of(name, field)) for field in NUMBERS}, **curve, "pictures": pictures}
