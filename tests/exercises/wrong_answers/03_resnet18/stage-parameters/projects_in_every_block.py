# hint: first block only
def stage_parameters(channels_in, channels, blocks):
    total = 9 * channels_in * channels + 9 * channels * channels * (2 * blocks - 1)
    total += 2 * blocks * 2 * channels
    if channels_in != channels:
        total += channels_in * channels + 2 * channels
        total += (blocks - 1) * (channels * channels + 2 * channels)
    return total
