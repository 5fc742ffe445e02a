"""A document is verified by compiling it: no error, and no line that runs into the margin."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

SECONDS = 60
MARGIN = 20.0  # points a line may run over before a reader sees it
STRICT = ("-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape")


def compiled(text: str) -> tuple[str, str]:
    """Return the status of a document and why: verified, failed, or not checked where pdflatex is missing."""
    program = shutil.which("pdflatex")
    if program is None:
        return "not checked", "pdflatex is not installed"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "document.tex"
        source.write_text(text, encoding="utf-8")
        return _judged(program, source)


def _judged(program: str, source: Path) -> tuple[str, str]:
    try:
        done = _run([program, *STRICT, source.name], source.parent)
    except subprocess.TimeoutExpired:
        return "failed", f"pdflatex did not finish within {SECONDS} s"
    log = done.stdout.decode("utf-8", errors="replace")
    if done.returncode:
        return "failed", next((line for line in log.splitlines() if line.startswith("!")), "pdflatex failed")
    return _within_margins(log)


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run pdflatex so that it can neither start programs nor open files outside its folder."""
    locked = {**os.environ, "openin_any": "p", "openout_any": "p"}
    return subprocess.run(command, cwd=folder, env=locked, capture_output=True, timeout=SECONDS, check=False)


def _within_margins(log: str) -> tuple[str, str]:
    over = max(map(float, re.findall(r"Overfull \\hbox \(([\d.]+)pt", log)), default=0.0)
    if over > MARGIN:
        return "failed", f"a line runs {over:.0f} pt into the margin"
    return "verified", "compiled by pdflatex"
