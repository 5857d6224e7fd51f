# hint: Only the one in the middle
def bottleneck_weights(channels_in, middle, channels_out):
    total = 9 * (channels_in * middle + middle**2 + middle * channels_out)
    if channels_in != channels_out:
        total += channels_in * channels_out
    return total
