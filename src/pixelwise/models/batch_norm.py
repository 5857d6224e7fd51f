"""Batch norm as TensorFlow computes it in one operation, where it has one."""

import keras
from keras import layers

if keras.config.backend() == "tensorflow":
    import tensorflow as tf
    from tensorflow.python.ops import control_flow_util

FUSED_TYPES = ("float32", "float16", "bfloat16")
# In 16 bits, TensorFlow's operation takes three times as long on a processor as the one
# in float32, casts included, unless the channels fill its vectors.
VECTOR = 16  # channels


@keras.saving.register_keras_serializable(package="pixelwise")
class BatchNormalization(layers.BatchNormalization):
    """`keras.layers.BatchNormalization`, faster on TensorFlow.

    Arguments, weights, config and results are those of Keras' layer, of which it is
    one. Keras composes batch norm of some twenty operations on float32; TensorFlow has
    one, which reads 16 bits as they are. It is taken for maps (n, h, w, c) that are
    normalised by their last axis, and Keras' own way for all else, also where XLA
    compiles. Ioffe and Szegedy 2015, arXiv:1502.03167.

    A model that was saved with it is loaded without this package by `custom_objects=
    {"pixelwise>BatchNormalization": keras.layers.BatchNormalization}`.
    """

    def call(self, inputs, training=None, mask=None):
        """Return the maps, normalised by the batch or by the moving averages."""
        if mask is not None or not self.is_fusible(inputs):
            return super().call(inputs, training=training, mask=mask)
        if training and self.trainable:
            return self.normalise_by_batch(inputs)
        averages = self.moving_mean, self.moving_variance
        return self.normalise(inputs, *averages, is_training=False)[0]

    def is_fusible(self, inputs) -> bool:
        """Return whether TensorFlow's operation computes what Keras' layer does."""
        return (
            keras.config.backend() == "tensorflow"
            and len(inputs.shape) == 4
            and self.axis in (-1, 3)
            and self.compute_dtype in FUSED_TYPES
            and keras.backend.standardize_dtype(inputs.dtype) == self.compute_dtype
            and self.variable_dtype == "float32"
            and not self.synchronized
            and not getattr(self, "renorm", False)  # new in Keras 3.15
            and not is_compiled_by_xla()
        )

    def normalise_by_batch(self, inputs):
        """Return the maps, normalised by their own mean and variance; average these."""
        outputs, mean, variance = self.normalise(inputs, [], [], is_training=True)
        channels = self.moving_mean.shape[0]
        pixels = tf.cast(tf.size(inputs, tf.int64) // channels, "float32")
        # The operation's variance is the unbiased one, and Keras averages the other.
        # Of a single pixel there is none: it may be infinite, and counts as 0.
        biased = tf.math.multiply_no_nan(variance, (pixels - 1) / pixels)
        self.follow(self.moving_mean, mean)
        self.follow(self.moving_variance, biased)
        return outputs

    def follow(self, average, value):
        """Let a moving average follow a batch's value."""
        average.assign(average * self.momentum + value * (1 - self.momentum))

    def normalise(self, inputs, mean, variance, is_training):
        """Return the normalised maps, and the mean and unbiased variance that they had.

        In training the batch's own are taken, and the operation asks for empty ones.
        """
        (channels,) = self.moving_mean.shape
        scale = self.gamma if self.scale else tf.ones(channels)
        offset = self.beta if self.center else tf.zeros(channels)
        fills_vectors = channels % VECTOR == 0
        outputs, *statistics = tf.raw_ops.FusedBatchNormV3(
            x=inputs if fills_vectors else tf.cast(inputs, "float32"),
            scale=tf.convert_to_tensor(scale),
            offset=tf.convert_to_tensor(offset),
            mean=tf.convert_to_tensor(mean, "float32"),
            variance=tf.convert_to_tensor(variance, "float32"),
            epsilon=self.epsilon,
            is_training=is_training,
        )[:3]
        return tf.cast(outputs, inputs.dtype), *statistics


def is_compiled_by_xla() -> bool:
    """Return whether XLA compiles what is traced now, as Keras has it do on a GPU.

    XLA fuses Keras' operations by itself. Its form of TensorFlow's fused one subtracts
    two large numbers for a variance, and is wrong where the mean exceeds the spread.
    """
    graph = tf.compat.v1.get_default_graph()
    return control_flow_util.GraphOrParentsInXlaContext(graph)


def fuse(model: keras.Model) -> keras.Model:
    """Return the same network with this batch norm in place of Keras', new weights."""
    kind = layers.BatchNormalization
    if not any(type(layer) is kind for layer in model.layers):
        return model
    return keras.models.clone_model(model, clone_function=clone)


def clone(layer: keras.Layer) -> keras.Layer:
    """Return a new layer with the same settings, and with this batch norm."""
    kind = type(layer)
    if kind is layers.BatchNormalization:
        kind = BatchNormalization
    return kind.from_config(layer.get_config())
