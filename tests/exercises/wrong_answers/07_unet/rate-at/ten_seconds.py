# hint: A tenth of the budget, not 10 s
import numpy as np


def rate_at(seconds, budget, peak):
    if seconds < 10:
        return peak * seconds / 10
    progress = min((seconds - 10) / (budget - 10), 1)
    return peak * (1 + np.cos(np.pi * progress)) / 2
