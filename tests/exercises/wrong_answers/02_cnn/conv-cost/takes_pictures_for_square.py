# hint: may differ
def conv_cost(height, width, kernel, channels_in, channels_out):
    weights = kernel * kernel * channels_in * channels_out
    return weights + channels_out, height * height * weights
