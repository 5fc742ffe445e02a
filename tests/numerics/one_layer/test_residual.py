import numpy as np

from numerics import one_layer
from numerics.gradient_flow import gradient_flow
from numerics.one_layer.weight import planted_loss
from numerics.reparametrised import effective, preconditioned


def test_preconditioned_training_agrees_with_a_stiff_solver():
    problem, loss = planted_loss(lam=1.3, sigma=0.6, Q=0.2, seed=0, law="moments")
    inner0 = (problem.Theta0 - 0.3 * np.eye(*problem.Theta0.shape)) / 0.5
    inner = preconditioned(loss, c_skip=0.3, c_out=0.5)
    stepped = gradient_flow(inner, inner0, eta=0.7, taus=np.array([0.9]), rtol=1e-8).at(0)
    W = 0.3 * np.eye(len(problem.u)) + 0.5 * stepped.value[:, :-1]

    weight = one_layer.residual_weight(lam=1.3, sigma=0.6, Q=0.2, eta=0.7, tau=0.9, c_skip=0.3, c_out=0.5)

    assert abs(problem.u @ W @ problem.u - weight.value) <= 4 * stepped.worst + weight.error


def test_preconditioning_scales_input_output_and_bias():
    import torch

    Theta = torch.tensor([[2.0, 0.0, 3.0], [0.0, 4.0, 5.0]])

    assert effective(Theta, c_skip=1.0, c_out=10.0, c_in=0.5).tolist() == [[11.0, 0.0, 30.0], [0.0, 21.0, 50.0]]


def test_a_wrapped_weight_starts_where_its_inner_weight_puts_it():
    found = one_layer.residual_weight_from_inner(lam=0.7, sigma=0.5, Q=0.1, eta=0.4, tau=0.0, c_skip=0.3, c_out=0.6)

    assert np.isclose(found.value, 0.3 + 0.6 * 0.1)


def test_a_wrapped_bias_starts_at_the_bias_itself():
    assert np.isclose(one_layer.residual_bias(b0=0.8, eta=0.4, tau=0.0, c_skip=0.3, c_out=0.6).value, 0.8)
