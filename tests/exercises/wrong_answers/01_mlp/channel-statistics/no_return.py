# hint: returned None
def channel_statistics(images):
    scaled = images / 255
    scaled.mean(axis=(0, 1, 2)), scaled.std(axis=(0, 1, 2))
