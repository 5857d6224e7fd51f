# hint: not within each
def channel_statistics(images):
    scaled = images / 255
    return scaled.mean(axis=(0, 1, 2)), scaled.std(axis=(1, 2)).mean(axis=0)
