# hint: is an integer
def bottleneck_weights(channels_in, middle, channels_out):
    total = (channels_in + 9.0 * middle + channels_out) * middle
    if channels_in != channels_out:
        total += channels_in * channels_out
    return total
