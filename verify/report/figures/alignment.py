"""How well the modes of what a network generates align with those of its data, over the training (Figs 10 and 13)."""

import numpy as np

from verify.recorded import NotRecorded, stored
from verify.report.figures import axes, svg
from verify.report.figures.courses import EXPERIMENTS
from verify.report.model import Figure

CAPTION = """Alignment score: sum of the squares of the diagonal entries of the generated covariance in the eigenbasis
of the data, over that of all entries; 1 if both have the same modes. Squares are products of two halves of the samples,
so that few samples do not lower it. MLPs and UNets at the sizes that ran. Claims wp.6.1.img.align.*."""


def draw() -> Figure | None:
    """Return the courses of the score of all experiments that have been run; nothing if none has."""
    found = []
    for name in EXPERIMENTS:
        try:
            found.append(stored(name))
        except NotRecorded:
            continue
    if not found:
        return None
    drawing, (axis,) = svg.canvas(6.4, 3.0, 1)
    rows: list[tuple[str, float, float]] = []
    for one, colour in zip(found, svg.scale(len(found)), strict=True):
        steps, scores = np.array(one.result["steps"]), np.array(one.result["alignment"])
        axis.plot(steps[1:], scores[1:], color=colour, linewidth=1.3, label=one.experiment)
        rows += [(one.experiment, float(a), float(b)) for a, b in zip(steps, scores, strict=True)]
    axes.logarithmic(axis, "x", *axes.reached(np.array([row[1] for row in rows if row[1] > 0]), margin=1.0))
    axes.named(axis, "", "training step", "alignment")
    axes.key(axis)
    return svg.finished(
        drawing,
        "alignment",
        title="Modes of what is generated and modes of the data",
        caption=CAPTION,
        csv=axes.table(("experiment", "step", "alignment"), rows),
        command="; ".join(one.command for one in found),
    )
