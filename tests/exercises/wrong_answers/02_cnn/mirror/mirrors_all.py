# hint: not chosen must stay
def mirror(images, chosen):
    return images[:, :, ::-1]
