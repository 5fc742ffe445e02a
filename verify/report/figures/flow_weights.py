"""Weights of flow matching: each time t has its own optimum and pace; early times learn the same for all modes."""

import numpy as np

from verify.report.figures import trajectories
from verify.report.model import Figure

TIMES = (0.1, 0.5, 0.9, 0.99)
CAPTION = r"""Flow matching, one layer, from $Q=0.1$: weight of a mode of variance $\lambda$ during training at four
times $t$. It relaxes to $B_t/A_t$ at the rate $2\eta A_t$, $A_t=(1-t)^2+t^2\lambda$: near the noise all modes keep
one pace, near the data the small ones lag. Claims wp.H.2.weight.mode, wp.H.2.speed.rate, wp.H.2.speed.order,
our.flow.slowest."""


def draw() -> Figure:
    """Return the counterpart of the paper's figure 7A: the weight over 2 eta tau at several t."""
    clock = np.geomspace(1e-3, 1e4, 36)
    panels = {f"t = {t:g}": trajectories.weights("flow", t, clock, 0.1) for t in TIMES}
    return trajectories.curves(
        "flow_weights", panels, clock, label="weight  uᵀW u", title="Flow matching: weights", caption=CAPTION
    )
