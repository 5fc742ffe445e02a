import json
from xml.etree import ElementTree

import pytest

from numerics.experiments.experiment import load
from numerics.experiments.perform import Asked, perform
from verify import recorded
from verify.report.figures import RECORDED_FIGURES, exponents

TINY = {
    "trainings": 2,
    "factors": [1, 1],
    "base": 4,
    "batch": 8,
    "steps": 12,
    "times": 5,
    "generated": 40,
    "sampler_steps": 4,
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder with a tiny result that passes for the one at quick size."""
    monkeypatch.setattr(recorded, "FOLDERS", (tmp_path / "experiments",))
    asked = Asked(experiment=load("patches_cnn"), size="quick", changes=TINY, out=tmp_path)
    path = perform(asked, lambda done, total, what: None)
    told = json.loads(path.read_text())
    whole = Asked(experiment=load("patches_cnn"), size="quick").provenance
    told["provenance"] |= {"settings": whole["settings"], "settings_hash": whole["settings_hash"]}
    path.write_text(json.dumps(told))
    return path


def test_what_was_not_run_is_not_drawn(tmp_path, monkeypatch):
    monkeypatch.setattr(recorded, "FOLDERS", (tmp_path,))

    assert [draw() for draw in RECORDED_FIGURES.values()] == [None] * len(RECORDED_FIGURES)


DRAWN = ["course", "locality", "samples", "denoised"]


@pytest.mark.parametrize("name", [*(f"{kind}_patches_cnn" for kind in DRAWN), "patches_patches_cnn_3_1"])
def test_a_stored_result_is_drawn_with_its_numbers_and_its_command(folder, name):
    figure = RECORDED_FIGURES[name]()

    ElementTree.fromstring(figure.svg)
    assert figure.svg == RECORDED_FIGURES[name]().svg
    assert len(figure.svg) < 40_000
    assert figure.csv.count("\n") > 10
    assert figure.command == "lindiff train patches_cnn --quick"


def test_exponents_stand_next_to_the_printed_ones_and_what_is_unknown_is_left_out(monkeypatch):
    def stored(name):
        if name != "gauss_mlp_256":
            raise recorded.NotRecorded("not run")
        known, unknown = {"value": -0.8, "low": -0.9, "high": -0.7}, None
        branches = {"rising": {"exponent": known}, "falling": {"exponent": unknown}}
        laws = {key: {"exponent_rising": known, "exponent_falling": unknown} for key in ("plain", "preconditioned")}
        result = {"geometric": branches, "harmonic": branches, "laws": laws}
        return recorded.Recorded(experiment=name, size="full", result=result, settings={})

    monkeypatch.setattr(exponents, "stored", stored)
    figure = exponents.draw()

    rows = [line.split(",")[2:5] for line in figure.csv.splitlines()[1:]]
    rising = [["rising", what, "-0.8"] for what in ("geometric", "harmonic", "plain law", "preconditioned law")]
    assert rows == [*rising, ["rising", "paper", "-1.08"], ["falling", "paper", "-1.08"]]
    assert figure.command == "lindiff train gauss_mlp_256"
