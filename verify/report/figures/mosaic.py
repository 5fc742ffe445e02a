"""Small images side by side as one SVG: a PNG of all tiles, and the names of their columns and rows."""

import base64
import io
from collections.abc import Sequence
from html import escape

import numpy as np
from jaxtyping import UInt8

Tiles = Sequence[Sequence[UInt8[np.ndarray, "c h w"] | None]]
WIDTH, GAP, SIZE, NAMED = 640, 0.06, 9, 46  # of the drawing; between tiles, of a tile; of letters; of a row's name


def svg(tiles: Tiles, columns: Sequence[str], rows: Sequence[str], label: str) -> str:
    """Return the tiles with the names of their columns above and of their rows at the left; `label` is read out.

    Args:
        tiles: rows of images (c, h, w) of one shape, c = 1 or 3; None leaves a place empty.
        columns: their names.
        rows: their names, perhaps empty.
        label: what a screen reader says.
    """
    sheet = _sheet(tiles)
    left = NAMED if any(rows) else 0
    step_x = (WIDTH - left) / len(columns)
    step_y = step_x * (sheet.shape[0] / len(rows)) / (sheet.shape[1] / len(columns))
    top, height = SIZE + 6, SIZE + 6 + step_y * len(rows)
    parts = [_text(left + (j + 0.5) * step_x, SIZE + 1, name, "middle") for j, name in enumerate(columns)]
    parts += [_text(left - 5, top + (i + 0.5) * step_y, name, "end") for i, name in enumerate(rows) if name]
    parts += [
        f'<image x="{left}" y="{top}" width="{WIDTH - left}" height="{step_y * len(rows):.1f}" '
        f'preserveAspectRatio="none" style="image-rendering:pixelated" href="{_png(sheet)}"/>'
    ]
    opening = f'<svg class="plot" role="img" aria-label="{escape(label)}" viewBox="0 0 {WIDTH} {height:.1f}"'
    style = f' style="max-width:{WIDTH * 1.3:.0f}px" fill="currentColor" font-size="{SIZE}"'
    return opening + style + ' xmlns="http://www.w3.org/2000/svg">' + "\n".join(parts) + "</svg>\n"


def _sheet(tiles: Tiles) -> UInt8[np.ndarray, "height width 4"]:
    """Return one image of all tiles; the gaps between them are transparent."""
    h, w = next(tile.shape[1:] for line in tiles for tile in line if tile is not None)
    gap = max(1, round(GAP * w))
    sheet = np.zeros((len(tiles) * (h + gap), len(tiles[0]) * (w + gap), 4), dtype=np.uint8)
    for i, line in enumerate(tiles):
        for j, tile in enumerate(line):
            if tile is not None:
                y, x = i * (h + gap) + gap // 2, j * (w + gap) + gap // 2
                sheet[y : y + h, x : x + w, :3] = np.moveaxis(np.broadcast_to(tile, (3, h, w)), 0, 2)
                sheet[y : y + h, x : x + w, 3] = 255
    return sheet


def _png(image: UInt8[np.ndarray, "height width 4"]) -> str:
    """Return a PNG as a data address."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.fromarray(image, "RGBA").save(buffer, format="PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
