"""What makes the first step of a training short."""

import keras
from keras import ops


def create_variables(model: keras.Model, images, labels) -> None:
    """Create what a compiled model's optimizer, loss and metrics keep.

    Keras on TensorFlow else creates it while it traces the first step, has then to
    trace that step once more, and a short training takes twice as long.

    Args:
        model: built and compiled.
        images: a batch of what the model takes.
        labels: what belongs to it.
    """
    if not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)
    given = keras.KerasTensor(images.shape, str(images.dtype))
    outputs = keras.tree.map_structure(
        lambda output: ops.zeros(output.shape, output.dtype),
        model.compute_output_spec(given),
    )
    model.compute_loss(images, labels, outputs)
    model.compute_metrics(images, labels, outputs)
    model.reset_metrics()
