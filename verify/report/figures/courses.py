"""What a trained network generates along the modes of its data: courses of the variance, and emergence steps."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from verify.recorded import NotRecorded, Recorded, stored
from verify.report.figures import axes, svg
from verify.report.model import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EXPERIMENTS = {
    "gauss_mlp_128": "MLP on a rotated Gaussian of 128 dimensions (Fig. 9)",
    "gauss_mlp_256": "MLP on a rotated Gaussian of 256 dimensions (Fig. 9)",
    "gauss_mlp_512": "MLP on a rotated Gaussian of 512 dimensions (Fig. 9)",
    "digits_mlp": "MLP on handwritten digits (Figs 3, 10)",
    "patches_mlp": "MLP on patches of a photograph (Figs 3, 10)",
    "faces_mlp": "MLP on a hundred faces (Figs 3, 10)",
    "digits_cnn": "Convolutional UNet on handwritten digits (Figs 4, 12)",
    "patches_cnn": "Convolutional UNet on patches of a photograph (Figs 4, 12)",
    "faces_cnn": "Convolutional UNet on a hundred faces (Figs 4, 12)",
    "colours_cnn": "Convolutional UNet with attention on patches of a photograph in colour (Figs 4, 12)",
}
MOST = 8
WORDS = """Left: variance along modes of the data (purple to yellow, largest first) and its target (dotted). Right: step
at which the geometric mean of first and target variance is passed; modes that start within 0.5-2 times their target are
left out. Exponents with 95 % bootstrap intervals: {laws}. Run at {size} size: {batches}, {n} samples at each point;
{trainings}. Claims wp.6.*, our.networks.law.*."""
BRANCHES = (("rising", svg.RISE), ("falling", svg.FALL))


PATCHES = {
    ("digits_cnn", 3, 1): "Patches of 3 x 3 pixels of what the convolutional UNet makes of digits (Fig. 17)",
    ("digits_cnn", 7, 7): "Patches of 7 x 7 pixels of what the convolutional UNet makes of digits (Fig. 17)",
    ("colours_cnn", 3, 1): "Patches of 3 x 3 pixels in colour of what the UNet makes of a photograph (Figs 18-20)",
    ("patches_cnn", 3, 1): "Patches of 3 x 3 pixels of what the convolutional UNet makes of a photograph (Figs 18-20)",
}
"""By experiment, width and stride of the patches."""


def draw(experiment: str) -> Figure | None:
    """Return the figure of an experiment; nothing if it has not been run."""
    try:
        found = stored(experiment)
    except NotRecorded:
        return None
    return _drawn(found, found.result, f"course_{experiment}", EXPERIMENTS[experiment])


def draw_patches(experiment: str, width: int, stride: int) -> Figure | None:
    """Return the same for patches of the generated images, along the modes of patches of the data."""
    try:
        found = stored(experiment)
    except NotRecorded:
        return None
    part: Mapping[str, Any] = found.result[f"patch_{width}_{stride}"]  # type: ignore[assignment]
    name, title = f"patches_{experiment}_{width}_{stride}", PATCHES[experiment, width, stride]
    return _drawn(found, {"steps": found.result["steps"], **part}, name, title)


def _drawn(found: Recorded, result: Mapping[str, Any], name: str, title: str) -> Figure:
    drawing, (left, right) = svg.canvas(8.0, 2.9, 2)
    drawing.subplots_adjust(wspace=0.28)  # room for the second label
    rows = [*_courses(left, result), *_emergence(right, result)]
    axes.named(left, "generated variance by mode", "training step", "variance")
    axes.named(right, "emergence, geometric mean", "variance λ", "training step")
    return svg.finished(
        drawing,
        name,
        title=title,
        caption=_caption(found, result),
        csv=axes.table(("panel", "mode_or_lam", "step", "variance"), rows),
        command=found.command,
    )


def _courses(axis: "Axes", result: Mapping[str, Any]) -> list[tuple[str, float, float, float]]:
    """Draw some modes, and their targets as dashed lines."""
    steps, curves = np.array(result["steps"]), np.array(result["variances"], dtype=float)
    places = np.unique(np.linspace(0, curves.shape[1] - 1, MOST).round().astype(int))
    lams, rows = _targets(result), []
    for place, colour in zip(places, svg.scale(len(places)), strict=True):
        mode = result["shown"][place]
        axis.plot(steps[1:], curves[1:, place], color=colour, linewidth=1.2)
        axis.plot(steps[[1, -1]], [lams[place]] * 2, ":", color=colour, linewidth=0.8)
        told = zip(steps, curves[:, place], strict=True)
        rows += [("course", float(mode + 1), float(step), float(value)) for step, value in told]
    axes.logarithmic(axis, "x", *axes.reached(steps[1:], margin=1.0))
    axes.logarithmic(axis, "y", *axes.reached(curves[:, places], lams[places]))
    return rows


def _targets(result: Mapping[str, Any]) -> np.ndarray:
    """Return the target variances of the shown modes, the last of which is the last of all."""
    lams, shown = np.array(result["lams"]), np.array(result["shown"])
    return np.exp(np.interp(shown, np.linspace(0, shown[-1], len(lams)), np.log(lams)))


def _emergence(axis: "Axes", result: Mapping[str, Any]) -> list[tuple[str, float, float, float]]:
    """Draw emergence steps of the rising and the falling modes with their power laws."""
    lams, times = np.array(result["lams"]), np.array(result["geometric"]["times"], dtype=float)
    ratio, rows = np.array(result["initial"]) / lams, []
    for (branch, colour), chosen in zip(BRANCHES, (ratio < 0.5, ratio > 2.0), strict=True):
        x, y = lams[chosen & np.isfinite(times)], times[chosen & np.isfinite(times)]
        axis.plot(x, y, "o", color=colour, markersize=2.2)
        rows += [(branch, float(a), float(b), float("nan")) for a, b in zip(x, y, strict=True)]
        if (told := result["geometric"][branch]["exponent"]) is not None:
            scale = np.exp(np.mean(np.log(y) - told["value"] * np.log(x)))
            label = f"{branch}, b = {told['value']:.2f}".replace("-", "−")
            axis.plot(x, scale * x ** told["value"], color=colour, linewidth=0.9, label=label)
    axes.logarithmic(axis, "x", *axes.reached(lams))
    axes.logarithmic(axis, "y", *axes.reached(np.array([row[2] for row in rows])))
    if axis.get_legend_handles_labels()[1]:
        axes.key(axis)
    return rows


def _caption(found: Recorded, result: Mapping[str, Any]) -> str:
    told = found.settings
    laws = [f"{branch} modes {_interval(result, branch)}" for branch, _ in BRANCHES]
    batches = f"{told['steps']} steps of Adam at {told['rate']:g}, batches of {told['batch']}"
    many = f"drawn is the first of {told['trainings']} trainings, the exponents are those of all"
    trainings = many if told["trainings"] > 1 else "one training"  # type: ignore[operator]
    return WORDS.format(
        laws="; ".join(laws), size=found.size, batches=batches, n=told["generated"], trainings=trainings
    )


def _interval(result: Mapping[str, Any], branch: str) -> str:
    told = result["geometric"][branch]["exponent"]
    return "without one" if told is None else f"{told['value']:.2f} [{told['low']:.2f}, {told['high']:.2f}]"
