"""`python -m verify.report.figures NAME... [--out DIR]` draws figures again: NAME.svg and NAME.csv."""

import argparse
import sys
from pathlib import Path

from verify.report.figures import FIGURES, RECORDED_FIGURES


def main(arguments: list[str]) -> int:
    """Write the figures named, all of them by default, and say which files were written."""
    parser = argparse.ArgumentParser(prog="python -m verify.report.figures", description=__doc__)
    parser.add_argument("name", nargs="*", default=list(FIGURES), help=f"any of {', '.join(FIGURES)}")
    parser.add_argument("--out", type=Path, default=Path())
    asked = parser.parse_args(arguments)
    known = [*FIGURES, *RECORDED_FIGURES]
    if unknown := sorted(set(asked.name) - set(known)):
        parser.error(f"name: expected any of {', '.join(known)}; got {', '.join(unknown)}")
    for name in asked.name:
        write(name, asked.out)
    return 0


def write(name: str, out: Path) -> None:
    """Write one figure and its numbers into the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    figure = (FIGURES | RECORDED_FIGURES)[name]()
    if figure is None:
        print(f"{name}: nothing to draw, its experiment is not run (lindiff train lists them)", file=sys.stderr)
        return
    for suffix, text in ((".svg", figure.svg), (".csv", figure.csv)):
        path = (out / name).with_suffix(suffix)
        path.write_text(text, encoding="utf-8")
        print(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
