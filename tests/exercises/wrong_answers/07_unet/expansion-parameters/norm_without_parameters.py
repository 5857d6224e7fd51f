# hint: A batch norm has parameters
def expansion_parameters(channels, skips, batch_norm):
    read = 2 * channels if skips else channels
    weights = (8 * channels + 9 * read + 9 * channels) * channels
    return weights + (0 if batch_norm else 3 * channels)
