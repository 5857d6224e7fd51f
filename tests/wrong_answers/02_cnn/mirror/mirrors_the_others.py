# hint: The others are mirrored
def mirror(images, chosen):
    return np.where(chosen[:, None, None, None], images, images[:, :, ::-1])
