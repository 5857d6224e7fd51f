# hint: not three
def bottleneck_weights(channels_in, middle, channels_out):
    total = channels_in * middle + 3 * middle**2 + middle * channels_out
    if channels_in != channels_out:
        total += channels_in * channels_out
    return total
