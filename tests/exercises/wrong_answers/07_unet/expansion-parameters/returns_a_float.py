# hint: is an integer
def expansion_parameters(channels, skips, batch_norm):
    read = 2 * channels if skips else channels
    norm = 4 if batch_norm else 1
    weights = (8 * channels + 9 * read + 9 * channels) * channels
    return (2 * weights + 6 * channels * norm) / 2
