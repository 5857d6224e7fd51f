# hint: Start from the pixel
def receptive_field(layers):
    side, step = 0, 1
    for kernel, stride in layers:
        side += (kernel - 1) * step
        step *= stride
    return side
