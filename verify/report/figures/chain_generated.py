"""Without injected noise the chain ends in one direction; with it, higher components stay."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from verify.report.figures import axes, svg
from verify.report.figures.chains import result
from verify.report.model import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TITLE = "Generated digits over the clean components"
CAPTION = r"""Counterpart of figure 6: $c_i$ of eq 26 over the clean components, mean of five classes of the bundled
digits, for chains of $T$ steps without (left) and with (middle) injected noise ($\xi_T$ of variance 1, $\xi_t$ of
variance $1/T$), and natural held-out digits (dashed). Right: $T=65$ with noise against nature, both with standard
deviations. Noise accumulates, $\sigma_t=0.03\,t$, pixels in $[0,1]$, no mean subtracted; fresh noise, centred data and
another schedule are in the result. Claims wdmg.fig6a.trend, wdmg.fig6a.limit, wdmg.fig6b,
wdmg.fig6c.best.weak, wdmg.fig6c.best.strong, wdmg.fig6c.fit."""


def draw() -> Figure | None:
    """Return c_i without noise, with noise, and against natural digits; nothing if it was not run."""
    found = result("chain_generated")
    if found is None:
        return None
    one, steps = found["variations"]["accumulated"], found["steps"]
    drawing, panels = svg.canvas(9.4, 2.9, 3, sharey=True)
    for axis, chain, heading in zip(panels, ("none", "paper"), ("no noise injected", "noise injected"), strict=False):
        for T, colour, curve in zip(steps, svg.scale(len(steps)), one[f"c_{chain}_curve"], strict=True):
            axis.plot(curve, color=colour, linewidth=1.1, label=f"T = {T}")
        axis.plot(one["c_test_curve"], "--", color=svg.INK, linewidth=0.9)
        axes.named(axis, heading, "index i", "")
    axes.key(panels[0], "upper right")
    _against(panels[2], one, steps.index(65))
    panels[0].set_ylabel("c", fontsize=axes.SIZE, color=svg.INK)
    header = ("i", "natural", *(f"{chain} T={T}" for chain in ("none", "paper") for T in steps))
    columns = [one["c_test_curve"], *one["c_none_curve"], *one["c_paper_curve"]]
    csv = axes.table(header, [(float(i), *map(float, row)) for i, row in enumerate(zip(*columns, strict=True))])
    return svg.finished(
        drawing, "chain_generated", title=TITLE, caption=CAPTION, csv=csv, command="lindiff train chain_generated"
    )


def _against(axis: "Axes", one: Mapping[str, Any], at: int) -> None:
    index = np.arange(len(one["c_test_curve"]))
    natural = (one["c_test_curve"], one["std_test_curve"], "natural", svg.FALL)
    generated = (one["c_paper_curve"][at], one["std_paper_curve"], "generated", svg.RISE)
    for k, (mean, std, name, colour) in enumerate((natural, generated)):
        axis.errorbar(index + 0.3 * k, mean, std, color=colour, linewidth=0.7, fmt=".", markersize=3, label=name)
    axes.named(axis, "T = 65, with noise", "index i", "")
    axes.key(axis, "upper right")
