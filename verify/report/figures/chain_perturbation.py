"""How each component turns step by step, and when it mixes with others."""

from verify.report.figures import axes, svg
from verify.report.figures.chains import result
from verify.report.model import Figure

TITLE = "Perturbation of the basis, index by index"
READINGS = ("accumulated", "fresh", "shared")
MARKS = ("o", "x", "+")
CAPTION = r"""Counterpart of figure 4, measured: sine of the angle between $u_i^t$ and $u_i$ over the step $t$, noise
accumulating, mean of ten classes of the bundled digits (left), and the first step at which less than half of
$u_i^{t+1}$ lies along $u_i^t$, an estimate of $\tau_i$, for accumulated, fresh and shared noise (right; 65 where there
is none). $\sigma_t=0.03\,t$, pixels in $[0,1]$, no mean subtracted. Claims wdmg.A4.2.order.trend,
wdmg.A4.2.order.strict."""


def draw() -> Figure | None:
    """Return angles over steps for some indices, and mixing times of all indices; nothing if it was not run."""
    found = result("chain_products")
    if found is None or not set(READINGS) <= set(found["variations"]):
        return None
    drawing, (left, right) = svg.canvas(8.0, 3.0, 2)
    drawing.subplots_adjust(wspace=0.2)
    traced, one = found["traced"], found["variations"]["accumulated"]
    rows: list[tuple[float | str, ...]] = []
    for k, (i, colour) in enumerate(zip(traced, svg.scale(len(traced)), strict=True)):
        curve = [values[k] for values in one["angles_curve"]]
        left.plot(curve, color=colour, linewidth=1.2, label=f"i = {i}")
        rows += [("angle", float(i), float(t), float(value)) for t, value in enumerate(curve)]
    axes.named(left, "angle to the clean component", "step t", "")
    left.set_ylabel("sin θ", fontsize=axes.SIZE, color=svg.INK)
    axes.key(left, "lower right")
    for reading, mark, colour in zip(READINGS, MARKS, (svg.RISE, svg.FALL, svg.ACCENT), strict=True):
        times = found["variations"][reading]["mixing_curve"]
        right.plot(times, mark, color=colour, markersize=3.5, label=reading)
        rows += [(reading, float(i), float(t), 0.0) for i, t in enumerate(times)]
    axes.named(right, "mixing time", "index i", "")
    axes.key(right, "upper right")
    csv = axes.table(("panel", "index", "t", "sine"), rows)
    return svg.finished(
        drawing, "chain_perturbation", title=TITLE, caption=CAPTION, csv=csv, command="lindiff train chain_products"
    )
