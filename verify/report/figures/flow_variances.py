"""Generated variances of flow matching: all modes start at exp(2 Q) and part towards their targets."""

import numpy as np

from verify.report.figures import trajectories
from verify.report.model import Figure

STARTS = (0.0, 0.1, 0.5, 0.6, 1.0)
CAPTION = r"""Flow matching, one layer, from unit noise: generated variance of a mode of variance $\lambda$ during
training. All modes start at $e^{2Q}$; what lies below falls, what lies above rises, and the small ones arrive last.
Claims wp.H.2.variance, wp.H.1.sol.mode, our.emergence.flow_geometric.law."""


def draw() -> Figure:
    """Return the counterpart of the paper's figure 7B: generated variance over 2 eta tau."""
    clock = np.geomspace(1e-3, 1e4, 32)
    panels = {f"Q = {Q:g}": trajectories.variances("flow", clock, Q) for Q in STARTS}
    words = {"title": "Flow matching: generated variance", "caption": CAPTION}
    return trajectories.curves(
        "flow_variances",
        panels,
        clock,
        style=trajectories.Style(limits=(3e-3, 1e2)),
        label="generated variance",
        **words,
    )
