# hint: reads the channels of the middle
def bottleneck_weights(channels_in, middle, channels_out):
    total = channels_in * middle + 9 * channels_in * middle + middle * channels_out
    if channels_in != channels_out:
        total += channels_in * channels_out
    return total
