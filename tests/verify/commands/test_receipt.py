import pytest

from verify.commands import receipt


@pytest.fixture
def out(tmp_path):
    (tmp_path / "verdicts.json").write_text("{}")
    receipt.keep(tmp_path, receipt.asked("a"), "a table", 3)
    return tmp_path


def test_the_same_request_finds_what_the_last_run_printed(out):
    found = receipt.find(out, receipt.asked("a"))

    assert (found.printed, found.code) == ("a table", 3)


def test_another_request_finds_nothing(out):
    assert receipt.find(out, receipt.asked("b")) is None


def test_a_file_that_was_changed_since_makes_it_run_again(out):
    (out / "verdicts.json").write_text('{"claims": []}')

    assert receipt.find(out, receipt.asked("a")) is None


def test_code_that_was_changed_since_makes_it_run_again(out, monkeypatch):
    monkeypatch.setattr(receipt, "source", lambda: "other code")

    assert receipt.find(out, receipt.asked("a")) is None


def test_an_experiment_that_was_run_since_makes_it_run_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = receipt.asked("a")
    folder = tmp_path / "reports" / "experiments"
    folder.mkdir(parents=True)
    (folder / "random_walk.timings.json").write_text("1 s")
    timed = receipt.asked("a")
    (folder / "random_walk.json").write_text("{}")

    assert timed == before
    assert receipt.asked("a") != before


@pytest.mark.parametrize("text", ["", "[]", '{"asked": 1}', "\x00"])
def test_a_damaged_receipt_is_none(out, text):
    (out / receipt.FILE).write_text(text)

    assert receipt.find(out, receipt.asked("a")) is None
