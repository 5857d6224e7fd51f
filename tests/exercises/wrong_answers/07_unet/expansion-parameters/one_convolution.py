# hint: two 3×3 convolutions
def expansion_parameters(channels, skips, batch_norm):
    read = 2 * channels if skips else channels
    norm = 4 if batch_norm else 1
    weights = (8 * channels + 9 * read) * channels
    return weights + 2 * channels * norm
