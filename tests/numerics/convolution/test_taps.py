import numpy as np
import pytest

from numerics.autograd import value
from numerics.convolution import deep, modes, scenes
from numerics.convolution.generated import fourier_vector, log_power, trained_filters, trained_taps
from numerics.convolution.taps import channels, circular, filter_loss, padded, torus, weight_of

W3 = np.array([0.5, -1.0, 2.0])


def test_a_circular_filter_reads_the_pixel_at_its_offset():
    x = np.arange(5.0) ** 2

    found = weight_of(W3, circular(5, [-1, 0, 1])) @ x

    assert found == pytest.approx(
        [sum(w * x[(m + j) % 5] for j, w in zip((-1, 0, 1), W3, strict=True)) for m in range(5)]
    )


def test_beyond_the_ends_of_a_line_there_are_zeros():
    x = np.arange(1.0, 6.0)
    beyond = np.concatenate([[0.0], x, [0.0]])

    found = weight_of(W3, padded(5, [-1, 0, 1])) @ x

    assert found == pytest.approx([W3 @ beyond[m : m + 3] for m in range(5)])


def test_an_image_is_filtered_along_both_axes():
    image = np.random.default_rng(0).normal(size=(3, 4))

    found = weight_of(np.array([1.0, 2.0]), torus(3, 4, [(0, 1), (1, 0)])) @ image.ravel()

    expected = np.roll(image, -1, axis=1) + 2 * np.roll(image, -1, axis=0)
    assert found.reshape(3, 4) == pytest.approx(expected)


def test_a_tap_of_two_channels_leads_from_one_channel_to_another():
    basis = channels(circular(3, [0, 1]), 2)
    x = np.random.default_rng(1).normal(size=(3, 2))
    tap, source, target = 1, 0, 1
    one_hot = np.eye(8)[(tap * 2 + source) * 2 + target]

    found = (weight_of(one_hot, basis) @ x.ravel()).reshape(3, 2)

    assert found[:, target] == pytest.approx(np.roll(x[:, source], -1))
    assert not found[:, 1 - target].any()


def test_the_loss_is_the_mean_square_of_what_the_filter_does_to_noisy_pixels():
    rng = np.random.default_rng(2)
    root, sigma = rng.normal(size=(4, 4)), 0.7
    W = weight_of(W3, circular(4, [-1, 0, 1]))
    gap = W - np.eye(4)

    found = value(filter_loss(circular(4, [-1, 0, 1]), root @ root.T, sigma), W3[None, :])

    assert found == pytest.approx(np.square(gap @ root).sum() + sigma**2 * np.square(W).sum())


def test_samples_of_other_laws_train_the_same_filter():
    rng = np.random.default_rng(3)
    root = rng.normal(size=(16, 16))
    arguments = circular(16, [-2, -1, 0, 1, 2]), root @ root.T / 16, rng.normal(size=5), np.array([0.4, 1.3])

    moments, sampled = (trained_taps(*arguments, eta=0.02, tau=0.5, law=law) for law in ("moments", "samples"))

    assert moments.array == pytest.approx(sampled.array, abs=1e-11)


def test_sixteen_pixels_and_five_taps_generate_what_each_frequency_alone_would():
    rng = np.random.default_rng(4)
    root, w0, k, (eta, tau), levels = rng.normal(size=(16, 16)), 0.3 * rng.normal(size=5), 3, (0.02, 0.7), (0.1, 5.0)
    Sigma = root @ root.T / 16
    patches = [np.roll(np.arange(16), -i)[[-2, -1, 0, 1, 2]] for i in range(16)]
    Sigma_patch = sum(Sigma[np.ix_(p, p)] for p in patches) / 16
    theta, V = np.linalg.eigh(Sigma_patch)
    cosines = np.cos(2 * np.pi * k * np.arange(-2, 3) / 16) @ V

    def response(sigma):
        best = V[2] * theta / (theta + sigma**2)
        return cosines @ (best + (V.T @ w0 - best) * np.exp(-2 * 16 * eta * tau * (theta + sigma**2)))

    s = np.linspace(*np.log(levels), 20001)
    area = np.trapezoid([1 - response(np.exp(v)) for v in s], s)
    found = log_power(
        trained_filters(circular(16, [-2, -1, 0, 1, 2]), Sigma, w0, eta=eta, tau=tau), fourier_vector(16, k), levels
    )

    assert found.value == pytest.approx(2 * np.log(levels[1]) - 2 * area, abs=1e-7)
    assert found.worst < 1e-9


POINT = {"S": 0.7, "sigma": 0.5, "N": 5, "eta": 0.1, "tau": 0.5}


def test_a_planted_mode_relaxes_n_times_as_fast_as_one_layer():
    found = modes.fourier_weight(**POINT, gam_re=0.2)

    best = 0.7 / 0.95
    assert found.value == pytest.approx(best + (0.2 - best) * np.exp(-2 * 5 * 0.05 * 0.95), abs=found.error)


@pytest.mark.parametrize("fault", [{"N": 6}, {"eta": 0.1001}, {"S": 0.7001}, {"gam_re": 0.2001}])
def test_a_planted_fault_is_outside_the_error(fault):
    right = modes.fourier_weight(**POINT, gam_re=0.2)
    wrong = modes.fourier_weight(**{**POINT, "gam_re": 0.2, **fault})

    assert abs(right.value - wrong.value) > right.error + wrong.error


def test_the_generated_variance_does_not_see_the_imaginary_part_of_the_filter():
    at = {"S": 0.7, "N": 5, "eta": 0.1, "tau": 0.5, "gam_re": 0.2, "sigma0": 0.2, "sigmaT": 4.0}

    one, two = (modes.fourier_variance(**at, gam_im=gam_im) for gam_im in (0.0, 0.8))

    assert one.value == pytest.approx(two.value, rel=1e-9)


def test_a_symmetric_product_of_filters_follows_a_logistic_curve():
    found = deep.symmetric(**POINT, gam_re=0.3)

    best = 0.7 / 0.95
    expected = best / (1 + (best / 0.3 - 1) * np.exp(-8 * 5 * 0.05 * 0.7))
    assert found.value == pytest.approx(expected, abs=found.error)
    assert found.error < 1e-5


@pytest.mark.parametrize(
    "scene", [scenes.filters, scenes.filters_2d, scenes.filters_of_channels, scenes.patch_gradient]
)
def test_scenes_are_reproducible_and_sharp(scene):
    (_, one), (_, two) = scene(1), scene(1)

    assert (one.array == two.array).all()
    assert one.worst < 1e-9
