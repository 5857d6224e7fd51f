# hint: no multiplication
def conv_cost(height, width, kernel, channels_in, channels_out):
    parameters = (kernel * kernel * channels_in + 1) * channels_out
    return parameters, height * width * parameters
