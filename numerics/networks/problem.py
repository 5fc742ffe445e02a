"""What a network is trained on: samples, their shape for the network, and the bases their modes are read in."""

from dataclasses import dataclass
from math import isqrt

import numpy as np
from jaxtyping import Float

from numerics.data import SETS, shrink
from numerics.experiments.experiment import BadSetting, Settings
from numerics.networks.samples import moments, patches_of
from numerics.spectra import Spectrum, spectrum, spectrum_of
from numerics.user_data import load


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

    def of(self, images: Float[np.ndarray, "n h w"]) -> Float[np.ndarray, "m p"]:
        """Return the patches of images, one a row."""
        return patches_of(images, self.size, self.stride)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """Data in the units the network sees.

    Args:
        images: (n, h, w) or (n, d), float32.
        modes: eigenbasis the variances are read in, with the target variances.
        patches: in whose eigenbases they are read too.
    """

    images: np.ndarray
    modes: Spectrum
    patches: tuple[Patches, ...] = ()

    @property
    def rows(self) -> Float[np.ndarray, "n d"]:
        """One sample a row."""
        return self.images.reshape(len(self.images), -1)

    @property
    def sides(self) -> tuple[int, ...]:
        """The shape of a sample."""
        return self.images.shape[1:]


def problem_of(settings: Settings, rng: np.random.Generator) -> Problem:
    """Return the data that `settings["data"]` names: gauss, a bundled set, or a path.

    Raises:
        BadSetting: the data cannot be read, a size is missing or does not fit.
    """
    if settings["data"] == "gauss":
        return gaussian(positive(settings, "dimension"), positive(settings, "samples"), rng)
    images = _loaded(str(settings["data"]), positive(settings, "shrink"))
    return pictures(images, settings["patches"])  # type: ignore[arg-type]


def gaussian(d: int, n: int, rng: np.random.Generator) -> Problem:
    """Return n samples of N(0, Sigma), log-normal variances of mean 1 in a random basis (I.4.1), read in that basis."""
    lams = np.sort(np.exp(rng.normal(size=d)))[::-1]
    lams = lams / lams.mean()
    R, _ = np.linalg.qr(rng.normal(size=(d, d)))
    samples = (rng.normal(size=(n, d)) * np.sqrt(lams)) @ R.T
    return Problem(images=samples.astype(np.float32), modes=Spectrum(lams=lams, U=R, mean=np.zeros(d)))


def pictures(images: np.ndarray, patches: list) -> Problem:
    """Return images with grey values mapped to [-1, 1] (I.5.1), read in the eigenbasis of their own covariance.

    Raises:
        BadSetting: `patches`, pairs of size and stride, do not fit into an image.
    """
    scaled = ((images - 0.5) / 0.5).astype(np.float32)
    wide = scaled.astype(np.float64)
    return Problem(
        images=scaled,
        modes=spectrum(wide.reshape(len(wide), -1)),
        patches=tuple(_patches(wide, size, stride) for size, stride in patches),
    )


def positive(settings: Settings, name: str) -> int:
    """Return a setting that has to be an integer >= 1.

    Raises:
        BadSetting: it is none, or the experiment does not have it.
    """
    value = settings.get(name)
    if not isinstance(value, int) or value < 1:
        raise BadSetting(f"{name}: expected an integer >= 1, got {value!r}")
    return value


def _patches(images: Float[np.ndarray, "n h w"], size: int, stride: int) -> Patches:
    sides = images.shape[1:]
    if len(sides) != 2 or not 1 <= size <= min(sides) or stride < 1:
        raise BadSetting(f"patches: expected [size, stride] within images of {sides}, got [{size}, {stride}]")
    found = moments((patches_of(images[i : i + 100], size, stride) for i in range(0, len(images), 100)), size**2)
    return Patches(size=size, stride=stride, modes=spectrum_of((found.covariance + found.covariance.T) / 2))


def _loaded(source: str, factor: int) -> np.ndarray:
    """Return images, shrunk, or vectors where they are no square images of one channel."""
    images = SETS[source]() if source in SETS else _users(source)
    if factor > 1 and images.ndim < 3:
        raise BadSetting(f"shrink: expected 1 for data that are no square images of one channel, got {factor}")
    return shrink(images, factor) if factor > 1 else images


def _users(source: str) -> np.ndarray:
    """Return a user's images or vectors."""
    try:
        rows = load(source)
    except ValueError as cause:
        raise BadSetting(f"data: {cause}") from cause
    if rows.ndim != 2:
        raise BadSetting(f"data: expected samples, got a spectrum of {len(rows)} variances; a network needs samples")
    side = isqrt(rows.shape[1])
    return rows.reshape(-1, side, side) if side * side == rows.shape[1] else rows
