# hint: The channels are the third axis
def to_kernel(weights, height, width):
    channels = len(weights) // (height * width)
    return weights.reshape(channels, height, width, -1)
