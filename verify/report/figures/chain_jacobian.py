"""Eigenvectors of a denoiser's Jacobian turn with the noise level in networks, trained or not, and in closed form."""

from verify.report.figures import axes, svg
from verify.report.figures.chains import fan, result, rows_of
from verify.report.model import Figure

TITLE = "Jacobians of trained denoisers"
PANELS = (
    ("U-net, trained", "unet_free", "trained", "curves"),
    ("U-net, untrained", "unet_free", "untrained", "curves"),
    ("dense, trained", "dense_biased", "trained", "curves"),
    ("posterior mean", "mixture", "trained", "curves"),
    ("U-net, span", "unet_free", "trained", "nested"),
)
CAPTION = r"""Counterpart of figure 7 at our scale: denoisers trained here on 14 x 14 digits, sine of the angle between
the eigenvectors of the Jacobian at a generated image and those at the points $x_t$ on the way to it, index 0 (darkest)
to 29, over the noise level (the sampler's steps are evenly spread over its logarithm), mean of three networks and
three paths. From the left: bias-free U-net; the same before training; dense network with biases; posterior mean of ten
normal classes in closed form; angle of $v_i$ to the span of the 30 leading eigenvectors. Claims wdmg.fig7,
wdmg.fig7.order, our.jacobian.untrained, our.jacobian.closed, our.jacobian.span."""


def draw() -> Figure | None:
    """Return sin θ_J over the noise level for networks and controls; nothing if it was not run."""
    found = result("chain_jacobian")
    if found is None:
        return None
    levels = found["sigmas"][::-1]
    drawing, panels = svg.canvas(11.0, 2.7, len(PANELS), sharey=True)
    rows: list[tuple[float | str, ...]] = []
    for axis, (heading, name, stage, kind) in zip(panels, PANELS, strict=True):
        curves = found["denoisers"][name][stage][f"{kind}_curve"]
        fan(axis, levels, curves, every=3)
        axes.logarithmic(axis, "x", levels[0], levels[-1], 2)
        axes.named(axis, heading, "noise level σ", "")
        rows += rows_of(heading, levels, curves)
    panels[0].set_ylabel("sin θ", fontsize=axes.SIZE, color=svg.INK)
    csv = axes.table(("panel", "sigma", *(f"i{i}" for i in range(30))), rows)
    return svg.finished(
        drawing, "chain_jacobian", title=TITLE, caption=CAPTION, csv=csv, command="lindiff train chain_jacobian"
    )
