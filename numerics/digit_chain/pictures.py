"""Small pictures as text: PNG in base64, few grey levels, so that a result can carry them."""

import base64
import io

import numpy as np
from jaxtyping import Float

LEVELS = 16


def strip(pictures: Float[np.ndarray, "count height width"]) -> str:
    """Return pictures side by side as one PNG in base64; values from 0 (black) to 1 (white) in 16 steps.

    Raises:
        ValueError: a value is not finite.
    """
    if not np.isfinite(pictures).all():
        raise ValueError("pictures: expected finite values")
    from PIL import Image

    row = np.concatenate(list(np.clip(pictures, 0, 1)), axis=1)
    grey = np.round(row * (LEVELS - 1)).astype(np.uint8)
    image = Image.fromarray(grey, mode="P")
    image.putpalette([value for k in range(LEVELS) for value in (k * 255 // (LEVELS - 1),) * 3])
    stream = io.BytesIO()
    image.save(stream, format="PNG", optimize=True, bits=4)
    return base64.b64encode(stream.getvalue()).decode("ascii")


def stretched(pictures: Float[np.ndarray, "count height width"]) -> Float[np.ndarray, "count height width"]:
    """Return each picture with its own smallest value at 0 and its largest at 1."""
    low, high = pictures.min((1, 2), keepdims=True), pictures.max((1, 2), keepdims=True)
    return (pictures - low) / np.where(high > low, high - low, 1.0)
