# hint: Return one number
import numpy as np


def loss_without_void(logits, labels):
    logs = logits - logits.max(axis=-1, keepdims=True)
    logs -= np.log(np.exp(logs).sum(axis=-1, keepdims=True))
    known = labels != 255
    places = np.where(known, labels, 0)[..., None]
    loss = -np.take_along_axis(logs, places, axis=-1)[..., 0] * known
    number = np.maximum(known.sum(axis=(1, 2)), 1)
    return loss.sum(axis=(1, 2)) / number
