"""A user's data becomes a matrix of samples or a spectrum, or one sentence says why it cannot."""

import zipfile
from pathlib import Path

import numpy as np
from jaxtyping import Float
from numpy.lib.npyio import NpzFile

from numerics.data import COLOURED, SETS, flat

BUNDLED = SETS | COLOURED
PICTURES = (".png", ".jpg", ".jpeg")


def load(source: str | Path, *, key: str | None = None) -> Float[np.ndarray, "n d"] | Float[np.ndarray, " k"]:
    """Return samples, one in each row, or a spectrum as an array of one dimension.

    Args:
        source: "digits", "faces", "patches" or "colours", or a path: a .npy or .npz file of samples (first axis) or of
            eigenvalues (one axis), a text file of eigenvalues, or a folder of images of one size.
        key: which array of an .npz file; needed if it holds several.

    Raises:
        ValueError: what was expected, what was found, and how to mend it.
    """
    values = read(source, key=key)
    return values if values.ndim == 1 else flat(values)


def read(source: str | Path, *, key: str | None = None) -> np.ndarray:
    """Return the same, but samples in the shape they have in the file: (n, d), (n, rows, columns), ...

    Raises:
        ValueError: what was expected, what was found, and how to mend it.
    """
    if str(source) in BUNDLED:
        return BUNDLED[str(source)]()
    path = Path(source)
    if not path.exists():
        raise ValueError(f"{path}: expected a file, a folder or one of {sorted(BUNDLED)}, got nothing; check the path")
    return _checked(path, _pictures(path) if path.is_dir() else _array(path, key))


def _array(path: Path, key: str | None) -> np.ndarray:
    """Return the array in a file."""
    try:
        if path.suffix not in (".npy", ".npz"):
            return _table(path.read_text())
        with path.open("rb") as stream:  # ours to close: NumPy leaves a broken archive open
            found = np.load(stream, allow_pickle=False)
            return found if isinstance(found, np.ndarray) else _member(found, key)
    except (OSError, EOFError, ValueError, zipfile.BadZipFile) as cause:
        raise ValueError(f"{path}: expected numbers in .npy, .npz or text, not readable ({_line(cause)})") from cause


def _table(text: str) -> np.ndarray:
    """Return the numbers of a text, separated by blanks, commas or lines; # starts a remark."""
    lines = [line for line in (line.partition("#")[0].strip() for line in text.splitlines()) if line]
    if not lines:
        raise ValueError("it holds no number")
    return np.loadtxt(lines, delimiter="," if "," in lines[0] else None, ndmin=1)


def _member(archive: NpzFile, key: str | None) -> np.ndarray:
    """Return the named array of an archive, or its only one."""
    names = archive.files
    if key is None and len(names) != 1:
        raise ValueError(f"it holds {names}; name one of them as key")
    if key is not None and key not in names:
        raise ValueError(f"it holds {names}, not {key!r}")
    return archive[key or names[0]]


def _pictures(folder: Path) -> np.ndarray:
    """Return the images of a folder, in the order of their names, as rows of values in [0, 1]."""
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in PICTURES)
    if not paths:
        raise ValueError(f"{folder}: expected images ({', '.join(PICTURES)}), got none; put at least two there")
    rows = [_picture(path) for path in paths]
    sizes = {row.shape for row in rows}
    if len(sizes) != 1:
        raise ValueError(f"{folder}: expected images of one size, got {sorted(sizes)}; resize or convert them")
    return np.stack(rows)


def _picture(path: Path) -> np.ndarray:
    from PIL import Image

    try:
        with Image.open(path) as image:
            mode = "L" if image.mode in ("1", "L", "LA", "I", "F", "I;16") else "RGB"
            return np.asarray(image.convert(mode), dtype=np.float64) / 255
    except (OSError, SyntaxError, Image.DecompressionBombError) as cause:
        raise ValueError(f"{path}: expected an image, not readable ({_line(cause)}); remove or replace it") from cause


def _checked(path: Path, array: np.ndarray) -> np.ndarray:
    """Return the array in float64: samples along its first axis, or a spectrum."""
    if array.dtype.kind not in "buif":
        raise ValueError(f"{path}: expected real numbers, got {array.dtype}; convert them to floating point")
    if array.ndim == 0 or array.size == 0:
        raise ValueError(f"{path}: expected samples or a spectrum, got shape {array.shape}; save (samples, pixels)")
    values = array.astype(np.float64)
    if not np.isfinite(values).all():
        bad = np.count_nonzero(~np.isfinite(values))
        raise ValueError(f"{path}: expected finite numbers, got {bad} NaN or infinite; remove or fill them in")
    return _spectrum(path, values) if values.ndim == 1 else _samples(path, values)


def _spectrum(path: Path, lams: Float[np.ndarray, " k"]) -> Float[np.ndarray, " k"]:
    if not (lams >= 0).all():
        raise ValueError(f"{path}: expected variances >= 0, got {lams.min():.3g}; samples need a second axis")
    return np.sort(lams)[::-1]


def _samples(path: Path, values: np.ndarray) -> np.ndarray:
    if len(values) < 2:
        raise ValueError(f"{path}: expected at least 2 samples along the first axis, got {len(values)}; add some")
    return values


def _line(cause: Exception) -> str:
    return str(cause).splitlines()[0] if str(cause) else type(cause).__name__
