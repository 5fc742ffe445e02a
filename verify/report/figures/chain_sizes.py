"""More images: components withstand more noise."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from verify.report.figures import axes, svg
from verify.report.figures.chains import result
from verify.report.model import Figure

TITLE = "Noisy components and the number of images"
SOURCES = ("chain_sizes", "chain_sizes_mnist")
INDICES = (0, 5, 10)
CAPTION = r"""Counterpart of figure 3: sine of the angle between clean and noisy components of index 0, 5 and 10 for 40
to 240 bundled digits of a class and 250 to 4000 images of MNIST (ever lighter); clean components are those of the
same images, fresh noise at each level, pixels in $[0,1]$, no mean subtracted. Claims wdmg.fig3.same, wdmg.fig3.full,
wdmg.fig3.generalisation, wdmg.concl.order.
All of MNIST: chain_sizes_mnist, its path in LINDIFF_MNIST."""


def draw() -> Figure | None:
    """Return sin θ over the noise level, a panel for each index and a curve for each number of images."""
    found = [one for one in map(result, SOURCES) if one is not None]
    if not found:
        return None
    drawing, panels = svg.canvas(9.4, 2.9, len(INDICES), sharey=True)
    curves = [(n, one["levels"], c) for one in found for n, c in zip(one["sizes"], _curves(one), strict=True)]
    rows: list[tuple[float, ...]] = []
    for k, (axis, i) in enumerate(zip(panels, INDICES, strict=True)):
        for (n, levels, curve), colour in zip(curves, svg.scale(len(curves)), strict=True):
            sines = np.array(curve)[:, k]
            axis.plot(levels, sines, color=colour, linewidth=1.1, label=f"{n}")
            rows += [(float(i), float(n), float(x), float(y)) for x, y in zip(levels, sines, strict=True)]
        axes.logarithmic(axis, "x", 0.02, 12, 4)
        axes.named(axis, f"index {i}", "noise level σ̄", "")
    panels[0].set_ylabel("sin θ", fontsize=axes.SIZE, color=svg.INK)
    axes.key(panels[0], "upper left", columns=2)
    csv = axes.table(("index", "n", "sigma_bar", "sine"), rows)
    return svg.finished(
        drawing, "chain_sizes", title=TITLE, caption=CAPTION, csv=csv, command="lindiff train chain_sizes"
    )


def _curves(found: Mapping[str, Any]) -> list:
    return found["variations"]["accumulated"]["same"]["curves"]
