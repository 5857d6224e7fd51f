# hint: expected uint8
def mirror(images, chosen):
    weight = chosen[:, None, None, None].astype(float)
    return weight * images[:, :, ::-1] + (1 - weight) * images
