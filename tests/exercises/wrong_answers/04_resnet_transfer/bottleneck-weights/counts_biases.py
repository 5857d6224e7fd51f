# hint: Biases do not count
def bottleneck_weights(channels_in, middle, channels_out):
    total = channels_in * middle + 9 * middle**2 + middle * channels_out
    total += 2 * middle + channels_out
    if channels_in != channels_out:
        total += (channels_in + 1) * channels_out
    return total
