"""When a model will have learned which detail of real images: emergence time of every mode against its variance."""

from typing import TYPE_CHECKING

import numpy as np

from verify.report.figures import axes, numbers, svg
from verify.report.figures.image_spectrum import slug
from verify.report.model import Figure, ImageSet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

BRANCHES = r"rising (red) and falling (blue), each with its fit $y=a\,x^b$"


def draw(images: ImageSet) -> Figure | None:
    """Return emergence times against variances with the fitted power law; nothing where no time is known."""
    known = np.isfinite(images.emergence) & (images.spectrum > 0)
    if not known.any():
        return None
    drawing, (axis,) = svg.canvas(4.4, 3.0)
    first = images.variances[0, 0] if images.variances.size else 0.0  # all modes start at one level
    _plot(axis, images.spectrum[known], images.emergence[known], images.spectrum[known] > first)
    axes.named(axis, images.name, "variance λ", "emergence time 2ητ*")
    return _figure(images, drawing, int(known.sum()))


def _plot(axis: "Axes", lams: np.ndarray, times: np.ndarray, rising: np.ndarray) -> None:
    for branch, colour in ((rising, svg.RISE), (~rising, svg.FALL)):
        x, y = lams[branch], times[branch]
        a, b = numbers.power_law(x, y)
        axis.plot(*_thinned(x, y), "o", color=colour, markersize=2.2)
        if np.isfinite(b):
            axis.plot(x, a * x**b, color=colour, linewidth=0.9, label=axes.law(a, b))
            axes.key(axis)
    axes.logarithmic(axis, "x", *axes.reached(lams))
    axes.logarithmic(axis, "y", *axes.reached(times))


def _figure(images: ImageSet, drawing: "Canvas", count: int) -> Figure:
    caption = f"Predicted emergence time of {count} modes against their variance: {BRANCHES}."
    rows = [(float(lam), float(time)) for lam, time in zip(images.spectrum, images.emergence, strict=True)]
    words = {"title": "Emergence times", "caption": caption, "csv": axes.table(("lam", "emergence"), rows)}
    return svg.finished(drawing, f"{slug(images.name)}-emergence", **words, command=images.command)


def _thinned(x: np.ndarray, y: np.ndarray, most: int = 150) -> tuple[np.ndarray, np.ndarray]:
    """Keep at most `most` points, spread evenly over the logarithm of x."""
    if x.size <= most:
        return x, y
    bins = np.linspace(np.log(x.min()), np.log(x.max()) + 1e-12, most)
    _, kept = np.unique(np.digitize(np.log(x), bins), return_index=True)
    return x[kept], y[kept]
