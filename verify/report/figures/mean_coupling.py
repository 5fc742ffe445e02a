"""Weight and bias of a mode with a mean: a planar linear flow, fast onto one line and slow along it."""

from typing import TYPE_CHECKING

import numpy as np

from theory import mean_coupling as law
from theory.one_dimension import fast, slow
from verify.bridge import evaluate
from verify.report.figures import axes, svg
from verify.report.figures.portrait import field
from verify.report.model import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIGMAS = (0.1, 0.5, 1.0, 3.0)
LAM, MU = 1.0, 1.0
CLOCK = np.concatenate([[0.0], np.geomspace(1e-3, 30, 40)])
CAPTION = r"""Weight $w$ and bias $b$ of a mode with variance $\lambda=1$ and mean $\mu=1$: direction of gradient
flow, the lines where one of the two rests, and the path from zero to the optimum (dot). At large $\sigma$ the weight
settles first and the bias follows; at small $\sigma$ the bias overshoots. Claims wp.4.2.coupling.block,
wp.D.2.phase.large, wp.D.2.phase.transient, our.mean.overshoot.bias."""


def draw() -> Figure:
    """Return the counterpart of the paper's figure 21: phase portraits at several noise levels."""
    drawing, panels = svg.canvas(9.4, 2.8, len(SIGMAS), sharey=True)
    rows: list[tuple[float, ...]] = []
    for axis, sigma in zip(panels, SIGMAS, strict=True):
        w, b = path(sigma)
        _panel(axis, sigma, w, b)
        rows += [(sigma, *map(float, row)) for row in zip(CLOCK, w, b, strict=True)]
    panels[0].set_ylabel("bias b", fontsize=axes.SIZE, color=svg.INK)
    axes.key(panels[-1], "upper right")
    words = {"title": "Mean coupling: phase portraits", "caption": CAPTION}
    return svg.finished(drawing, "mean_coupling", csv=axes.table(("sigma", "2_eta_tau", "w", "b"), rows), **words)


def path(sigma: float) -> tuple[np.ndarray, np.ndarray]:
    """Return weight and bias from zero over `CLOCK`, which is 2 eta tau."""
    data: dict[str, float | np.ndarray] = {"lam": LAM, "mu": MU, "sigma": sigma}
    rates = {"r_fast": evaluate(fast, data), "r_slow": evaluate(slow, data)}
    at: dict[str, float | np.ndarray] = {"sigma": sigma, "eta": 0.5, "tau": CLOCK, **rates}
    return evaluate(law.weight(), at), evaluate(law.bias(), at)


def _panel(axis: "Axes", sigma: float, w: np.ndarray, b: np.ndarray) -> None:
    def flow(w: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        at: dict[str, float | np.ndarray] = {"lam": LAM, "mu": MU, "sigma": sigma, "w": w, "b": b}
        return -evaluate(law.gradient_w, at), -evaluate(law.gradient_bias, at)

    window = (-0.2, 1.2, -0.2, 1.2)
    field(axis, flow, window, ("w rests", "b rests"))
    axis.plot(w, b, color=svg.ACCENT, linewidth=1.8, label="from zero")
    axis.plot(w[-1:], b[-1:], "o", color=svg.ACCENT, markersize=4)
    axes.named(axis, f"σ = {sigma:g}", "weight w", "")
