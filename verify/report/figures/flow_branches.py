"""Emergence times of flow matching: the exponent depends on the branch and on the criterion."""

from verify.report.figures import trajectories
from verify.report.model import Figure

STARTS = (0.0, 0.1, 0.5, 0.6, 1.0)
CAPTION = r"""Flow matching, one layer: emergence time of modes whose variance rises (red) or falls (blue) from
$e^{2Q}$ to $\lambda$, by the harmonic (dots, solid fit) and the geometric criterion (crosses, dotted fit $y=a\,x^b$).
Claims wp.H.2.power, our.emergence.flow_geometric.law, our.emergence.flow_harmonic, our.emergence.flow_match."""


def draw() -> Figure:
    """Return the counterpart of the paper's figure 8."""
    words = {"title": "Flow matching: emergence", "caption": CAPTION}
    return trajectories.branches("flow_branches", "flow", STARTS, (1e-2, 1e5), **words)
