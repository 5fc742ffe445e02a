import pytest

from numerics.experiments.experiment import BadSetting, Experiment, load, names, parse, read_value
from numerics.experiments.perform import module_of

GOOD = Experiment(name="x", kind="k", says="s", reproduces="r", settings={"n": 3, "a": 0.5, "data": "digits"})


@pytest.mark.parametrize("name", names())
def test_every_experiment_can_be_read_and_has_a_kind(name):
    experiment = load(name)

    assert experiment.says and experiment.reproduces
    assert module_of(experiment.kind)
    assert experiment.at("quick").keys() == experiment.at("full").keys()


def test_a_change_keeps_the_type_of_its_setting():
    assert GOOD.at("full", {"a": 2})["a"] == 2.0
    assert type(GOOD.at("full", {"a": 2})["a"]) is float


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"m": 1}, "expected settings among"), ({"n": 0.5}, "n: expected a value like 3"), ({"n": True}, "n: expected")],
)
def test_a_bad_change_is_refused(changes, sentence):
    with pytest.raises(BadSetting, match=sentence):
        GOOD.at("quick", changes)


@pytest.mark.parametrize(
    "text", ["name = ", 'name = "x"', 'name="y"\nkind="k"\nsays="s"\nreproduces="r"\n[settings]', "colour = 1"]
)
def test_a_bad_declaration_is_refused(text):
    with pytest.raises(BadSetting):
        parse(text, "x")


def test_values_are_written_as_in_toml_and_texts_need_no_quotes():
    assert [read_value(text) for text in ("3", "0.5", "true", "[1, 2]", "digits")] == [3, 0.5, True, [1, 2], "digits"]
