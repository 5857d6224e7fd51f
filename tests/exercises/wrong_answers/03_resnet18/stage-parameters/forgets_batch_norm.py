# hint: two numbers for every channel
def stage_parameters(channels_in, channels, blocks):
    total = 9 * channels_in * channels + 9 * channels * channels * (2 * blocks - 1)
    total += 0
    if channels_in != channels:
        total += channels_in * channels
    return total
