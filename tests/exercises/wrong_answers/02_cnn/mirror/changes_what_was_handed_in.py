# hint: copy it
def mirror(images, chosen):
    images[chosen] = images[chosen, :, ::-1]
    return images
