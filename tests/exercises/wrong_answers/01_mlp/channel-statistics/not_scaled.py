# hint: divide by 255
def channel_statistics(images):
    return images.mean(axis=(0, 1, 2)), images.std(axis=(0, 1, 2))
