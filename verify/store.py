"""Evidence is kept under a fingerprint of all it depends on; a kill loses at most the task in flight."""

import json
import sqlite3
from dataclasses import asdict
from pathlib import Path

from verify.errors import UsageError
from verify.verdict import Evidence, Mutants, Outcome

VERSION = 1
TABLE = """CREATE TABLE IF NOT EXISTS evidence (
    key TEXT PRIMARY KEY, claim TEXT NOT NULL, lane TEXT NOT NULL, seconds REAL NOT NULL, found TEXT NOT NULL)"""


class Store:
    """An SQLite file in write-ahead mode; one writer, any number of readers."""

    def __init__(self, path: Path) -> None:
        """Open or create the store.

        Raises:
            UsageError: the file is no store, or was written by another version.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path
        try:
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=30)
            self._prepare()
        except sqlite3.DatabaseError as error:
            raise UsageError(f"store: expected a lindiff store at {path}, got a file that is none ({error})") from None

    def _prepare(self) -> None:
        (found,) = self._connection.execute("PRAGMA user_version").fetchone()
        tables = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if found != VERSION and tables:
            raise UsageError(
                f"store: expected version {VERSION} at {self._file}, got version {found}; "
                "move it away, or choose another folder with --out"
            )
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute(f"PRAGMA user_version={VERSION}")
        self._connection.execute(TABLE)

    def get(self, key: str) -> Evidence | None:
        """Return the evidence kept under `key`, or None."""
        row = self._connection.execute("SELECT found FROM evidence WHERE key = ?", (key,)).fetchone()
        return _evidence(json.loads(row[0])) if row else None

    def put(self, key: str, claim: str, evidence: Evidence, seconds: float) -> None:
        """Keep `evidence`; it is on disk when this returns."""
        found = json.dumps(asdict(evidence), sort_keys=True)
        row = (key, claim, evidence.lane, seconds, found)
        self._connection.execute("INSERT OR REPLACE INTO evidence VALUES (?, ?, ?, ?, ?)", row)

    def seconds(self) -> dict[str, float]:
        """Return how long each kept judgement took, by claim and lane."""
        rows = self._connection.execute("SELECT claim, lane, seconds FROM evidence")
        return {f"{claim} {lane}": seconds for claim, lane, seconds in rows}

    def clear(self) -> None:
        """Forget all evidence."""
        self._connection.execute("DELETE FROM evidence")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _evidence(found: dict) -> Evidence:
    outcome, tally = Outcome(found.pop("outcome")), Mutants(**found.pop("mutants"))
    return Evidence(outcome=outcome, mutants=tally, **found)
