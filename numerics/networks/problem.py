"""What a network is trained on: vectors or images, and the bases their modes are read in."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isqrt

import numpy as np
from jaxtyping import Float

from numerics.data import shrink
from numerics.experiments.experiment import BadSetting, Settings
from numerics.networks.samples import moments, patches_of
from numerics.spectra import Spectrum, spectrum, spectrum_of
from numerics.user_data import read

CHANNELS = (1, 3)
AT_ONCE = 100  # images whose patches are in memory


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Patches:
    """Patches of size x size pixels, every `stride` pixels, and the eigenbasis of their covariance."""

    size: int
    stride: int
    modes: Spectrum

    @property
    def name(self) -> str:
        """What they are called in a result."""
        return f"patch_{self.size}_{self.stride}"

    def of(self, images: Float[np.ndarray, "n c h w"]) -> Iterator[Float[np.ndarray, "m p"]]:
        """Yield the patches of images, one a row, of some images at a time."""
        return _cut(images, self.size, self.stride)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """Data in the units the network sees.

    Args:
        samples: images (n, c, h, w), values in [-1, 1], or vectors (n, d); float32.
        modes: eigenbasis the variances are read in, with the target variances.
        patches: in whose eigenbases they are read too.
    """

    samples: np.ndarray
    modes: Spectrum
    patches: tuple[Patches, ...] = ()

    @property
    def rows(self) -> Float[np.ndarray, "n d"]:
        """One sample a row."""
        return self.samples.reshape(len(self.samples), -1)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of a sample."""
        return self.samples.shape[1:]

    @property
    def pictured(self) -> bool:
        """Whether samples are images."""
        return len(self.shape) == 3


def problem_of(settings: Settings, rng: np.random.Generator) -> Problem:
    """Return the data that `settings["data"]` names: gauss, a bundled set, or a path.

    Raises:
        BadSetting: the data cannot be read, a size is missing or does not fit.
    """
    if settings["data"] == "gauss":
        return gaussian(positive(settings, "dimension"), positive(settings, "samples"), rng)
    found, factor = _loaded(str(settings["data"])), positive(settings, "shrink")
    if found.ndim == 4:
        return pictures(shrink(found, factor) if factor > 1 else found, settings["patches"])  # type: ignore[arg-type]
    if factor > 1:
        raise BadSetting(f"shrink: expected 1 for vectors, got {factor}")
    return vectors(found)


def gaussian(d: int, n: int, rng: np.random.Generator) -> Problem:
    """Return n samples of N(0, Sigma), log-normal variances of mean 1 in a random basis (I.4.1), read in that basis."""
    lams = np.sort(np.exp(rng.normal(size=d)))[::-1]
    lams = lams / lams.mean()
    R, _ = np.linalg.qr(rng.normal(size=(d, d)))
    samples = (rng.normal(size=(n, d)) * np.sqrt(lams)) @ R.T
    return Problem(samples=samples.astype(np.float32), modes=Spectrum(lams=lams, U=R, mean=np.zeros(d)))


def vectors(rows: Float[np.ndarray, "n d"]) -> Problem:
    """Return vectors as they are, read in the eigenbasis of their own covariance."""
    return Problem(samples=rows.astype(np.float32), modes=spectrum(rows))


def pictures(images: Float[np.ndarray, "n c h w"], patches: list) -> Problem:
    """Return images with values mapped from [0, 1] to [-1, 1] (I.5.1), read in the eigenbasis of their own covariance.

    Raises:
        BadSetting: values outside [0, 1]; `patches`, pairs of size and stride, do not fit into an image.
    """
    low, high = float(images.min()), float(images.max())
    if not 0 <= low <= high <= 1:
        raise BadSetting(f"data: expected images with values in [0, 1], got {low:g} to {high:g}; divide by 255, say")
    scaled = ((images - 0.5) / 0.5).astype(np.float32)
    wide = scaled.astype(np.float64)
    return Problem(
        samples=scaled,
        modes=spectrum(wide.reshape(len(wide), -1)),
        patches=tuple(_patches(wide, size, stride) for size, stride in patches),
    )


def positive(settings: Settings, name: str, least: int = 1) -> int:
    """Return a setting that has to be an integer >= 1, or at least some other.

    Raises:
        BadSetting: it is none, or the experiment does not have it.
    """
    value = settings.get(name)
    if not isinstance(value, int) or value < least:
        raise BadSetting(f"{name}: expected an integer >= {least}, got {value!r}")
    return value


def _patches(images: Float[np.ndarray, "n c h w"], size: int, stride: int) -> Patches:
    channels, *sides = images.shape[1:]
    if not 1 <= size <= min(sides) or stride < 1:
        raise BadSetting(f"patches: expected [size, stride] within images of {sides}, got [{size}, {stride}]")
    found = moments(_cut(images, size, stride), channels * size**2)
    return Patches(size=size, stride=stride, modes=spectrum_of((found.covariance + found.covariance.T) / 2))


def _cut(images: Float[np.ndarray, "n c h w"], size: int, stride: int) -> Iterator[Float[np.ndarray, "m p"]]:
    return (patches_of(images[i : i + AT_ONCE], size, stride) for i in range(0, len(images), AT_ONCE))


def _loaded(source: str) -> np.ndarray:
    """Return images (n, c, h, w), or vectors (n, d) where they are no images.

    A matrix of samples is one of square grey images where it can be: a square number of values in [0, 1] a row.
    """
    try:
        found = read(source)
    except ValueError as cause:
        raise BadSetting(f"data: {cause}") from cause
    if found.ndim == 1:
        raise BadSetting(f"data: expected samples, got a spectrum of {len(found)} variances; a network needs samples")
    side = isqrt(found[0].size)
    if found.ndim == 2:
        grey = side * side == found.shape[1] and 0 <= found.min() <= found.max() <= 1
        return found.reshape(-1, 1, side, side) if grey else found
    if found.ndim == 3:
        return found[:, None]
    if found.ndim == 4 and (found.shape[1] in CHANNELS or found.shape[3] in CHANNELS):
        return found if found.shape[1] in CHANNELS else np.ascontiguousarray(np.moveaxis(found, 3, 1))
    raise BadSetting(f"data: expected vectors or images of 1 or 3 channels, got samples of shape {found.shape[1:]}")
