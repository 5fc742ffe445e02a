"""Axes speak plainly: powers of ten in one line of text, labels at the ends of curves, no legend to decode."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SIZE = 10


def logarithmic(axis: "Axes", which: str, low: float, high: float, steps: int = 6) -> None:
    """Make the axis `which` (x or y) logarithmic from low to high, at most steps + 1 powers of ten labelled."""
    from matplotlib.ticker import FuncFormatter, NullFormatter, NullLocator

    getattr(axis, f"set_{which}scale")("log")
    getattr(axis, f"set_{which}lim")(low, high)
    line = getattr(axis, f"{which}axis")
    line.set_major_locator(_decades(low, high, steps))
    line.set_major_formatter(FuncFormatter(lambda value, _: power_of_ten(value)))
    line.set_minor_formatter(NullFormatter())
    line.set_minor_locator(NullLocator())


def power_of_ten(value: float) -> str:
    """Return 0.001 as 10⁻³; 1, 10 and 0.1 as they are."""
    exponent = round(np.log10(value))
    return f"{value:g}" if -1 <= exponent <= 1 else "10" + str(exponent).translate(RAISED)


def law(a: float, b: float) -> str:
    """Return the name of the fit y = a x^b."""
    return f"a = {a:.2g}, b = {b:.2f}".replace("-", "−")


def named(axis: "Axes", title: str, x: str, y: str) -> None:
    """Give the panel its title and its axes their labels."""
    from verify.report.figures.svg import INK

    axis.set_title(title, fontsize=SIZE, color=INK, loc="left")
    axis.set_xlabel(x, fontsize=SIZE, color=INK)
    axis.set_ylabel(y, fontsize=SIZE, color=INK)


def key(axis: "Axes", where: str = "best", columns: int = 1) -> None:
    """Draw the list of curve names without a frame."""
    from verify.report.figures.svg import INK

    axis.legend(frameon=False, fontsize=8, labelcolor=INK, loc=where, ncols=columns, handlelength=1.4, borderpad=0.1)


def table(header: Sequence[str], rows: Iterable[Sequence[float | str]]) -> str:
    """Return CSV text; numbers carry five significant digits."""
    lines = [",".join(header)]
    lines += [",".join(f"{cell:.5g}" if isinstance(cell, float) else str(cell) for cell in row) for row in rows]
    return "\n".join(lines) + "\n"


def reached(*arrays: np.ndarray, margin: float = 1.3) -> tuple[float, float]:
    """Return positive limits around all finite positive entries."""
    values = np.concatenate([np.ravel(array) for array in arrays])
    known = values[np.isfinite(values) & (values > 0)]
    return (float(known.min()) / margin, float(known.max()) * margin) if known.size else (0.1, 10.0)


def _decades(low: float, high: float, steps: int) -> object:
    from matplotlib.ticker import FixedLocator

    first, last = int(np.ceil(np.log10(low) - 1e-9)), int(np.floor(np.log10(high) + 1e-9))
    step = max(1, -(-(last - first) // steps))
    return FixedLocator([10.0**k for k in range(first, last + 1, step)])
