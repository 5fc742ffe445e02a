"""How often the statistics lane is wrong: what `python -m verify.calibration` counted, true and false statements."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from verify.calibration import FILE, SPOILT
from verify.report.figures import axes, svg
from verify.report.model import Figure

STORED = Path(__file__).parents[3] / "reports" / FILE

CAPTION = """Of {statements} true statements of each sort, {refuted} were refuted; at the first look, at level 1%,
{rejected} were rejected, where chance allows {allowed} of a sort. Lines: share refuted when what the same statements
say is off by so many percent; dotted, 95%. A limit is refuted only beyond its margin, here 2.5%. It is measured again
by `python -m verify.calibration`."""


def draw() -> Figure:
    """Return the share of refuted statements against the error planted in them."""
    found = _stored()
    drawing, (axis,) = svg.canvas(4.8, 2.8)
    rows: list[tuple[str, float, float]] = []
    for (name, counted), colour in zip(found["sorts"].items(), svg.scale(len(found["sorts"])), strict=True):
        shares = _shares(counted, found["statements"])
        axis.plot(*zip(*shares, strict=True), "o-", color=colour, markersize=3, linewidth=1.2, label=name)
        rows += [(name, error, share) for error, share in shares]
    axis.axhline(0.95, color=svg.INK, linewidth=0.6, linestyle=":")
    axes.named(axis, "", "planted error, %", "share refuted")
    axes.key(axis)
    words = {"title": "The statistics lane on true and on false statements", "caption": _caption(found)}
    csv = axes.table(("test", "error_percent", "share_refuted"), rows)
    return svg.finished(drawing, "calibration", csv=csv, **words)


@cache
def _stored() -> dict[str, Any]:
    """Return what was counted.

    Raises:
        FileNotFoundError: nothing was.
    """
    return json.loads(STORED.read_text(encoding="utf-8"))


def _shares(counted: dict[str, Any], statements: int) -> list[tuple[float, float]]:
    spoilt = [(float(error), count / statements) for error, count in counted[SPOILT].items()]
    return sorted([*spoilt, (0.0, counted["refuted"] / statements)])


def _caption(found: dict[str, Any]) -> str:
    sorts = found["sorts"].items()
    refuted = ", ".join(f"{counted['refuted']} ({name})" for name, counted in sorts)
    rejected = ", ".join(f"{counted['rejected at first']} ({name})" for name, counted in sorts)
    return CAPTION.format(statements=found["statements"], allowed=found["allowed"], refuted=refuted, rejected=rejected)
