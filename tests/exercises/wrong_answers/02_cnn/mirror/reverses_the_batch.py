# hint: order of the pictures
def mirror(images, chosen):
    return images[::-1]
