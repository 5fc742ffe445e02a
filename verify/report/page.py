"""The report is one HTML file: styles, script, fonts and drawings are inside it."""

import base64
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import cast

import jinja2
from markupsafe import Markup

from theory.derivations import DERIVATIONS
from theory.symbols import NAMES
from verify.images import IMAGES
from verify.report import claims, mathml, summary
from verify.report.errata import errata
from verify.report.figures import FIGURES, IMAGE_FIGURES, RECORDED_FIGURES, ROOMS
from verify.report.images import Rows, predicted
from verify.report.model import Figure, ImageSet, Report
from verify.report.pack import packed
from verify.runner import Entry
from verify.verdict import Outcome, Verdict

FONTS = (
    ("lindiff text", "text-regular", "normal", "400"),
    ("lindiff text", "text-italic", "italic", "400"),
    ("lindiff text", "text-bold", "normal", "700"),
    ("lindiff math", "math", "normal", "400"),
)


def write(report: Report, out_dir: Path) -> Path:
    """Write report.html into `out_dir` and return its path."""
    out_dir.mkdir(parents=True, exist_ok=True)
    path = out_dir / "report.html"
    path.write_text(packed(render(report)), encoding="utf-8")
    return path


def write_report(found: Sequence[Entry], manifest: Mapping[str, object], out_dir: Path, *, whole: bool) -> Path:
    """Write the report on judged claims and return its path.

    On the `whole` ledger it has all derivations, figures and image sets we have; on a part of it, only the derivations
    of its claims.
    """
    used = {(entry.claim.derived_in or "").partition(": ")[0] for entry in found}
    report = Report(
        entries=tuple(found),
        manifest=manifest,
        derivations={name: chain for name, chain in DERIVATIONS.items() if whole or name in used},
        figures=_figures() if whole else {},
        images=_images(found) if whole else (),
    )
    return write(report, out_dir)


def _images(found: Sequence[Entry]) -> tuple[ImageSet, ...]:
    """Return all image sets with what is predicted of them and what was measured."""
    return tuple(predicted(name, load(), _measured(found, name)) for name, load in IMAGES.items())


def _figures() -> dict[str, Figure]:
    """Return all figures that can be drawn: those of stored results where there is one."""
    recorded = {name: draw() for name, draw in RECORDED_FIGURES.items()}
    return {name: draw() for name, draw in FIGURES.items()} | {k: v for k, v in recorded.items() if v is not None}


def _rooms(report: Report) -> list[tuple[str, str, list[Figure]]]:
    """Return heading, line and figures of each room that has some; what belongs to none is in the first."""
    known = {name for _, names in ROOMS.values() for name in names}
    other = [figure for name, figure in report.figures.items() if name not in known]
    found = []
    for title, (line, names) in ROOMS.items():
        shown = other + [report.figures[name] for name in names if name in report.figures]
        other = []
        found += [(title, line, shown)] if shown else []
    return found


def _measured(found: Sequence[Entry], name: str) -> Rows:
    """Return what the ode lane measured on the image set `name`, if it ran."""
    lanes = [e for entry in found if entry.claim.id == f"our.images.{name}" for e in entry.evidence]
    return next((cast(Rows, e.figures["measured"]) for e in lanes if "measured" in e.figures), ())


def render(report: Report) -> str:
    """Return the report as one HTML page that opens offline; equal reports give equal bytes."""
    entries = {entry.claim.id: entry for entry in report.entries}
    views = [claims.view(entry, report.derivations, entries) for entry in report.entries]
    images = [(images, _image_figures(images)) for images in report.images]
    shown = {"report": report, "views": views, "groups": _groups(views), "images": images}
    shown |= {"symbols": claims.quantities(report), "stated": claims.stated(report), "rooms": _rooms(report)}
    assets = {"style": Markup(_asset("report.css")), "script": Markup(_asset("report.js")), "fonts": _fonts()}
    page = _environment().get_template("report.html.j2")
    return page.render(
        **shown, **assets, errata=errata(report.entries), summary=summary, Verdict=Verdict, Outcome=Outcome
    )


def _groups(views: Sequence[claims.ClaimView]) -> list[tuple[str, list[claims.ClaimView]]]:
    """Return the claims of each origin together, origins in order of appearance."""
    order = list(dict.fromkeys(view.entry.claim.origin for view in views))
    ranked = sorted(views, key=lambda view: order.index(view.entry.claim.origin))
    return [(origin, list(found)) for origin, found in groupby(ranked, key=lambda view: view.entry.claim.origin)]


def _image_figures(images: ImageSet) -> list[Figure]:
    drawn = [draw(images) for draw in IMAGE_FIGURES.values()]
    return [figure for figure in drawn if figure is not None] + list(images.figures)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("verify.report", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    converters = {
        "words": mathml.escaped,
        "math": mathml.inline,
        "display": mathml.display,
        "statement": mathml.statement,
        "checked": mathml.checked,
        "states": claims.states,
    }
    environment.filters.update(
        converters | {"raw": Markup, "slug": slug, "unit": unit, "short": short, "symbol": symbol}
    )
    return environment


def slug(name: str) -> str:
    """Return `name` as an HTML id."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name)


def unit(text: str) -> Markup:
    """Return a unit: u for the unit of the data, dimensionless for 1."""
    return Markup("dimensionless") if text == "1" else mathml.inline(text)


def symbol(name: str) -> Markup:
    """Return the letter of a registered quantity, or the name itself."""
    return mathml.inline(NAMES[name].latex) if name in NAMES else mathml.escaped(name)


def short(text: object, most: int = 28) -> str:
    """Return `text` cut to `most` characters, for exact numbers with hundreds of digits."""
    whole = str(text)
    return whole if len(whole) <= most else f"{whole[: most - 8]}…{whole[-6:]}"


@cache
def _asset(name: str) -> str:
    return files("verify.report").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def _fonts() -> Markup:
    rules = [
        f"@font-face{{font-family:'{family}';font-style:{style};font-weight:{weight};font-display:swap;"
        f"src:url(data:font/woff2;base64,{_encoded(name)}) format('woff2')}}"
        for family, name, style, weight in FONTS
    ]
    return Markup("\n".join(rules))


def _encoded(name: str) -> str:
    font = files("verify.report").joinpath("assets", "fonts", f"{name}.woff2").read_bytes()
    return base64.b64encode(font).decode("ascii")
