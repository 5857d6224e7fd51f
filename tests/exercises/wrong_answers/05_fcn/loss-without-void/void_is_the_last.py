# hint: Void is no last category
import numpy as np


def loss_without_void(logits, labels):
    logs = logits - logits.max(axis=-1, keepdims=True)
    logs -= np.log(np.exp(logs).sum(axis=-1, keepdims=True))
    places = np.minimum(labels, logits.shape[-1] - 1)[..., None]
    return -np.take_along_axis(logs, places, axis=-1).mean()
