"""Exponents of emergence steps against variances: measured, printed in the paper, predicted by the linear laws."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from verify.recorded import NotRecorded, Recorded, stored
from verify.report.figures import axes, svg
from verify.report.figures.courses import BRANCHES, EXPERIMENTS
from verify.report.model import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PRINTED = {
    ("gauss_mlp_256", "rising"): -1.08,
    ("gauss_mlp_256", "falling"): -1.08,
    ("gauss_mlp_512", "rising"): -1.05,
    ("gauss_mlp_512", "falling"): -1.13,
    ("faces_mlp", "rising"): -0.48,
    ("faces_mlp", "falling"): -0.35,
    ("digits_cnn", "rising"): 0.0,
    ("digits_cnn", "falling"): 0.0,
    ("faces_cnn", "rising"): 0.0,
    ("faces_cnn", "falling"): 0.0,
}
"""What the paper reports; its numbers for faces are those of FFHQ, and "about 0" for its convolutional UNet."""
CRITERIA = (("geometric", "o"), ("harmonic", "D"))
LAWS = (("plain", "|"), ("preconditioned", "x"))
LOW, HIGH = -2.0, 1.0
CAPTION = """Exponents b of the emergence step, λ^b, of rising (red) and falling (blue) modes: by the geometric mean
(circle) and the harmonic mean (diamond), with 95 % intervals, which the frame may cut off. Star: the paper's number,
which for images is that of other data. Bar and cross: what the plain law of linear denoisers, and the law of EDM's
preconditioning and loss, predict for the same modes by the geometric mean. Claims wp.6.1.*, wp.6.2.alpha0.*,
our.networks.*."""


def draw() -> Figure | None:
    """Return the exponents of all experiments that have been run; nothing if none has."""
    found = list(_found())
    if not found:
        return None
    drawing, (axis,) = svg.canvas(8.0, 0.9 + 0.46 * len(found), 1)
    drawing.subplots_adjust(left=0.2, bottom=0.48 / (0.9 + 0.46 * len(found)))
    rows = [row for place, one in enumerate(found) for row in _line(axis, -place, one)]
    axis.set_yticks([-place for place in range(len(found))], [f"{one.experiment}, {one.size}" for one in found])
    axis.set_xlim(LOW, HIGH)
    axis.set_ylim(0.6 - len(found), 0.6)
    axes.named(axis, "", "exponent b", "")
    return svg.finished(
        drawing,
        "exponents",
        title="Exponents: measured, printed, predicted",
        caption=CAPTION,
        csv=axes.table(("experiment", "size", "branch", "what", "b", "low", "high"), rows),
        command="; ".join(one.command for one in found),
    )


def _found() -> Iterator[Recorded]:
    for name in EXPERIMENTS:
        try:
            yield stored(name)
        except NotRecorded:
            continue


def _line(axis: "Axes", place: float, one: Recorded) -> Iterator[tuple[str | float, ...]]:
    """Draw what is known of one experiment, the rising modes above the falling ones."""
    result: Mapping[str, Any] = one.result
    for (branch, colour), shift in zip(BRANCHES, (0.18, -0.18), strict=True):
        told = one.experiment, one.size, branch
        for (criterion, mark), apart in zip(CRITERIA, (0.07, -0.07), strict=True):
            if (b := result[criterion][branch]["exponent"]) is not None:
                y = place + shift + apart
                axis.plot([max(b["low"], LOW), min(b["high"], HIGH)], [y, y], color=colour, linewidth=1.0)
                axis.plot(b["value"], y, mark, color=colour, markersize=3.6)
                yield (*told, criterion, b["value"], b["low"], b["high"])
        for law, mark in LAWS:
            if (b := result["laws"][law][f"exponent_{branch}"]) is not None:
                axis.plot(b["value"], place + shift, mark, color=svg.INK, markersize=6, markeredgewidth=1.0)
                yield (*told, f"{law} law", b["value"], b["low"], b["high"])
        if (number := PRINTED.get((one.experiment, branch))) is not None:
            axis.plot(number, place + shift, "*", color=svg.ACCENT, markersize=8)
            yield (*told, "paper", number, number, number)
