import json

import pytest

from numerics.experiments.experiment import BadSetting, load, names
from numerics.experiments.perform import Asked, perform

CHAINS = tuple(name for name in names() if name.startswith("chain_"))
SMALL = {
    "chain_angles": {"levels": 3, "draws": 3},
    "chain_sizes": {"levels": 2, "sizes": [35, 60, 90]},
    "chain_products": {"steps": 10},
    "chain_digits": {"steps": 8, "samples": 5},
    "chain_power_iteration": {"steps": [1, 2, 3], "spiked_steps": [2, 3, 4]},
}
BAD = {
    "chain_angles": ({"data": "nowhere.npz"}, {"variations": ["loud"]}, {"classes": [3]}, {"lowest": -1.0}),
    "chain_sizes": ({"sizes": [240, 40, 60]}, {"sizes": [40, 60, 9000]}),
    "chain_products": ({"steps": 3}, {"seeds": 0}),
    "chain_generated": ({"scaling": "none"}, {"steps": [5, 15, 35]}),
    "chain_jacobian": ({"paths": 1}, {"data": "nowhere.npz"}),
}


def run(name, folder, **changes):
    asked = Asked(experiment=load(name), size="quick", changes=changes, out=folder)
    return json.loads(perform(asked, lambda done, total, what: None).read_text())


@pytest.mark.parametrize("name", SMALL)
def test_an_experiment_on_digits_runs(name, tmp_path):
    told = run(name, tmp_path, seeds=1, **SMALL[name])

    assert set(told["result"]["variations"]) == {"accumulated"}
    assert told["provenance"]["data"]


def test_an_experiment_on_digits_says_the_same_each_time(tmp_path):
    first, second = (run("chain_products", tmp_path / k, seeds=1, steps=10) for k in ("a", "b"))

    assert first == second


def test_an_experiment_on_digits_goes_on_where_it_was_killed(tmp_path):
    def killed(done, total, what):
        raise KeyboardInterrupt

    asked = Asked(experiment=load("chain_products"), size="quick", changes={"seeds": 1, "steps": 10}, out=tmp_path)
    with pytest.raises(KeyboardInterrupt):
        perform(asked, killed)
    told = []
    path = perform(asked, lambda done, total, what: told.append(done))

    assert told == [1, 2]
    assert json.loads(path.read_text()) == run("chain_products", tmp_path / "whole", seeds=1, steps=10)


@pytest.mark.parametrize(("name", "changes"), [(name, changes) for name, bad in BAD.items() for changes in bad])
def test_settings_that_make_no_sense_are_refused(name, changes, tmp_path):
    with pytest.raises(BadSetting):
        run(name, tmp_path, **changes)


@pytest.mark.parametrize("name", CHAINS)
def test_what_is_left_open_is_recorded(name):
    settings = load(name).settings

    assert {"data", "seed"} <= set(settings)
    assert name == "chain_jacobian" or len(settings["classes"]) > 1
