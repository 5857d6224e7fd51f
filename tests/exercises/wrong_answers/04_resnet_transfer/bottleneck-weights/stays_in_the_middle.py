# hint: goes up to channels_out
def bottleneck_weights(channels_in, middle, channels_out):
    total = channels_in * middle + 9 * middle**2 + middle * middle
    if channels_in != channels_out:
        total += channels_in * channels_out
    return total
