"""Generated variances during training: all modes start at one level and reach their targets, the largest first."""

from typing import TYPE_CHECKING

import numpy as np

from verify.report.figures import axes, numbers, svg
from verify.report.figures.weights import HEADER, STARTS, rows_of
from verify.report.model import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CAPTION = r"""One layer, sampler from $\sigma_T=80$ to $\sigma_0=0.002$: generated variance of a mode of data variance
$\lambda$. Dots mark the emergence time by the geometric criterion. With larger $Q$ the common first level
$\sigma_T^{2Q}\sigma_0^{2-2Q}$ lies above some targets, whose modes then decay instead of rising."""


def draw() -> Figure:
    """Return the counterpart of the paper's figures 2B and 5B: generated variance over 2 eta tau, one layer."""
    clock = np.geomspace(1e-6, 1e5, 44)
    curves = curves_of(clock)
    drawing, panels = svg.canvas(8.4, 3.1, len(STARTS), sharey=True)
    for axis, Q in zip(panels, STARTS, strict=True):
        _panel(axis, Q, clock, curves[Q])
    panels[0].set_ylabel("generated variance", fontsize=axes.SIZE, color=svg.INK)
    axes.key(panels[0], "upper left")
    csv = axes.table(HEADER, rows_of(clock, curves))
    return svg.finished(drawing, "variances", title="Generated variance of the modes", caption=CAPTION, csv=csv)


def curves_of(clock: np.ndarray) -> dict[float, np.ndarray]:
    """Return for each initial weight the variances, one row a mode."""
    return {Q: np.stack([numbers.variances(lam, clock, Q) for lam in numbers.LAMS]) for Q in STARTS}


def _panel(axis: "Axes", Q: float, clock: np.ndarray, curves: np.ndarray) -> None:
    lams = np.array(numbers.LAMS)
    times = numbers.emergence(lams, Q, "geometric")
    levels = numbers.variances(lams, times, Q)
    for lam, colour, curve, time, level in zip(lams, svg.scale(len(lams)), curves, times, levels, strict=True):
        axis.plot(clock, curve, color=colour, linewidth=1.4, label=f"λ = {lam:g}")
        axis.plot([time], [level], "o", color=colour, markersize=3.5)
    axes.logarithmic(axis, "x", 1e-6, 1e5)
    axes.logarithmic(axis, "y", 1e-6, 1e2)
    axes.named(axis, f"Q = {Q:g}", "training time 2ητ", "")
