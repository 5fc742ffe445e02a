"""Emergence times fall with the variance of a mode nearly as its inverse, under either criterion."""

import numpy as np

from verify.report.figures import axes, branches, numbers, svg
from verify.report.model import Figure

CAPTION = r"""One layer, from $Q=0$: the training time at which the generated variance first passes the geometric or the
harmonic mean of its first and its last level; $\sigma_0=0.002$, $\sigma_T=80$. The line is the least-squares fit
$y=a\,x^b$ on logarithms."""


def draw() -> Figure:
    """Return the counterpart of the paper's figure 2C: emergence time against variance, Q = 0."""
    lams = numbers.GRID
    times = {criterion: numbers.grid_emergence(0.0, criterion) for criterion in numbers.CRITERIA}
    drawing, panels = svg.canvas(7.0, 2.8, 2, sharey=True)
    for axis, (criterion, time) in zip(panels, times.items(), strict=True):
        branches.panel(axis, lams, time, np.ones(lams.size, dtype=bool), limits=(1e-3, 1e4))
        axes.named(axis, f"{criterion} mean, Q = 0", "variance λ of the mode", "")
    panels[0].set_ylabel("emergence time 2ητ*", fontsize=axes.SIZE, color=svg.INK)
    rows = [(float(lam), *(float(time[k]) for time in times.values())) for k, lam in enumerate(lams)]
    csv = axes.table(("lam", *numbers.CRITERIA), rows)
    return svg.finished(drawing, "emergence", title="Emergence time against variance", caption=CAPTION, csv=csv)
