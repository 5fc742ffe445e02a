"""The spectrum of a real image set falls over many decades: that is what spreads its emergence times."""

import numpy as np

from verify.report.figures import axes, svg
from verify.report.model import Figure, ImageSet


def draw(images: ImageSet) -> Figure:
    """Return the variances of all modes against their rank, both axes logarithmic."""
    rank = np.arange(1, images.spectrum.size + 1)
    drawing, (axis,) = svg.canvas(4.4, 3.0)
    known = images.spectrum > 0
    axis.plot(rank[known], images.spectrum[known], color=svg.ACCENT, linewidth=1.4)
    axes.logarithmic(axis, "x", 0.9, 1.2 * max(rank.size, 2))
    axes.logarithmic(axis, "y", *axes.reached(images.spectrum))
    axes.named(axis, images.name, "rank of the mode", "variance λ")
    name, rows = f"{slug(images.name)}-spectrum", zip(rank, images.spectrum, strict=True)
    csv = axes.table(("rank", "lam"), [(int(k), float(lam)) for k, lam in rows])
    caption = f"Variances of the {rank.size} principal modes of {images.name}."
    return svg.finished(drawing, name, title="Spectrum", caption=caption, csv=csv, command=images.command)


def slug(name: str) -> str:
    """Return `name` as an id: lower-case letters, digits and hyphens."""
    return "-".join("".join(char if char.isalnum() and char.isascii() else " " for char in name.lower()).split())
