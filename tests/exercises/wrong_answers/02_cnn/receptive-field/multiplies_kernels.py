# hint: expected
def receptive_field(layers):
    side = 1
    for kernel, _ in layers:
        side *= kernel
    return side
