"""What is read off images while they are generated, and the few of them that are kept to be looked at."""

import base64
import zlib

import numpy as np
from jaxtyping import Float, UInt8

from numerics.networks.history import History
from numerics.networks.problem import Problem
from numerics.networks.samples import Moments, coherence, variances_along

KEPT, NOISY, DENOISED = "kept", "noisy", "denoised"
MOST, TIMES, BYTES = 6, 7, 64_000  # images kept at a step, steps shown, bytes stored


class Seen:
    """Images that come in batches: variances of their patches, correlations of their pixels, the first few as bytes."""

    def __init__(self, problem: Problem) -> None:
        self._patches = [(patches, Moments(len(patches.modes.lams))) for patches in problem.patches]
        self._lags = {"near": 1, "far": problem.shape[-1] // 2} if problem.pictured else {}
        self._coherent: dict[str, list[np.ndarray]] = {name: [] for name in self._lags}
        self._kept: list[np.ndarray] = []

    def add(self, images: Float[np.ndarray, "n c h w"]) -> None:
        """Take up images."""
        for patches, inner in self._patches:
            for some in patches.of(images):
                inner.add(some)
        for name, lag in self._lags.items():
            self._coherent[name].append(coherence(images, lag))
        missing = MOST - sum(map(len, self._kept))
        self._kept.append(as_bytes(images[:missing]))

    def found(self) -> dict[str, np.ndarray]:
        """Return what was read off them all; nothing if there were none."""
        if not self._kept:
            return {}
        variances = {patches.name: variances_along(inner.covariance, patches.modes) for patches, inner in self._patches}
        coherent = {name: np.concatenate(found) for name, found in self._coherent.items()}
        return variances | coherent | {KEPT: np.concatenate(self._kept)}


def as_bytes(images: Float[np.ndarray, "*shape"]) -> UInt8[np.ndarray, "*shape"]:
    """Return values of [-1, 1] as 0, ..., 255; others are cut off."""
    return np.clip((images + 1) * 127.5, 0, 255).round().astype(np.uint8)


def shown(problem: Problem, history: History, levels: list[float]) -> dict:
    """Return images generated at some steps, and one image at each noise level as it is denoised at these steps."""
    rows = np.unique(np.linspace(0, history.length - 1, TIMES).round().astype(int))
    count = max(1, min(MOST, BYTES // (len(rows) * int(np.prod(problem.shape)))))
    found = {
        "steps": history.steps[rows],
        "shape": list(problem.shape),
        "count": count,
        "generated": packed(history[KEPT][rows, :count]),
    }
    if not levels:
        return found
    denoised = {"noisy": packed(history[NOISY][0]), "denoised": packed(history[DENOISED][rows])}
    return found | denoised | {"levels": levels, "clean": packed(as_bytes(problem.samples[0]))}


def packed(values: UInt8[np.ndarray, "*shape"]) -> str:
    """Return bytes, compressed, as a text."""
    return base64.b64encode(zlib.compress(values.tobytes(), 9)).decode()
