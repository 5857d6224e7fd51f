# hint: The 2×2 kernel has weights
def expansion_parameters(channels, skips, batch_norm):
    read = 2 * channels if skips else channels
    norm = 4 if batch_norm else 1
    weights = (9 * read + 9 * channels) * channels
    return weights + 2 * channels * norm
