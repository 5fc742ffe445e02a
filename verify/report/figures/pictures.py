"""What a network draws while it is trained, and what it makes of one noised image (Figs 3A, 4A, 11A, 15)."""

import base64
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from numerics.experiments.result import path_of
from verify.recorded import NotRecorded, Recorded, stored
from verify.report.figures import axes, mosaic
from verify.report.figures.courses import EXPERIMENTS
from verify.report.model import Figure

GENERATED = """The same noise, sampled after more and more steps of training; one image a row. {pixels}
Claims wp.6.1.img.*, wp.6.2.early.*."""
DENOISED = """D(x + σ z; σ) for one image x of the data and one z, at noise levels σ (rows), after more and more steps
of training; left the noised image, cut off at black and white, below it x. {pixels} Claims wp.6.2.local.*."""
MOST = 4  # images shown of those that are stored
PIXELS = "Pixels in reports/experiments/{file}."


def drawn_by(name: str) -> str:
    """Return the title of what an experiment draws: its network and data."""
    return EXPERIMENTS[name].partition(" (")[0]


def generated(experiment: str) -> Figure | None:
    """Return samples over the training; nothing if the experiment has not been run."""
    found = _pictures(experiment)
    if found is None:
        return None
    record, told = found
    steps, shape = told["steps"], tuple(told["shape"])
    tiles = unpacked(told["generated"], (len(steps), told["count"], *shape)).swapaxes(0, 1)[:MOST]
    title = f"Samples during training: {drawn_by(experiment)}"
    return _figure(record, f"samples_{experiment}", title, GENERATED, list(tiles), _named(steps), [""] * len(tiles))


def denoised(experiment: str) -> Figure | None:
    """Return one image as it is denoised over the training; nothing if the experiment has not been run."""
    found = _pictures(experiment)
    if found is None or "levels" not in found[1]:
        return None
    record, told = found
    steps, levels, shape = told["steps"], told["levels"], tuple(told["shape"])
    over_time = unpacked(told["denoised"], (len(steps), len(levels), *shape)).swapaxes(0, 1)
    noisy = unpacked(told["noisy"], (len(levels), *shape))
    clean: list[np.ndarray | None] = [unpacked(told["clean"], shape), *[None] * len(steps)]
    tiles = [*([first, *others] for first, others in zip(noisy, over_time, strict=True)), clean]
    names = [*(f"σ = {level:g}" for level in levels), "clean"]
    title = f"One image denoised during training: {drawn_by(experiment)}"
    return _figure(record, f"denoised_{experiment}", title, DENOISED, tiles, ["noised", *_named(steps)], names)


def unpacked(text: str, shape: tuple[int, ...]) -> np.ndarray:
    """Return the bytes that a result stores as a text."""
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype=np.uint8).reshape(shape)


def _pictures(experiment: str) -> tuple[Recorded, Mapping[str, Any]] | None:
    try:
        record = stored(experiment)
    except NotRecorded:
        return None
    told = record.result.get("pictures")
    return (record, told) if isinstance(told, Mapping) else None


def _named(steps: list[int]) -> list[str]:
    return [f"step {step}" for step in steps]


def _figure(
    record: Recorded, name: str, title: str, words: str, tiles: mosaic.Tiles, columns: list[str], rows: list[str]
) -> Figure:
    """Return tiles with the names of their columns and rows."""
    file = path_of(Path(), record.experiment, record.size)
    told = [
        (rows[i] or f"image {i + 1}", columns[j], float(tile.mean() / 255), float(tile.std() / 255))
        for i, line in enumerate(tiles)
        for j, tile in enumerate(line)
        if tile is not None
    ]
    return Figure(
        name=name,
        title=title,
        caption=words.format(pixels=PIXELS.format(file=file)),
        svg=mosaic.svg(tiles, columns, rows, title),
        csv=axes.table(("row", "column", "mean", "deviation"), told),
        command=record.command,
    )
