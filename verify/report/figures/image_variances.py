"""What the one-layer law predicts for the modes of a real image set, one curve a mode."""

from verify.report.figures import axes, svg
from verify.report.figures.image_spectrum import slug
from verify.report.model import Figure, ImageSet

CAPTION = "Predicted variance of some modes during training; each flattens at the variance of the data."


def draw(images: ImageSet) -> Figure | None:
    """Return the predicted variances over 2 eta tau; nothing where no mode is shown."""
    if not images.shown:
        return None
    drawing, (axis,) = svg.canvas(4.4, 3.0)
    for mode, colour, curve in zip(images.shown, svg.scale(len(images.shown)), images.variances, strict=True):
        axis.plot(images.clock, curve, color=colour, linewidth=1.4, label=f"mode {mode + 1}")
    axes.logarithmic(axis, "x", *axes.reached(images.clock, margin=1.0))
    axes.logarithmic(axis, "y", *axes.reached(images.variances))
    axes.named(axis, images.name, "training time 2ητ", "generated variance")
    axes.key(axis)
    name, caption = f"{slug(images.name)}-variances", CAPTION
    words = {"title": "Predicted variances", "caption": caption, "csv": _csv(images)}
    return svg.finished(drawing, name, **words, command=images.command)


def _csv(images: ImageSet) -> str:
    header = ("2_eta_tau", *(f"mode_{mode + 1}" for mode in images.shown))
    columns = images.variances.T
    return axes.table(header, [(float(t), *map(float, row)) for t, row in zip(images.clock, columns, strict=True)])
