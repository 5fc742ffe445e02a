import sqlite3

import pytest

from verify.errors import UsageError
from verify.store import Store
from verify.verdict import Evidence, Mutants, Outcome

FOUND = Evidence(
    lane="kernel",
    outcome=Outcome.FAILS,
    because="because",
    engine="flint",
    figures={"points": 3},
    witness={"point": {"lam": "1/3"}},
    mutants=Mutants(tried=3, rejected=2, equivalent=1),
)


def test_evidence_comes_back_as_it_was(tmp_path):
    Store(tmp_path / "store").put("key", "our.claim", FOUND, 0.5)

    assert Store(tmp_path / "store").get("key") == FOUND


def test_an_unknown_key_has_no_evidence(tmp_path):
    assert Store(tmp_path / "store").get("key") is None


def test_clearing_forgets(tmp_path):
    store = Store(tmp_path / "store")
    store.put("key", "our.claim", FOUND, 0.5)

    store.clear()

    assert store.get("key") is None


def test_a_store_of_another_version_is_left_alone(tmp_path):
    Store(tmp_path / "store").put("key", "our.claim", FOUND, 0.5)
    with sqlite3.connect(tmp_path / "store") as other:
        other.execute("PRAGMA user_version=99")
    other.close()

    with pytest.raises(UsageError, match="expected version 1.*got version 99"):
        Store(tmp_path / "store")

    rows = sqlite3.connect(tmp_path / "store").execute("SELECT count(*) FROM evidence").fetchone()
    assert rows == (1,)


def test_a_file_that_is_no_store_is_named(tmp_path):
    (tmp_path / "store").write_text("this is no database, but it is long enough to be mistaken for one " * 20)

    with pytest.raises(UsageError, match="expected a lindiff store"):
        Store(tmp_path / "store")
