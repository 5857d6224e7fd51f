# hint: not over pictures alone
def channel_statistics(images):
    return (images / 255).mean(axis=0), (images / 255).std(axis=0)
