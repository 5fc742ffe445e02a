"""Generated variances of two symmetric layers: steeper steps than with one layer, the largest modes first."""

import numpy as np

from verify.report.figures import trajectories
from verify.report.model import Figure

STARTS = (0.1, 0.5, 0.6, 1.0)
CAPTION = r"""Two symmetric layers, sampler from $\sigma_T=80$ to $\sigma_0=0.002$: generated variance of a mode of
variance $\lambda$. First and last level are those of one layer; the step between them is logistic in
$8\eta\lambda\tau$. Claims wp.5.1.variance, wp.5.1.sigmoid.shape, our.two_layer.variance."""


def draw() -> Figure:
    """Return the counterpart of the paper's figures 2E and 5D: generated variance over 2 eta tau."""
    clock = np.geomspace(1e-6, 1e5, 40)
    panels = {f"Q = {Q:g}": trajectories.variances("two_layer", clock, Q) for Q in STARTS}
    words = {"title": "Two layers: generated variance", "caption": CAPTION}
    return trajectories.curves(
        "two_layer_variances",
        panels,
        clock,
        style=trajectories.Style(limits=(1e-6, 1e2)),
        label="generated variance",
        **words,
    )
