# hint: The rise takes the first tenth
import numpy as np


def rate_at(seconds, budget, peak):
    progress = min(seconds / budget, 1)
    progress = max(progress, 0.1)
    return peak * (1 + np.cos(np.pi * (progress - 0.1) / 0.9)) / 2
