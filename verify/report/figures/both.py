"""A printed formula and its correction in one plot, along one variable through the witness."""

from collections.abc import Mapping

import numpy as np
import sympy as sp

from theory.domain import Domain
from theory.latex import render
from verify.bridge import evaluate
from verify.report.figures import axes, svg
from verify.report.model import Figure

PREFERRED = ("tau", "sigma", "lam", "t", "sigma0", "Q", "eta", "n")
POINTS = 60
STYLES = (("printed", svg.RISE, "--"), ("corrected", svg.FALL, "-"))
Point = Mapping[sp.Symbol, sp.Rational]


def draw(name: str, printed: sp.Expr, corrected: sp.Expr, *, domain: Domain, point: Point) -> Figure | None:
    """Return both formulas along one variable, the others fixed at `point`; nothing if that cannot be drawn."""
    var = _variable(printed, corrected, point)
    if var is None:
        return None
    x = _range(var, domain, point)
    try:
        curves = [_curve(formula, var, point, x) for formula in (printed, corrected)]
    except ValueError:
        return None
    return _drawn(name, var, x, curves, point) if min(np.isfinite(c).sum() for c in curves) > 2 else None


def _variable(printed: sp.Expr, corrected: sp.Expr, point: Point) -> sp.Symbol | None:
    """Choose the variable: the only one, or the first preferred one if the point fixes all others."""
    free = {
        symbol for formula in (printed, corrected) for symbol in formula.free_symbols if isinstance(symbol, sp.Symbol)
    }
    order = [s for name in PREFERRED for s in free if s.name == name] + sorted(free, key=str)
    return next((var for var in order if free - {var} <= set(point)), None)


def _curve(formula: sp.Expr, var: sp.Symbol, point: Point, x: np.ndarray) -> np.ndarray:
    at = {symbol.name: float(number) for symbol, number in point.items()} | {var.name: x}
    values = evaluate(formula, at) + 0 * x
    return np.where(np.isfinite(values), values, np.nan)


def _range(var: sp.Symbol, domain: Domain, point: Point) -> np.ndarray:
    """Return values around the witness, within the domain."""
    interval = domain.range_of(var) if var in domain.symbols else None
    centre = float(point.get(var, 1))
    low, high = (-2 * abs(centre) - 1, 2 * abs(centre) + 1)
    if interval is not None:
        low, high = max(low, _finite(interval.low, low)), min(max(high, 4 * centre), _finite(interval.high, 1e30))
    return np.linspace(low + 1e-6 * (high - low), high, POINTS)


def _finite(end: sp.Expr, otherwise: float) -> float:
    return float(end) if end.is_finite else otherwise


def _drawn(name: str, var: sp.Symbol, x: np.ndarray, curves: list[np.ndarray], point: Point) -> Figure:
    drawing, (axis,) = svg.canvas(4.6, 2.6)
    for curve, (label, colour, dash) in zip(curves, STYLES, strict=True):
        axis.plot(x, curve, dash, color=colour, linewidth=1.6, label=label)
    if var in point:
        axis.axvline(float(point[var]), color=svg.INK, linewidth=0.6, linestyle=":")
    axes.named(axis, "", _plain(var), "value")
    axes.key(axis)
    csv = axes.table(
        (var.name, "printed", "corrected"), [tuple(map(float, row)) for row in zip(x, *curves, strict=True)]
    )
    drawn = svg.svg(drawing, name, f"Printed and corrected formula against {var.name}")
    return Figure(name=name, title="Printed and corrected", caption=_caption(var, point), svg=drawn, csv=csv)


def _caption(var: sp.Symbol, point: Point) -> str:
    fixed = ", ".join(f"${render(s)} = {sp.latex(v)}$" for s, v in sorted(point.items(), key=str) if s != var)
    return f"Along ${render(var)}$ through the witness (dotted){', with ' + fixed if fixed else ''}."


def _plain(var: sp.Symbol) -> str:
    return {"tau": "τ", "lam": "λ", "sigma": "σ", "eta": "η", "sigma0": "σ₀", "sigmaT": "σ_T"}.get(var.name, var.name)
