"""Generated spectra of local filters: narrow patches tie neighbouring frequencies together and stay off the data."""

import numpy as np

from theory import convolution
from theory import one_layer as one
from verify.bridge import evaluate
from verify.report.figures import axes, svg
from verify.report.figures.families import EDGES
from verify.report.model import Figure

PIXELS = 32
WIDTHS = (0, 1, 3, 8)
TIMES = (0.0, 0.01, 0.1, 1.0, 10.0, 100.0, 1e4)
MODES = np.arange(PIXELS // 2 + 1)
CAPTION = r"""Local filters of half-width $r$ on a circle of 32 pixels, trained from zero: generated variance by
Fourier mode $k$ at seven training times (purple to yellow), and the spectrum of the data (dashed). A filter of one
pixel gives all modes one level; wider ones resolve more, and even after long training a narrow filter does not
reach the data. Claims our.patch.variance, our.patch.limit, our.patch.low_frequency_lock, wp.5.4.sampling.local."""


def draw() -> Figure:
    """Return the generated spectra over training, a panel for each half-width."""
    drawing, panels = svg.canvas(9.4, 2.8, len(WIDTHS), sharey=True)
    rows: list[tuple[float, ...]] = []
    for axis, r in zip(panels, WIDTHS, strict=True):
        found = generated(r)
        for curve, colour, time in zip(found, svg.scale(len(TIMES)), TIMES, strict=True):
            axis.plot(MODES, curve, color=colour, linewidth=1.3, label=f"{time:g}")
            rows += [(float(r), time, float(k), float(v)) for k, v in zip(MODES, curve, strict=True)]
        axis.plot(MODES, spectrum()[MODES], "--", color=svg.INK, linewidth=1)
        axes.logarithmic(axis, "y", 1e-6, 1e2)
        axes.named(axis, f"r = {r}, {2 * r + 1} tap{'s' if r else ''}", "Fourier mode k", "")
    panels[0].set_ylabel("generated variance", fontsize=axes.SIZE, color=svg.INK)
    axes.key(panels[0], "upper right", columns=2)
    words = {"title": "Spectra of local filters over training 2Nητ", "caption": CAPTION}
    return svg.finished(drawing, "patch_spectra", csv=axes.table(("r", "2_N_eta_tau", "k", "variance"), rows), **words)


def spectrum() -> np.ndarray:
    """Return the variances of the Fourier modes of the data, which fall as a power of the frequency."""
    k = np.minimum(np.arange(PIXELS), PIXELS - np.arange(PIXELS))
    return 3.0 / (1.0 + k) ** 2.5


def generated(r: int) -> np.ndarray:
    """Return the generated variances, a row for each training time and a column for each of `MODES`."""
    offsets = np.arange(-r, r + 1)
    lags = np.fft.ifft(spectrum()).real
    theta, vectors = np.linalg.eigh(lags[(offsets[:, None] - offsets) % PIXELS])
    share = (np.cos(2 * np.pi * MODES[:, None] * offsets / PIXELS) @ vectors) * vectors[r]
    at = {"theta": np.maximum(theta, 0.0), "a_k": share, "b_k1": 0.0, "eta": 0.5, "N": PIXELS, **EDGES}
    summand = convolution.log_share(convolution.theta, convolution.a_k, convolution.b_k1)
    parts = evaluate(summand, at | {"tau": np.array(TIMES)[:, None, None] / PIXELS})
    return np.exp(np.log(evaluate(one.sigmaT, EDGES) ** 2) + parts.sum(axis=-1))
