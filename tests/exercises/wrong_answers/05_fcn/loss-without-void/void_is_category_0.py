# hint: is not category 0
import numpy as np


def loss_without_void(logits, labels):
    logs = logits - logits.max(axis=-1, keepdims=True)
    logs -= np.log(np.exp(logs).sum(axis=-1, keepdims=True))
    places = np.where(labels == 255, 0, labels)[..., None]
    return -np.take_along_axis(logs, places, axis=-1).mean()
