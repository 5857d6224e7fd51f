# hint: reads 2 * channels
def expansion_parameters(channels, skips, batch_norm):
    read = 2 * channels if skips else channels
    norm = 4 if batch_norm else 1
    weights = (4 * channels + 9 * read + 9 * channels) * channels
    return weights + 3 * channels * norm
