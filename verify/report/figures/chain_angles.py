"""Noise turns clean components by the order of their eigenvalues only as far as whole subspaces go."""

import numpy as np

from verify.report.figures import axes, svg
from verify.report.figures.chains import fan, result, rows_of
from verify.report.model import Figure

TITLE = "Clean and noisy components of digits"
PANELS = (
    ("240 digits of a class", "chain_angles", "curves"),
    ("all of MNIST", "chain_angles_mnist", "curves"),
    ("240 of a class, span", "chain_angles", "nested"),
)
DASHED = (0, 10, 29)
CAPTION = r"""Counterpart of figure 2: sine of the angle between the clean components $u_i$ of a class and their noisy
versions, $i=0$ (darkest) to 28, mean over classes; dashed: eq 15 for $i=0,10,29$. Left: bundled digits, 240 a class.
Middle: all training images of digits 0, 3, 5, 8. Right: angle of $u_i$ to the span of all 30 noisy components, which
near eigenvalues do not disturb. Pixels in $[0,1]$, no mean subtracted, noise accumulates; centred and $[-1,1]$ are in
the result. Claims wdmg.fig2.lead, wdmg.fig2.all, wdmg.fig2.order.trend, wdmg.fig2.order.strict, our.chain.slope,
our.chain.span_order.
All of MNIST: chain_angles_mnist, its path in LINDIFF_MNIST."""


def draw() -> Figure | None:
    """Return sin θ_i over the noise level, a panel for each data set, and to the whole span."""
    if result("chain_angles") is None:
        return None
    drawing, panels = svg.canvas(9.4, 2.9, len(PANELS), sharey=True)
    rows: list[tuple[float | str, ...]] = []
    for axis, (heading, experiment, kind) in zip(panels, PANELS, strict=True):
        axes.named(axis, heading, "noise level σ̄", "")
        found = result(experiment)
        if found is None:
            continue
        levels, one = found["levels"], found["variations"]["accumulated"]
        fan(axis, levels, one[kind], every=2)
        for i in DASHED if kind == "curves" else ():
            line = np.array(one["eq15"])[i] * np.array(levels)
            axis.plot(np.array(levels)[line < 1], line[line < 1], "--", color=svg.INK, linewidth=0.8)
        axes.logarithmic(axis, "x", levels[0], levels[-1], 4)
        rows += rows_of(f"{heading}", levels, one[kind])
    panels[0].set_ylabel("sin θ", fontsize=axes.SIZE, color=svg.INK)
    csv = axes.table(("panel", "sigma_bar", *(f"i{i}" for i in range(30))), rows)
    return svg.finished(
        drawing, "chain_angles", title=TITLE, caption=CAPTION, csv=csv, command="lindiff train chain_angles"
    )
