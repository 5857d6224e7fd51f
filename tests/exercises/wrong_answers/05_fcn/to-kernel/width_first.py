# hint: Height comes before width
def to_kernel(weights, height, width):
    channels = len(weights) // (height * width)
    return weights.reshape(width, height, channels, -1)
