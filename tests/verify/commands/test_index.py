import json

import pytest

from verify.commands import index
from verify.errors import UsageError
from verify.ledger import CLAIMS


@pytest.fixture(autouse=True)
def _forgotten():
    index._sections.cache_clear()
    yield
    index._sections.cache_clear()


def test_all_ids_are_known_in_the_order_of_the_ledger(tmp_path):
    assert list(index.ids(tmp_path)) == list(CLAIMS)


def test_the_claims_asked_for_are_those_of_the_ledger(tmp_path):
    found = index.chosen(("wp.D.3.*", "our.spiked.angle"), tmp_path)

    assert {c.id for c in found} == {
        name for name in CLAIMS if name.startswith("wp.D.3.") or name == "our.spiked.angle"
    }
    assert all(c is CLAIMS[c.id] for c in found)
    assert index.chosen((), tmp_path) == tuple(CLAIMS.values())


def test_what_is_remembered_is_used_only_for_the_code_it_was_written_by(tmp_path):
    index.ids(tmp_path)
    path = tmp_path / index.FILE
    kept = json.loads(path.read_text())
    path.write_text(json.dumps(kept | {"sections": {"ours.spiked": ["our.spiked.angle"]}}))
    index._sections.cache_clear()
    assert index.ids(tmp_path) == ("our.spiked.angle",)

    path.write_text(json.dumps({"code": "another", "sections": {}}))
    index._sections.cache_clear()
    assert list(index.ids(tmp_path)) == list(CLAIMS)


@pytest.mark.parametrize("text", ["", "[]", "{}", "no json"])
def test_a_spoilt_memory_is_read_anew(tmp_path, text):
    (tmp_path / index.FILE).write_text(text)

    assert list(index.ids(tmp_path)) == list(CLAIMS)


def test_a_pattern_without_a_match_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"no id matches 'wp\.9\.\*'"):
        index.chosen(("wp.D.3.*", "wp.9.*"), tmp_path)
