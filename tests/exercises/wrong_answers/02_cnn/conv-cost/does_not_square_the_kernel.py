# hint: kernel × kernel
def conv_cost(height, width, kernel, channels_in, channels_out):
    weights = kernel * channels_in * channels_out
    return weights + channels_out, height * width * weights
