"""A result is named numbers and arrays; what is estimated carries an interval. It is stored as small, diffable JSON."""

import json
import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from numerics.experiments.experiment import Size

DIGITS = 6
LARGEST = 200_000
Result = Mapping[str, object]


def estimate(value: float, low: float, high: float) -> dict[str, float]:
    """Return an estimated number with its interval.

    Raises:
        ValueError: not low <= value <= high, as with NaN.
    """
    if not low <= value <= high:
        raise ValueError(f"estimate: expected low <= value <= high, got {low}, {value}, {high}")
    return {"value": float(value), "low": float(low), "high": float(high)}


def path_of(folder: Path, name: str, size: Size) -> Path:
    """Return where the result of an experiment lies: NAME.json, NAME.quick.json at the quick size."""
    return folder / (f"{name}.json" if size == "full" else f"{name}.{size}.json")


def text_of(record: Mapping[str, object]) -> str:
    """Return a record as JSON with sorted keys, arrays in one line, floats to six digits; a missing number is null.

    Raises:
        ValueError: it is longer than 200 kB, or holds something that is no number, text, array or mapping.
    """
    lines = ",\n".join(_lines(record, 1))
    text = f"{{\n{lines}\n}}\n"
    if len(text) > LARGEST:
        raise ValueError(f"result: expected at most {LARGEST} bytes, got {len(text)}; store fewer times or modes")
    return text


def _lines(record: Mapping[str, object], depth: int) -> list[str]:
    pad = " " * depth
    return [f"{pad}{json.dumps(key)}: {_value(record[key], depth)}" for key in sorted(record)]


def _value(value: object, depth: int) -> str:
    if isinstance(value, Mapping) and any(isinstance(v, Mapping | list | tuple | np.ndarray) for v in value.values()):
        return "{\n" + ",\n".join(_lines(value, depth + 1)) + "\n" + " " * depth + "}"
    return json.dumps(_plain(value), sort_keys=True, allow_nan=False)


def _plain(value: object) -> object:
    if isinstance(value, np.ndarray | np.generic):
        return _plain(value.tolist())
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    raise ValueError(f"result: expected numbers, texts, arrays or mappings, got {type(value).__name__}")
