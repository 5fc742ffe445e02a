"""What the network predicts decides the pace: preconditioned and variance-preserving objectives side by side."""

import numpy as np

from theory import one_layer, parametrised
from verify.bridge import evaluate
from verify.report.figures import trajectories
from verify.report.figures.families import EDGES
from verify.report.model import Figure

CLOCK = np.geomspace(1e-3, 600, 32)
STYLE = trajectories.Style(lams=(2.0, 1.0, 0.3, 0.1, 0.03, 0.01), limits=(1e-6, 1e4), key="upper right")
LAWS = {
    "plain": one_layer.log_variance_entire(),
    "EDM": parametrised.log_edm_variance(),
    "VP data": parametrised.log_vp_variance("x"),
    "VP noise": parametrised.log_vp_variance("eps"),
    "VP velocity": parametrised.log_vp_variance("v"),
}
CAPTION = r"""Generated variance of a mode of variance $\lambda$ under five objectives, each trained from a zero
output: the plain denoiser, EDM preconditioning with $\sigma_d=1$, and variance-preserving prediction of data, noise
or velocity in the scale $\sigma_t/\alpha_t$. EDM and velocity prediction share one law when $\sigma_d=1$. Claims
our.edm.precond_variance.law, our.edm.precond_variance.monotone, our.vp.variance.x, our.vp.variance.eps,
our.vp.variance.v, our.vp.variance.same."""


def draw() -> Figure:
    """Return the generated variance over 2 eta tau, a panel for each objective."""
    panels = {name: lambda lams, law=law: variances(law, lams) for name, law in LAWS.items()}
    words = {"title": "Objectives side by side", "caption": CAPTION}
    return trajectories.curves("objectives", panels, CLOCK, style=STYLE, label="generated variance", **words)


def variances(law: object, lams: np.ndarray) -> np.ndarray:
    """Return the generated variances over `CLOCK`."""
    return np.exp(evaluate(law, {"lam": lams, "Q": 0.0, "eta": 0.5, "tau": CLOCK, "sigma_data": 1.0, **EDGES}))
