# hint: projection is missing
def bottleneck_weights(channels_in, middle, channels_out):
    total = channels_in * middle + 9 * middle**2 + middle * channels_out
    return total
