"""Weights of modes during training at one noise level: each relaxes to its optimum at a rate 2 eta (lam + sigma²)."""

from typing import TYPE_CHECKING

import numpy as np

from verify.report.figures import axes, numbers, svg
from verify.report.model import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIGMA = 0.1
STARTS = (0.0, 0.1, 0.5)
CAPTION = r"""One layer: weight of a mode of variance $\lambda$ during training at noise level $\sigma=0.1$, from three
initial weights $Q$. Each relaxes to $\lambda/(\lambda+\sigma^2)$; modes below the noise floor $\sigma^2=0.01$ share one
pace."""


def draw() -> Figure:
    """Return the counterpart of the paper's figures 2A and 5A: u_k^T W u_k over 2 eta tau, one layer."""
    clock = np.geomspace(1e-3, 1e4, 40)
    curves = curves_of(clock)
    drawing, panels = svg.canvas(8.4, 2.9, len(STARTS), sharey=True)
    for axis, Q in zip(panels, STARTS, strict=True):
        _panel(axis, Q, clock, curves[Q])
    panels[0].set_ylabel("weight  uᵀW u", fontsize=axes.SIZE, color=svg.INK)
    axes.key(panels[-1], "lower left", columns=2)
    csv = axes.table(HEADER, rows_of(clock, curves))
    return svg.finished(drawing, "weights", title="Weights of the modes", caption=CAPTION, csv=csv)


HEADER = ("2_eta_tau", "Q", *(f"lam={lam:g}" for lam in numbers.LAMS))


def curves_of(clock: np.ndarray) -> dict[float, np.ndarray]:
    """Return for each initial weight the curves, one row a mode."""
    return {Q: np.stack([numbers.weights(lam, clock, Q=Q, sigma=SIGMA) for lam in numbers.LAMS]) for Q in STARTS}


def rows_of(clock: np.ndarray, curves: dict[float, np.ndarray]) -> list[tuple[float, ...]]:
    """Return rows of the time, the initial weight and the value of every mode."""
    times = [(Q, k) for Q in curves for k in range(len(clock))]
    return [(float(clock[k]), Q, *map(float, curves[Q][:, k])) for Q, k in times]


def _panel(axis: "Axes", Q: float, clock: np.ndarray, curves: np.ndarray) -> None:
    for lam, colour, curve in zip(numbers.LAMS, svg.scale(len(numbers.LAMS)), curves, strict=True):
        axis.plot(clock, curve, color=colour, linewidth=1.4, label=f"λ = {lam:g}")
    axis.set_ylim(-0.03, 1.05)
    axes.logarithmic(axis, "x", 1e-3, 1e4)
    axes.named(axis, f"Q = {Q:g}", "training time 2ητ", "")
