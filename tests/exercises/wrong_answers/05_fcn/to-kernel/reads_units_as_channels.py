# hint: belongs to the units
def to_kernel(weights, height, width):
    channels = len(weights) // (height * width)
    return weights.reshape(height, width, -1, channels)
