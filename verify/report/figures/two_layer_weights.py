"""Weights of two symmetric layers: logistic curves, whose waiting time grows as the initial weight shrinks."""

import numpy as np

from verify.report.figures import trajectories
from verify.report.model import Figure

STARTS = (0.1, 0.5, 0.6, 1.0)
CAPTION = r"""Two symmetric layers: weight of a mode of variance $\lambda$ during training at noise level
$\sigma=0.1$. It relaxes to $\lambda/(\lambda+\sigma^2)$ as a logistic curve of rate $8\eta\lambda$, from above or
below; $Q=0$ never moves. Claims wp.5.1.weight, wp.5.1.sigmoid.logistic, wp.E.1.logistic."""


def draw() -> Figure:
    """Return the counterpart of the paper's figures 2D and 5C: the weight over 2 eta tau."""
    clock = np.geomspace(1e-3, 1e4, 36)
    panels = {f"Q = {Q:g}": trajectories.weights("two_layer", 0.1, clock, Q) for Q in STARTS}
    return trajectories.curves(
        "two_layer_weights", panels, clock, label="weight  uᵀW u", title="Two layers: weights", caption=CAPTION
    )
