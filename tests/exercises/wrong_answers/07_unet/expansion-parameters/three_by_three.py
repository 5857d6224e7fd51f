# hint: after the up-sampling is 2×2
def expansion_parameters(channels, skips, batch_norm):
    read = 2 * channels if skips else channels
    norm = 4 if batch_norm else 1
    weights = (9 * 2 * channels + 9 * read + 9 * channels) * channels
    return weights + 3 * channels * norm
