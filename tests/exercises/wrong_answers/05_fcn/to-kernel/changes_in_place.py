# hint: changed the weights
def to_kernel(weights, height, width):
    channels = len(weights) // (height * width)
    kernel = weights.reshape(height, width, channels, -1)
    weights -= 1
    return kernel + 1
