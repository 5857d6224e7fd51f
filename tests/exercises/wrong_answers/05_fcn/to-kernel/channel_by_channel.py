# hint: place by place
def to_kernel(weights, height, width):
    channels = len(weights) // (height * width)
    kernel = weights.reshape(channels, height, width, -1)
    return kernel.transpose(1, 2, 0, 3)
