# hint: row by row, not column by column
def to_kernel(weights, height, width):
    channels = len(weights) // (height * width)
    kernel = weights.reshape(width, height, channels, -1)
    return kernel.transpose(1, 0, 2, 3)
