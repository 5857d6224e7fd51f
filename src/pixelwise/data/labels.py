"""What labels are: integers from 0, and one more for what has none."""

import numpy as np

VOID = 255


def check_labels(name: str, labels: np.ndarray, num_classes: int) -> None:
    """Raise ValueError unless labels are integers from 0 to num_classes - 1."""
    if not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(f"{name}: expected integers, found {labels.dtype}")
    if labels.size and (labels.min() < 0 or labels.max() >= num_classes):
        raise ValueError(
            f"{name}: expected labels 0 to {num_classes - 1}, "
            f"found {labels.min()} to {labels.max()}"
        )
