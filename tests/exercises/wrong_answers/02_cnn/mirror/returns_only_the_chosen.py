# hint: Only the chosen
def mirror(images, chosen):
    return images[chosen, :, ::-1]
