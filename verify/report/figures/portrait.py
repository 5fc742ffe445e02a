"""A flow in the plane: short strokes along its direction, and the curves on which one coordinate rests."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from verify.report.figures import svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Flow = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
STROKES, FINE = 9, 25


def field(axis: "Axes", flow: Flow, window: tuple[float, float, float, float], names: tuple[str, str]) -> None:
    """Draw the flow in `window` (x from, x to, y from, y to) and name the curves where x and where y rests."""
    left, right, low, high = window
    x, y = np.meshgrid(np.linspace(left, right, STROKES), np.linspace(low, high, STROKES))
    dx, dy = flow(x, y)
    size = np.hypot(dx / (right - left), dy / (high - low)) * 3 * STROKES
    dx, dy = (np.divide(d, size, out=np.zeros_like(d), where=size > 0) for d in (dx, dy))
    gaps = np.full_like(x, np.nan)
    strokes = [np.stack([start, start + step, gaps], axis=-1).ravel() for start, step in ((x, dx), (y, dy))]
    axis.plot(*strokes, color=svg.INK, linewidth=0.6, alpha=0.5)
    fine = np.meshgrid(np.linspace(left, right, FINE), np.linspace(low, high, FINE))
    for rate, colour, name in zip(flow(*fine), (svg.RISE, svg.FALL), names, strict=True):
        axis.contour(*fine, rate, levels=[0.0], colors=[colour], linewidths=1)
        axis.plot([], [], color=colour, linewidth=1, label=name)
    axis.set_xlim(left, right)
    axis.set_ylim(low, high)
    axis.grid(visible=False)
