# hint: The level puts out `channels`
def expansion_parameters(channels, skips, batch_norm):
    out = channels // 2
    read = channels if skips else out
    weights = (4 * channels + 9 * read + 9 * out) * out
    return weights + 3 * out * (4 if batch_norm else 1)
