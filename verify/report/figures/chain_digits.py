"""Digits generated from noise by a chain of projections, on the way and at the end."""

from verify.report.figures import axes
from verify.report.figures.chains import Row, result, sheet
from verify.report.model import Figure

TITLE = "Digits from pure noise"
SIDE, SHOWN, CLASSES = 28, "accumulated", "01234"
CAPTION = r"""Counterpart of figure 1: digits generated from pure noise, a class at a time, by 65 projections onto 30
noisy components of the bundled digits; noise accumulates, $\sigma_t=0.03\,t$, pixels in $[0,1]$, no mean subtracted.
Left to right: the noise, then the image after ever more steps, each stretched to its own range; last row: one sample
of every class. A sample and its negative are equally likely; the bright one is shown. Claims wdmg.fig1,
our.chain.alike."""


def draw() -> Figure | None:
    """Return the paths of five classes and a sample of each class; nothing if it was not run."""
    found = result("chain_digits")
    if found is None:
        return None
    pictures, frames = found["variations"][SHOWN]["pictures"], len(found["frames"])
    rows = [
        Row(words=f"digit {name}", png=pictures[f"path{name}"], width=SIDE * frames, height=SIDE) for name in CLASSES
    ]
    rows.append(Row(words="a sample of every class", png=pictures["finals"], width=SIDE * 10, height=SIDE))
    columns = {name: part["histogram_curve"] for name, part in found["variations"].items()}
    values = zip(*columns.values(), strict=True)
    csv = axes.table(("i", *columns), [(float(i), *map(float, row)) for i, row in enumerate(values)])
    return sheet("chain_digits", rows, title=TITLE, caption=CAPTION, csv=csv, command="lindiff train chain_digits")
