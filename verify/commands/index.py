"""Where each claim is, remembered from run to run: a command about a few claims need not read the sections of all."""

import json
from fnmatch import fnmatchcase
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from verify.claim import Claim
from verify.errors import UsageError
from verify.fingerprint import code
from verify.ledger import SECTIONS

FILE = "ids.json"
READ = ("theory", "verify/ledger", "verify/claim.py")


def ids(out: Path) -> tuple[str, ...]:
    """Return the ids of all claims, in the order of the ledger; `out` is the folder that remembers them."""
    return tuple(name for names in _sections(out).values() for name in names)


def chosen(patterns: tuple[str, ...], out: Path) -> tuple[Claim, ...]:
    """Return the claims whose id matches one of `patterns`, all claims if there is none.

    Raises:
        UsageError: a pattern matches nothing.
    """
    known = ids(out) if patterns else ()
    for pattern in patterns:
        if not any(fnmatchcase(name, pattern) for name in known):
            raise UsageError(f"claim: no id matches {pattern!r}; `lindiff list` shows them all")
    return tuple(claim for claim in _read(patterns, out) if not patterns or _matches(claim.id, patterns))


def _read(patterns: tuple[str, ...], out: Path) -> tuple[Claim, ...]:
    """Return the claims of all sections in which an id matches."""
    if not patterns:
        from verify.ledger import CLAIMS

        return tuple(CLAIMS.values())
    named = [section for section, names in _sections(out).items() if any(_matches(name, patterns) for name in names)]
    return tuple(claim for section in named for claim in import_module(f"verify.ledger.{section}").CLAIMS)


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


@cache
def _sections(out: Path) -> dict[str, list[str]]:
    """Return the ids of each section, as remembered for this very code, else as read."""
    now = sha256(f"{code(READ)} {SECTIONS}".encode()).hexdigest()
    try:
        kept = json.loads((out / FILE).read_text(encoding="utf-8"))
        if kept["code"] == now:
            return kept["sections"]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return _remembered(out, now)


def _remembered(out: Path, now: str) -> dict[str, list[str]]:
    """Return the ids of each section, read from all of them and written down if a run has made the folder."""
    from verify.ledger import CLAIMS

    sections = {s: [c.id for c in import_module(f"verify.ledger.{s}").CLAIMS if c.id in CLAIMS] for s in SECTIONS}
    if out.is_dir():
        (out / FILE).write_text(json.dumps({"code": now, "sections": sections}) + "\n", encoding="utf-8")
    return sections
