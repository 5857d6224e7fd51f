# hint: the second one channels
def expansion_parameters(channels, skips, batch_norm):
    norm = 4 if batch_norm else 1
    read = 3 * channels if skips else channels
    weights = (8 * channels + 9 * read + 9 * channels) * channels
    return weights + 3 * channels * norm
