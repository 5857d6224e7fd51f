# hint: expected
def stage_parameters(channels_in, channels, blocks):
    total = 9 * channels_in * channels * blocks + 9 * channels * channels * blocks
    total += 2 * blocks * 2 * channels
    if channels_in != channels:
        total += channels_in * channels + 2 * channels
    return total
