# hint: mixes them up
def to_kernel(weights, height, width):
    channels = len(weights) // (height * width)
    return weights.T.reshape(height, width, channels, -1)
