"""Trained networks approach gradient flow as the learning rate is halved: the weight of a mode at one training time.

The same network is trained for the time tau with 16, 32, ..., 256 steps. The weight is smooth in the learning
rate, so that its limit can be extrapolated from all runs.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from numerics.measured import Measured
from numerics.networks.linear import modes
from numerics.networks.linear.fourier import PIXELS, fourier_mode
from numerics.networks.linear.modes import Pace
from numerics.networks.linear.trained import Trained
from numerics.problems import Letters, letters_of

ETA, TAU, FEWEST, HALVINGS = 0.25, 0.5, 16, 4
Read = Callable[[Letters], np.ndarray]
"""Makes the weight of the mode of the parameters, at every level."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Refined:
    """A weight after the training time tau, at m noise levels, for learning rates each half the one before.

    Args:
        common: letters with one value at all levels, eta and tau of the flow among them.
        by_level: letters with a value for each level, those of the start among them.
        weights: the weight for each learning rate.
    """

    common: Letters
    by_level: Letters
    weights: Measured

    def letters(self, level: int) -> Letters:
        """Return the letters at a level."""
        return self.common | {name: values[level] for name, values in self.by_level.items()}

    @property
    def limit(self) -> Measured:
        """Return the weight for vanishing learning rate; the error is what the first or the last run still changes."""
        runs = self.weights.array
        best = extrapolated(runs)
        change = max(np.abs(best - extrapolated(some)).max() for some in (runs[:-1], runs[1:]))
        return Measured(value=best, error=change + 8 * self.weights.worst)


def extrapolated(values: Float[np.ndarray, "k m"]) -> Float[np.ndarray, " m"]:
    """Return the limit of values for steps h, h/2, h/4, ...: the polynomial in h through all of them at h = 0."""
    table = values
    for order in range(1, len(values)):
        table = table[1:] + (table[1:] - table[:-1]) / (2.0**order - 1)
    return table[0]


def one_layer(seed: int) -> Refined:
    """Return the weight that starts as Q."""
    return _refined(modes.one_layer, seed, lambda p: p["y"], "Q")


def preconditioned(seed: int) -> Refined:
    """Return the end-to-end weight inside EDM's preconditioning."""
    return _refined(modes.preconditioned, seed, lambda p: p["y"], "Q")


def two_layer(seed: int) -> Refined:
    """Return the weight q^2 of two symmetric layers that starts as Q."""
    return _refined(modes.two_layer, seed, lambda p: p["q"] ** 2, "Q")


def velocity(seed: int) -> Refined:
    """Return the weight that starts as Q under flow matching."""
    return _refined(modes.velocity, seed, lambda p: p["y"], "Q")


def velocity_two_layer(seed: int) -> Refined:
    """Return the weight q^2 that starts as Q under flow matching."""
    return _refined(modes.velocity_two_layer, seed, lambda p: p["q"] ** 2, "Q")


def untied(seed: int) -> Refined:
    """Return the weight p q of two separate layers, started at (p0, q0)."""
    found = _refined(modes.untied, seed, lambda p: p["p"] * p["q"], "Q")
    first = modes.untied(seed).first
    return replace(found, by_level=found.by_level | {"p0": first["p"], "q0": first["q"]})


def fourier(seed: int) -> Refined:
    """Return the real part of a Fourier coefficient that starts as gam_re; eta is divided by the number of pixels."""
    found = _refined(fourier_mode, seed, lambda p: p["gam_re"], "gam_re")
    return replace(found, common=found.common | letters_of(eta=ETA / PIXELS))


def _refined(scene: Callable[[int, Pace], Trained], seed: int, read: Read, start: str) -> Refined:
    counts = [FEWEST * 2**k for k in range(HALVINGS + 1)]
    runs = [scene(seed, Pace(eta=ETA * TAU / n, steps=n)) for n in counts]
    ends = [read({name: found.array[-1] for name, found in run.course.items()}) for run in runs]
    rounding = max(run.relative_error * run.size for run in runs)
    return Refined(
        common=runs[0].common | letters_of(eta=ETA, tau=TAU),
        by_level=runs[0].by_level | {start: read(runs[0].first)},
        weights=Measured(value=np.stack(ends), error=4 * rounding),
    )
