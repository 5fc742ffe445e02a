"""The power method singles out the first component within a few steps; a chain of projections need not."""

from typing import TYPE_CHECKING

from verify.report.figures import axes, svg
from verify.report.figures.chains import result
from verify.report.model import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TITLE = "Chains of projections and the power method"
COLOURS = {"accumulated": svg.RISE, "fresh": svg.FALL, "shared": svg.ACCENT}
CAPTION = r"""Share of the first component $u_0$ in what $T$ steps pass on: $\mathcal P_T$ with accumulated, fresh or
shared noise, and $\Sigma_0^T$ of the power method (dashed). Left: bundled digits 0, 4, 8, $\sigma_t=0.03\,t$, pixels
in $[0,1]$, no mean subtracted. Right: normal data of rank 5 in 100 dimensions, 200 samples, eigenvalues 4, 2, 1, 1/2,
1/4, and the schedule of Theorem 4.3, $\sigma_t=1/T$. Claims wdmg.fig5.fresh, our.chain.power."""


def draw() -> Figure | None:
    """Return the share of u_0 over T on digits and on spiked data; nothing if it was not run."""
    found = result("chain_power_iteration")
    if found is None:
        return None
    drawing, (left, right) = svg.canvas(7.6, 2.9, 2, sharey=True)
    one, spiked = found["variations"], found["spiked"]
    power = one["accumulated"]["power_share_curve"]
    rows = _panel(left, "digits", found["steps"], {name: part["share_curve"] for name, part in one.items()}, power)
    curves = {name: spiked[name]["share_curve"] for name in COLOURS}
    rows += _panel(right, "spiked", found["spiked_steps"], curves, spiked["power_share_curve"])
    left.set_ylabel("share of u₀", fontsize=axes.SIZE, color=svg.INK)
    axes.key(right, "center left")
    csv = axes.table(("panel", "noise", "T", "share"), rows)
    words = {"title": TITLE, "caption": CAPTION, "csv": csv, "command": "lindiff train chain_power_iteration"}
    return svg.finished(drawing, "chain_power_iteration", **words)


def _panel(
    axis: "Axes", heading: str, steps: list[int], curves: dict[str, list[float]], power: list[float]
) -> list[tuple[float | str, ...]]:
    rows: list[tuple[float | str, ...]] = []
    for name, curve in curves.items():
        axis.plot(steps, curve, "o-", color=COLOURS[name], linewidth=1.1, markersize=3, label=name)
        rows += [(heading, name, float(T), float(value)) for T, value in zip(steps, curve, strict=True)]
    axis.plot(steps, power, "--", color=svg.INK, linewidth=1, label="power method")
    rows += [(heading, "power method", float(T), float(value)) for T, value in zip(steps, power, strict=True)]
    axes.logarithmic(axis, "x", steps[0], steps[-1], 3)
    axes.named(axis, heading, "steps T", "")
    return rows
