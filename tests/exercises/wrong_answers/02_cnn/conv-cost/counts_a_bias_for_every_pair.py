# hint: one for each pair
def conv_cost(height, width, kernel, channels_in, channels_out):
    weights = kernel * kernel * channels_in * channels_out
    return weights + channels_in * channels_out, height * width * weights
