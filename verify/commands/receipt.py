"""A run that would repeat the last one is not repeated: same code, versions, results read, request, files written."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from verify.fingerprint import ROOT, versions

FILE = "last_run.json"
CODE = ("theory", "numerics", "verify")
WRITTEN = ("verdicts.json", "report.html", "timings.json")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a run was asked, the digests of the files it wrote, what it printed and its exit code."""

    asked: str
    written: dict[str, str]
    printed: str
    code: int


def asked(*request: object) -> str:
    """Return the digest of a request together with all code, the versions it runs on and the results it reads."""
    return sha256(repr((request, source(), sorted(versions().items()), results())).encode()).hexdigest()


def results() -> list[tuple[str, str]]:
    """Return name and digest of every stored result of an experiment or a calibration."""
    folders = (Path("reports"), ROOT / "reports")
    paths = (path for folder in folders for path in (folder / "statistics.json", *folder.glob("experiments/*.json")))
    return sorted((str(path), _file(path)) for path in paths if path.is_file() and ".timings" not in path.suffixes)


@cache
def source() -> str:
    """Return the digest of every file of the distribution."""
    files = (path for part in CODE for path in (ROOT / part).rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sha256("".join(f"{path.relative_to(ROOT)} {_file(path)}\n" for path in sorted(files)).encode()).hexdigest()


def keep(out: Path, asked: str, printed: str, code: int) -> None:
    """Keep the receipt of a run in `out`."""
    receipt = Receipt(asked, _written(out), printed, code)
    (out / FILE).write_text(json.dumps(asdict(receipt), indent=1) + "\n", encoding="utf-8")


def find(out: Path, asked: str) -> Receipt | None:
    """Return the receipt of the last run in `out` if it was asked the same and its files are as it left them."""
    try:
        receipt = Receipt(**json.loads((out / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return receipt if receipt.asked == asked and receipt.written == _written(out) else None


def _written(out: Path) -> dict[str, str]:
    return {name: _file(out / name) for name in WRITTEN if (out / name).exists()}


def _file(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
