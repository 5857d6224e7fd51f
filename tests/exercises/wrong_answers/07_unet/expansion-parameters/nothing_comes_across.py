# hint: What comes across is read
def expansion_parameters(channels, skips, batch_norm):
    norm = 4 if batch_norm else 1
    weights = (8 + 9 + 9) * channels**2
    return weights + 3 * channels * norm
