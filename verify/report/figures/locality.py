"""How local a convolutional denoiser is while it is trained: what the best linear filter explains (Fig. 14)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from verify.recorded import NotRecorded, stored
from verify.report.figures import axes, svg
from verify.report.model import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CAPTION = """Share of the variance of the denoised pixels that the best linear filter of 1, 3 or 7 pixels' width and a
bias explain (median over 128 noised images), at three noise levels, over the training of the convolutional UNet on
{name}. Claims wp.6.2.local.*."""


def draw(experiment: str) -> Figure | None:
    """Return the figure of an experiment; nothing if it has not been run."""
    try:
        found = stored(experiment)
    except NotRecorded:
        return None
    levels = sorted({name.partition("_")[2] for name in found.result["local"]}, key=_number)  # type: ignore[attr-defined]
    drawing, panels = svg.canvas(9.0, 2.7, len(levels), sharey=True)
    rows = [row for axis, level in zip(panels, levels, strict=True) for row in _panel(axis, found.result, level)]
    panels[0].set_ylabel("share explained", fontsize=axes.SIZE, color=svg.INK)
    axes.key(panels[0])
    words = {"title": "How local the denoiser is", "caption": CAPTION.format(name=experiment.partition("_")[0])}
    csv = axes.table(("sigma", "width", "step", "share"), rows)
    return svg.finished(drawing, f"locality_{experiment}", **words, csv=csv, command=found.command)


def _panel(axis: "Axes", result: Mapping[str, Any], level: str) -> list[tuple[float, ...]]:
    """Draw the shares at one noise level, a curve for each width of the filter."""
    steps = np.array(result["steps"])
    rows: list[tuple[float, ...]] = []
    sizes = sorted(int(name.partition("_")[0]) for name in result["local"] if name.partition("_")[2] == level)
    for size, colour in zip(sizes, svg.scale(len(sizes)), strict=True):
        shares = np.array(result["local"][f"{size}_{level}"]["shares"])
        axis.plot(steps[1:], shares[1:], color=colour, linewidth=1.3, label=f"{size} x {size}")
        rows += [(_number(level), size, float(step), float(share)) for step, share in zip(steps, shares, strict=True)]
    axes.logarithmic(axis, "x", *axes.reached(steps[1:], margin=1.0))
    axes.named(axis, f"σ = {level.replace('_', '.')}", "training step", "")
    return rows


def _number(told: str) -> float:
    """Return the noise level that a name tells."""
    return float(told.replace("_", "."))
