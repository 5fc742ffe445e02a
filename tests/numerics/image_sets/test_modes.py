import numpy as np
import pytest

from numerics.data import faces, flat, patches, shrink
from numerics.image_sets.modes import generated_along_modes

RUN = {"eta": 1.0, "sigma0": 0.002, "sigmaT": 80.0}


@pytest.fixture(scope="module")
def small_faces():
    return flat(shrink(faces(), 5))


def test_the_stated_error_covers_a_finer_run(small_faces):
    rough, fine = (generated_along_modes(small_faces, Q=0.1, taus=(3.0,), panels=n, **RUN) for n in (2, 8))
    rough, fine = rough.log_variances[0], fine.log_variances[0]

    assert (np.abs(rough.value - fine.value) <= rough.error + fine.error).all()
    assert fine.worst < 1e-6


def test_modes_emerge_in_the_order_of_their_variance(small_faces):
    result = generated_along_modes(small_faces, Q=0.0, taus=(1.0, 30.0), **RUN)

    for log_variance in result.log_variances:
        assert (np.diff(log_variance.value) < log_variance.worst).all()


def test_long_training_generates_the_data(small_faces):
    result = generated_along_modes(small_faces, Q=0.1, taus=(1e6,), **RUN)

    assert np.allclose(np.exp(result.log_variances[0].value), result.modes.lams, rtol=0.01)


def test_a_mean_that_is_kept_entangles_the_modes(small_faces):
    centred, pushed = (
        generated_along_modes(small_faces, Q=0.1, taus=(1.0,), centred=c, **RUN).log_variances[0] for c in (True, False)
    )

    assert np.abs(centred.value - pushed.value).max() > 1e-3


def test_patches_of_a_photograph_take_seconds():
    result = generated_along_modes(flat(patches()), Q=0.1, taus=(1.0,), panels=2, **RUN)

    assert result.log_variances[0].value.shape == (64,)
    assert result.log_variances[0].worst < 0.1
