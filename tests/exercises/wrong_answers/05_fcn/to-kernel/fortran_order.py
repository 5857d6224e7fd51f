# hint: in reverse
def to_kernel(weights, height, width):
    channels = len(weights) // (height * width)
    units = weights.shape[1]
    return weights.reshape((height, width, channels, units), order="F")
