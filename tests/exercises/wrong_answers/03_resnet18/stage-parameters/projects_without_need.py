# hint: shortcut is the identity
def stage_parameters(channels_in, channels, blocks):
    total = 9 * channels_in * channels + 9 * channels * channels * (2 * blocks - 1)
    total += 2 * blocks * 2 * channels
    total += channels_in * channels + 2 * channels
    return total
