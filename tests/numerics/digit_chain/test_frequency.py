import numpy as np
import pytest

from numerics.digit_chain import frequency


def wave(cycles, side=8):
    return np.tile(np.cos(2 * np.pi * cycles * np.arange(side) / side), side)


@pytest.mark.parametrize("cycles", [0, 1, 3])
def test_a_wave_has_its_own_frequency(cycles):
    assert frequency.mean_frequencies(wave(cycles)[:, None]) == pytest.approx(cycles / 8)


def test_pixels_that_form_no_square_are_refused():
    with pytest.raises(ValueError, match="square"):
        frequency.mean_frequencies(np.ones((7, 1)))


def test_a_projection_explains_what_it_spans_and_removes_the_rest_of_the_noise():
    U, clean = np.eye(4)[:, :1], np.array([[1.0], [0], [0], [0]])

    assert frequency.explained(U, clean) == 1
    assert frequency.denoising_error(U, clean, clean + 1) == pytest.approx(1 / 4)


def test_the_dimension_is_how_many_eigenvalues_it_takes():
    assert frequency.dimension(np.array([6.0, 3.0, 1.0]), 0.8) == 2
