# hint: raised ValueError
def to_kernel(weights, height, width):
    channels = len(weights) // height
    return weights.reshape(height, width, channels, weights.shape[1])
