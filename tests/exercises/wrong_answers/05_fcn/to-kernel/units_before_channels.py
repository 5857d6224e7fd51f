# hint: The units are the last axis
def to_kernel(weights, height, width):
    channels = len(weights) // (height * width)
    kernel = weights.reshape(height, width, channels, -1)
    return kernel.transpose(0, 1, 3, 2)
