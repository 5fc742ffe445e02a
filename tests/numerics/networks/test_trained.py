import numpy as np
import pytest

from numerics.experiments.experiment import BadSetting, load
from numerics.experiments.perform import Asked, perform

TINY = {"dimension": 12, "samples": 200, "width": 8, "embedding": 4, "layers": 3, "batch": 16, "steps": 12}
SMALL = TINY | {"times": 5, "generated": 40, "sampler_steps": 4, "trainings": 2}
CNN = {
    "base": 4,
    "factors": [1, 1],
    "batch": 8,
    "steps": 10,
    "times": 3,
    "generated": 12,
    "sampler_steps": 3,
    "trainings": 2,
}


class Killed(BaseException):
    pass


def silent(done, total, what):
    pass


def ask(out, name="gauss_mlp_128", **changes):
    size = SMALL if name.startswith("gauss") else CNN if name.endswith("cnn") else {}
    return Asked(experiment=load(name), size="quick", changes=size | changes, out=out)


@pytest.mark.parametrize("name", ["gauss_mlp_128", "patches_cnn"])
def test_a_training_that_is_killed_goes_on_and_ends_with_the_same_bytes(tmp_path, name):
    whole = perform(ask(tmp_path / "whole", name), silent).read_bytes()
    seen = []

    def kill(done, total, what):
        seen.append(done)
        if len(seen) == 3:
            raise Killed

    with pytest.raises(Killed):
        perform(ask(tmp_path / "killed", name), kill)
    assert perform(ask(tmp_path / "killed", name), silent).read_bytes() == whole


def test_another_seed_is_another_result(tmp_path):
    first, second = (perform(ask(tmp_path / str(seed), seed=seed), silent).read_bytes() for seed in (0, 1))

    assert first != second


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"layers": 1}, "layers: expected an integer >= 2"),
        ({"batch": 0}, "batch: expected an integer >= 1"),
        ({"generated": 3}, "generated: expected an integer >= 4"),
        ({"rate": -1.0}, "rate: expected a number > 0"),
        ({"steps": 3}, "steps, times: expected at least 10 and 3"),
        ({"data": "nowhere.npy"}, "data: nowhere.npy: expected a file"),
        ({"dimension": 0}, "dimension: expected an integer >= 1"),
    ],
    ids=str,
)
def test_settings_that_cannot_be_are_refused_in_one_sentence(tmp_path, changes, sentence):
    with pytest.raises(BadSetting, match=sentence) as told:
        perform(ask(tmp_path, **changes), silent)

    assert "\n" not in str(told.value)


@pytest.mark.parametrize("changes", [{"factors": []}, {"factors": [1, 0]}, {"attention": [2]}], ids=str)
def test_levels_that_cannot_be_are_refused(tmp_path, changes):
    with pytest.raises(BadSetting, match=f"{next(iter(changes))}: expected"):
        perform(ask(tmp_path, "patches_cnn", **changes), silent)


def test_patches_have_to_fit_into_the_image(tmp_path):
    with pytest.raises(BadSetting, match="patches: expected"):
        perform(ask(tmp_path, "patches_cnn", patches=[[9, 1]]), silent)


def test_a_users_images_can_be_trained_on(tmp_path):
    path = tmp_path / "images.npy"
    np.save(path, np.random.default_rng(0).random((30, 6, 6)))

    assert perform(ask(tmp_path, "patches_cnn", data=str(path), patches=[[3, 1]]), silent).exists()


def test_a_users_spectrum_is_refused(tmp_path):
    path = tmp_path / "spectrum.npy"
    np.save(path, np.ones(5))

    with pytest.raises(BadSetting, match="data: expected samples, got a spectrum"):
        perform(ask(tmp_path, "patches_cnn", data=str(path)), silent)
