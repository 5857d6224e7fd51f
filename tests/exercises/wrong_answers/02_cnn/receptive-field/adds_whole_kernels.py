# hint: Windows overlap
def receptive_field(layers):
    side, step = 1, 1
    for kernel, stride in layers:
        side += kernel * step
        step *= stride
    return side
