# hint: a window for every pixel
def conv_cost(height, width, kernel, channels_in, channels_out):
    weights = kernel * kernel * channels_in * channels_out
    windows = (height - kernel + 1) * (width - kernel + 1)
    return weights + channels_out, windows * weights
