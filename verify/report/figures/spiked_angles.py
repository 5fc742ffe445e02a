"""The angle of noisy components with the clean ones: each turns faster the smaller its eigenvalue, until it is lost."""

import numpy as np
import sympy as sp

from theory import spiked
from verify.bridge import evaluate
from verify.report.figures import axes, svg
from verify.report.model import Figure

GAMMAS = (0.25, 1.0, 4.0)
LAMS = (4.0, 2.0, 1.0, 0.5)
NOISE = np.geomspace(0.02, 10, 55)
CAPTION = r"""Sine of the angle between the noisy and the clean component in large dimension, against the noise level
$\bar\sigma$, for $\gamma=d/n$ and eigenvalues $\lambda^2$ (purple: the largest). Dashed: eq. (12),
$(\bar\sigma/\lambda)\sqrt{d/n}$. A component is lost at $\bar\sigma=\lambda\,(n/d)^{1/4}$ (dots). Claims
wdmg.eq12.leading, wdmg.eq12.range, wdmg.eq12.square, wdmg.emerge.order, our.spiked.angle, our.spiked.emergence."""


def draw() -> Figure:
    """Return the counterpart of the paper's figures 2 and 3 in the limit of large dimension."""
    drawing, panels = svg.canvas(9.4, 2.8, len(GAMMAS), sharey=True)
    rows: list[tuple[float, ...]] = []
    for axis, gamma in zip(panels, GAMMAS, strict=True):
        for lam, colour in zip(LAMS, svg.scale(len(LAMS)), strict=True):
            exact, printed = sines(lam, gamma)
            axis.plot(NOISE, exact, color=colour, linewidth=1.6, label=f"λ = {lam:g}")
            axis.plot(NOISE[printed <= 1], printed[printed <= 1], "--", color=colour, linewidth=1)
            axis.plot([lam * gamma**-0.25], [1.0], "o", color=colour, markersize=4)
            rows += [(gamma, lam, *map(float, row)) for row in zip(NOISE, exact, printed, strict=True)]
        axes.logarithmic(axis, "x", NOISE[0], NOISE[-1])
        axes.named(axis, f"d/n = {gamma:g}", "noise level", "")
    panels[0].set_ylabel("sine of the angle", fontsize=axes.SIZE, color=svg.INK)
    axes.key(panels[0], "upper left")
    header = ("gamma", "lambda", "noise_level", "sine", "eq_12")
    words = {"title": "Angles of noisy components", "caption": CAPTION}
    return svg.finished(drawing, "spiked_angles", csv=axes.table(header, rows), **words)


def sines(lam: float, gamma: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the exact sine of the angle and that of eq. (12) at the noise levels."""
    at: dict[str, float | np.ndarray] = {"lam2": lam**2, "s": NOISE**2, "gamma": gamma}
    below = np.maximum(evaluate(spiked.overlap_squared(spiked.s), at), 0.0)
    return np.sqrt(1 - below), evaluate(sp.sqrt(spiked.gamma * spiked.s / spiked.lam2), at)
