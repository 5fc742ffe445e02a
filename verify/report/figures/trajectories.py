"""Rows of panels that several families share: weights, generated variances, emergence times with their fits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from verify.report.figures import axes, numbers, svg
from verify.report.figures.families import FAMILIES, GRID, emergence, rises
from verify.report.model import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Panels = Mapping[str, Callable[[np.ndarray], np.ndarray]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Which modes are drawn, the limits of a logarithmic axis of values, and where the names of the curves stand."""

    lams: tuple[float, ...] = (10.0, 1.0, 0.3, 0.1, 0.03, 0.01)
    limits: tuple[float, float] | None = None
    key: str = "best"


LINEAR = Style()
CRITERIA = (("harmonic", "o", "-"), ("geometric", "x", ":"))


def curves(name: str, panels: Panels, clock: np.ndarray, *, label: str, style: Style = LINEAR, **words: str) -> Figure:
    """Draw a panel for each entry: the curves over 2 eta tau that its function returns for `style.lams`."""
    lams = style.lams
    found = {heading: law(np.array(lams)[:, None]) for heading, law in panels.items()}
    drawing, drawn = svg.canvas(9.0, 2.8, len(panels), sharey=True)
    rows: list[tuple[float | str, ...]] = []
    for axis, (heading, values) in zip(drawn, found.items(), strict=True):
        for lam, colour, curve in zip(lams, svg.scale(len(lams)), values, strict=True):
            axis.plot(clock, curve, color=colour, linewidth=1.3, label=f"λ = {lam:g}")
        axes.logarithmic(axis, "x", clock[0], clock[-1], 3)
        if style.limits:
            axes.logarithmic(axis, "y", *style.limits)
        axes.named(axis, heading, "training time 2ητ", "")
        rows += [(heading, float(t), *map(float, column)) for t, column in zip(clock, values.T, strict=True)]
    drawn[0].set_ylabel(label, fontsize=axes.SIZE, color=svg.INK)
    axes.key(drawn[-1], style.key)
    csv = axes.table(("panel", "2_eta_tau", *(f"lam={lam:g}" for lam in lams)), rows)
    return svg.finished(drawing, name, csv=csv, **words)


def branches(name: str, family: str, starts: tuple[float, ...], limits: tuple[float, float], **words: str) -> Figure:
    """Draw emergence times against the variance of a mode, a panel for each initial weight, under both criteria."""
    drawing, drawn = svg.canvas(9.6, 2.8, len(starts), sharey=True)
    rows: list[tuple[float | str, ...]] = []
    for axis, Q in zip(drawn, starts, strict=True):
        rising = rises(family, Q)
        for criterion, marker, line in CRITERIA:
            _fitted(axis, criterion, emergence(family, Q, criterion), rising, (marker, line))
        axes.logarithmic(axis, "x", 7e-4, 14)
        axes.logarithmic(axis, "y", *limits)
        axes.named(axis, f"Q = {Q:g}", "variance λ", "")
        axes.key(axis, "upper right")
        times = [emergence(family, Q, criterion) for criterion, *_ in CRITERIA]
        branch = np.where(rising, "rising", "falling")
        rows += [(Q, float(lam), str(branch[k]), *(float(t[k]) for t in times)) for k, lam in enumerate(GRID)]
    drawn[0].set_ylabel("emergence time 2ητ*", fontsize=axes.SIZE, color=svg.INK)
    csv = axes.table(("Q", "lam", "branch", *(criterion for criterion, *_ in CRITERIA)), rows)
    return svg.finished(drawing, name, csv=csv, **words)


def _fitted(axis: "Axes", criterion: str, times: np.ndarray, rising: np.ndarray, style: tuple[str, str]) -> None:
    for branch, colour in ((rising, svg.RISE), (~rising, svg.FALL)):
        known = branch & np.isfinite(times)
        a, b = numbers.power_law(GRID[known], times[known])
        axis.plot(GRID[known], times[known], style[0], color=colour, markersize=3, markeredgewidth=0.8)
        if np.isfinite(b):
            ends = GRID[known][[0, -1]]
            label = f"{criterion} b = {b:.2f}".replace("-", "−")
            axis.plot(ends, a * ends**b, style[1], color=colour, linewidth=1, label=label)


def weights(family: str, at: float, clock: np.ndarray, Q: float) -> Callable[[np.ndarray], np.ndarray]:
    """Return the weights over `clock` as a function of the variances."""
    return lambda lams: FAMILIES[family].weights(lams, clock, Q=Q, at=at)


def variances(family: str, clock: np.ndarray, Q: float) -> Callable[[np.ndarray], np.ndarray]:
    """Return the generated variances over `clock` as a function of the variances of the data."""
    return lambda lams: np.exp(FAMILIES[family].log_variances(lams, clock, Q))
