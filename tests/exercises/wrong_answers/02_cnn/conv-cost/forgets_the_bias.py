# hint: has a bias
def conv_cost(height, width, kernel, channels_in, channels_out):
    weights = kernel * kernel * channels_in * channels_out
    return weights, height * width * weights
