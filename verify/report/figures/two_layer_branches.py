"""Emergence times of two symmetric layers: the larger modes emerge first, by power laws near the inverse."""

from verify.report.figures import trajectories
from verify.report.model import Figure

STARTS = (0.1, 0.5, 0.6, 1.0)
CAPTION = r"""Two symmetric layers: emergence time of modes whose variance rises (red) or falls (blue), by the
harmonic (dots, solid fit) and the geometric criterion (crosses, dotted fit $y=a\,x^b$); from $Q=0$ nothing emerges.
Claims wp.5.1.emerge.harmonic, wp.5.1.powerlaw.geometric, our.emergence.two_layer.harmonic."""


def draw() -> Figure:
    """Return the counterpart of the two-layer part of the paper's figures 2F and 6."""
    words = {"title": "Two layers: emergence", "caption": CAPTION}
    return trajectories.branches("two_layer_branches", "two_layer", STARTS, (1e-7, 1e5), **words)
