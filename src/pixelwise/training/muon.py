"""Muon, the optimizer of chapter 3's fast recipe."""

import math

import keras
from keras import ops

# Coefficients of the fifth-order polynomial that is applied again and again: singular
# values between 0 and 1 come near 1 in few steps (Jordan et al. 2024).
POLYNOMIAL = (3.4445, -4.7750, 2.0315)


@keras.saving.register_keras_serializable("pixelwise")
class Muon(keras.optimizers.Optimizer):
    """Muon for the kernels of convolutions, Adam for every other weight.

    A kernel (h, w, c, filters) is taken as a matrix (h·w·c, filters). Its momentum is
    replaced by the nearest matrix whose singular values are all 1, so that every
    direction in which the gradient points is followed alike, and the kernel is kept
    at norm sqrt(filters), so that the rate is a rate relative to it; batch norm after
    the convolution makes the norm itself mean nothing. Jordan, Jin, Boza, You,
    Cesista, Newhouse and Bernstein 2024, https://kellerjordan.github.io/posts/muon/.
    (Keras' own Muon leaves four-dimensional kernels to Adam.)

    Args:
        learning_rate: Muon's rate, a number or a schedule.
        adam_ratio: Adam's rate as a share of it.
        momentum: share of the past gradients that is kept, with Nesterov's look ahead.
        steps: iterations towards the matrix with singular values 1.
        beta_1, beta_2: Adam's decay of the means of gradients and of their squares.
    """

    def __init__(
        self,
        learning_rate=0.08,
        adam_ratio: float = 0.125,
        momentum: float = 0.6,
        steps: int = 5,
        beta_1: float = 0.85,
        beta_2: float = 0.97,
        name: str = "muon",
        **options,
    ):
        super().__init__(learning_rate=learning_rate, name=name, **options)
        self.adam_ratio = adam_ratio
        self.momentum = momentum
        self.steps = steps
        self.beta_1 = beta_1
        self.beta_2 = beta_2

    def build(self, variables) -> None:
        """Make the means of gradients and, for Adam, of their squares."""
        if self.built:
            return
        super().build(variables)
        self.means = []
        self.squares = []
        for variable in variables:
            self.means.append(self.add_variable_from_reference(variable, "mean"))
            square = None
            if not is_kernel(variable):
                square = self.add_variable_from_reference(variable, "square")
            self.squares.append(square)

    def update_step(self, gradient, variable, learning_rate) -> None:
        """Change one variable by its gradient (Keras calls this)."""
        index = self._get_variable_index(variable)
        gradient = ops.cast(gradient, variable.dtype)
        rate = ops.cast(learning_rate, variable.dtype)
        update = self._muon if is_kernel(variable) else self._adam
        update(gradient, variable, rate, self.means[index], self.squares[index])

    def _muon(self, gradient, kernel, rate, mean, _) -> None:
        self.assign(mean, mean * self.momentum + gradient)
        ahead = gradient + mean * self.momentum
        filters = kernel.shape[-1]
        direction = orthogonalise(ops.reshape(ahead, (-1, filters)), self.steps)
        scaled = kernel * (math.sqrt(filters) / (norm_of(kernel) + 1e-7))
        self.assign(kernel, scaled - rate * ops.reshape(direction, kernel.shape))

    def _adam(self, gradient, variable, rate, mean, square) -> None:
        self.assign(mean, mean + (gradient - mean) * (1 - self.beta_1))
        self.assign(square, square + (gradient**2 - square) * (1 - self.beta_2))
        step = ops.cast(self.iterations + 1, variable.dtype)
        # Both means start at 0; this undoes their lag (Kingma and Ba 2015).
        lag = ops.sqrt(1 - self.beta_2**step) / (1 - self.beta_1**step)
        change = mean * lag / (ops.sqrt(square) + 1e-7)
        self.assign_sub(variable, rate * self.adam_ratio * change)

    def get_config(self) -> dict:
        """Return the arguments that make this optimizer again."""
        names = ("adam_ratio", "momentum", "steps", "beta_1", "beta_2")
        return super().get_config() | {name: getattr(self, name) for name in names}


def is_kernel(variable) -> bool:
    """Return whether the variable is the kernel of a convolution."""
    return len(variable.shape) == 4


def norm_of(tensor):
    """Return the root of the sum of all squares."""
    return ops.sqrt(ops.sum(ops.square(tensor)))


def orthogonalise(matrix, steps: int = 5):
    """Return about U V^T of a matrix U S V^T: its singular values near 1 (0.7 to 1.2).

    A Newton–Schulz iteration: matrix products alone, no decomposition.

    Args:
        matrix: (rows, columns), float.
        steps: iterations; five are enough.
    """
    tall = matrix.shape[0] > matrix.shape[1]
    wide = ops.transpose(matrix) if tall else matrix
    wide = wide / (norm_of(wide) + 1e-7)
    first, third, fifth = POLYNOMIAL
    for _ in range(steps):
        square = ops.matmul(wide, ops.transpose(wide))
        factor = third * square + fifth * ops.matmul(square, square)
        wide = first * wide + ops.matmul(factor, wide)
    return ops.transpose(wide) if tall else wide
