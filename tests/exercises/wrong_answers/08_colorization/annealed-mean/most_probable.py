# hint: most probable bin
import numpy as np


def annealed_mean(logits, centres, temperature):
    return centres[logits.argmax(axis=-1)]
