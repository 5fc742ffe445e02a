"""What the figures on digits share: stored results, curves of thirty indices, sheets of small pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from verify.recorded import NotRecorded, stored
from verify.report.figures import svg
from verify.report.model import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PIXEL = 2.0  # points of the drawing for a pixel of a small picture
LINE = 14  # points between two lines of text
CRISP = "image-rendering:pixelated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A strip of pictures: PNG in base64, its width and height in pixels, and what stands above it."""

    words: str
    png: str
    width: int
    height: int


def result(experiment: str) -> Mapping[str, Any] | None:
    """Return the stored result of an experiment at full size, or nothing where it has not been run."""
    try:
        found = stored(experiment)
    except NotRecorded:
        return None
    return found.result if found.size == "full" else None


def fan(axis: "Axes", x: Sequence[float], curves: Sequence[Sequence[float]], every: int = 1) -> None:
    """Draw one curve for each column, the first index darkest; only every so many."""
    array = np.array(curves, dtype=float)
    colours = svg.scale(array.shape[1])
    for i in range(0, array.shape[1], every):
        axis.plot(x, array[:, i], color=colours[i], linewidth=0.9)


def rows_of(panel: str, x: Sequence[float], curves: Sequence[Sequence[float]]) -> list[tuple[float | str, ...]]:
    """Return the numbers of a panel: its name, x, then one column for each curve."""
    return [(panel, float(at), *map(float, values)) for at, values in zip(x, curves, strict=True)]


def sheet(name: str, rows: Sequence[Row], **words: str) -> Figure:
    """Return strips of pictures below each other, each under its words."""
    width = max(PIXEL * row.width for row in rows) + 4
    parts, y = [], 0.0
    for row in rows:
        w, h = PIXEL * row.width, PIXEL * row.height
        parts.append(f'<text x="2" y="{y + 10:.0f}">{row.words}</text>')
        place = f'x="2" y="{y + LINE:.0f}" width="{w:.0f}" height="{h:.0f}"'
        parts.append(f'<image {place} style="{CRISP}" href="data:image/png;base64,{row.png}"/>')
        y += LINE + h + 4
    opening = f'<svg class="plot" role="img" aria-label="{words["title"]}" style="max-width:{svg.PIXELS * width:.0f}px"'
    opening += f' fill="currentColor" font-size="{svg.TICK}" viewBox="0 0 {width:.0f} {y:.0f}"'
    text = "\n".join([f'{opening} xmlns="http://www.w3.org/2000/svg">', *parts, "</svg>\n"])
    return Figure(name=name, svg=text, **words)
