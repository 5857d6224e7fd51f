# hint: in place of the bias
def expansion_parameters(channels, skips, batch_norm):
    read = 2 * channels if skips else channels
    weights = (8 * channels + 9 * read + 9 * channels) * channels
    return weights + 3 * channels * (5 if batch_norm else 1)
