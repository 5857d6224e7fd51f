# hint: expected two results
def channel_statistics(images):
    return (images / 255).mean(axis=(0, 1, 2))
