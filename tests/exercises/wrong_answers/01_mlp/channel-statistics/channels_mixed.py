# hint: Keep the channels apart
def channel_statistics(images):
    return (images / 255).mean(), (images / 255).std()
