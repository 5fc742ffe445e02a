"""With larger initial weights the law splits: modes that rise to their target, and modes that decay to it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from verify.report.figures import axes, numbers, svg
from verify.report.model import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STARTS = (0.0, 0.1, 0.5, 0.6, 1.0)
CAPTION = r"""One layer, harmonic criterion (the geometric one is in the data): emergence time of modes whose variance
rises (red) or falls (blue) during training, with the fit $y=a\,x^b$ of each branch."""


def draw() -> Figure:
    """Return the counterpart of the one-layer part of the paper's figure 6."""
    drawing, panels = svg.canvas(9.6, 2.7, len(STARTS), sharey=True)
    for axis, Q in zip(panels, STARTS, strict=True):
        panel(axis, numbers.GRID, numbers.grid_emergence(Q, "harmonic"), numbers.is_rising(numbers.GRID, Q))
        axes.named(axis, f"Q = {Q:g}", "variance λ", "")
    panels[0].set_ylabel("emergence time 2ητ*", fontsize=axes.SIZE, color=svg.INK)
    csv = axes.table(("Q", "lam", "branch", *numbers.CRITERIA), (row for Q in STARTS for row in _rows(Q)))
    return svg.finished(drawing, "branches", title="Rising and falling branches", caption=CAPTION, csv=csv)


def _rows(Q: float) -> Iterator[tuple[float | str, ...]]:
    times = [numbers.grid_emergence(Q, criterion) for criterion in numbers.CRITERIA]
    for k, rises in enumerate(numbers.is_rising(numbers.GRID, Q)):
        yield Q, float(numbers.GRID[k]), "rising" if rises else "falling", *(float(time[k]) for time in times)


def panel(
    axis: "Axes",
    lams: np.ndarray,
    times: np.ndarray,
    rising: np.ndarray,
    limits: tuple[float, float] = (1e-7, 1e5),
) -> None:
    """Draw emergence times of both branches with their fits."""
    for branch, colour in ((rising, svg.RISE), (~rising, svg.FALL)):
        known = branch & np.isfinite(times)
        a, b = numbers.power_law(lams[known], times[known])
        axis.plot(lams[known], times[known], "o", color=colour, markersize=2.6)
        if np.isfinite(b):
            axis.plot(lams[known], a * lams[known] ** b, color=colour, linewidth=1, label=axes.law(a, b))
    axes.logarithmic(axis, "x", 7e-4, 14)
    axes.logarithmic(axis, "y", *limits)
    axes.key(axis, "upper right")
