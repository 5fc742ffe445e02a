"""The law against the full problem: points from integrating the matrix equations, on the predicted curves."""

from typing import TYPE_CHECKING

import numpy as np

from verify.report.figures import axes, svg
from verify.report.figures.image_spectrum import slug
from verify.report.model import Figure, ImageSet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

HEADER = ("mode", "2_eta_tau", "variance")
CAPTION = """Lines: the closed form. Circles: variance along the same mode from integrating the matrix gradient flow and
the matrix sampling equation, without any formula."""


def draw(images: ImageSet) -> Figure | None:
    """Return predicted curves with measured points; nothing where nothing was measured."""
    shown = [mode for mode in images.shown if any(row[0] == mode for row in images.measured)]
    if not shown:
        return None
    drawing, (axis,) = svg.canvas(4.4, 3.0)
    for mode, colour in zip(shown, svg.scale(len(shown)), strict=True):
        _mode(axis, images, mode, colour)
    axes.logarithmic(axis, "x", *axes.reached(images.clock, margin=1.0))
    axes.logarithmic(axis, "y", *axes.reached(images.variances))
    axes.named(axis, images.name, "training time 2ητ", "generated variance")
    axes.key(axis)
    return _figure(images, drawing)


def _figure(images: ImageSet, drawing: "Canvas") -> Figure:
    rows = [(mode + 1, float(time), float(value)) for mode, time, value in images.measured]
    words = {"title": "Prediction and integration", "caption": CAPTION, "csv": axes.table(HEADER, rows)}
    return svg.finished(drawing, f"{slug(images.name)}-measured", **words, command=images.command)


def _mode(axis: "Axes", images: ImageSet, mode: int, colour: str) -> None:
    curve = images.variances[images.shown.index(mode)]
    points = np.array([(time, value) for k, time, value in images.measured if k == mode])
    axis.plot(images.clock, curve, color=colour, linewidth=1.2, label=f"mode {mode + 1}")
    axis.plot(points[:, 0], points[:, 1], "o", color=colour, markersize=4.5, markerfacecolor="none", markeredgewidth=1)
