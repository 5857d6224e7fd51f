"""Muon follows every direction of the gradient alike, and is Adam for the rest."""

import keras
import numpy as np
import pytest

from pixelwise.training import muon


def polynomial(values, steps):
    """Apply the quintic to singular values themselves, one after the other."""
    for _ in range(steps):
        values = 3.4445 * values - 4.7750 * values**3 + 2.0315 * values**5
    return values


@pytest.mark.parametrize("shape", [(12, 5), (5, 12), (7, 7)])
def test_orthogonalise_moves_the_singular_values_alone(shape):
    matrix = np.random.default_rng(1).normal(size=shape).astype("float32")
    left, values, right = np.linalg.svd(matrix, full_matrices=False)
    expected = left * polynomial(values / np.linalg.norm(matrix), 5) @ right
    found = keras.ops.convert_to_numpy(muon.orthogonalise(matrix))
    np.testing.assert_allclose(found, expected, atol=1e-4)
    singular = np.linalg.svd(found, compute_uv=False)
    assert np.all((singular > 0.6) & (singular < 1.3))


def step(optimizer, start, gradients):
    variable = keras.Variable(start)
    optimizer.build([variable])
    for gradient in gradients:
        optimizer.apply([keras.ops.convert_to_tensor(gradient)], [variable])
    return keras.ops.convert_to_numpy(variable)


def test_other_weights_take_adam_s_steps():
    generator = np.random.default_rng(2)
    start = generator.normal(size=(4, 3)).astype("float32")
    gradients = generator.normal(size=(3, 4, 3)).astype("float32")
    ours = muon.Muon(0.5, adam_ratio=0.02, beta_1=0.8, beta_2=0.95)
    adam = keras.optimizers.Adam(0.01, beta_1=0.8, beta_2=0.95)
    np.testing.assert_allclose(
        step(ours, start, gradients), step(adam, start, gradients), rtol=1e-4
    )


def test_a_kernel_moves_by_the_rate_along_the_orthogonal_gradient():
    generator = np.random.default_rng(3)
    start = generator.normal(size=(3, 3, 2, 6)).astype("float32")
    first, second = generator.normal(size=(2, 3, 3, 2, 6)).astype("float32")
    kernel, mean = start, np.zeros_like(start)
    for gradient in (first, second):
        mean = 0.6 * mean + gradient
        ahead = (gradient + 0.6 * mean).reshape(18, 6)
        left, values, right = np.linalg.svd(ahead, full_matrices=False)
        values = polynomial(values / np.linalg.norm(ahead), 5)
        direction = (left * values @ right).reshape(start.shape)
        kernel = kernel * np.sqrt(6) / np.linalg.norm(kernel) - 0.1 * direction
    found = step(muon.Muon(0.1, momentum=0.6), start, [first, second])
    np.testing.assert_allclose(found, kernel, atol=1e-4)


def test_a_rate_of_nothing_changes_no_direction():
    start = np.random.default_rng(4).normal(size=(1, 1, 3, 4)).astype("float32")
    found = step(muon.Muon(0.0), start, [np.ones_like(start)])
    np.testing.assert_allclose(found, start * 2 / np.linalg.norm(start), rtol=1e-5)


def test_it_is_made_again_from_its_settings():
    schedule = keras.optimizers.schedules.PolynomialDecay(0.24, 10, 0.0)
    made = muon.Muon(schedule, adam_ratio=0.1, momentum=0.7, steps=3, beta_1=0.5)
    again = keras.optimizers.deserialize(keras.optimizers.serialize(made))
    assert again.get_config() == made.get_config()
    assert (again.adam_ratio, again.momentum, again.steps) == (0.1, 0.7, 3)
