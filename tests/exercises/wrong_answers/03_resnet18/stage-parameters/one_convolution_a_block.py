# hint: two convolutions
def stage_parameters(channels_in, channels, blocks):
    total = 9 * channels_in * channels + 9 * channels * channels * (blocks - 1)
    total += blocks * 2 * channels
    if channels_in != channels:
        total += channels_in * channels + 2 * channels
    return total
