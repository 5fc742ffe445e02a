"""A drawing becomes SVG that follows the page: its colours are CSS variables, its bytes depend on nothing else."""

import io
import re
from typing import TYPE_CHECKING, Any

from verify.report.model import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

INK, FAINT, PAPER = "#0a0a01", "#0a0a02", "#0a0a03"
COLOURS = tuple(f"#0b0b{k:02x}" for k in range(1, 9))  # a scale from large to small
RISE, FALL, ACCENT = "#0c0c01", "#0c0c02", "#0c0c03"
TICK = 9  # size of the numbers at the axes
PIXELS = 1.6  # of the screen for each point of the drawing, at most
VARIABLES = {
    INK: "currentColor",
    FAINT: "var(--grid,#ccc)",
    PAPER: "var(--paper,#fff)",
    RISE: "var(--rise,#c0392b)",
    FALL: "var(--fall,#2467a8)",
    ACCENT: "var(--accent,#7a3fa0)",
    **{colour: f"var(--s{k},#888)" for k, colour in enumerate(COLOURS, 1)},
}


def scale(count: int) -> list[str]:
    """Return `count` colours spread over the scale."""
    last = len(COLOURS) - 1
    return [COLOURS[round(k * last / max(count - 1, 1))] for k in range(count)]


def canvas(width: float, height: float, columns: int = 1, **options: Any) -> tuple["Canvas", list["Axes"]]:
    """Return an empty drawing of `columns` panels, sizes in inches, and its axes from left to right."""
    from matplotlib.figure import Figure as Canvas

    drawing = Canvas(figsize=(width, height), facecolor="none")
    axes = drawing.subplots(1, columns, squeeze=False, **options)[0]
    panel = (width - 0.75) / columns
    edges = {"left": 0.65 / width, "right": 1 - 0.1 / width, "bottom": 0.48 / height, "top": 1 - 0.26 / height}
    drawing.subplots_adjust(**edges, wspace=0.2 / panel if columns > 1 else 0)
    for axis in axes:
        _plain(axis)
    return drawing, list(axes)


def finished(drawing: "Canvas", name: str, *, title: str, caption: str, csv: str, command: str = "") -> Figure:
    """Return a drawing with its words and numbers; without a command of its own it is one of the registry."""
    command = command or f"python -m verify.report.figures {name}"
    return Figure(name=name, title=title, caption=caption, svg=svg(drawing, name, title), csv=csv, command=command)


def svg(drawing: "Canvas", name: str, label: str) -> str:
    """Return `drawing` as SVG text whose ids start with `name`; `label` is read out instead of the picture."""
    from matplotlib import rc_context

    buffer = io.StringIO()
    fixed = {"svg.hashsalt": name, "svg.fonttype": "none", "path.simplify_threshold": 0.4}
    with rc_context(fixed):
        drawing.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _tidy(buffer.getvalue(), name, label)


def _plain(axis: "Axes") -> None:
    axis.set_facecolor("none")
    axis.tick_params(colors=INK, which="both", labelsize=TICK, width=0.6, length=3)
    axis.tick_params(which="minor", length=1.5, width=0.4)
    axis.grid(visible=True, color=FAINT, linewidth=0.5, clip_on=False)
    for side, spine in axis.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set(color=INK, linewidth=0.6)


def _tidy(text: str, name: str, label: str) -> str:
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->|<style.*?</style>", "", text, flags=re.DOTALL)
    text = re.sub(r'xmlns:xlink="[^"]*" ?|xlink:(?=href)| version="1.1"', "", text)
    text = re.sub(r"<[^>]*>", lambda tag: re.sub(r"(\d\.\d)\d+", r"\1", tag[0]), text)
    text = re.sub(r' d="[^"]*"', _joined, text)
    text = re.sub(r"font: ([\d.]+)px [^;\"]*", r"font-size: \1px", text)
    text = re.sub(
        r" font-family: [^;\"]*;?| transform=\"rotate\(-0 [^\"]*\"| stroke-linecap: (square|butt);?", "", text
    )
    for sentinel, variable in VARIABLES.items():
        text = text.replace(sentinel, variable)
    text = re.sub(r"\s*\n\s*", " ", text).replace("> <", ">\n<")
    return _rooted(_without_idle_groups(_with_own_ids(_with_shared_styles(text), name)), label)


def _joined(path: re.Match[str]) -> str:
    """Leave out of a path the repeated letters and the line breaks."""
    kept, last = "", ""
    for piece in re.findall(r"[A-Za-z][^A-Za-z\"]*", path[0][4:]):
        letter, numbers = piece[0], " ".join(piece[1:].split()).replace(".0 ", " ").removesuffix(".0")
        kept += f" {numbers}" if letter == last and numbers else piece[0] + numbers
        last = "L" if letter == "M" else letter
    return f' d="{kept}"'


def _with_shared_styles(text: str) -> str:
    """Give a mark its whole style once, where it is defined, and text what differs from the root's."""
    uses: dict[str, set[str]] = {}
    for mark, style in re.findall(r'<use href="#([^"]+)"[^>]* style="([^"]*)"', text):
        uses.setdefault(mark, set()).add(style)
    for mark, styles in uses.items():
        if len(styles) == 1:
            text = re.sub(rf'(<path id="{mark}"[^>]*) style="[^"]*"', rf'\1 style="{next(iter(styles))}"', text)
            text = re.sub(rf'(<use href="#{mark}"[^>]*) style="[^"]*"', r"\1", text)
    text = re.sub(rf'(<text style="[^"]*?);? ?fill: {re.escape(VARIABLES[INK])};?"', r'\1"', text)
    return re.sub(rf'(<text style=")font-size: {TICK}px;? ?', r"\1", text).replace('<text style=""', "<text")


def _with_own_ids(text: str, name: str) -> str:
    used = set(re.findall(r"url\(#([^)]+)\)|href=\"#([^\"]+)\"", text))
    kept = {key: f"{name}-{k}" for k, key in enumerate(sorted({a or b for a, b in used}))}
    text = re.sub(r' id="([^"]*)"', lambda found: f' id="{kept[found[1]]}"' if found[1] in kept else "", text)
    return re.sub(r"(?<=url\(#)[^)]+|(?<=href=\"#)[^\"]+", lambda found: kept[found[0]], text)


def _without_idle_groups(text: str) -> str:
    """Drop groups that carry no attribute."""
    kept: list[str] = []
    opened: list[bool] = []
    for piece in re.split(r"(<g\b[^>]*>\n?|</g>\n?)", text.replace("<g/>\n", "")):
        if piece.startswith("</g>"):
            idle = opened.pop()
        elif idle := piece.strip() == "<g>":
            opened.append(True)
        elif piece.startswith("<g"):
            opened.append(False)
        kept += [] if idle else [piece]
    return "".join(kept).replace("<defs>\n</defs>\n", "")


def _rooted(text: str, label: str) -> str:
    label = label.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    width = float(text.split('viewBox="0 0 ')[1].split(" ")[0]) * PIXELS
    opening = f'<svg class="plot" role="img" aria-label="{label}" style="max-width:{width:.0f}px"'
    opening += f' fill="currentColor" font-size="{TICK}" stroke-linejoin="round"'
    text = re.sub(r' (width|height)="[\d.]+pt"', "", text, count=2)
    return text.replace("<svg", opening, 1).strip() + "\n"
