"""Two layers as planar flows: separate layers along hyperbolae, and two modes that compete for one hidden unit."""

import numpy as np

from theory import untied
from theory.overlaps import lam1, lam2, narrow_rate, q1, q2
from verify.bridge import evaluate
from verify.report.figures import axes, svg
from verify.report.figures.portrait import field
from verify.report.model import Figure

LAM, SIGMA = 1.0, 0.5
STARTS = ((0.1, 1.4), (0.05, 0.6), (-0.9, 1.2), (1.5, 1.2), (-0.3, -0.1), (0.9, -1.4), (-1.5, -0.4))
CLOCK = np.concatenate([[0.0], np.geomspace(1e-2, 30, 24)])
CAPTION = r"""Two layers as flows in the plane, $\sigma=1/2$. Left: weights $p$ and $q$ of a mode of variance 1 in
separate layers; paths (thick, closed form) keep $p^2-q^2$ and end where $p\,q=\lambda/(\lambda+\sigma^2)$. Right:
one hidden unit and two modes of variances 1 and 1/2: only the larger survives. Claims wp.F.2.product,
wp.F.2.conserved.mode, wp.F.2.attractor, our.untied.weight, our.two_layer.width_one."""


def draw() -> Figure:
    """Return the counterpart of the paper's figure 22: phase diagrams of two layers."""
    drawing, (left, right) = svg.canvas(7.2, 3.5, 2)
    drawing.subplots_adjust(wspace=0.25)
    window = (-1.8, 1.8, -1.8, 1.8)
    field(left, _layers, window, ("p rests", "q rests"))
    rows: list[tuple[float, ...]] = []
    for start in STARTS:
        p, q = path(*start)
        left.plot(p, q, color=svg.ACCENT, linewidth=1.6)
        left.plot(p[-1:], q[-1:], "o", color=svg.ACCENT, markersize=3.5)
        rows += [(*start, *map(float, row)) for row in zip(CLOCK, p, q, strict=True)]
    axes.named(left, "separate layers", "first layer p", "")
    left.set_ylabel("second layer q", fontsize=axes.SIZE, color=svg.INK, labelpad=-4)
    field(right, _modes, (0, 1.2, 0, 1.2), ("first rests", "second rests"))
    axes.named(right, "width one, two modes", "share of the first mode", "")
    axes.key(right, "upper right")
    words = {"title": "Two layers: phase diagrams", "caption": CAPTION}
    return svg.finished(drawing, "two_layer_phases", csv=axes.table(("p0", "q0", "2_eta_tau", "p", "q"), rows), **words)


def path(p0: float, q0: float) -> tuple[np.ndarray, np.ndarray]:
    """Return both layers over `CLOCK`, which is 2 eta tau: from their product, as p^2 - q^2 is conserved."""
    at: dict[str, float | np.ndarray] = {"lam": LAM, "sigma": SIGMA, "eta": 0.5, "tau": CLOCK, "p0": p0, "q0": q0}
    product = evaluate(untied.weight(), at)
    size = np.hypot(p0**2 - q0**2, 2 * product)
    total, gap = (np.sqrt(np.maximum(size + sign * 2 * product, 0.0)) for sign in (1, -1))
    total, gap = np.sign(p0 + q0) * total, np.sign(p0 - q0) * gap  # neither changes its sign
    return (total + gap) / 2, (total - gap) / 2


def _layers(p: np.ndarray, q: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    pull = evaluate(untied.pull(untied.w), {"lam": LAM, "sigma": SIGMA, "w": p * q})
    return q * pull, p * pull


def _modes(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    at: dict[str, float | np.ndarray] = {
        "lam1": LAM,
        "lam2": LAM / 2,
        "sigma": SIGMA,
        "eta": 0.5,
        "q1": first,
        "q2": second,
    }
    return evaluate(narrow_rate(lam1, q1, lam2, q2), at), evaluate(narrow_rate(lam2, q2, lam1, q1), at)
