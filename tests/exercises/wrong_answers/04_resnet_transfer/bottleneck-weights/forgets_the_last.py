# hint: last 1×1 convolution is missing
def bottleneck_weights(channels_in, middle, channels_out):
    total = channels_in * middle + 9 * middle**2
    if channels_in != channels_out:
        total += channels_in * channels_out
    return total
