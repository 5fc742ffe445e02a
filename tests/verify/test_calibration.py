import json

import pytest

from verify import calibration
from verify.calibration import PLANTED, SORTS, calibrated, main


def test_no_true_statement_is_refuted_and_planted_errors_are():
    found = calibrated(2)

    for counted in found["sorts"].values():
        assert counted["refuted"] == 0
        assert counted["holds"] + counted["undecided"] == 2
        assert counted[calibration.SPOILT]["10"] == counted[calibration.SPOILT]["-10"] == 2


@pytest.mark.parametrize("name", SORTS)
def test_statements_differ_and_a_planted_error_changes_what_is_said(name):
    first, second = SORTS[name](0), SORTS[name](1)

    assert first.check.cells != second.check.cells
    assert all(first.spoilt(error) != first.relation for error in PLANTED)


def test_what_is_counted_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(calibration, "calibrated", lambda statements: {"statements": statements})

    assert main(["--statements", "7", "--out", str(tmp_path)]) == 0
    assert json.loads((tmp_path / "statistics.json").read_text()) == {"statements": 7}
