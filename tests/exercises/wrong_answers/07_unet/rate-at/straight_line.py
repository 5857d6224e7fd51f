# hint: not in a line
import numpy as np


def rate_at(seconds, budget, peak):
    progress = min(seconds / budget, 1)
    if progress < 0.1:
        return peak * progress / 0.1
    return peak * (1 - (progress - 0.1) / 0.9)
